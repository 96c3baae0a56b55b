"""The deliverer: takes rows out of the outbox and makes sure of each one's end.

A row ends as sent, failed with a reason, uncertain, or folded into a digest; it is never lost and, where Discord makes
certainty possible, never doubled. The rules after an attempt of which nobody knows the outcome:

    within the nonce window     send again with the same nonce; Discord returns the first message instead of a second
    later                       look for the row's marker in the channel: found -> sent, absent -> send again,
                                unreadable -> uncertain
    a plain webhook             keeps no nonces and cannot be read: uncertain at once

Knows rows, time and the `Channel` protocol; knows neither Discord nor HTTP.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import utc_now
from bot.delivery.channel import (
    Channel,
    DeliveryError,
    Found,
    GoneError,
    InvalidError,
    LaterError,
    RefusedError,
    UnknownError,
)
from bot.delivery.closing import close_target, closed
from bot.messages.message import Message
from bot.messages.message_json import message_from_json, rendering_hash
from bot.store import Store
from db import alert_messages, outbox
from db.connection import Database
from db.outbox import OutboxKind, OutboxRow

_log = logging.getLogger(__name__)

#: Discord remembers a nonce for "a few minutes"; two are safe, and the last attempt needs time to travel.
NONCE_WINDOW = timedelta(seconds=100)
#: A search begins this much before the attempt, for clocks that disagree.
CLOCK_SLACK = timedelta(seconds=60)
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 60.0
#: What could surely not be delivered for so long is given up; alerts are told in a digest long before.
GIVE_UP_AFTER = timedelta(hours=72)
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How patient the deliverer is. After `max_attempts` the operator is told; `batch` rows leave side by side."""

    max_attempts: int = 8
    batch: int = 20
    resend_every_s: float = 2.0


