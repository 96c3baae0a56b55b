"""A server that hangs holds up nobody else: what came is saved at once, and the next round goes on beside it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from aiohttp import web

from bot.collector.collector import Collector
from bot.store import Store
from db.entries import pending_entries
from db.feeds import FeedRow
from tests.bot.collector.rows import NOW
from tests.bot.collector.samples import rss
from tests.loopback.world import LoopbackWorld


async def stored(store: Store, count: int) -> None:
    async with asyncio.timeout(8):
        while len(await store.run(pending_entries, limit=99)) < count:  # noqa: ASYNC110 - the database has no event
            await asyncio.sleep(0.05)


async def test_a_hanging_feed_holds_up_neither_saving_nor_the_next_round(
    collector: Collector, world: LoopbackWorld, store: Store, follow: Callable[..., FeedRow]
) -> None:
    released = asyncio.Event()

    async def hang(request: web.BaseRequest) -> web.StreamResponse:
        await released.wait()
        return web.Response(status=204)

    world.on("/slow", hang)
    page = world.put("/quick", rss(1, at=NOW))
    slow, quick = follow(world.url("/slow")), follow(world.url("/quick"))
    first = asyncio.create_task(collector.update_feeds(NOW, only=[slow, quick]))
    await stored(store, 1)
    page.body = rss(2, at=NOW).encode()
    second = await collector.update_feeds(NOW + timedelta(minutes=20), only=[slow, follow(quick.url)])
    assert not first.done()
    assert (second.feeds, second.new_entries) == (1, 1)
    assert len(world.asked("/slow")) == 1
    released.set()
    await first
