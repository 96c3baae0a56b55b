"""Learn the weights of the decisions with the tables that ship: the bridge between annotated files and `learning`."""

from collections.abc import Sequence
from pathlib import Path

from bot.catalog import load_companies, load_gpu_models
from bot.errors import InputError
from bot.evaluation import hide_companies
from extractors.closed_sets import PartyKind
from extractors.evaluate import Names
from extractors.evaluate.annotation import AnnotatedArticle
from extractors.judgement import Judgement
from extractors.learning.course import Course
from extractors.learning.curriculum import UNTAUGHT, learn
from extractors.learning.move_lines import companies_in, lines_in
from extractors.models import Company
from extractors.pipeline import Extractor

#: Share of the company table that the forgetful reader does not know, and the kinds that everybody knows.
_HIDDEN = 0.5
_FAMOUS = frozenset({PartyKind.HYPERSCALER, PartyKind.CHIP_VENDOR})


def learn_from(
    articles: Sequence[AnnotatedArticle], *, lines: Sequence[Path] = (), onto: Judgement | None = None
) -> Judgement:
    """Learn from annotated articles and files of lines on share moves; `onto` is a judgement to refine.

    Raises InputError naming a file of lines that cannot be read, ValueError where all together show too little.
    Takes about a second per ten articles.
    """
    course = Course(
        articles=articles,
        reader=_reader(load_companies()),
        forgetful=_reader(_half_of(load_companies())),
        names=Names(load_companies()),
    )
    return learn(course, lines=[_line_course(file) for file in lines], onto=onto)


def _reader(companies: Sequence[Company]) -> Extractor:
    return Extractor(companies=companies, gpus=load_gpu_models(), judgement=UNTAUGHT)


def _half_of(companies: Sequence[Company]) -> Sequence[Company]:
    """Leave out half of the companies an article might well tell of before any table does: no giants."""
    hidden = set(companies) - set(hide_companies(companies, _HIDDEN))
    return [one for one in companies if one.kind in _FAMOUS or one not in hidden]


def _line_course(file: Path) -> Course:
    """Return a file of lines as a course of its own; its companies are the only ones the reader knows."""
    try:
        text = file.read_text(encoding="utf-8")
        companies = companies_in(text)
        return Course(articles=tuple(lines_in(text)), reader=_reader(companies), names=Names(companies))
    except (OSError, ValueError) as error:
        raise InputError(f"{file} cannot be learned from: {error}.") from error
