"""Annotated articles on disk, and one run of an extractor over them.

It knows files and the order of work; every judgement is `extractors.evaluate`.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.catalog import load_companies, load_gpu_models
from bot.errors import InputError
from extractors.evaluate import Figure, Miss, Names, Verdict, figures_of, judge_article, misses_of
from extractors.evaluate.annotation import AnnotatedArticle, annotated_from_json, check_annotation
from extractors.evaluate.compare import facts_of
from extractors.evaluate.report import figures_to_json, floors_of, markdown_table
from extractors.evaluate.stories import StoriesResult, resolve_stories
from extractors.models import Article, Company, Extraction
from extractors.resolve import normal_name

README_START, README_END = "<!-- evaluate -->", "<!-- /evaluate -->"


class Reads(Protocol):
    """Whatever turns an article into an extraction: the extractors, or the plain ruler they are compared with."""

    def extract(self, article: Article, /) -> Extraction: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All verdicts of one extractor over a set of annotated articles."""

    articles: tuple[AnnotatedArticle, ...]
    extractions: tuple[Extraction, ...]
    verdicts: tuple[tuple[Verdict, ...], ...]

    def figures(self) -> list[Figure]:
        return figures_of(verdict for verdicts in self.verdicts for verdict in verdicts)

    def floors(self) -> dict[str, dict[str, float]]:
        """Return the floors of each split that the run has seen."""
        return {split: floors_of(figures_of(verdicts)) for split, verdicts in self.by_split().items()}

    def by_split(self) -> dict[str, list[Verdict]]:
        parts: dict[str, list[Verdict]] = {}
        for article, verdicts in zip(self.articles, self.verdicts, strict=True):
            parts.setdefault(article.split or "all", []).extend(verdicts)
        return parts

    def misses(self) -> list[Miss]:
        pairs = zip(self.articles, self.verdicts, strict=True)
        return [miss for article, verdicts in pairs for miss in misses_of(article, verdicts)]

    def to_json(self) -> dict[str, object]:
        """Return the figures and every fact, the form that `--diff` reads."""
        facts = facts_of(verdict for verdicts in self.verdicts for verdict in verdicts)
        return {"articles": len(self.articles), "figures": figures_to_json(self.figures()), "facts": facts}


def read_annotated(path: Path, *, split: str | None = None) -> tuple[AnnotatedArticle, ...]:
    """Read one annotated file or all `*.json` of a folder, in the order of their names.

    Raises InputError naming the file when one is not an annotated article.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    articles = [_read_file(file) for file in files]
    chosen = tuple(article for article in articles if split is None or article.split == split)
    if not chosen:
        wanted = f"annotated article of split {split!r}" if split else "annotated article (*.json)"
        raise InputError(f"{path} holds no {wanted}; give a folder such as tests/corpus")
    return chosen


def run_over(
    articles: Sequence[AnnotatedArticle],
    extractor: Reads,
    *,
    counted: Callable[[Sequence[AnnotatedArticle]], Iterable[AnnotatedArticle]] = iter,
) -> Run:
    """Extract every article and judge the result; names compare through the whole company table.

    `counted` may show how far the reading is.
    """
    names = Names(load_companies())
    extractions = tuple(extractor.extract(article.article) for article in counted(articles))
    pairs = zip(articles, extractions, strict=True)
    return Run(
        articles=tuple(articles),
        extractions=extractions,
        verdicts=tuple(tuple(judge_article(article, extraction, names=names)) for article, extraction in pairs),
    )


def hide_companies(companies: Iterable[Company], share: float) -> tuple[Company, ...]:
    """Leave out a share of the company table, always the same rows, to see how unknown names are read."""
    return tuple(company for company in companies if _position(company.key) >= share)


def read_floors(path: Path) -> Mapping[str, Mapping[str, float]]:
    """Return split -> figure -> floor."""
    return tomllib.loads(path.read_text("utf-8"))


def write_floors(path: Path, floors: Mapping[str, Mapping[str, float]]) -> None:
    """Write the floors, sorted, so that a change reads as a diff."""
    lines = ["# Written by `market-pulse evaluate --write-floors`: figures of the last release minus one point."]
    for split, figures in sorted(floors.items()):
        lines += ["", f"[{split}]", *(f'"{name}" = {floor}' for name, floor in sorted(figures.items()))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def story_results(run: Run) -> tuple[StoriesResult, StoriesResult]:
    """Return how the stories resolve as annotated (resolution alone) and as extracted."""
    companies = load_companies()
    keys = {
        normal_name(name): company.key
        for company in companies
        for name in (company.name, *company.aliases, *company.brands, *(old.name for old in company.former_names))
    }
    names = Names(companies)
    extracted = [extraction.deals for extraction in run.extractions]
    return (
        resolve_stories(run.articles, None, keys=keys, names=names),
        resolve_stories(run.articles, extracted, keys=keys, names=names),
    )


def readme_table(run: Run) -> str:
    """Return the README's table: the extractors, and the plain ruler on the same articles beside them."""
    from extractors.evaluate.baseline import PlainRuler

    plain = run_over(run.articles, PlainRuler(companies=load_companies(), gpus=load_gpu_models()))
    return markdown_table(run.figures(), columns={"plain ruler": plain.figures()})


def put_into_readme(readme: str, table: str) -> str:
    """Replace what stands between the markers; raises InputError if they are missing."""
    before, start, rest = readme.partition(README_START)
    _, end, after = rest.partition(README_END)
    if not start or not end:
        raise InputError(f"the README has no lines {README_START} and {README_END} to put the table between")
    return f"{before}{start}\n{table}{end}{after}"


def _position(key: str) -> float:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") / 2**32


def _read_file(file: Path) -> AnnotatedArticle:
    try:
        record = json.loads(file.read_text("utf-8"))
        problems = list(check_annotation(record))
    except (OSError, ValueError, AttributeError) as error:
        raise InputError(
            f"{file} cannot be read as an annotated article ({error}); see tests/corpus/README.md"
        ) from error
    if problems:
        raise InputError(f"{file} is no sound annotation: {problems[0]}")
    return annotated_from_json({**record, "id": file.stem})
