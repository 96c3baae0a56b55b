"""The parts of `market-pulse feeds` that touch the network: one session and one store for one command."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

from bot.cli.context import settings_from

if TYPE_CHECKING:
    from bot.collector.collector import Collector, TickReport
    from bot.collector.discover import FoundFeed
    from db.feeds import FeedRow


async def find_feed(ctx: click.Context, url: str, *, now: datetime) -> "FoundFeed":
    """Return the feed at an address or of a site. Raises FetchError."""
    from bot.collector.discover import discover

    async with _collector(ctx) as collector:
        return await discover(collector.visits, url, now=now)


async def fetch_feeds(ctx: click.Context, feeds: "Sequence[FeedRow]", *, now: datetime) -> "TickReport":
    """Fetch these feeds now."""
    async with _collector(ctx) as collector:
        return await collector.update_feeds(now, only=feeds)


@asynccontextmanager
async def _collector(ctx: click.Context) -> "AsyncIterator[Collector]":
    from bot.app import open_store
    from bot.collector.collector import Collector
    from bot.collector.fetch import open_session

    settings = settings_from(ctx)
    options = settings.collector.options()
    store = open_store(settings)
    try:
        async with open_session(options) as session:
            yield Collector(session=session, store=store, options=options)
    finally:
        store.close()
