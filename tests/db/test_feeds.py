"""The feeds' table: the catalogue comes and goes, what people did stays."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from db.connection import Database, open_memory
from db.feeds import (
    FeedRow,
    Health,
    add_feed,
    due_feeds,
    followed_feeds,
    get_feed,
    list_feeds,
    make_due,
    remove_feed,
    save_fetch_states,
    set_paused,
    sync_feed_specs,
    url_is_taken,
)
from db.records import SourceTier

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Spec:
    key: str = "alpha"
    title: str = "Alpha"
    url: str = "http://a.example/feed"
    group: str = "wires"
    tier: SourceTier = SourceTier.NEWSWIRE
    poll_minutes: float = 2.0


@pytest.fixture
def db() -> Iterator[Database]:
    db = open_memory()
    yield db
    db.close()


def only(db: Database) -> FeedRow:
    (feed,) = list_feeds(db, removed=True)
    return feed


def change(db: Database, feed: FeedRow, **values: object) -> FeedRow:
    changed = replace(feed, **values)  # type: ignore[arg-type]
    save_fetch_states(db, [(feed, changed)])
    return changed


def test_syncing_twice_changes_nothing(db: Database) -> None:
    assert sync_feed_specs(db, [Spec()], now=NOW) == 1
    before = list_feeds(db)
    assert sync_feed_specs(db, [Spec()], now=NOW + timedelta(days=1)) == 0
    assert list_feeds(db) == before


def test_a_feed_a_person_added_stays(db: Database) -> None:
    add_feed(db, url="http://own.example/", title="Own", group="own", tier=SourceTier.BLOG, poll_minutes=30, now=NOW)
    sync_feed_specs(db, [Spec()], now=NOW)
    sync_feed_specs(db, [], now=NOW)
    assert [feed.title for feed in list_feeds(db)] == ["Own"]


def test_a_feed_that_returns_to_the_catalogue_is_followed_again(db: Database) -> None:
    for specs in ([Spec()], [], [Spec()]):
        sync_feed_specs(db, specs, now=NOW)
    assert len(followed_feeds(db)) == 1


def test_a_feed_a_person_removed_stays_removed(db: Database) -> None:
    sync_feed_specs(db, [Spec()], now=NOW)
    remove_feed(db, only(db).id)
    sync_feed_specs(db, [Spec()], now=NOW)
    assert list_feeds(db) == []


def test_a_changed_address_forgets_what_was_known_of_the_old_one(db: Database) -> None:
    sync_feed_specs(db, [Spec()], now=NOW)
    change(db, only(db), health=Health.GONE, next_due_at=None, etag='"1"', failures=3)
    sync_feed_specs(db, [Spec(url="http://b.example/feed")], now=NOW)
    feed = only(db)
    assert (feed.url, feed.health, feed.etag, feed.next_due_at) == ("http://b.example/feed", Health.OK, None, NOW)


def test_an_adopted_redirect_survives_the_next_sync(db: Database) -> None:
    sync_feed_specs(db, [Spec()], now=NOW)
    change(db, only(db), url="http://new.example/feed")
    sync_feed_specs(db, [Spec()], now=NOW)
    assert only(db).url == "http://new.example/feed"


def test_a_row_survives_the_way_into_the_file_and_back(db: Database) -> None:
    sync_feed_specs(db, [Spec()], now=NOW)
    full = change(
        db,
        only(db),
        site_url="http://a.example/",
        etag='W/"1"',
        last_modified="Mon",
        body_hash="x",
        last_fetched_at=NOW,
        last_success_at=NOW,
        last_entry_at=NOW,
        typical_gap_hours=1.5,
        ttl_minutes=30.0,
        skip_hours="1,2",
        skip_days="6",
        failures=2,
        redirect_url="http://c.example/",
        redirect_since=NOW,
        redirect_last_at=NOW,
        health=Health.QUIET,
        health_reason="silent",
    )
    assert only(db) == full


def test_due_feeds_are_the_ones_whose_time_has_come(db: Database) -> None:
    sync_feed_specs(db, [Spec(key=k, url=f"http://{k}.example/") for k in ("a", "b", "c", "d")], now=NOW)
    a, b, c, d = list_feeds(db)
    change(db, a, next_due_at=NOW + timedelta(hours=1))
    change(db, b, next_due_at=None)
    set_paused(db, c.id, paused=True)
    assert [feed.id for feed in due_feeds(db, now=NOW)] == [d.id]
    set_paused(db, c.id, paused=False)
    make_due(db, b.id, now=NOW)
    assert len(due_feeds(db, now=NOW)) == 3


@pytest.mark.parametrize("wanted", [1, "1", "alpha", "http://a.example/feed", "ALPHA"])
def test_a_feed_is_found_by_what_a_person_types(db: Database, wanted: str | int) -> None:
    sync_feed_specs(db, [Spec()], now=NOW)
    found = get_feed(db, wanted)
    assert found
    assert found.key == "alpha"
    assert get_feed(db, "nothing") is None


def test_an_address_can_be_taken(db: Database) -> None:
    sync_feed_specs(db, [Spec(), Spec(key="b", url="http://b.example/")], now=NOW)
    a, b = list_feeds(db)
    assert url_is_taken(db, b.url, by_other_than=a.id)
    assert not url_is_taken(db, b.url, by_other_than=b.id)
