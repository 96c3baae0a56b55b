"""Runs over annotated articles: reading them, floors, the README's table, the command."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import evaluation
from bot.catalog import load_companies
from bot.cli.group import cli
from bot.errors import InputError
from extractors.evaluate.baseline import PlainRuler
from extractors.evaluate.report import below_floor

TEXT = "IREN (NASDAQ: IREN) will rent 50 MW to Microsoft for $1.5 billion over 10 years. IREN rose 12%."
RECORD = {
    "id": "x",
    "style": "newswire",
    "split": "dev",
    "story": "iren",
    "title": "",
    "published": "2026-01-05",
    "text": TEXT,
    "is_deal_article": True,
    "deals": [
        {
            "primary": True,
            "provider": "IREN",
            "provider_kind": "miner",
            "customer": "Microsoft",
            "customer_kind": "hyperscaler",
            "miner_hyperscaler": True,
            "deal_type": "hosting_lease",
            "status": "signed",
            "value_usd": 1_500_000_000,
            "value_qualifier": "exact",
            "term_years": 10,
            "capacity_mw": 50,
            "capacity_kind": "unspecified",
            "identity": "iren-microsoft",
        }
    ],
    "reactions": [{"company": "IREN", "direction": "up", "pct": 12}],
    "quantities": [
        {"start": TEXT.index("50 MW"), "end": TEXT.index("50 MW") + 5, "kind": "power", "role": "capacity", "deal": 0}
    ],
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "x.json").write_text(json.dumps(RECORD), encoding="utf-8")
    return folder


@pytest.fixture
def plain_run(corpus: Path) -> evaluation.Run:
    return evaluation.run_over(evaluation.read_annotated(corpus), PlainRuler(companies=load_companies()))


def test_the_plain_ruler_reads_a_plain_sentence(plain_run: evaluation.Run) -> None:
    figures = {figure.name: figure for figure in plain_run.figures()}
    assert figures["alert"].counts.f1 == 1
    assert figures["primary.core"].counts.f1 == 1
    assert figures["reaction"].counts.f1 == 1
    assert figures["role.power"].counts.f1 == 1


def test_a_folder_without_annotations_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no annotated article"):
        evaluation.read_annotated(tmp_path)


def test_an_unsound_annotation_is_named(corpus: Path) -> None:
    bad = RECORD | {"quantities": [{"start": 0, "end": 4, "kind": "power", "role": "campsite"}]}
    (corpus / "y.json").write_text(json.dumps(bad), encoding="utf-8")
    with pytest.raises(InputError, match=r"y\.json is no sound annotation: .*campsite"):
        evaluation.read_annotated(corpus)


def test_a_split_chooses(corpus: Path) -> None:
    assert len(evaluation.read_annotated(corpus, split="dev")) == 1
    with pytest.raises(InputError, match="split 'test'"):
        evaluation.read_annotated(corpus, split="test")


def test_hiding_companies_is_repeatable_and_in_proportion() -> None:
    companies = load_companies()
    left = evaluation.hide_companies(companies, 0.3)
    assert left == evaluation.hide_companies(companies, 0.3)
    assert 0.5 < len(left) / len(companies) < 0.9
    assert evaluation.hide_companies(companies, 0.0) == companies


def test_floors_survive_their_file(tmp_path: Path) -> None:
    evaluation.write_floors(tmp_path / "floors.toml", {"test": {"alert": 0.9, "primary.value_usd": 0.8}})
    assert evaluation.read_floors(tmp_path / "floors.toml") == {"test": {"alert": 0.9, "primary.value_usd": 0.8}}


def test_a_figure_below_its_floor_is_named(plain_run: evaluation.Run) -> None:
    assert below_floor(plain_run.figures(), {"alert": 0.99}) == []
    assert below_floor(plain_run.figures(), {"nothing": 0.1}) == ["nothing is 0.000, its floor 0.100"]


def test_the_table_goes_between_the_markers() -> None:
    readme = "a\n<!-- evaluate -->\nold\n<!-- /evaluate -->\nb\n"
    assert evaluation.put_into_readme(readme, "| t |\n") == "a\n<!-- evaluate -->\n| t |\n<!-- /evaluate -->\nb\n"
    with pytest.raises(InputError, match="no lines <!-- evaluate -->"):
        evaluation.put_into_readme("a", "t")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param(["--plain"], "core facts (value, term, MW)", id="table"),
        pytest.param(["--plain", "--markdown"], "| alerts | 1.000 | 1.000 | 1.000 |", id="markdown"),
        pytest.param(
            ["--plain", "--stories"],
            "as annotated: precision 1.000, recall 1.000, B-cubed F1 1.000 over 1 mentions; 0",
            id="stories",
        ),
        pytest.param(["--plain", "--errors"], "wanted nothing, got", id="errors"),
    ],
)
def test_the_command_prints(corpus: Path, options: list[str], expected: str) -> None:
    if "--errors" in options:
        wrong = RECORD | {"deals": [], "quantities": []}
        (corpus / "x.json").write_text(json.dumps(wrong), encoding="utf-8")
    result = CliRunner().invoke(cli, ["evaluate", str(corpus), *options])
    assert result.exit_code == 0, result.output
    assert expected in result.output


def test_the_command_compares_with_a_saved_run(corpus: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.json"
    saved.write_text(CliRunner().invoke(cli, ["evaluate", str(corpus), "--plain", "--json"]).output, encoding="utf-8")
    result = CliRunner().invoke(cli, ["evaluate", str(corpus), "--plain", "--diff", str(saved)])
    assert "0 gained, 0 lost" in result.output


def test_the_command_updates_readme_and_floors(corpus: Path, tmp_path: Path) -> None:
    readme, floors = tmp_path / "README.md", tmp_path / "floors.toml"
    readme.write_text("top\n<!-- evaluate -->\n<!-- /evaluate -->\nend\n", encoding="utf-8")
    options = ["evaluate", str(corpus), "--plain", "--readme", str(readme), "--write-floors", str(floors)]
    result = CliRunner().invoke(cli, options)
    assert result.exit_code == 0, result.output
    assert "| alerts | 1.000 |" in readme.read_text("utf-8")
    assert evaluation.read_floors(floors) == {"dev": {}}


def test_the_plain_ruler_explains_nothing(corpus: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["evaluate", str(corpus), "--plain", "--explain", str(tmp_path / "pages")])
    assert result.exit_code == InputError.exit_code
