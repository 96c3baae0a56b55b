"""Learn which capitalised names are companies and of which kind unknown companies are.

The lines that all later decisions learn from hold the companies that these two models find. Were they found by models
of the same articles, they would be found better than in an unread one; so each article is laid out by models that have
not seen it (two folds). The last models are then trained on everything.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.closed_sets import PartyKind
from extractors.evaluate.annotation import AnnotatedArticle
from extractors.evaluate.names import Names
from extractors.judgement import Judgement
from extractors.learning.course import Course, Reader
from extractors.learning.softmax import Example, fit
from extractors.linear import LinearModel
from extractors.parties.name_reasons import COMPANY, NO_COMPANY
from extractors.reading import Reading

#: How strongly each model is held to small weights; chosen by cross-validation.
_PENALTY = {"names": 6.0, "kinds": 8.0}
_FOLDS = 2
#: A company that no deal and no share move names: what it does does not matter.
_IDLE = PartyKind.UNDISCLOSED
#: A kind model that knows nothing: every company stays what it was.
NO_KIND = LinearModel(labels=(str(_IDLE),), bias=(0.0,), weights={})


def learn_naming(
    course: Course, untaught: Judgement, *, onto: Judgement | None = None
) -> tuple[Judgement, Mapping[int, Judgement]]:
    """Return `untaught` with the models `names` and `kinds`, and for each fold the same learned without its articles.

    Article number n belongs to fold n modulo the number of folds.
    """
    readers = [reader for reader in (course.reader, course.forgetful) if reader is not None]
    names = [
        [example for reader in readers for example in _name_examples(article, reader, course.names)]
        for article in course.articles
    ]
    without = {fold: replace(untaught, names=_fitted("names", _others(names, fold), onto)) for fold in range(_FOLDS)}
    kinds = [
        [
            example
            for reader in readers
            for example in _kind_examples(article, reader, course.names, without[number % _FOLDS])
        ]
        for number, article in enumerate(course.articles)
    ]
    without = {
        fold: replace(judgement, kinds=_fitted("kinds", _others(kinds, fold), onto))
        for fold, judgement in without.items()
    }
    everything = replace(
        untaught, names=_fitted("names", _flat(names), onto), kinds=_fitted("kinds", _flat(kinds), onto)
    )
    return everything, without


def lay_out_unread(course: Course, without: Mapping[int, Judgement]) -> Iterator[Reading]:
    """Yield each article laid out by models that have not seen it."""
    for number, article in enumerate(course.articles):
        yield course.reader.lay_out(article.article, without[number % len(without)])


def _name_examples(article: AnnotatedArticle, reader: Reader, names: Names) -> Iterator[Example]:
    """Yield one example per capitalised name: a company of a deal or a share move, or none."""
    same = names.knowing(article.other_forms).canonical
    parties = {same(name) for name in _named_in(article)}
    for name, features in reader.name_candidates(article.article).items():
        yield Example(features, COMPANY if same(name) in parties else NO_COMPANY)


def _kind_examples(article: AnnotatedArticle, reader: Reader, names: Names, judgement: Judgement) -> Iterator[Example]:
    """Yield one example per company of unknown kind; one whose kind the annotation leaves open teaches nothing."""
    same = names.knowing(article.other_forms).canonical
    told: dict[str | None, set[PartyKind]] = {same(name): set() for name in _named_in(article)}
    for deal in article.deals:
        mention = deal.mention
        for name, kind in ((mention.provider, mention.provider_kind), (mention.customer, mention.customer_kind)):
            if name is not None:
                told[same(name)].add(kind)
    for name, features in reader.unknown_companies(article.article, judgement).items():
        kinds = told.get(same(name), {_IDLE})
        if len(kinds) == 1:
            yield Example(features, str(next(iter(kinds))))


def _named_in(article: AnnotatedArticle) -> Iterator[str]:
    for deal in article.deals:
        mention = deal.mention
        yield from (name for name in (mention.provider, mention.customer) if name)
        yield from (other.name for other in mention.other_parties)
    yield from (move.reaction.company for move in article.reactions if move.reaction.company)


def _others(examples: Sequence[Sequence[Example]], fold: int) -> list[Example]:
    return _flat([own for number, own in enumerate(examples) if number % _FOLDS != fold])


def _flat(examples: Sequence[Sequence[Example]]) -> list[Example]:
    return [example for own in examples for example in own]


def _fitted(name: str, examples: Sequence[Example], onto: Judgement | None) -> LinearModel:
    """Fit one of the two models; where all unknown companies are of one kind, there is nothing to tell apart."""
    start: LinearModel | None = getattr(onto, name) if onto else None
    if name == "kinds" and len({example.label for example in examples}) < 2:
        return start or NO_KIND
    return fit(examples, penalty=_PENALTY[name], onto=start)
