"""Learn all decisions from annotated articles, each on what the ones before it will really show it.

The deal model weighs drafts built by the pair and solo models. Were those trained on the same articles, their drafts
would look better than on an unread article; so the examples of the deal model come from models that have not seen the
article (two folds). The last pair and solo models are then trained on everything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.evaluate.annotation import AnnotatedArticle
from extractors.evaluate.names import Names
from extractors.judgement import Judgement
from extractors.learning.examples import NONE, Lesson, deal_examples, pair_examples, solo_examples
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
UNTAUGHT = Judgement(pairs=_NO_OPINION, solo=_NO_OPINION, deals=_NO_OPINION)

LayOut = Callable[[Article], Reading]
Propose = Callable[[Reading, Judgement], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notes:
    """A lesson with the examples that do not depend on any model."""

    lesson: Lesson
    pairs: tuple[Example, ...]
    solo: tuple[Example, ...]


def learn(articles: Sequence[AnnotatedArticle], *, names: Names, lay_out: LayOut, propose: Propose) -> Judgement:
    """Return the judgement learned from annotated articles.

    `lay_out` and `propose` are the reader's own first steps (`Extractor.lay_out`, `Extractor.propose`), so that what is
    learned from is what will be read. Same articles in the same order, same judgement. Raises ValueError where the
    articles do not show every kind of decision.
    """
    notes = [_note(article, names, lay_out) for article in articles]
    final = _line_models(notes)
    drafted = [example for fold in range(_FOLDS) for example in _drafted(notes, fold, propose)]
    return Judgement(pairs=final.pairs, solo=final.solo, deals=fit(drafted, penalty=_PENALTY["deals"]))


def _note(article: AnnotatedArticle, names: Names, lay_out: LayOut) -> _Notes:
    lesson = Lesson(article=article, reading=lay_out(article.article), names=names.knowing(article.other_forms))
    return _Notes(lesson=lesson, pairs=tuple(pair_examples(lesson)), solo=tuple(solo_examples(lesson)))


def _line_models(notes: Sequence[_Notes]) -> Judgement:
    return Judgement(
        pairs=fit([example for note in notes for example in note.pairs], penalty=_PENALTY["pairs"]),
        solo=fit([example for note in notes for example in note.solo], penalty=_PENALTY["solo"]),
        deals=_NO_OPINION,
    )


def _drafted(notes: Sequence[_Notes], fold: int, propose: Propose) -> list[Example]:
    """Return the examples of drafts of one fold, read by models that learned from the others."""
    models = _line_models([note for number, note in enumerate(notes) if number % _FOLDS != fold])
    examples: list[Example] = []
    for note in notes[fold::_FOLDS]:
        propose(note.lesson.reading, models)
        examples += deal_examples(note.lesson, note.lesson.reading.drafts)
    return examples
