"""What a feed document holds, whatever its format. No parsing here."""

from dataclasses import dataclass
from datetime import datetime


class NotAFeedError(Exception):
    """A body that holds no feed; the text says what it is instead."""

    def __init__(self, reason: str, *, challenge: bool = False) -> None:
        self.reason, self.challenge = reason, challenge
        super().__init__(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One item as the feed states it. `content` is plain text; `guid` is None when the feed gives none."""

    guid: str | None = None
    url: str | None = None
    title: str = ""
    content: str = ""
    content_is_full: bool = False
    publisher: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """A feed as its document states it; the hints are the publisher's wishes for polling."""

    format: str
    title: str = ""
    site_url: str | None = None
    language: str | None = None
    ttl_minutes: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    """Weekdays, Monday = 0."""
    entries: tuple[FeedEntry, ...] = ()
