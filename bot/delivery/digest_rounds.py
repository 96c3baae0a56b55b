"""When digests are due, and writing them to the outbox: never twice, never lost, caught up after downtime.

The run is recorded and the message enqueued in one transaction. Messages too old to be news are folded into one
catch-up digest per channel instead of arriving as a flood.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.charts import draw_chart
from bot.charts.canvas import Chart
from bot.delivery.watching import style_of
from bot.messages.digest import Digest, Period, compose, deal_line, digest_message, told_in
from bot.messages.limits import MAX_DESCRIPTION, fit
from bot.messages.local_time import last_due, previous_due
from bot.messages.markdown import join_lines
from bot.messages.message import Embed, Message
from bot.messages.message_json import message_to_json
from bot.messages.render import BLUE, DISCLAIMER
from bot.messages.wording import plural
from bot.store import Store
from db import outbox, runs, watches
from db.connection import Database
from db.deals import DealFilter, get_deal, list_deals, proven
from db.outbox import OutboxDraft, OutboxKind, OutboxRow
from db.records import DealRecord
from db.watches import Watch

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: More deals than there will ever be; lists are paged, digests and charts see all.
ALL = 100_000
#: An alert that waited longer than this is told in a catch-up digest instead.
FOLD_AFTER = timedelta(hours=6)
#: A digest after a long absence tells no more than this.
FURTHEST_BACK = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The operator's choices: the day of weekly digests, and how late a missed digest is still sent."""

    weekday: int = 0
    catch_up: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDigest:
    """A digest that one watch should get now, or that is too late to send."""

    watch: Watch
    period: Period
    late: bool

    @property
    def run_name(self) -> str:
        return f"digest:{self.period.name}:{self.watch.id}"


def due_digests(listening: Sequence[Watch], *, now: datetime, options: Options) -> Iterator[DueDigest]:
    """Yield the latest due digest of each watch; one that fell due before the watch existed is not owed."""
    for watch in listening:
        for name in ("daily", "weekly"):
            if watch.digest not in {name, "both"}:
                continue
            weekday = options.weekday if name == "weekly" else None
            due = last_due(now, wall=watch.digest_at, zone=watch.time_zone, weekday=weekday)
            if due >= watch.created_at:
                start = previous_due(due, wall=watch.digest_at, zone=watch.time_zone, weekday=weekday)
                span = Period(name=name, start=start, end=due)
                yield DueDigest(watch=watch, period=span, late=now - due > options.catch_up)


async def write_due_digests(
    store: Store, *, now: datetime, options: Options | None = None, health: Sequence[str] = ()
) -> int:
    """Enqueue every digest that is due and return how many there were. `health` goes to the operator's watches."""
    chosen = options or Options()
    listening = await store.run(watches.list_watches, enabled_only=True)
    candidates = due_digests(listening, now=now, options=chosen)
    owed = [due for candidate in candidates if (due := await store.run(_owed, candidate)) is not None]
    if not owed:
        return 0
    deals = await store.run(digest_deals, [due.period for due in owed])
    written = 0
    for due in owed:
        lines = health if due.watch.is_operator else ()
        message = await asyncio.to_thread(draw_digest, due, deals, health=lines)
        written += await store.run(_write, due, message, now=now)
    return written


def digest_deals(db: Database, spans: Sequence[Period]) -> list[DealRecord]:
    """Return all deals, those that the digests of these periods tell of with their proofs."""
    deals = list_deals(db, DealFilter(limit=ALL, brief=True, events=True, milestones=True))
    told = {deal.id: deal for span in spans for deal in told_in(compose(deals, span))}
    full = {deal.id: deal for deal in proven(db, told.values())}
    return [replace(full.get(deal.id, deal), milestones=deal.milestones) for deal in deals]


