"""The collector end to end: a loopback server, a real database file, two rounds, an article."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import timedelta

import pytest
from aiohttp import web

from bot.collector.collector import Collector
from bot.store import Store
from db.entries import pending_entries
from db.feeds import FeedRow
from db.records import ArticleDraft
from tests.bot.collector.rows import NOW
from tests.bot.collector.samples import article_page, rss
from tests.loopback import misbehave
from tests.loopback.world import LoopbackWorld


async def test_a_round_stores_the_entries_once(
    world: LoopbackWorld, store: Store, collector: Collector, follow: Callable[..., FeedRow]
) -> None:
    world.put("/feed.xml", rss(3, at=NOW), etag='W/"a 1"')
    follow(world.url("/feed.xml"))
    first = await collector.update_feeds(NOW)
    second = await collector.update_feeds(NOW + timedelta(minutes=11))
    assert (first.new_entries, second.new_entries) == (3, 0)
    assert first.outcomes == {"new": 1}
    assert second.outcomes == {"not modified": 1}
    assert [asked.headers.get("If-None-Match") for asked in world.requests] == [None, 'W/"a 1"']
    assert len(store.call(pending_entries, limit=10)) == 3


async def test_an_entry_with_a_summary_becomes_the_article_of_its_page(
    world: LoopbackWorld, store: Store, collector: Collector, follow: Callable[..., FeedRow]
) -> None:
    world.put("/feed.xml", rss(1, at=NOW, base=world.url("")))
    page = world.put("/a/0", article_page("Gridworks leases 80 MW"), content_type="text/html")
    follow(world.url("/feed.xml"))
    await collector.update_feeds(NOW)
    (entry,) = store.call(pending_entries, limit=10)
    draft = await collector.read_article(entry, NOW)
    assert isinstance(draft, ArticleDraft)
    assert "The lease runs for twelve years" in draft.text
    assert draft.language == "en"
    assert draft.alerting
    assert page.status == 200


async def test_a_feed_that_is_not_due_is_left_alone(
    world: LoopbackWorld, collector: Collector, follow: Callable[..., FeedRow]
) -> None:
    world.put("/feed.xml", rss(1, at=NOW))
    follow(world.url("/feed.xml"))
    await collector.update_feeds(NOW)
    report = await collector.update_feeds(NOW + timedelta(minutes=5))
    assert report.feeds == 0
    assert (await collector.update_feeds(NOW + timedelta(minutes=5), scheduled=False)).feeds == 1


async def test_a_round_that_is_cancelled_ends_at_once_and_can_be_repeated(
    world: LoopbackWorld, store: Store, collector: Collector, follow: Callable[..., FeedRow]
) -> None:
    asked = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        asked.set()
        return await misbehave.never(request)

    world.on("/slow", slow)
    world.put("/good", rss(2, at=NOW))
    follow(world.url("/slow"))
    round_ = asyncio.create_task(collector.update_feeds(NOW))
    await asked.wait()
    round_.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(round_, 1)
    world.put("/slow", rss(1, at=NOW))
    follow(world.url("/good"))
    assert (await collector.update_feeds(NOW)).new_entries == 3


async def test_a_database_that_refuses_ends_the_round_with_its_error(
    world: LoopbackWorld, collector: Collector, follow: Callable[..., FeedRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr("bot.collector.collector.save_feed_updates", refuses)
    for n in range(80):
        follow(world.url(f"/{n}"))
    with pytest.raises(sqlite3.OperationalError):
        await asyncio.wait_for(collector.update_feeds(NOW), 5)
