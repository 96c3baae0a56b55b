"""How a feed is doing: ok, quiet, failing, gone or blocked, and why. Pure."""

from datetime import datetime, timedelta

from db.feeds import FeedRow, Health

#: One bad answer is weather, three in a row are a fault; a feed that never worked gets no such credit.
FAILURES_TO_REPORT = 3
_QUIET_FACTOR = 8
_QUIET_AT_LEAST = timedelta(days=4)
_QUIET_WITHOUT_RHYTHM = timedelta(days=90)


def judge(feed: FeedRow, *, gone: bool, blocked: bool, now: datetime) -> tuple[Health, str | None]:
    """Return the feed's health after a fetch and the reason; None leaves the words to what the fetch saw."""
    if gone:
        return Health.GONE, None
    if feed.failures:
        bad = Health.BLOCKED if blocked else Health.FAILING
        reported = feed.failures >= FAILURES_TO_REPORT or feed.last_success_at is None
        if reported or feed.health in {Health.FAILING, Health.BLOCKED}:
            return bad, None
        return feed.health, feed.health_reason
    silence = silence_of(feed, now=now)
    if silence is not None and silence > patience_with(feed):
        return Health.QUIET, _quiet_reason(feed, silence)
    return Health.OK, ""


def silence_of(feed: FeedRow, *, now: datetime) -> timedelta | None:
    """Return how long the feed has published nothing; None when it never dated an entry."""
    return None if feed.last_entry_at is None else now - feed.last_entry_at


def patience_with(feed: FeedRow) -> timedelta:
    """Return how long this feed may be silent: much longer than its own rhythm."""
    if feed.typical_gap_hours is None:
        return _QUIET_WITHOUT_RHYTHM
    return max(_QUIET_AT_LEAST, _QUIET_FACTOR * timedelta(hours=min(feed.typical_gap_hours, 24 * 365)))


def _quiet_reason(feed: FeedRow, silence: timedelta) -> str:
    if feed.typical_gap_hours is None:
        return f"nothing new for {silence.days} days"
    rhythm = (
        f"{feed.typical_gap_hours:.0f} h" if feed.typical_gap_hours < 48 else f"{feed.typical_gap_hours / 24:.0f} d"
    )
    return f"nothing new for {silence.days} days, usually every {rhythm}"
