"""When a feed's address changes for good: a permanent redirect is believed after seven days without a break. Pure.

A redirect to a maintenance page or a parked domain never gets that far: only an answer that was a feed is watched.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from db.feeds import FeedRow

_PATIENCE = timedelta(days=7)
#: Not having looked for longer than this is a break in the watch.
_LONGEST_GAP = timedelta(days=2)


def watch_redirect(feed: FeedRow, target: str | None, *, taken: bool, now: datetime) -> FeedRow:
    """Return the feed after a successful fetch that was (or was not) permanently redirected to `target`."""
    if target is None or target == feed.url:
        if feed.redirect_url is None:
            return feed
        return replace(feed, redirect_url=None, redirect_since=None, redirect_last_at=None)
    if not _is_watched(feed, target, now):
        return replace(feed, redirect_url=target, redirect_since=now, redirect_last_at=now)
    since = feed.redirect_since or now
    if now - since < _PATIENCE or taken:
        return replace(feed, redirect_last_at=now)
    return replace(feed, url=target, redirect_url=None, redirect_since=None, redirect_last_at=None)


def is_adoption_due(feed: FeedRow, target: str | None, *, now: datetime) -> bool:
    """Tell whether this observation would complete the watch, so that the target must not be another feed's."""
    return target is not None and _is_watched(feed, target, now) and now - (feed.redirect_since or now) >= _PATIENCE


def _is_watched(feed: FeedRow, target: str, now: datetime) -> bool:
    return (
        feed.redirect_url == target
        and feed.redirect_last_at is not None
        and now - feed.redirect_last_at <= _LONGEST_GAP
    )
