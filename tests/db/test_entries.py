"""Entries: stored once per feed, handed out until they are done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from db.connection import Database, open_memory
from db.entries import (
    EntryDraft,
    add_entries,
    count_entries,
    entry_attempts,
    forget_contents,
    get_entry,
    pending_entries,
    postpone_entry,
    set_entry_state,
)
from db.feed_log import FetchRecord, fetch_log, prune_fetch_log, record_fetch
from db.feeds import add_feed
from db.records import EntryState, SourceTier

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)
DRAFT = EntryDraft(
    identity="i1",
    url_identity="u1",
    guid="g1",
    url="http://a.example/1",
    title="One",
    content="Text.",
    content_is_full=False,
    published_at=NOW,
    seen_at=NOW,
    lag_s=None,
    alerting=True,
)


@pytest.fixture
def db() -> Iterator[Database]:
    db = open_memory()
    for name in "ab":
        add_feed(
            db,
            url=f"http://{name}.example/",
            title=name.upper(),
            group="g",
            tier=SourceTier.BLOG,
            poll_minutes=30,
            now=NOW,
        )
    yield db
    db.close()


@pytest.mark.parametrize(
    ("second", "new"),
    [
        pytest.param(replace(DRAFT, title="Edited"), 0, id="same identity"),
        pytest.param(replace(DRAFT, identity="i2"), 0, id="new GUID, same address"),
        pytest.param(replace(DRAFT, identity="i2", url_identity="u2"), 1, id="another entry"),
        pytest.param(replace(DRAFT, identity="i2", url_identity=None), 1, id="an address that names nothing"),
    ],
)
def test_a_known_entry_is_not_stored_again(db: Database, second: EntryDraft, new: int) -> None:
    assert add_entries(db, 1, [DRAFT]) == 1
    assert add_entries(db, 1, [second]) == new


def test_two_feeds_may_show_the_same_entry(db: Database) -> None:
    assert add_entries(db, 1, [DRAFT]) + add_entries(db, 2, [DRAFT]) == 2


def test_pending_entries_come_with_their_feed_alerting_ones_first(db: Database) -> None:
    quiet = replace(DRAFT, identity="i2", url_identity="u2", alerting=False)
    loud = replace(DRAFT, identity="i3", url_identity="u3", publisher="Reuters")
    add_entries(db, 1, [quiet, loud])
    first, second = pending_entries(db, limit=10)
    assert (first.alerting, first.publisher, first.tier) == (True, "Reuters", SourceTier.BLOG)
    assert (second.alerting, second.publisher, second.published_at) == (False, "A", NOW)


def test_feeds_take_turns(db: Database) -> None:
    for feed in (1, 2):
        add_entries(
            db, feed, [replace(DRAFT, identity=f"{n}", url_identity=None, title=f"{feed}{n}") for n in range(3)]
        )
    assert [entry.title for entry in pending_entries(db, limit=4)] == ["10", "20", "11", "21"]


def test_a_postponed_entry_waits_for_its_time(db: Database) -> None:
    add_entries(db, 1, [DRAFT])
    postpone_entry(db, 1, until=NOW + timedelta(hours=1), reason="timeout")
    assert pending_entries(db, limit=9, now=NOW) == []
    assert len(pending_entries(db, limit=9, now=NOW + timedelta(hours=1))) == 1
    assert entry_attempts(db, 1) == 1


def test_a_settled_entry_is_no_longer_pending(db: Database) -> None:
    add_entries(db, 1, [DRAFT])
    set_entry_state(db, 1, EntryState.SKIPPED, "not English")
    assert pending_entries(db, limit=9) == []
    assert count_entries(db) == {EntryState.SKIPPED: 1}
    assert forget_contents(db, before=NOW + timedelta(days=90)) == 1
    entry = get_entry(db, 1)
    assert entry
    assert entry.content == ""


def test_the_log_is_pruned_per_feed(db: Database) -> None:
    for n in range(10):
        record_fetch(db, FetchRecord(feed_id=1 + n % 2, fetched_at=NOW, outcome="new", new_entries=1))
    assert prune_fetch_log(db, keep=3) == 4
    assert len(fetch_log(db, 1)) == 3
