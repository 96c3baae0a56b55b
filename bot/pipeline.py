"""One round of the service, from feeds to outbox.

due feeds | fetch (conditional, polite) | parse -> entries | new? | full text -> article | gate | extract -> mentions, reactions
          | resolve against known deals -> deal changes | store: article, mentions, deals, outbox rows in ONE transaction | deliver outbox

The collector does the first line up to "new?" and stores entries, so nothing is lost when the process dies; this
module takes the stored entries from there. Delivery is the outbox's own loop. One bad entry never stops the round.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.collector.articles import Skip
from bot.collector.collector import Collector, TickReport
from bot.readers import Readers
from bot.store import Store
from db import articles, desk, entries
from db.connection import Database
from db.records import ArticleDraft, DealRecord, EntryRow, EntryState
from extractors.models import Article, Extraction

_log = logging.getLogger(__name__)

#: An article that could not be stored is tried again this much later, and given up after so many tries.
RETRY_AFTER = timedelta(minutes=30)
MAX_TRIES = 5

#: How long a batch waits for further pages before what is there is read, and how many batches may wait for pages.
_PATIENCE_S = 1.0
_BATCHES_WAITING = 4

_NOTHING = Extraction(id=None, url=None, is_deal_article=False)

Valuer = Callable[[Database, DealRecord, datetime], bool]
Announcer = Callable[[Database, desk.DealChange, int, datetime], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a round works with; bot.app puts it together.

    `value` stores a deal's estimate, `announce` writes its outbox rows and returns how many; both run inside the
    transaction that stores the article.
    """

    store: Store
    collector: Collector
    readers: Readers
    extractor_version: str
    value: Valuer
    announce: Announcer
    batch_size: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round came to."""

    collected: TickReport | None
    articles: int = 0
    deal_articles: int = 0
    deal_changes: int = 0
    alerts: int = 0
    skipped: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """What storing one article came to."""

    is_deal_article: bool
    deal_changes: int
    alerts: int


async def run_round(parts: Parts, *, now: datetime, scheduled: bool = True) -> Round:
    """Fetch what is due and read every entry that waits. `scheduled=False` fetches all feeds, due or not."""
    collected = await parts.collector.update_feeds(now, scheduled=scheduled)
    return replace(await read_pending(parts, clock=lambda: now), collected=collected)


async def read_pending(parts: Parts, *, clock: Callable[[], datetime]) -> Round:
    """Read every entry that waits, in batches, until none is left that may be read now.

    A page that is slow to come keeps its own entry waiting and no other; what appears meanwhile is read too.
    """
    total = Round(collected=None)
    drafting: dict[int, _Drafting] = {}
    try:
        while await _begin_drafts(parts, drafting, now=clock()):
            await asyncio.wait([one.task for one in drafting.values()], timeout=_PATIENCE_S)
            finished = [drafting.pop(key) for key, one in tuple(drafting.items()) if one.task.done()]
            total = _sum(total, await _read_batch(parts, finished, now=clock()))
    finally:
        for one in drafting.values():
            one.task.cancel()
    return total


@dataclass(frozen=True, slots=True)
class _Drafting:
    """An entry whose article is being fetched."""

    entry: EntryRow
    task: asyncio.Task[ArticleDraft | None]


async def _begin_drafts(parts: Parts, drafting: dict[int, _Drafting], *, now: datetime) -> bool:
    """Begin with the next entries that wait; tell whether any article is under way."""
    room = parts.batch_size * _BATCHES_WAITING - len(drafting)
    if room > 0:
        limit = min(parts.batch_size, room) + len(drafting)  # those under way still count as waiting
        for entry in await parts.store.run(entries.pending_entries, limit=limit, now=now):
            if entry.id not in drafting:
                drafting[entry.id] = _Drafting(entry, asyncio.create_task(_draft(parts, entry, now=now)))
    return bool(drafting)


async def _read_batch(parts: Parts, finished: Sequence[_Drafting], *, now: datetime) -> Round:
    drafts = [(one.entry, one.task.result()) for one in finished]
    readable = [(entry, draft) for entry, draft in drafts if draft is not None]
    extractions = await _read(parts.readers, [draft for _, draft in readable])
    total = Round(collected=None, skipped=len(finished) - len(readable))
    # Oldest first, so that an amendment is never read before what it amends.
    ordered = sorted(zip(readable, extractions, strict=True), key=lambda pair: _instant(pair[0][1]))
    for (entry, draft), extraction in ordered:
        total = _sum(total, await _store_one(parts, entry, draft, extraction, now=now))
    return total


async def _draft(parts: Parts, entry: EntryRow, *, now: datetime) -> ArticleDraft | None:
    """Return the entry's article, or None after recording why there is none."""
    try:
        draft = await parts.collector.read_article(entry, now)
    except Exception:  # noqa: BLE001 - one bad entry never stops the round
        _log.exception("entry broke the collector", extra={"entry": entry.id, "url": entry.url})
        draft = Skip(reason="reading it failed unexpectedly; see the log")
    if isinstance(draft, ArticleDraft):
        return draft
    if draft.retry_at is not None:
        await parts.store.run(entries.postpone_entry, entry.id, until=draft.retry_at, reason=draft.reason)
    else:
        await parts.store.run(entries.set_entry_state, entry.id, EntryState.SKIPPED, draft.reason)
    return None


