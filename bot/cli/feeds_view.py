"""How feeds and their log look in a terminal and as JSON. No database, no network."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from db.feed_log import FetchRecord
from db.feeds import FeedRow, Health
from db.instants import to_text

_STYLES: dict[str, str] = {
    Health.OK: "green",
    Health.QUIET: "yellow",
    Health.FAILING: "red",
    Health.BLOCKED: "magenta",
}


def feeds_table(feeds: Sequence[FeedRow], *, now: datetime) -> Table:
    """Return the table of health: one row per feed under its group, below it what is wrong. Fits 80 columns."""
    table = Table(title=_summary(feeds), title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("#", justify="right", min_width=3)
    table.add_column("feed")
    for heading, width in (("health", 12), ("since", 7), ("last entry", 10), ("next", 9)):
        table.add_column(heading, no_wrap=True, min_width=width)
    group = ""
    for feed in feeds:
        if feed.group_name != group:
            group = feed.group_name
            table.add_row("", Text(group, style="bold"))
        ages = (_age(feed.health_since, now), _age(feed.last_entry_at, now))
        table.add_row(str(feed.id), escape(feed.title), _health(feed), *ages, _next(feed, now))
        if reason := _reason(feed):
            table.add_row("", Text(reason, style="dim"))
    return table


def _summary(feeds: Sequence[FeedRow]) -> str:
    counts = Counter(_state(feed) for feed in feeds)
    told = ", ".join(f"{number} {state}" for state, number in counts.most_common())
    return f"{len(feeds)} feeds: {told}" if feeds else "no feeds"


def _state(feed: FeedRow) -> str:
    if feed.is_paused:
        return "paused"
    if feed.last_fetched_at is None and feed.health is Health.OK:
        return "not read yet"
    return feed.health.value


def _health(feed: FeedRow) -> str:
    state = _state(feed)
    return f"[{_STYLES.get(state, 'bright_black')}]{state}[/]"


def _reason(feed: FeedRow) -> str:
    if feed.redirect_url:
        moved = f"redirected to {feed.redirect_url}"
        return f"{feed.health_reason}; {moved}" if feed.health_reason else moved
    return feed.health_reason


def _next(feed: FeedRow, now: datetime) -> str:
    if feed.is_paused or feed.removed_by:
        return "-"
    if feed.next_due_at is None:
        return "never"
    return "now" if feed.next_due_at <= now else f"in {_span(feed.next_due_at - now)}"


def _age(instant: datetime | None, now: datetime) -> str:
    return "-" if instant is None else _span(max(now - instant, timedelta(0)))


def _span(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 2880 else f"{minutes // 1440} d"


def log_table(feed: FeedRow, records: Sequence[FetchRecord]) -> Table:
    """Return the table of a feed's last fetches."""
    table = Table("at (UTC)", "outcome", "status", "bytes", "ms", "new", "times", "why", title=escape(feed.title))
    for record in records:
        numbers = (record.http_status, record.body_bytes, record.duration_ms, record.new_entries, record.repeats)
        cells = ["" if number is None else f"{number:,}" for number in numbers]
        table.add_row(f"{record.fetched_at:%Y-%m-%d %H:%M:%S}", record.outcome, *cells, escape(record.reason))
    return table


def feed_record(feed: FeedRow) -> dict[str, Any]:
    """Return a feed as JSON values."""
    return {
        "id": feed.id,
        "key": feed.key,
        "title": feed.title,
        "url": feed.url,
        "group": feed.group_name,
        "tier": feed.tier.value,
        "health": feed.health.value,
        "health_since": to_text(feed.health_since),
        "health_reason": feed.health_reason,
        "is_paused": feed.is_paused,
        "failures": feed.failures,
        "last_success_at": to_text(feed.last_success_at),
        "last_entry_at": to_text(feed.last_entry_at),
        "next_due_at": to_text(feed.next_due_at),
    }