def _owed(db: Database, due: DueDigest) -> DueDigest | None:
    """Return the digest with its period stretched back to the last one that was sent; None when it was begun before."""
    earlier = [run for run in runs.list_runs(db, name=due.run_name) if run.outcome != "abandoned"]
    if any(run.due_at >= due.period.end for run in earlier):
        return None
    sent = [run.due_at for run in earlier if run.outcome == "ok"]
    start = min(due.period.start, max(sent)) if sent else due.period.start
    return replace(due, period=replace(due.period, start=max(start, due.period.end - FURTHEST_BACK)))


def draw_digest(due: DueDigest, deals: Sequence[DealRecord], *, health: Sequence[str] = ()) -> Message:
    """Compose one digest and draw its chart. Takes up to a second."""
    digest = compose(deals, due.period)
    return digest_message(digest, style=style_of(due.watch), chart=digest_chart(digest, deals), health=health)


def digest_chart(digest: Digest, deals: Sequence[DealRecord]) -> Chart | None:
    """Draw the timeline under a digest that tells something; a quiet one stays small."""
    telling = [deal for deal in deals if deal.facts.alerts]
    return None if digest.quiet or not telling else draw_chart("timeline", telling, now=digest.period.end)


def _write(db: Database, due: DueDigest, message: Message, *, now: datetime) -> int:
    with db.atomic():
        run = runs.begin_run(db, due.run_name, due_at=due.period.end, now=now)
        if run is None:
            return 0
        if due.late:
            runs.finish_run(db, run, outcome="missed", now=now, reason="the service was down too long")
            return 0
        draft = OutboxDraft(
            kind=OutboxKind.DIGEST,
            target=due.watch.target,
            key=f"{due.run_name}:{due.period.end.isoformat()}",
            payload=message_to_json(message),
            name=f"{due.period.name} digest",
            watch_id=due.watch.id,
        )
        outbox.enqueue(db, draft, now=now)
        runs.finish_run(db, run, outcome="ok", now=now)
        return 1


def fold_old(db: Database, *, now: datetime, after: timedelta = FOLD_AFTER) -> int:
    """Fold alerts that waited too long into one catch-up message per channel; return how many were folded.

    Rows held back by quiet hours are not late.
    """
    with db.atomic():
        waiting = outbox.pending_since(db, created_before=now - after)
        late = [
            row for row in waiting if row.kind in {OutboxKind.ALERT, OutboxKind.REPLY} and _is_late(row, now, after)
        ]
        for target in dict.fromkeys(row.target for row in late):
            rows = [row for row in late if row.target == target]
            outbox.mark_folded(db, [row.id for row in rows], reason="told in a catch-up digest", now=now)
            outbox.enqueue(db, _catch_up(db, rows), now=now)
    return len(late)


def _is_late(row: OutboxRow, now: datetime, after: timedelta) -> bool:
    # A failed attempt moves not_before too; only a row never tried was held back on purpose.
    held = row.not_before if row.attempts == 0 and row.not_before is not None else row.created_at
    return now - max(row.created_at, held) > after


def _catch_up(db: Database, rows: Sequence[OutboxRow]) -> OutboxDraft:
    deals = [get_deal(db, row.deal_id) for row in rows if row.deal_id is not None]
    known = {deal.id: deal for deal in deals if deal is not None}
    watch = watches.get_watch(db, rows[0].watch_id) if rows[0].watch_id is not None else None
    lines = [deal_line(deal, style=style_of(watch)) if watch else deal_line(deal) for deal in known.values()]
    embed = Embed(
        title=f"While the line was down: {plural(len(known), 'deal')}",
        colour=BLUE,
        description=join_lines(lines, MAX_DESCRIPTION),
        footer=DISCLAIMER,
    )
    return OutboxDraft(
        kind=OutboxKind.DIGEST,
        target=rows[0].target,
        key=f"catch-up:{rows[0].id}-{rows[-1].id}",
        payload=message_to_json(Message(embeds=(fit(embed),))),
        name="catch-up digest",
        watch_id=rows[0].watch_id,
    )
