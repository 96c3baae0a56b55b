"""When a feed is asked next: its interval, the publisher's wishes within bounds, backoff after failures. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.collector.options import CollectorOptions
from db.feeds import FeedRow

#: Waits differ by up to this share, so that feeds configured together drift apart.
_SPREAD = 0.1
_MAX_RETRY_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the headers of an answer ask of the next visit."""

    max_age_s: float | None = None
    retry_after: timedelta | None = None


def next_after_success(
    feed: FeedRow, *, wishes: Wishes, now: datetime, options: CollectorOptions, jitter: float
) -> datetime:
    """Return the next due time: our interval, or the publisher's longer one up to the configured bound.

    Our interval is a promise of how soon news is seen, so it is only ever shortened; the publisher's is a wish not to
    be asked sooner, so it is only ever stretched.
    """
    ours = max(feed.poll_minutes * (1 - _SPREAD * jitter), options.min_poll_minutes)
    wished = min(max((wishes.max_age_s or 0) / 60, feed.ttl_minutes or 0), options.max_poll_minutes)
    due = now + timedelta(minutes=max(ours, wished * (1 + _SPREAD * jitter)))
    if wishes.retry_after:
        due = max(due, now + min(wishes.retry_after, _MAX_RETRY_AFTER))
    return _out_of_skipped(due, feed, latest=now + timedelta(days=1))


def _out_of_skipped(due: datetime, feed: FeedRow, *, latest: datetime) -> datetime:
    """Move a visit out of the hours and days the publisher skips, never beyond `latest`."""
    if not feed.skip_hours and not feed.skip_days:
        return due
    hours, days = numbers(feed.skip_hours), numbers(feed.skip_days)
    while due < latest and (due.hour in hours or due.weekday() in days):
        due = due.replace(minute=due.minute % 5, second=0) + timedelta(hours=1)
    return due


def numbers(text: str) -> frozenset[int]:
    """Read a stored list of hours or days."""
    return frozenset(int(part) for part in text.split(",")) if text else frozenset()


def next_after_failure(
    feed: FeedRow, failures: int, *, wishes: Wishes, now: datetime, options: CollectorOptions, jitter: float
) -> datetime:
    """Return the next try: twice as far off after each failure, up to a bound, but never given up."""
    base = timedelta(minutes=max(feed.poll_minutes, options.min_poll_minutes))
    longest = timedelta(hours=options.max_backoff_hours)
    wait: timedelta = min(base * float(2 ** min(failures - 1, 20)), longest)
    # Feeds that failed together must not be asked together again.
    wait = min(wait * (0.75 + 0.5 * jitter), longest)
    if wishes.retry_after:
        wait = max(wait, min(wishes.retry_after, _MAX_RETRY_AFTER))
    return now + wait


def retry_after(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """Read Retry-After in seconds or as a date; a date counts from the server's own clock if it tells it."""
    text = headers.get("Retry-After", "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**8))
    until = _http_date(text)
    if until is None:
        return None
    return max(until - (_http_date(headers.get("Date", "")) or now), timedelta(0))


def max_age_s(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Read how long the answer stays fresh: Cache-Control max-age less Age, else Expires."""
    for directive in headers.get("Cache-Control", "").lower().split(","):
        name, _, value = directive.strip().partition("=")
        if name in {"no-cache", "no-store"}:
            return None
        value = value.strip('" ')
        if name == "max-age" and value.isascii() and value.isdigit():
            return max(0.0, float(value[:9]) - _age(headers))
    expires = _http_date(headers.get("Expires", ""))
    if expires is None:
        return None
    return max(0.0, (expires - (_http_date(headers.get("Date", "")) or now)).total_seconds())


def _age(headers: Mapping[str, str]) -> float:
    text = headers.get("Age", "").strip()
    return float(text[:9]) if text.isascii() and text.isdigit() else 0.0


def _http_date(text: str) -> datetime | None:
    if not text:
        return None
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
