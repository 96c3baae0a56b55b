"""A loopback world, a database file and a collector whose clock and sleep belong to the test."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bot.collector.collector import Collector
from bot.collector.fetch import open_session
from bot.collector.options import CollectorOptions
from bot.store import Store
from db.feeds import FeedRow, add_feed, get_feed
from db.records import SourceTier
from tests.bot.collector.rows import NOW
from tests.loopback.world import LoopbackWorld


class FakeTime:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
async def world() -> AsyncIterator[LoopbackWorld]:
    async with LoopbackWorld() as world:
        yield world


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "pulse.db")
    yield store
    store.close()


@pytest.fixture
def options() -> CollectorOptions:
    return CollectorOptions(
        contact="ops@example.org", allow_loopback=True, total_timeout_s=10.0, max_feed_bytes=1_000_000
    )


@pytest.fixture
async def collector(store: Store, options: CollectorOptions, fake_time: FakeTime) -> AsyncIterator[Collector]:
    async with open_session(options) as session:
        yield Collector(
            session=session,
            store=store,
            options=options,
            clock=fake_time.clock,
            sleep=fake_time.sleep,
            jitter=lambda: 0.0,
        )


@pytest.fixture
def follow(store: Store) -> Callable[..., FeedRow]:
    """Add a feed and return its row; call again with its url to see the row as it stands."""

    def add(url: str, **options: object) -> FeedRow:
        if store.call(get_feed, url) is None:
            values = {"title": url, "group": "test", "tier": SourceTier.TRADE_PRESS, "poll_minutes": 10.0, "now": NOW}
            store.call(add_feed, url=url, **{**values, **options})
        row = store.call(get_feed, url)
        assert row
        return row

    return add