class Deliverer:
    """Empties the outbox. `channels` maps the first word of a target ("channel", "webhook") to the place's client."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        *,
        options: Options | None = None,
        clock: Clock = utc_now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store, self._channels, self._options = store, channels, options or Options()
        self._clock, self._sleep = clock, sleep
        self._in_flight: set[int] = set()

    async def deliver_due(self) -> Counter[str]:
        """Send everything that may leave now and return how many rows came to which end."""
        ends = await self._work()
        if ends:
            _log.info("outbox delivered", extra={"ends": dict(ends)})
        return ends

    async def _work(self) -> Counter[str]:
        """Keep up to `batch` rows in the air; a slow target never keeps the others waiting."""
        ends: Counter[str] = Counter()
        flying = {asyncio.create_task(self._guarded(row, self._settle)) for row in await self._left_behind()}
        try:
            while True:
                room = self._options.batch - len(flying)
                rows = await self._store.run(outbox.claim_due, now=self._clock(), limit=room) if room > 0 else []
                flying |= {asyncio.create_task(self._guarded(row, self._attempt)) for row in rows}
                if not flying:
                    return ends
                done, flying = await asyncio.wait(flying, timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
                ends.update(task.result() for task in done)
        finally:
            for task in flying:
                task.cancel()

    async def _left_behind(self) -> list[OutboxRow]:
        """Return the rows that a crash left half sent."""
        stuck = await self._store.run(outbox.stuck_sending, attempted_before=self._clock())
        return [row for row in stuck if row.id not in self._in_flight]

    async def _guarded(self, row: OutboxRow, step: Callable[[OutboxRow, Channel], Awaitable[str]]) -> str:
        """Run one step; whatever goes wrong stays with this row."""
        self._in_flight.add(row.id)
        try:
            channel = self._channels.get(row.target.partition(":")[0])
            if channel is None:
                return await self._fail(row, f"no connection for {row.target.partition(':')[0]} targets is configured")
            if reason := await self._store.run(closed, row):
                return await self._fail(row, reason)
            return await step(row, channel)
        except Exception as error:  # noqa: BLE001 - one bad row never stops the others
            _log.exception("outbox row broke the deliverer", extra={"row": row.id})
            return await self._uncertain(row, f"unexpected: {type(error).__name__}")
        finally:
            self._in_flight.discard(row.id)

    async def _attempt(self, row: OutboxRow, channel: Channel) -> str:
        """Make the first attempt of a claim."""
        try:
            return await self._send(row, channel)
        except UnknownError as error:
            if row.kind is OutboxKind.EDIT:  # an edit may be repeated without harm
                return await self._retry(row, LaterError(str(error)))
            return await self._settle(row, channel)
        except DeliveryError as error:
            return await self._give_way(row, error)

    async def _settle(self, row: OutboxRow, channel: Channel) -> str:
        """Bring a row of unknown outcome to an end."""
        if row.kind is OutboxKind.EDIT:
            return await self._attempt(row, channel)
        if not channel.remembers_nonces:
            return await self._uncertain(row, "the answer to the one attempt never came")
        attempted = row.attempted_at or self._clock()
        while self._clock() - attempted < NONCE_WINDOW:
            try:
                return await self._send(row, channel)
            except (UnknownError, LaterError) as error:
                asked = error.after_s if isinstance(error, LaterError) else None
                await self._sleep(max(asked or 0.0, self._options.resend_every_s))
            except DeliveryError as error:
                return await self._give_way(row, error)
        return await self._look(row, channel, since=attempted - CLOCK_SLACK)

    async def _look(self, row: OutboxRow, channel: Channel, *, since: datetime) -> str:
        try:
            found = await channel.find(place(row), marker(row), since=since)
        except LaterError as error:
            # Still `sending`: the next round looks again.
            _log.warning("channel could not be searched yet", extra={"row": row.id, "reason": str(error)})
            return "waiting"
        except DeliveryError as error:
            return await self._uncertain(row, f"the channel could not be searched: {error}")
        if found is Found.UNREADABLE:
            return await self._uncertain(row, "the attempt's answer was lost and the channel cannot be read")
        if found is Found.ABSENT:
            await self._store.run(outbox.release, row.id)
            return "released"
        return await self._sent(row, str(found))

    async def _send(self, row: OutboxRow, channel: Channel) -> str:
        message = stamped(message_from_json(row.payload), row)
        announced = await self._store.run(announcement, row)
        if row.kind is OutboxKind.EDIT:
            if announced is None:
                return await self._fold(row, "the alert it would edit is not there")
            await channel.edit(place(row), announced, message)
            return await self._sent(row, announced)
        reply_to = announced if row.kind is OutboxKind.REPLY else None
        message_id = await channel.send(
            place(row), message, nonce=row.nonce, reply_to=reply_to, leave_within_s=self._nonce_left_s(row)
        )
        return await self._sent(row, message_id)

    def _nonce_left_s(self, row: OutboxRow) -> float:
        """Return how long a message may still leave: a repetition after Discord forgot the nonce would be a second one."""
        return (NONCE_WINDOW - (self._clock() - (row.attempted_at or self._clock()))).total_seconds()

    async def _give_way(self, row: OutboxRow, error: DeliveryError) -> str:
        """Record a failure that is certain."""
        if isinstance(error, LaterError):
            return await self._retry(row, error)
        if isinstance(error, GoneError):
            if row.deal_id is not None:
                await self._store.run(alert_messages.mark_deleted, row.deal_id, row.target, now=self._clock())
            return await self._fold(row, "the alert was deleted on Discord")
        if isinstance(error, RefusedError):
            await self._store.run(close_target, row, reason=str(error), now=self._clock())
        elif not isinstance(error, InvalidError):
            raise error
        return await self._fail(row, str(error))

    async def _retry(self, row: OutboxRow, error: LaterError) -> str:
        """Put a row off. Attempts are never counted against it: an outage is not the message's fault."""
        if self._clock() - row.created_at > GIVE_UP_AFTER:
            return await self._fail(row, f"given up after {row.attempts} attempts: {error}")
        if row.attempts == self._options.max_attempts:
            _log.error("outbox row still waits", extra={"row": row.id, "attempts": row.attempts, "reason": str(error)})
        backoff = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** min(row.attempts, 12)) * random.uniform(0.75, 1.25)  # noqa: S311 - jitter
        wait = error.after_s if error.after_s is not None else backoff
        retry_at = self._clock() + timedelta(seconds=wait)
        await self._store.run(outbox.mark_failed, row.id, retry_at=retry_at, reason=str(error), now=self._clock())
        return "retried"

    async def _sent(self, row: OutboxRow, message_id: str | None) -> str:
        shown = rendering_hash(message_from_json(row.payload))
        await self._store.run(outbox.mark_sent, row.id, message_id=message_id, now=self._clock(), rendering_hash=shown)
        return "sent"

    async def _fail(self, row: OutboxRow, reason: str) -> str:
        _log.warning("outbox row failed", extra={"row": row.id, "target": row.target, "reason": reason})
        await self._store.run(outbox.mark_failed, row.id, retry_at=None, reason=reason, now=self._clock())
        return "failed"

    async def _uncertain(self, row: OutboxRow, reason: str) -> str:
        _log.warning("outbox row uncertain", extra={"row": row.id, "target": row.target, "reason": reason})
        await self._store.run(outbox.mark_uncertain, row.id, reason=reason, now=self._clock())
        return "uncertain"

    async def _fold(self, row: OutboxRow, reason: str) -> str:
        await self._store.run(outbox.release, row.id)
        await self._store.run(outbox.mark_folded, [row.id], reason=reason, now=self._clock())
        return "folded"


def place(row: OutboxRow) -> str:
    """Return the second word of a target: a channel's id or a webhook's name."""
    return row.target.partition(":")[2]


def marker(row: OutboxRow) -> str:
    """Return the word in a message's footer that a search after a crash looks for."""
    return f"MP-{row.id}"


def stamped(message: Message, row: OutboxRow) -> Message:
    """Put the row's marker at the start of the first footer."""
    first, *others = message.embeds
    footer = " · ".join(filter(None, [marker(row), first.footer]))
    return replace(message, embeds=(replace(first, footer=footer), *others))


def announcement(db: Database, row: OutboxRow) -> str | None:
    """Return the id of the message that announced the row's deal at its target, None when none is there any more."""
    sent = alert_messages.message_of(db, row.deal_id, row.target) if row.deal_id is not None else None
    return sent.message_id if sent is not None and sent.deleted_at is None else None
