"""Reading what waits: a page that is slow to come keeps its own entry waiting and no other."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace

from bot.pipeline import Parts, read_pending
from db.entries import count_entries, pending_entries
from db.feeds import add_feed
from db.records import ArticleDraft, EntryState, SourceTier
from extractors.models import Extraction


class SlowPage:
    """A collector that has every article at once but the first one's."""

    def __init__(self):
        self.released = asyncio.Event()

    async def read_article(self, entry, now):
        if entry.guid == "0":
            await self.released.wait()
        return ArticleDraft(
            entry_id=entry.id, feed_id=entry.feed_id, url=f"https://news.example/{entry.guid}", canonical_url=None,
            title=f"Story {entry.guid}", text=f"The text of story {entry.guid}.", published_at=now, fetched_at=now,
            language="en", publisher="Wire", tier=SourceTier.NEWSWIRE,
        )  # fmt: skip


async def read(articles):
    return [Extraction(id=None, url=article.url, is_deal_article=False) for article in articles]


def fill(db, *, now, count):
    feed = add_feed(db, url="https://wire.example/", title="W", group="g", tier=SourceTier.NEWSWIRE, poll_minutes=2, now=now)  # fmt: skip
    feed_id = db.execute("SELECT id FROM feeds").fetchone()[0]
    for number in range(count):
        db.execute(
            "INSERT INTO entries (feed_id, identity, guid, title, content, content_is_full, seen_at, alerting)"
            " VALUES (?, ?, ?, 't', 'c', 1, '2026-03-04T00:00:00Z', 1)",
            (feed_id, str(number), str(number)),
        )
    return feed


class ForeignPage(SlowPage):
    """A collector whose first article is German."""

    def __init__(self):
        super().__init__()
        self.released.set()

    async def read_article(self, entry, now):
        draft = await super().read_article(entry, now)
        return replace(draft, language="de") if entry.guid == "0" else draft


async def test_an_article_in_another_language_is_stored_and_not_read(store, now):
    await store.run(fill, now=now, count=2)
    asked = []

    async def noting(articles):
        asked.extend(article.title for article in articles)
        return await read(articles)

    parts = Parts(
        store=store, collector=ForeignPage(), readers=SimpleNamespace(read=noting), extractor_version="t",
        value=lambda *_: False, announce=lambda *_: 0,
    )  # fmt: skip
    assert (await read_pending(parts, clock=lambda: now)).articles == 2
    assert asked == ["Story 1"]
    stored = await store.run(lambda db: db.execute("SELECT title, language FROM articles ORDER BY title").fetchall())
    assert stored == [("Story 0", "de"), ("Story 1", "en")]
    assert await store.run(count_entries) == {EntryState.DONE: 2}


async def test_a_slow_page_keeps_no_other_waiting(store, now):
    await store.run(fill, now=now, count=40)
    collector = SlowPage()
    parts = Parts(
        store=store, collector=collector, readers=SimpleNamespace(read=read), extractor_version="t",
        value=lambda *_: False, announce=lambda *_: 0,
    )  # fmt: skip
    reading = asyncio.create_task(read_pending(parts, clock=lambda: now))
    async with asyncio.timeout(20):
        while (await store.run(count_entries)).get(EntryState.DONE) != 39:  # noqa: ASYNC110 - the database has no event
            await asyncio.sleep(0.05)
    (waiting,) = await store.run(pending_entries, limit=99)
    assert waiting.guid == "0"
    collector.released.set()
    assert (await reading).articles == 40
