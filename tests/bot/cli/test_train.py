"""`market-pulse train parser` on a treebank of a few sentences, and the bundled weights."""

import json
import time
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner
from spacy.tokens import Doc, DocBin

from bot.cli.group import cli
from bot.cli.train import CONFIG, MODEL_DIR

SENTENCE = ("The", "miner", "leases", "a", "hall")


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    vocab = spacy.blank("en").vocab
    doc = Doc(
        vocab,
        words=list(SENTENCE),
        tags=["DT", "NN", "VBZ", "DT", "NN"],
        heads=[1, 2, 2, 4, 2],
        deps=["det", "nsubj", "ROOT", "det", "obj"],
    )
    for name in ("train", "dev", "test"):
        DocBin(docs=[doc] * 40).to_disk(tmp_path / f"{name}.spacy")
    return tmp_path


def test_a_trial_run_writes_a_pipeline_that_parses(treebank: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    result = CliRunner().invoke(
        cli, ["train", "parser", "--treebank", str(treebank), "--output", str(output), "--steps", "20"]
    )
    assert result.exit_code == 0, result.output
    scores = json.loads(result.output.strip().splitlines()[-1])
    assert set(scores) == {"tag_acc", "dep_uas", "dep_las", "sents_f"}
    assert [token.dep_ for token in spacy.load(output)(" ".join(SENTENCE))]
    strings = json.loads((output / "vocab" / "strings.json").read_text(encoding="utf-8"))
    assert "miner" not in strings


def test_a_folder_without_the_data_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["train", "parser", "--treebank", str(tmp_path)])
    assert result.exit_code == 2
    assert "train.spacy" in result.stderr


def test_the_configuration_names_its_seed_and_no_place() -> None:
    text = CONFIG.read_text(encoding="utf-8")
    assert "seed = 0" in text
    assert "/" not in text.split("[system]")[0].replace("--", "")


def test_the_bundled_parser_reads_a_subject_behind_a_clause() -> None:
    start = time.process_time()
    nlp = spacy.load(MODEL_DIR / "parser")
    assert time.process_time() - start < 3
    doc = nlp("Shares of Nordhash, which announced its own contract with Veylan, rose 11% on Monday.")
    verb = next(token for token in doc if token.text == "rose")
    assert [child.text for child in verb.children if child.dep_ == "nsubj"] == ["Shares"]


def test_the_bundled_parser_reaches_the_quality_it_was_chosen_for() -> None:
    meta = json.loads((MODEL_DIR / "parser" / "meta.json").read_text(encoding="utf-8"))
    assert meta["performance"]["dep_las"] >= 0.80
    assert meta["license"] == "CC BY-SA 4.0"
    assert sum(path.stat().st_size for path in MODEL_DIR.rglob("*") if path.is_file()) < 10_000_000
