"""The collector: asks the feeds that are due, politely and all at once, and stores what they say.

due feeds | gate of the host | conditional GET | what is it? | unchanged body? | parse (a thread) -> entries
          | settle: next time, health, address (pure) | save in batches on the database's thread
"""

import asyncio
import logging
import random
import sqlite3
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import aiohttp

from bot.collector.articles import ArticleReader, Skip
from bot.collector.feed_visit import FeedVisitor
from bot.collector.network_figures import update_network_figures
from bot.collector.options import CollectorOptions
from bot.collector.politeness import HostGate, host_of
from bot.collector.quarantine import Quarantine
from bot.collector.visits import Visits
from bot.store import Store
from db.connection import Database
from db.entries import entry_attempts
from db.feed_log import HealthChange
from db.feed_updates import FeedUpdate, Saved, save_feed_updates
from db.feeds import FeedRow, due_feeds, followed_feeds
from db.hosts import host_pauses
from db.network import NetworkFigure
from db.records import ArticleDraft, EntryRow

_log = logging.getLogger(__name__)
#: How much is saved in one transaction; the entries bound what waits in memory.
_MOST_UPDATES = 256
_MOST_ENTRIES = 1000
#: What was seen waits no longer than this for company: a feed that hangs holds no other back.
_SAVE_WITHIN_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TickReport:
    """What one round came to. `outcomes` counts feeds by outcome; `troubles` names the ones that failed, and why."""

    at: datetime
    feeds: int
    new_entries: int
    outcomes: Counter[str]
    troubles: tuple[tuple[str, str], ...]
    health_changes: tuple[HealthChange, ...]
    longest_lag: timedelta | None
    duration_s: float


class Collector:
    """Fetches feeds and reads articles. Everything it needs is handed in; call from one event loop."""

    def __init__(
        self,
        *,
        session: aiohttp.ClientSession,
        store: Store,
        options: CollectorOptions | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
        worth_a_visit: Callable[[EntryRow], bool] = lambda _: True,
    ) -> None:
        """`worth_a_visit` decides from title and summary whether the page of an entry too old to alert is fetched."""
        self.options = options or CollectorOptions()
        self._store = store
        self._clock = clock
        gate = HostGate(
            concurrency=self.options.per_host_concurrency,
            delay_s=self.options.per_host_delay_s,
            clock=clock,
            sleep=sleep,
        )
        self.visits = Visits(session=session, store=store, options=self.options, gate=gate)
        self._quarantine = Quarantine()
        self._visiting: set[int] = set()
        self._rounds = 0
        self._feeds = FeedVisitor(self.visits, quarantine=self._quarantine, jitter=jitter)
        self._articles = ArticleReader(self.visits, worth_a_visit=worth_a_visit)

    async def update_feeds(
        self, now: datetime, *, scheduled: bool = True, only: Sequence[FeedRow] | None = None
    ) -> TickReport:
        """Fetch the feeds that are due (all that are followed unless `scheduled`; or `only` these) and store the news.

        Rounds may overlap: a feed that an earlier one still waits for is left to it.
        """
        started = self._clock()
        wanted, pauses = await self._store.run(_begin, now=now, scheduled=scheduled)
        feeds = [feed for feed in (wanted if only is None else only) if feed.id not in self._visiting]
        self.visits.gate.load(pauses)
        self._visiting.update(feed.id for feed in feeds)
        self._rounds += 1
        try:
            saved = await self._round(feeds, now)
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from failures
        finally:
            self._visiting.difference_update(feed.id for feed in feeds)
            self._rounds -= 1
            if not self._rounds:
                await self._quarantine.close()
        return _report(saved, now, duration_s=self._clock() - started)

    async def _round(self, feeds: Iterable[FeedRow], now: datetime) -> list[Saved]:
        """Visit the feeds and save what they say; when saving fails for good, the visits end too."""
        queue: asyncio.Queue[FeedUpdate | None] = asyncio.Queue(maxsize=32)
        async with asyncio.TaskGroup() as group:
            writer = group.create_task(self._write(queue))
            visits = [
                group.create_task(self._visit_in_turn(line, now, queue))
                for line in _lines(feeds)
                for _ in range(min(len(line), self.options.per_host_concurrency))
            ]
            for visit in visits:
                await visit
            await queue.put(None)
        return writer.result()

    async def _visit_in_turn(
        self, line: deque[FeedRow], now: datetime, queue: asyncio.Queue[FeedUpdate | None]
    ) -> None:
        while line:
            await self._visit(line.popleft(), now, queue)

    async def _visit(self, feed: FeedRow, now: datetime, queue: asyncio.Queue[FeedUpdate | None]) -> None:
        try:
            update = await self._feeds.visit(feed, now)
        except Exception:  # noqa: BLE001 - one bad feed never stops the round
            _log.exception("feed broke the collector", extra={"feed": feed.url})
            update = self._feeds.broken(feed, now)
        await queue.put(update)

    async def _write(self, queue: asyncio.Queue[FeedUpdate | None]) -> list[Saved]:
        """Save updates, many in one transaction: what a crash loses is fetched again, for its validators are lost too."""
        saved: list[Saved] = []
        batch: list[FeedUpdate] = []
        entries = 0
        while True:
            item = await _next(queue, within_s=_SAVE_WITHIN_S if batch else None)
            if isinstance(item, FeedUpdate):
                batch.append(item)
                entries += len(item.entries)
            is_full = len(batch) >= _MOST_UPDATES or entries >= _MOST_ENTRIES
            if batch and (is_full or not isinstance(item, FeedUpdate)):
                saved += [_lean(one) for one in await self._save(batch)]
                self._visiting.difference_update(update.feed.id for update in batch)
                batch, entries = [], 0
            if item is None:
                return saved

    async def _save(self, batch: list[FeedUpdate]) -> list[Saved]:
        """Save a batch; should one update break it, save the others and turn that one into a failure of its feed."""
        try:
            return await self._store.run(save_feed_updates, batch)
        except sqlite3.OperationalError:
            raise  # locked or full: no feed's fault, and the next round fetches all of it again
        except Exception:  # noqa: BLE001 - whatever it is, it must cost one feed only
            if len(batch) == 1:
                _log.exception("feed could not be saved", extra={"feed": batch[0].feed.url})
                failure = self._feeds.broken(batch[0].before, batch[0].feed.last_fetched_at or batch[0].before.added_at)
                return await self._store.run(save_feed_updates, [failure])
        return [saved for update in batch for saved in await self._save([update])]

    async def update_network_figures(self, now: datetime) -> dict[str, NetworkFigure]:
        """Return the bitcoin network's latest figures, read anew when they are older than ten minutes."""
        return await update_network_figures(self.visits, now)

    async def read_article(self, entry: EntryRow, now: datetime) -> ArticleDraft | Skip:
        """Return the article of an entry, or why there is none (with `retry_at`, why there is none yet)."""
        attempts = await self._store.run(entry_attempts, entry.id)
        return await self._articles.read(entry, now, attempts=attempts)


