"""One visit to one feed: fetch, see what it is, parse if it is new, settle. Returns what is to be saved."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.collector.decide import Outcome, Seen, settle
from bot.collector.documents import FeedDocument, NotAFeedError
from bot.collector.entries import draft_entries
from bot.collector.fetch import Answer, Trouble
from bot.collector.interpret import wishes_of, without_body
from bot.collector.options import CollectorOptions
from bot.collector.parse import parse_strictly
from bot.collector.parse_xml import MalformedError
from bot.collector.politeness import host_of
from bot.collector.quarantine import Quarantine
from bot.collector.redirects import is_adoption_due
from bot.collector.visits import NO_CONTACT, Validators, Visits
from db.entries import EntryDraft
from db.feed_log import FetchRecord
from db.feed_updates import FeedUpdate
from db.feeds import FeedRow, Health, url_is_taken

_LONGEST_VALIDATOR = 1000


class FeedVisitor:
    """Visits feeds."""

    def __init__(self, visits: Visits, *, quarantine: Quarantine, jitter: Callable[[], float]) -> None:
        self._visits = visits
        self._quarantine = quarantine
        self._jitter = jitter
        # One thread at a time: the interpreter runs one anyway, and more of them only keep the event loop waiting.
        self._parsing = asyncio.Semaphore(1)

    async def visit(self, feed: FeedRow, now: datetime) -> FeedUpdate:
        """Fetch a feed and return it as it stands after that."""
        options = self._visits.options
        validators = Validators(etag=feed.etag, last_modified=feed.last_modified)
        async with self._visits.asking(
            feed.url, max_bytes=options.max_feed_bytes, now=now, validators=validators
        ) as answer:
            if answer.trouble is Trouble.PAUSED:
                return self._put_off(feed, now)
            if answer.trouble is Trouble.NO_CONTACT:
                return _without_contact(feed, now)
            seen, drafts = await self._see(feed, answer, now)
        if is_adoption_due(feed, seen.permanent_url, now=now):
            taken = await self._visits.store.run(url_is_taken, seen.permanent_url or "", by_other_than=feed.id)
            seen = replace(seen, permanent_url_taken=taken)
        return FeedUpdate(
            feed=settle(feed, seen, options=options, jitter=self._jitter()),
            before=feed,
            record=_record(feed, seen, answer),
            entries=drafts,
        )

    def broken(self, feed: FeedRow, now: datetime) -> FeedUpdate:
        """Return the update of a feed whose visit raised: a failure like any other."""
        seen = Seen(outcome=Outcome.FAILED, now=now, reason="the collector could not digest it; see the log")
        after = settle(feed, seen, options=self._visits.options, jitter=self._jitter())
        answer = Answer(url=feed.url, final_url=feed.url)
        return FeedUpdate(feed=after, before=feed, record=_record(feed, seen, answer))

    def _put_off(self, feed: FeedRow, now: datetime) -> FeedUpdate:
        """Come back when the host's pause is over; the feed itself has done nothing wrong."""
        until = self._visits.gate.paused_until(host_of(feed.url), now=now) or now
        due = until + timedelta(seconds=60 * self._jitter())
        return FeedUpdate(feed=replace(feed, next_due_at=due), before=feed, record=None)

    async def _see(self, feed: FeedRow, answer: Answer, now: datetime) -> tuple[Seen, list[EntryDraft]]:
        if seen := without_body(answer, now=now):
            return seen, []
        body_hash = blake2b(answer.body, digest_size=16).hexdigest()
        seen = Seen(
            outcome=Outcome.SAME,
            now=now,
            etag=_validator(answer, "ETag"),
            last_modified=_validator(answer, "Last-Modified"),
            body_hash=body_hash,
            wishes=wishes_of(answer, now=now),
            permanent_url=answer.permanent_url,
        )
        if body_hash == feed.body_hash:
            return seen, []
        return await self._read(feed, answer, seen)

    async def _read(self, feed: FeedRow, answer: Answer, seen: Seen) -> tuple[Seen, list[EntryDraft]]:
        """Parse the body and draft its entries, on a thread; broken XML goes to the quarantine."""
        options = self._visits.options
        try:
            async with self._parsing:
                return await asyncio.to_thread(_parse, feed, answer, seen, options)
        except MalformedError as error:
            malformed = error.data
        except NotAFeedError as error:
            return _refused(seen, error), []
        try:
            document = await self._quarantine.parse(malformed, answer.final_url)
        except NotAFeedError as error:
            return _refused(seen, error), []
        return await asyncio.to_thread(_drafted, feed, document, seen, options)


def _without_contact(feed: FeedRow, now: datetime) -> FeedUpdate:
    """Keep a source off that wants a contact; nothing was asked, so looking again costs nothing."""
    off = replace(
        feed,
        health=Health.BLOCKED,
        health_reason=NO_CONTACT,
        health_since=feed.health_since if feed.health is Health.BLOCKED else now,
        next_due_at=now + timedelta(minutes=feed.poll_minutes),
    )
    return FeedUpdate(feed=off, before=feed, record=None)


def _parse(feed: FeedRow, answer: Answer, seen: Seen, options: CollectorOptions) -> tuple[Seen, list[EntryDraft]]:
    content_type = answer.headers.get("Content-Type", "")
    document = parse_strictly(answer.body, content_type=content_type, base_url=answer.final_url)
    return _drafted(feed, document, seen, options)


def _drafted(
    feed: FeedRow, document: FeedDocument, seen: Seen, options: CollectorOptions
) -> tuple[Seen, list[EntryDraft]]:
    drafts = draft_entries(document, feed, now=seen.now, options=options)
    published = tuple(draft.published_at for draft in drafts if draft.published_at)
    lean = replace(document, entries=())
    return replace(seen, outcome=Outcome.NEW, document=lean, published=published), drafts


def _refused(seen: Seen, error: NotAFeedError) -> Seen:
    outcome = Outcome.BLOCKED if error.challenge else Outcome.FAILED
    return Seen(outcome=outcome, now=seen.now, reason=error.reason, wishes=seen.wishes)


def _validator(answer: Answer, name: str) -> str | None:
    """Return a validator to be echoed exactly; one that cannot be stored or sent again is none."""
    value = answer.headers.get(name)
    return value if value and len(value) <= _LONGEST_VALIDATOR and value.isprintable() else None


def _record(feed: FeedRow, seen: Seen, answer: Answer) -> FetchRecord:
    return FetchRecord(
        feed_id=feed.id,
        fetched_at=seen.now,
        outcome=seen.outcome.value,
        http_status=answer.status,
        body_bytes=len(answer.body) or None,
        duration_ms=answer.duration_ms,
        reason=seen.reason,
    )
