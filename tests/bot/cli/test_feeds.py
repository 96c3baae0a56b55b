"""`market-pulse feeds` against a loopback site and a database of its own."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.group import cli
from tests.bot.collector.samples import rss
from tests.loopback import misbehave
from tests.loopback.in_thread import running_world
from tests.loopback.world import LoopbackWorld

NOW = datetime.now(UTC)
Run = Callable[..., Result]


@pytest.fixture
def world() -> Iterator[LoopbackWorld]:
    with running_world() as world:
        world.put("/feed.xml", rss(3, at=NOW))
        yield world


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("MARKET_PULSE_COLLECTOR_ALLOW_LOOPBACK", "true")
    monkeypatch.setenv("MARKET_PULSE_COLLECTOR_PER_HOST_DELAY_S", "0")
    monkeypatch.setenv("COLUMNS", "200")

    def invoke(*arguments: str) -> Result:
        arguments = ("--db", str(tmp_path / "pulse.db"), "feeds", *arguments)
        return CliRunner().invoke(cli, arguments)

    return invoke


def rows(run: Run) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("--json").output.splitlines()]


def test_the_configured_feeds_are_listed(run: Run) -> None:
    listed = rows(run)
    assert len(listed) >= 40
    assert {row["health"] for row in listed} == {"ok"}
    assert "not read yet" in run().output


def test_a_feed_is_added_checked_logged_paused_and_removed(run: Run, world: LoopbackWorld) -> None:
    added = run("add", world.url("/feed.xml"), "--title", "Mine")
    assert "added: Mine" in added.output, added.output
    assert "3 new entries" in run("check", "Mine").output
    assert "new" in run("log", "Mine").output
    assert "paused: Mine" in run("pause", "Mine").output
    assert "paused" in run().output
    assert "resumed: Mine" in run("resume", "Mine").output
    assert "removed: Mine" in run("remove", "Mine").output
    assert "Mine" not in {row["title"] for row in rows(run)}


@pytest.mark.parametrize(
    "head",
    [
        pytest.param('<link rel="alternate" type="application/rss+xml" href="/feed.xml">', id="named"),
        pytest.param(
            '<link rel="alternate" type="application/rss+xml" href="/comments"><link rel="alternate home" '
            'type="application/atom+xml; charset=utf-8" href="feed.xml">',
            id="comments named first",
        ),
        pytest.param("", id="not named, but in a usual place"),
    ],
)
def test_the_feed_of_a_site_is_found(run: Run, world: LoopbackWorld, head: str) -> None:
    world.put("/", f"<html><head>{head}</head><body>News</body></html>", content_type="text/html")
    world.put("/comments", rss(1, at=NOW))
    assert world.url("/feed.xml") in run("add", world.url("/")).output


def test_a_site_without_a_feed_is_one_sentence(run: Run, world: LoopbackWorld) -> None:
    world.put("/nothing", "<html><body>News</body></html>", content_type="text/html")
    world.on("/feed.xml", misbehave.status(404))
    result = run("add", world.url("/nothing"))
    assert (result.exit_code, "give the feed's address" in result.output) == (4, True)


def test_an_address_with_a_password_is_not_stored(run: Run) -> None:
    result = run("add", "https://me:secret@news.example/feed")
    assert (result.exit_code, "leave it out" in result.output) == (2, True)


def test_a_failing_feed_ends_the_check_with_a_code(run: Run, world: LoopbackWorld) -> None:
    run("add", world.url("/feed.xml"), "--title", "Mine")
    world.put("/feed.xml", "<!doctype html><html>moved</html>")
    checked = run("check", "Mine")
    assert checked.exit_code == 4
    assert "an HTML page" in run("log", "Mine").output


def test_an_unknown_feed_is_one_sentence(run: Run) -> None:
    result = run("pause", "nothing")
    assert (result.exit_code, "market-pulse feeds" in result.output) == (2, True)


def test_opml_goes_out_and_comes_back(run: Run, world: LoopbackWorld, tmp_path: Path) -> None:
    run("add", world.url("/feed.xml"), "--title", "Mine & <more>", "--group", "own")
    file = tmp_path / "feeds.opml"
    run("export", str(file))
    assert "0 feeds added" in run("import", str(file)).output
    file.write_bytes(file.read_bytes().replace(b"/feed.xml", b"/other.xml"))
    assert "1 feeds added" in run("import", str(file)).output
    (row,) = [row for row in rows(run) if str(row["url"]).endswith("/other.xml")]
    assert (row["title"], row["group"]) == ("Mine & <more>", "own")


@pytest.mark.parametrize(
    "text", ["", "no XML", "<rss/>", '<?xml version="1.0"?><!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]>']
)
def test_what_is_no_opml_is_one_sentence(run: Run, tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.opml"
    file.write_text(text)
    result = run("import", str(file))
    assert (result.exit_code, "no OPML list" in result.output) == (2, True)
