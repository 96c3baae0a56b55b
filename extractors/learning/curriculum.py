"""Learn all decisions from annotated articles, each on what the ones before it will really show it.

The deal model weighs drafts built by the pair and solo models. Were those trained on the same articles, their drafts
would look better than on an unread article; so the examples of the deal model come from models that have not seen the
article (two folds). The last pair and solo models are then trained on everything. Figures and share moves come last:
whose they are leans on what an article is about.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extractors.deals.settling import settle
from extractors.evaluate.annotation import AnnotatedArticle
from extractors.evaluate.names import Names
from extractors.judgement import Judgement
from extractors.learning.examples import NONE, Lesson, deal_examples, pair_examples, solo_examples
from extractors.learning.figures import NO_CHOICE, NO_ROLE, learn_figures
from extractors.learning.moves import learn_moves, move_lesson
from extractors.learning.softmax import Example, fit
from extractors.linear import LinearModel
from extractors.models import Article
from extractors.reading import Reading

#: How strongly each model is held to small weights; chosen by cross-validation.
_PENALTY = {"pairs": 10.0, "solo": 10.0, "deals": 15.0}
_FOLDS = 2
#: Lets every draft pass, so that the examples hold what is to be weighed.
_NO_OPINION = LinearModel(labels=("background", NONE, "primary"), bias=(0.0, 0.0, 0.0), weights={})
#: For a reader that only lays articles out.
UNTAUGHT = Judgement(
    pairs=_NO_OPINION, solo=_NO_OPINION, deals=_NO_OPINION, moves=_NO_OPINION, owners=_NO_OPINION,
    money=NO_ROLE, power=NO_ROLE, terms=NO_ROLE, fills=NO_CHOICE,
)  # fmt: skip

LayOut = Callable[[Article], Reading]
Propose = Callable[[Reading, Judgement], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notes:
    """A lesson with the examples that do not depend on any model."""

    lesson: Lesson
    pairs: tuple[Example, ...]
    solo: tuple[Example, ...]


def lesson_of(article: AnnotatedArticle, *, names: Names, lay_out: LayOut) -> Lesson:
    """Lay an annotated article out for learning; `lay_out` is a reader's own first step (`Extractor.lay_out`)."""
    return Lesson(article=article, reading=lay_out(article.article), names=names.knowing(article.other_forms))


def learn(
    lessons: Sequence[Lesson], *, propose: Propose, lines: Sequence[Lesson] = (), onto: Judgement | None = None
) -> Judgement:
    """Return the judgement learned from annotated articles.

    `propose` is the reader's own step (`Extractor.propose`), so that what is learned from is what will be read.
    `lines` are lessons on share moves only. `onto` is a judgement to refine: its weights are where learning starts and
    what it stays near, so that few articles add to what many taught. Same lessons in the same order, same judgement.
    Raises ValueError where they do not show every kind of decision.
    """
    notes = [
        _Notes(lesson=lesson, pairs=tuple(pair_examples(lesson)), solo=tuple(solo_examples(lesson)))
        for lesson in lessons
    ]
    drafted = [example for fold in range(_FOLDS) for example in _drafted(notes, fold, propose, onto)]
    deals = fit(drafted, penalty=_PENALTY["deals"], onto=onto.deals if onto else None)
    taught = replace(_line_models(notes, onto), deals=deals)
    for lesson in (*lessons, *lines):
        propose(lesson.reading, taught)
        lesson.reading.drafts = settle(lesson.reading.drafts, lesson.reading.lines, taught.deals)
    return replace(
        taught,
        **learn_figures(lessons, judgement=taught, onto=onto),
        **learn_moves([move_lesson(lesson) for lesson in (*lessons, *lines)], onto=onto),
    )


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
