"""What an answer means for a feed: its next due time, its health, its address. Pure: values in, values out.

`settle` is the whole decision; the shell fetches, asks it, and writes down what it says.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.collector.documents import FeedDocument
from bot.collector.health import judge
from bot.collector.options import CollectorOptions
from bot.collector.redirects import watch_redirect
from bot.collector.timing import Wishes, next_after_failure, next_after_success
from db.feeds import FeedRow


class Outcome(StrEnum):
    """What one fetch came to, in one word; also what the fetch log says."""

    NEW = "new"
    SAME = "same"
    NOT_MODIFIED = "not modified"
    FAILED = "failed"
    BLOCKED = "blocked"
    GONE = "gone"


SUCCESSES = frozenset({Outcome.NEW, Outcome.SAME, Outcome.NOT_MODIFIED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a fetch saw of a feed. `document` only when the body was new and parsed."""

    outcome: Outcome
    now: datetime
    reason: str = ""
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    document: FeedDocument | None = None
    published: tuple[datetime, ...] = ()
    """The believable dates of the document's entries."""
    wishes: Wishes = field(default_factory=Wishes)
    permanent_url: str | None = None
    permanent_url_taken: bool = False


def settle(feed: FeedRow, seen: Seen, *, options: CollectorOptions, jitter: float) -> FeedRow:
    """Return the feed as it stands after a fetch; `jitter` in [0, 1) spreads the next ones."""
    decide = _succeeded if seen.outcome in SUCCESSES else _failed
    after = decide(feed, seen, options=options, jitter=jitter)
    gone, blocked = seen.outcome is Outcome.GONE, seen.outcome is Outcome.BLOCKED
    health, stated = judge(after, gone=gone, blocked=blocked, now=seen.now)
    reason = seen.reason if stated is None else stated
    if (health, reason) == (feed.health, feed.health_reason):
        return after  # the usual case, and copying a row of thirty fields is not free
    since = feed.health_since if health is feed.health else seen.now
    return replace(after, health=health, health_reason=reason, health_since=since)


def _succeeded(feed: FeedRow, seen: Seen, *, options: CollectorOptions, jitter: float) -> FeedRow:
    after = _with_validators(feed, seen)
    if seen.document:
        after = _with_document(after, seen.document, seen.published)
    after = replace(
        after,
        failures=0,
        last_fetched_at=seen.now,
        last_success_at=seen.now,
        next_due_at=next_after_success(after, wishes=seen.wishes, now=seen.now, options=options, jitter=jitter),
    )
    return watch_redirect(after, seen.permanent_url, taken=seen.permanent_url_taken, now=seen.now)


def _with_validators(feed: FeedRow, seen: Seen) -> FeedRow:
    """Keep the validators exactly as they came; a 304 often repeats none of them, a 200 replaces both."""
    if seen.outcome is Outcome.NOT_MODIFIED:
        etag, last_modified = seen.etag or feed.etag, seen.last_modified or feed.last_modified
    else:
        etag, last_modified = seen.etag, seen.last_modified
    body_hash = seen.body_hash or feed.body_hash
    if (etag, last_modified, body_hash) == (feed.etag, feed.last_modified, feed.body_hash):
        return feed
    return replace(feed, etag=etag, last_modified=last_modified, body_hash=body_hash)


def _with_document(feed: FeedRow, document: FeedDocument, published: tuple[datetime, ...]) -> FeedRow:
    return replace(
        feed,
        site_url=document.site_url or feed.site_url,
        ttl_minutes=document.ttl_minutes,
        skip_hours=",".join(map(str, sorted(document.skip_hours))),
        skip_days=",".join(map(str, sorted(document.skip_days))),
        last_entry_at=max((*published, *([feed.last_entry_at] if feed.last_entry_at else [])), default=None),
        typical_gap_hours=rhythm_hours(published) or feed.typical_gap_hours,
    )


def _failed(feed: FeedRow, seen: Seen, *, options: CollectorOptions, jitter: float) -> FeedRow:
    failures = feed.failures + 1
    if seen.outcome is Outcome.GONE:
        return replace(feed, failures=failures, last_fetched_at=seen.now, next_due_at=None)
    due = next_after_failure(feed, failures, wishes=seen.wishes, now=seen.now, options=options, jitter=jitter)
    return replace(feed, failures=failures, last_fetched_at=seen.now, next_due_at=due)


def rhythm_hours(published: Iterable[datetime]) -> float | None:
    """Return a feed's own rhythm: the longer of its usual gaps between entries, None for too few dates.

    The third quartile, so that a feed that sleeps at weekends is not called silent every Sunday.
    """
    gaps = sorted((later - earlier) / timedelta(hours=1) for earlier, later in pairwise(sorted(set(published))))
    return gaps[len(gaps) * 3 // 4] if len(gaps) >= 3 else None
