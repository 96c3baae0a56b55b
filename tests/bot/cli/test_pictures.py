"""`digest`, `chart` and `preview` on a real database, and a sentence where there is nothing to show."""

import json

import pytest
from click.testing import CliRunner

from bot.charts import CHARTS
from bot.cli.chart import NAMES
from bot.cli.group import cli


@pytest.fixture
def run(store, tmp_path):
    def run(*args):
        return CliRunner().invoke(cli, ["--db", str(store.path), *args])

    return run


def test_the_names_offered_are_the_charts_there_are():
    assert tuple(CHARTS) == NAMES


def test_digest_prints_what_would_be_sent(run, tell):
    tell()
    assert "Most contracted" in run("digest", "--weekly", "--until", "2026-03-05").stdout
    body = json.loads(run("digest", "--json", "--until", "2026-03-05").stdout)
    assert body["embeds"][0]["title"].startswith("1 new deal")


def test_digest_and_preview_as_html(run, tell, tmp_path):
    tell()
    for args in (["digest", "--html", str(tmp_path / "d.html")], ["preview", "--out", str(tmp_path / "p.html")]):
        assert run(*args).exit_code == 0
    assert "Northgate Digital" in (tmp_path / "p.html").read_text(encoding="utf-8")


def test_chart_writes_a_picture_and_says_its_finding(run, tell, tmp_path):
    tell()
    done = run("chart", "prices", "--out", str(tmp_path / "c.png"), "--theme", "light")
    assert "MW-year sells at" in done.stdout
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        pytest.param(["preview"], "no deal is stored yet", id="preview-of-nothing"),
        pytest.param(["chart", "prices", "--company", "Nobody"], "no stored deal names 'Nobody'", id="unknown-company"),
        pytest.param(
            ["chart", "prices", "--out", "/nowhere/c.png"], "choose another place with --out", id="unwritable"
        ),
    ],
)
def test_a_mistake_is_answered_in_a_sentence(run, args, sentence):
    done = run(*args)
    assert done.exit_code == 2
    assert sentence in done.stderr
