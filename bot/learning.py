"""Learn the weights of the decisions with the tables that ship: the bridge between annotated files and `learning`."""

from collections.abc import Sequence
from pathlib import Path

from bot.catalog import load_companies, load_gpu_models
from bot.errors import InputError
from extractors.evaluate import Names
from extractors.evaluate.annotation import AnnotatedArticle
from extractors.judgement import Judgement
from extractors.learning.curriculum import UNTAUGHT, learn, lesson_of
from extractors.learning.examples import Lesson
from extractors.learning.move_lines import companies_in, lines_in
from extractors.models import Company
from extractors.pipeline import Extractor


def learn_from(
    articles: Sequence[AnnotatedArticle], *, lines: Sequence[Path] = (), onto: Judgement | None = None
) -> Judgement:
    """Learn from annotated articles and files of lines on share moves; `onto` is a judgement to refine.

    Raises InputError naming a file of lines that cannot be read, ValueError where all together show too little.
    Takes about a second per twenty articles.
    """
    lessons = _lessons(articles, load_companies())
    told = [lesson for file in lines for lesson in _line_lessons(file)]
    return learn(lessons, propose=Extractor.propose, lines=told, onto=onto)


def _lessons(articles: Sequence[AnnotatedArticle], companies: Sequence[Company]) -> list[Lesson]:
    reader = Extractor(companies=companies, gpus=load_gpu_models(), judgement=UNTAUGHT)
    names = Names(companies)
    return [lesson_of(article, names=names, lay_out=reader.lay_out) for article in articles]


def _line_lessons(file: Path) -> list[Lesson]:
    """Lay out a file of lines; its companies are the only ones the reader knows."""
    try:
        text = file.read_text(encoding="utf-8")
        return _lessons(tuple(lines_in(text)), companies_in(text))
    except (OSError, ValueError) as error:
        raise InputError(f"{file} cannot be learned from: {error}.") from error