async def _next(
    queue: asyncio.Queue[FeedUpdate | None], *, within_s: float | None
) -> FeedUpdate | Literal["nothing yet"] | None:
    """Return what comes next, None for the end."""
    with suppress(asyncio.QueueEmpty):
        return queue.get_nowait()  # the usual case; a wait with a limit costs a task
    try:
        return await asyncio.wait_for(queue.get(), within_s)
    except TimeoutError:
        return "nothing yet"


def _begin(db: Database, *, now: datetime, scheduled: bool) -> tuple[list[FeedRow], dict[str, datetime]]:
    """Read what a round starts with: the feeds to visit and the hosts that want to be left alone."""
    return due_feeds(db, now=now) if scheduled else followed_feeds(db), host_pauses(db, now=now)


def _lines(feeds: Iterable[FeedRow]) -> list[deque[FeedRow]]:
    """Let the feeds of each host stand in line: tasks are few and no host waits for another."""
    lines: dict[str, deque[FeedRow]] = {}
    for feed in feeds:
        lines.setdefault(host_of(feed.url), deque()).append(feed)
    return list(lines.values())


def _lean(saved: Saved) -> Saved:
    """Log a feed's line and let go of the entries, which are stored now."""
    update = saved.update
    record = update.record
    if _log.isEnabledFor(logging.INFO):
        _log.info("feed fetched", extra=_fields(saved))
    if not update.entries:
        return saved
    lags = [entry.lag_s for entry in update.entries if entry.lag_s is not None] if saved.new_entries else []
    longest = max(sorted(lags)[: saved.new_entries], default=None)
    return Saved(
        update=FeedUpdate(feed=update.feed, before=update.before, record=record),
        new_entries=saved.new_entries,
        change=saved.change,
        lag_s=longest,
    )


def _fields(saved: Saved) -> dict[str, object]:
    record = saved.update.record
    return {
        "feed": saved.update.feed.url,
        "outcome": record.outcome if record else "put off",
        "status": record.http_status if record else None,
        "new_entries": saved.new_entries,
        "reason": record.reason if record else "",
    }


def _report(saved: Sequence[Saved], now: datetime, *, duration_s: float) -> TickReport:
    records = [(one.update.feed, one.update.record) for one in saved]
    lags = [one.lag_s for one in saved if one.lag_s is not None]
    return TickReport(
        at=now,
        feeds=len(saved),
        new_entries=sum(one.new_entries for one in saved),
        outcomes=Counter(record.outcome if record else "put off" for _, record in records),
        troubles=tuple((feed.title, record.reason) for feed, record in records if record and record.reason),
        health_changes=tuple(one.change for one in saved if one.change),
        longest_lag=timedelta(seconds=max(lags)) if lags else None,
        duration_s=duration_s,
    )
