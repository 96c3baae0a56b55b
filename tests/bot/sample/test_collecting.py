"""The real collector reads the sample world: every entry becomes the article that was written, once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.collector.articles import Skip
from bot.collector.collector import Collector
from bot.collector.decide import Outcome
from bot.collector.fetch import open_session
from bot.collector.options import CollectorOptions
from bot.sample.server import SampleServer, serve_sample
from bot.store import Store
from db.entries import pending_entries
from db.feeds import sync_feed_specs
from db.records import ArticleDraft

OPTIONS = CollectorOptions(allow_loopback=True, per_host_delay_s=0, per_host_concurrency=8)


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def sample(now: datetime) -> AsyncIterator[SampleServer]:
    server = await serve_sample(now)
    yield server
    await server.close()


@pytest.fixture
async def collector(sample: SampleServer, now: datetime, tmp_path: Path) -> AsyncIterator[Collector]:
    store = Store(tmp_path / "deals.db")
    await store.run(sync_feed_specs, sample.feeds, now=now)
    async with open_session(OPTIONS) as session:
        yield Collector(session=session, store=store, options=OPTIONS)
    store.close()


async def test_two_rounds_find_every_entry_once(sample: SampleServer, collector: Collector, now: datetime) -> None:
    first = await collector.update_feeds(now)
    second = await collector.update_feeds(now, scheduled=False)
    assert first.new_entries == sum(len(outlet.articles) for outlet in sample.outlets)
    assert second.new_entries == 0
    assert second.outcomes[Outcome.NOT_MODIFIED] == len(sample.outlets)
    assert {title for title, _ in first.troubles} == {"The Night Shift", "Gridlock Weekly"}


async def test_articles_come_whole_and_without_their_surroundings(
    sample: SampleServer, collector: Collector, now: datetime
) -> None:
    await collector.update_feeds(now)
    entries = await collector.visits.store.run(pending_entries, limit=100)
    written = {article.title: article for outlet in sample.outlets for article in outlet.articles}
    teasers = [teaser for outlet in sample.outlets for teaser in outlet.teasers]
    for entry in entries:
        draft = await collector.read_article(entry, now)
        assert isinstance(draft, ArticleDraft), draft.reason if isinstance(draft, Skip) else draft
        flat = " ".join(draft.text.split())
        for paragraph in written[draft.title].paragraphs:
            for line in paragraph.splitlines():
                assert " ".join(line.removeprefix("- ").split()) in flat
        assert not [teaser for teaser in teasers if teaser in draft.text]
        assert "Market Pulse demo" not in draft.text
        assert draft.published_at == written[draft.title].published
