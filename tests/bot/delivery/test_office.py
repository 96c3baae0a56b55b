"""The operator's digest names the feeds that are not read well, and only those."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.delivery.office import troubled_feeds
from db.connection import open_memory
from db.feeds import Health, add_feed, list_feeds, save_fetch_states
from db.records import SourceTier


def test_only_troubled_feeds_are_named_with_the_reason() -> None:
    db = open_memory()
    for name in ("Good Wire", "Bad Wire"):
        url = f"https://example.org/{name.split()[0]}"
        add_feed(
            db,
            url=url,
            title=name,
            group="wires",
            tier=SourceTier.BLOG,
            poll_minutes=5,
            now=datetime(2026, 3, 4, tzinfo=UTC),
        )
    bad = next(feed for feed in list_feeds(db) if feed.title == "Bad Wire")
    worse = replace(bad, health=Health.FAILING, health_reason="the server answered with status 500")
    save_fetch_states(db, [(bad, worse)])
    assert troubled_feeds(db) == ["Bad Wire: the server answered with status 500"]
