"""`extract` reads what people hand in, answers as the record says, and names each bad input in a sentence."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.group import cli

TEXT = (
    "Bitcoin miner Cobalt Ridge Inc. (Nasdaq: CBRG) signed a 10-year hosting lease with cloud provider CoreWeave on "
    "March 3, 2026. The contract is worth $2.1 billion and covers 120 MW of critical IT load at its Fallow Creek campus."
)


def extract(*args: str, given: str | bytes = "") -> Result:
    return CliRunner().invoke(cli, ["extract", *args], input=given)


def test_json_lines_come_back_in_order_and_offsets_point_into_the_text() -> None:
    lines = [json.dumps({"id": str(n), "title": "A title", "text": TEXT}) for n in range(3)]
    result = extract("--json", given="\n".join(lines))
    records = [json.loads(line) for line in result.output.splitlines()]
    assert [record["id"] for record in records] == ["0", "1", "2"]
    deal = records[0]["deals"][0]
    assert (deal["provider"], deal["customer"], deal["value_usd"]) == ("Cobalt Ridge", "CoreWeave", 2_100_000_000)
    for proofs in deal["evidence"].values():
        for proof in proofs:
            source = TEXT if proof["in"] == "text" else "A title"
            assert source[proof["start"] : proof["end"]] == proof["text"]


def test_a_file_brings_its_text_along(tmp_path: Path) -> None:
    file = tmp_path / "news.txt"
    file.write_text(TEXT, encoding="utf-8")
    record = json.loads(extract("--json", str(file)).output)
    assert record["text"] == TEXT


def test_an_html_file_is_read_as_a_page(tmp_path: Path) -> None:
    file = tmp_path / "news.html"
    file.write_text(
        f"<!DOCTYPE html><html><head><title>T</title></head><body><article><p>{TEXT}</p></article></body></html>"
    )
    record = json.loads(extract("--json", str(file)).output)
    assert record["deals"][0]["customer"] == "CoreWeave"


def test_people_see_facts_and_sentences(tmp_path: Path) -> None:
    file = tmp_path / "news.txt"
    file.write_text(TEXT)
    shown = extract(str(file)).output
    assert "Cobalt Ridge → CoreWeave" in shown
    assert "$2.1 billion" in shown


def test_the_explanation_colours_each_number_and_says_why(tmp_path: Path) -> None:
    article, page = tmp_path / "news.txt", tmp_path / "why.html"
    article.write_text(TEXT)
    extract("--explain", str(page), str(article))
    html = page.read_text()
    assert 'class="money used"' in html
    assert 'class="power used"' in html
    assert "$2.1 billion" in html
    assert "href=" not in html


def test_the_explanation_links_each_fact_to_its_sentence(tmp_path: Path) -> None:
    page = tmp_path / "why.html"
    lines = json.dumps({"text": TEXT, "url": "https://news.example/a#top"})
    extract("--explain", str(page), given=lines)
    assert 'href="https://news.example/a#top:~:text=' in page.read_text()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("empty.txt", b"", "is empty", id="empty file"),
        pytest.param("binary.txt", b"\x00\x01\x02", "is not text", id="binary"),
        pytest.param("large.txt", b"word " * 2_000_000, "10.0 MB", id="ten megabytes"),
        pytest.param("broken.json", b"{", "is not JSON", id="broken JSON"),
        pytest.param("list.json", b"[]", 'has no "text"', id="JSON without a text"),
        pytest.param("page.html", b"<html><body><nav>menu</nav></body></html>", "no readable article", id="empty page"),
    ],
)
def test_bad_files_are_named_in_one_sentence(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    result = extract("--json", str(file))
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_bad_line_does_not_stop_the_others() -> None:
    result = extract("--json", given="not json\n" + json.dumps({"text": TEXT}) + "\n" + json.dumps({"text": " "}))
    assert len(result.stdout.splitlines()) == 1
    assert result.exit_code == 2
    assert "line 1 is not JSON" in result.stderr
    assert "line 3 has an empty text" in result.stderr


def test_a_missing_file_is_named() -> None:
    result = extract("--json", "/no/such/file.txt")
    assert (result.exit_code, "cannot be read" in result.stderr) == (2, True)


def test_an_address_of_this_machine_is_refused() -> None:
    result = extract("--json", "http://127.0.0.1:9/article")
    assert result.exit_code == 2
    assert "could not be read" in result.stderr
