"""Learn where a deal stands: the model `sites`.

Examples are the places of an article as the site of each draft that is a deal of the annotation; what an annotator calls
ambiguous teaches nothing. Models of a deal's type and status were tried too and told no more than the tables of words.
"""

from collections.abc import Iterator, Sequence

from extractors.deals.site_choice import BY_SCORE, IS_NONE, IS_SITE, offers_of_places
from extractors.evaluate.compare_values import places_agree
from extractors.judgement import Judgement
from extractors.learning.examples import Lesson, match_drafts
from extractors.learning.softmax import Example, fit
from extractors.linear import LinearModel
from extractors.roles.binding import Binder

#: How strongly the model is held to small weights; chosen by cross-validation.
_PENALTY = 8.0


def learn_sites(lessons: Sequence[Lesson], *, onto: Judgement | None = None) -> LinearModel:
    """Return the site model, learned from lessons whose drafts are settled.

    `onto` gives weights to start from and to stay near. Lessons without a site teach nothing: then places go by their
    hand-set scores.
    """
    examples = [example for lesson in lessons for example in _examples(lesson)]
    if len({example.label for example in examples}) < 2:
        return onto.sites if onto else BY_SCORE
    return fit(examples, penalty=_PENALTY, seen_at_least=3, onto=onto.sites if onto else None)


def _examples(lesson: Lesson) -> Iterator[Example]:
    reading = lesson.reading
    binder = Binder(reading.drafts, reading.lines)
    for number, deal in match_drafts(lesson, reading.drafts).items():
        if deal.optional or "site" not in deal.known or "site" in deal.ambiguous:
            continue
        stated = deal.mention.site
        for offer in offers_of_places(reading, number, binder):
            right = stated is not None and places_agree(offer.label, stated)
            yield Example(offer.features, IS_SITE if right else IS_NONE)
