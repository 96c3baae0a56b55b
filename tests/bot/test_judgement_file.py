"""The file of learned weights."""

from pathlib import Path

import pytest

from bot.errors import ConfigError, InputError
from bot.evaluation import read_annotated
from bot.judgement_file import load_judgement, save_judgement
from bot.learning import learn_from

CORPUS = Path(__file__).parents[1] / "corpus"


def test_the_bundled_weights_survive_writing(tmp_path: Path) -> None:
    bundled = load_judgement()
    save_judgement(bundled, tmp_path / "again.json")
    assert load_judgement(tmp_path / "again.json") == bundled


@pytest.mark.parametrize("content", ["", "[]", '{"pairs": {}}'])
def test_a_file_without_weights_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.json").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"bad\.json.*train judgement"):
        load_judgement(tmp_path / "bad.json")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.json"):
        load_judgement(tmp_path / "none.json")


def test_learning_is_repeatable_and_knows_the_same_labels() -> None:
    articles = read_annotated(CORPUS, split="dev")[:60]
    learned = learn_from(articles, lines=[CORPUS / "lines" / "reactions.txt"])
    assert learned == learn_from(articles, lines=[CORPUS / "lines" / "reactions.txt"])
    bundled = load_judgement()
    assert (learned.deals.labels, learned.moves.labels) == (bundled.deals.labels, bundled.moves.labels)
    assert "hosting_lease" in learned.pairs.labels


def test_a_file_of_lines_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_text("no border", encoding="utf-8")
    with pytest.raises(InputError, match=r"lines\.txt cannot be learned from: line 1"):
        learn_from(read_annotated(CORPUS, split="dev")[:5], lines=[tmp_path / "lines.txt"])