async def _read(readers: Readers, drafts: Sequence[ArticleDraft]) -> list[Extraction | None]:
    """Extract from the drafts in a language we read; one in another is stored without facts."""
    read = iter(await readers.read([_article(draft) for draft in drafts if _is_english(draft)]))
    return [next(read) if _is_english(draft) else _NOTHING for draft in drafts]


def _is_english(draft: ArticleDraft) -> bool:
    return draft.language in {None, "en"}


def _article(draft: ArticleDraft) -> Article:
    return Article(
        title=draft.title, text=draft.text, published=draft.published_at, url=draft.canonical_url or draft.url
    )


def _instant(draft: ArticleDraft) -> datetime:
    return draft.published_at or draft.fetched_at


async def _store_one(
    parts: Parts, entry: EntryRow, draft: ArticleDraft, extraction: Extraction | None, *, now: datetime
) -> Round:
    if extraction is None:
        await parts.store.run(entries.set_entry_state, entry.id, EntryState.FAILED, "the extractor could not read it")
        return Round(collected=None, failed=1)
    try:
        stored = await parts.store.run(store_article, parts, draft, extraction, now=now)
    except Exception:  # noqa: BLE001 - one bad article never stops the round
        _log.exception("article could not be stored", extra={"entry": entry.id, "url": entry.url})
        await parts.store.run(_put_off, entry.id, now=now)
        return Round(collected=None, failed=1)
    return Round(
        collected=None,
        articles=1,
        deal_articles=int(stored.is_deal_article),
        deal_changes=stored.deal_changes,
        alerts=stored.alerts,
    )


def _put_off(db: Database, entry_id: int, *, now: datetime) -> None:
    if entries.entry_attempts(db, entry_id) >= MAX_TRIES:
        entries.set_entry_state(db, entry_id, EntryState.FAILED, "it could not be stored; see the log")
    else:
        entries.postpone_entry(db, entry_id, until=now + RETRY_AFTER, reason="storing it failed")


def store_article(db: Database, parts: Parts, draft: ArticleDraft, extraction: Extraction, *, now: datetime) -> _Stored:
    """Store an article with its mentions, deals, estimates and outbox rows in one transaction."""
    with db.atomic():
        duplicate_of = articles.find_duplicate(db, draft)
        article_id = articles.insert_article(db, draft, now=now, duplicate_of=duplicate_of)
        changes = desk.store_reading(
            db, article_id=article_id, extraction=extraction, extractor_version=parts.extractor_version, now=now
        )
        for change in changes:
            parts.value(db, change.after, now)
        alerts = sum(parts.announce(db, change, article_id, now) for change in changes)
        if draft.entry_id is not None:
            entries.set_entry_state(db, draft.entry_id, EntryState.DONE)
    return _Stored(is_deal_article=extraction.is_deal_article, deal_changes=len(changes), alerts=alerts)


def _sum(one: Round, other: Round) -> Round:
    return Round(
        collected=one.collected or other.collected,
        articles=one.articles + other.articles,
        deal_articles=one.deal_articles + other.deal_articles,
        deal_changes=one.deal_changes + other.deal_changes,
        alerts=one.alerts + other.alerts,
        skipped=one.skipped + other.skipped,
        failed=one.failed + other.failed,
    )
