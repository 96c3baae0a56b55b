"""Learn all decisions from annotated articles, each on what the ones before it will really show it.

The deal model weighs drafts built by the pair and solo models. Were those trained on the same articles, their drafts
would look better than on an unread article; so the examples of the deal model come from models that have not seen the
article (two folds). The last pair and solo models are then trained on everything. Names come first (`naming`), since
everything stands on them; figures and share moves come last: whose they are leans on what an article is about.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.deals.settling import settle
from extractors.deals.site_choice import BY_SCORE
from extractors.judgement import Judgement
from extractors.learning.course import Course
from extractors.learning.examples import NONE, Lesson, deal_examples, pair_examples, solo_examples
from extractors.learning.figures import NO_CHOICE, NO_ROLE, learn_figures
from extractors.learning.moves import learn_moves, move_lesson
from extractors.learning.naming import NO_KIND, lay_out_unread, learn_naming
from extractors.learning.site_lessons import learn_sites
from extractors.learning.softmax import Example, fit
from extractors.linear import LinearModel
from extractors.parties.name_reasons import BY_POINTS
from extractors.reading import Reading

#: How strongly each model is held to small weights; chosen by cross-validation.
_PENALTY = {"pairs": 10.0, "solo": 10.0, "deals": 15.0}
_FOLDS = 2
#: Lets every draft pass, so that the examples hold what is to be weighed.
_NO_OPINION = LinearModel(labels=("background", NONE, "primary"), bias=(0.0, 0.0, 0.0), weights={})
#: For a reader that only lays articles out.
UNTAUGHT = Judgement(
    names=BY_POINTS, kinds=NO_KIND, pairs=_NO_OPINION, solo=_NO_OPINION, deals=_NO_OPINION, moves=_NO_OPINION, owners=_NO_OPINION,
    money=NO_ROLE, power=NO_ROLE, terms=NO_ROLE, fills=NO_CHOICE, sites=BY_SCORE,
)  # fmt: skip

Propose = Callable[[Reading, Judgement], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notes:
    """A lesson with the examples that do not depend on any model."""

    lesson: Lesson
    pairs: tuple[Example, ...]
    solo: tuple[Example, ...]


def learn(course: Course, *, lines: Sequence[Course] = (), onto: Judgement | None = None) -> Judgement:
    """Return the judgement learned from the annotated articles of a course.

    `lines` are courses on share moves only, by readers that know their companies. `onto` is a judgement to refine: its
    weights are where learning starts and what it stays near, so that few articles add to what many taught. Same
    articles in the same order, same judgement. Raises ValueError where they do not show every kind of decision.
    """
    named, unread = learn_naming(course, UNTAUGHT, onto=onto)
    lessons = _lessons(course, unread)
    propose = course.reader.propose
    notes = [
        _Notes(lesson=lesson, pairs=tuple(pair_examples(lesson)), solo=tuple(solo_examples(lesson)))
        for lesson in lessons
    ]
    drafted = [example for fold in range(_FOLDS) for example in _drafted(notes, fold, propose, onto)]
    deals = fit(drafted, penalty=_PENALTY["deals"], onto=onto.deals if onto else None)
    taught = replace(_line_models(notes, onto), names=named.names, kinds=named.kinds, deals=deals)
    told = [lesson for one in lines for lesson in _lessons(one, {0: UNTAUGHT})]
    for lesson in (*lessons, *told):
        propose(lesson.reading, taught)
        lesson.reading.drafts = settle(lesson.reading.drafts, lesson.reading.lines, taught.deals)
    return replace(
        taught,
        **learn_figures(lessons, judgement=taught, onto=onto),
        sites=learn_sites(lessons, onto=onto),
        **learn_moves([move_lesson(lesson) for lesson in (*lessons, *told)], onto=onto),
    )


def _lessons(course: Course, judgements: Mapping[int, Judgement]) -> list[Lesson]:
    return [
        Lesson(article=article, reading=reading, names=course.names.knowing(article.other_forms))
        for article, reading in zip(course.articles, lay_out_unread(course, judgements), strict=True)
    ]


def _line_models(notes: Sequence[_Notes], onto: Judgement | None) -> Judgement:
    pairs = [example for note in notes for example in note.pairs]
    solo = [example for note in notes for example in note.solo]
    return replace(
        UNTAUGHT,
        pairs=fit(pairs, penalty=_PENALTY["pairs"], onto=onto.pairs if onto else None),
        solo=fit(solo, penalty=_PENALTY["solo"], onto=onto.solo if onto else None),
    )


def _drafted(notes: Sequence[_Notes], fold: int, propose: Propose, onto: Judgement | None) -> list[Example]:
    """Return the examples of drafts of one fold, read by models that learned from the others."""
    models = _line_models([note for number, note in enumerate(notes) if number % _FOLDS != fold], onto)
    examples: list[Example] = []
    for note in notes[fold::_FOLDS]:
        propose(note.lesson.reading, models)
        examples += deal_examples(note.lesson, note.lesson.reading.drafts)
    return examples
