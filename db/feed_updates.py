"""What a round of fetching found, written in one transaction: feeds, entries, the log, changes of health."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db import entries as entry_rows
from db.connection import Database
from db.entries import EntryDraft
from db.feed_log import FetchRecord, HealthChange, record_fetch, record_health_change
from db.feeds import FeedRow, save_fetch_states

#: What the log calls a changed document without a new entry.
SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedUpdate:
    """A feed after and before a fetch. `record` is None when nothing was asked of the server."""

    feed: FeedRow
    before: FeedRow
    record: FetchRecord | None
    entries: Sequence[EntryDraft] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of an update: how many of its entries were new, and the change of health if there was one."""

    update: FeedUpdate
    new_entries: int
    change: HealthChange | None
    lag_s: float | None = None


def save_feed_updates(db: Database, updates: Sequence[FeedUpdate]) -> list[Saved]:
    """Write all updates in one transaction."""
    with db.atomic():
        save_fetch_states(db, ((update.before, update.feed) for update in updates))
        return [_save(db, update) for update in updates]


def _save(db: Database, update: FeedUpdate) -> Saved:
    new = 0
    if update.entries:
        new = entry_rows.add_entries(db, update.feed.id, update.entries)
        update = _counted(update, new)
    if update.record:
        record_fetch(db, update.record)
    change = _change(update)
    if change:
        record_health_change(db, change)
    return Saved(update=update, new_entries=new, change=change)


def _counted(update: FeedUpdate, new: int) -> FeedUpdate:
    """Say in the log's line how many of the entries were new, and that the document only looked so if none was."""
    if update.record is None:
        return update
    return replace(
        update, record=replace(update.record, new_entries=new, outcome=update.record.outcome if new else SAME)
    )


def _change(update: FeedUpdate) -> HealthChange | None:
    feed = update.feed
    if feed.health is update.before.health:
        return None
    return HealthChange(
        feed_id=feed.id,
        feed_title=feed.title,
        changed_at=feed.health_since,
        before=update.before.health,
        after=feed.health,
        reason=feed.health_reason,
        next_due_at=feed.next_due_at,
    )
