"""A whole round on the sample world: feeds over HTTP, articles, deals, outbox, messages, in real processes."""

import asyncio
import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from bot.app import open_parts
from bot.delivery.office import open_delivery
from bot.demo import demo_settings
from bot.pipeline import Round, run_round
from bot.sample.server import serve_sample
from bot.settings import load_settings


async def play(folder: Path) -> tuple[list[Round], list[int], str]:
    """Run two rounds with delivery to a console; return what each came to and what was printed."""
    now = datetime.now(UTC)
    settings = demo_settings(load_settings(None, database_path=None), folder)
    console = Console(record=True, width=100, file=(folder / "console.txt").open("w"))
    server = await serve_sample(now)
    try:
        async with (
            open_parts(settings, feeds=list(server.feeds), now=now) as parts,
            open_delivery(
                settings, parts.store, console=console, now=now - timedelta(days=7), connect=False
            ) as delivery,
        ):
            rounds, sent = [], []
            for _ in range(2):
                rounds.append(await run_round(parts, now=datetime.now(UTC), scheduled=False))
                sent.append(await delivery.deliver())
    finally:
        await server.close()
        console.file.close()
    return rounds, sent, console.export_text()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Round], list[int], str, Path]:
    folder = tmp_path_factory.mktemp("round")
    return (*asyncio.run(play(folder)), folder / "market-pulse-demo.db")


def test_every_sample_article_is_read_and_bad_feeds_stop_nothing(
    played: tuple[list[Round], list[int], str, Path],
) -> None:
    first = played[0][0]
    assert first.collected is not None
    assert first.collected.outcomes["new"] == 5
    assert {title for title, _ in first.collected.troubles} == {"The Night Shift", "Gridlock Weekly"}
    assert (first.articles, first.failed) == (30, 0)


def test_a_second_round_tells_nobody_twice(played: tuple[list[Round], list[int], str, Path]) -> None:
    rounds, sent, _, _ = played
    assert sent[0] > 0
    assert (rounds[1].articles, rounds[1].alerts, sent[1]) == (0, 0, 0)


def test_the_founding_deal_is_one_alert_with_its_sentence(played: tuple[list[Round], list[int], str, Path]) -> None:
    text = played[2]
    assert text.count("IREN signs $9.7 billion AI cloud contract with Microsoft") == 1
    assert "not investment advice" in text


def test_the_database_is_whole_and_every_fact_points_into_its_article(
    played: tuple[list[Round], list[int], str, Path],
) -> None:
    db = sqlite3.connect(played[3])
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    states = Counter(row[0] for row in db.execute("SELECT state FROM entries"))
    assert states == {"done": 30}
    db.close()
