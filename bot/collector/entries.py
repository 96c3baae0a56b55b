"""From a feed's document to the entries to store: identities, believable dates, and which of them may alert. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.collector.documents import FeedDocument, FeedEntry
from bot.collector.identity import Identity, identify
from bot.collector.options import CollectorOptions
from db.entries import EntryDraft
from db.feeds import FeedRow

#: Clocks and time zones are wrong by hours, not by days; beyond that a future date is no date.
_FUTURE = timedelta(hours=26)
_OLDEST = datetime(1994, 1, 1, tzinfo=UTC)
_MAX_ENTRIES = 5000


def draft_entries(
    document: FeedDocument, feed: FeedRow, *, now: datetime, options: CollectorOptions
) -> list[EntryDraft]:
    """Return the document's entries, oldest first, ready to be stored if they are new."""
    entries = document.entries[:_MAX_ENTRIES]
    identities = identify(entries, site_url=document.site_url or feed.site_url)
    drafts = [
        _draft(entry, identity, feed, now=now, options=options)
        for entry, identity in zip(entries, identities, strict=True)
    ]
    return drafts[::-1]


def _draft(
    entry: FeedEntry, identity: Identity, feed: FeedRow, *, now: datetime, options: CollectorOptions
) -> EntryDraft:
    published = believable(entry.published_at, now=now)
    known_feed = feed.last_success_at is not None
    return EntryDraft(
        identity=identity.main,
        url_identity=identity.url,
        guid=entry.guid or "",
        url=entry.url,
        title=entry.title,
        content=entry.content,
        content_is_full=entry.content_is_full,
        publisher=entry.publisher,
        published_at=published,
        seen_at=now,
        lag_s=(now - published).total_seconds() if published and known_feed else None,
        alerting=may_alert(published, feed, now=now, options=options),
    )


def believable(published: datetime | None, *, now: datetime) -> datetime | None:
    """Return the date if it can be true; one a few hours ahead is a wrong zone and becomes `now`."""
    if published is None or published < _OLDEST or published > now + _FUTURE:
        return None
    return min(published, now)


def may_alert(published: datetime | None, feed: FeedRow, *, now: datetime, options: CollectorOptions) -> bool:
    """Decide whether an entry seen for the first time is news, so that a new or returning feed floods nobody.

    An undated entry is news only if the feed was read recently, for then it cannot be old.
    """
    window_start = now - options.alert_window
    if published is None:
        published = feed.last_success_at
        if published is None:
            return False
    starts = [at for at in (window_start, options.alert_after, feed.alert_after) if at]
    return published >= max(starts)


def newest_date(drafts: Sequence[EntryDraft]) -> datetime | None:
    """Return the newest believable publication date."""
    return max((draft.published_at for draft in drafts if draft.published_at), default=None)
