"""Extraction quality as a printed number: no figure falls below its floor, and the README's table is today's.

When a change is better: `market-pulse evaluate tests/corpus --write-floors tests/corpus/floors.toml` raises the floors
at a release, `market-pulse evaluate tests/corpus --split test --readme README.md` brings the table up to date.
"""

from pathlib import Path

import pytest

from bot import evaluation
from bot.app import build_extractor
from bot.settings import load_settings
from extractors.evaluate import figures_of
from extractors.evaluate.report import below_floor

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "corpus"


@pytest.fixture(scope="module")
def run() -> evaluation.Run:
    extractor = build_extractor(load_settings(None, database_path=None))
    return evaluation.run_over(evaluation.read_annotated(CORPUS), extractor)


def test_no_figure_is_below_its_floor(run: evaluation.Run) -> None:
    by_split = run.by_split()
    if not (CORPUS / "floors.toml").exists():
        pytest.xfail("no release has set floors yet")
    floors = evaluation.read_floors(CORPUS / "floors.toml")
    fallen = {split: below_floor(figures_of(by_split[split]), figures) for split, figures in floors.items()}
    assert {split: names for split, names in fallen.items() if names} == {}


def test_the_table_in_the_readme_is_todays(run: evaluation.Run) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    _, _, rest = readme.partition(evaluation.README_START)
    shown = rest.partition(evaluation.README_END)[0].strip()
    if not shown:
        pytest.xfail("the README has no table yet")
    kept = [index for index, article in enumerate(run.articles) if article.split == "test"]
    tested = evaluation.Run(
        articles=tuple(run.articles[index] for index in kept),
        extractions=tuple(run.extractions[index] for index in kept),
        verdicts=tuple(run.verdicts[index] for index in kept),
    )
    assert shown == evaluation.readme_table(tested).strip()
