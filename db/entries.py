"""The items of the feeds on their way to articles: storing what is new, handing out what is to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.connection import Database
from db.instants import from_text, to_text
from db.records import EntryRow, EntryState, SourceTier


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """An entry as a feed shows it, with the identities by which it is known again."""

    identity: str
    url_identity: str | None
    guid: str
    url: str | None
    title: str
    content: str
    content_is_full: bool
    publisher: str | None = None
    published_at: datetime | None
    seen_at: datetime
    lag_s: float | None
    alerting: bool


_INSERT = (
    "INSERT INTO entries (feed_id, identity, url_identity, guid, url, title, content, content_is_full, publisher,"
    " published_at, seen_at, lag_s, alerting) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13"
    " WHERE NOT EXISTS (SELECT 1 FROM entries WHERE feed_id = ?1 AND identity = ?2)"
    " AND NOT EXISTS (SELECT 1 FROM entries WHERE feed_id = ?1 AND url_identity = ?3)"
)
_SELECT = (
    "SELECT e.id, e.feed_id, e.guid, e.url, e.title, e.content, e.content_is_full, e.published_at, e.seen_at,"
    " e.alerting, f.tier, coalesce(e.publisher, f.publisher) FROM entries e JOIN feeds f ON f.id = e.feed_id"
)


def add_entries(db: Database, feed_id: int, drafts: Sequence[EntryDraft]) -> int:
    """Store the entries the feed has not shown before and return how many those are."""
    return sum(db.execute(_INSERT, _values(feed_id, draft)).rowcount for draft in drafts)


def _values(feed_id: int, draft: EntryDraft) -> tuple[Any, ...]:
    return (
        feed_id,
        draft.identity,
        draft.url_identity,
        draft.guid,
        draft.url,
        draft.title,
        draft.content,
        int(draft.content_is_full),
        draft.publisher,
        to_text(draft.published_at),
        to_text(draft.seen_at),
        draft.lag_s,
        int(draft.alerting),
    )


def pending_entries(db: Database, *, limit: int, now: datetime | None = None) -> list[EntryRow]:
    """Return entries waiting to be read, those that may alert first; with `now`, not those waiting for a later try.

    Feeds take turns, each from its oldest entry on: the pages of one batch then lie on many hosts, none of which has
    to be asked twice in a row.
    """
    due = " AND (next_try_at IS NULL OR next_try_at <= ?)" if now else ""
    turns = (
        "(SELECT id, row_number() OVER (PARTITION BY feed_id, alerting ORDER BY id) AS turn"
        f" FROM entries WHERE state = 'new'{due})"
    )
    values = (to_text(now), limit) if now else (limit,)
    rows = db.execute(f"{_SELECT} JOIN {turns} t ON t.id = e.id ORDER BY e.alerting DESC, t.turn, e.id LIMIT ?", values)
    return [_entry(row) for row in rows]


def get_entry(db: Database, entry_id: int) -> EntryRow | None:
    """Return one entry, whatever its state."""
    row = db.execute(f"{_SELECT} WHERE e.id = ?", (entry_id,)).fetchone()
    return None if row is None else _entry(row)


def set_entry_state(db: Database, entry_id: int, state: EntryState, reason: str = "") -> None:
    """Note what became of an entry."""
    db.execute("UPDATE entries SET state = ?, reason = ? WHERE id = ?", (state.value, reason, entry_id))


def postpone_entry(db: Database, entry_id: int, *, until: datetime, reason: str) -> None:
    """Leave an entry waiting, not to be tried before `until`."""
    db.execute(
        "UPDATE entries SET attempts = attempts + 1, next_try_at = ?, reason = ? WHERE id = ?",
        (to_text(until), reason, entry_id),
    )


def entry_attempts(db: Database, entry_id: int) -> int:
    """Return how often reading this entry has been put off."""
    row = db.execute("SELECT attempts FROM entries WHERE id = ?", (entry_id,)).fetchone()
    return int(row[0]) if row else 0


def count_entries(db: Database) -> dict[EntryState, int]:
    """Return how many entries stand in each state."""
    rows = db.execute("SELECT state, count(*) FROM entries GROUP BY state")
    return {EntryState(state): number for state, number in rows}


def forget_contents(db: Database, *, before: datetime) -> int:
    """Delete the texts of entries seen before then that need no more reading; return how many."""
    cursor = db.execute(
        "UPDATE entries SET content = NULL WHERE seen_at < ? AND state <> 'new' AND content IS NOT NULL",
        (to_text(before),),
    )
    return int(cursor.rowcount)


def _entry(row: tuple[Any, ...]) -> EntryRow:
    return EntryRow(
        id=row[0],
        feed_id=row[1],
        guid=row[2],
        url=row[3],
        title=row[4],
        content=row[5] or "",
        content_is_full=bool(row[6]),
        published_at=from_text(row[7]),
        seen_at=datetime.fromisoformat(row[8]),
        alerting=bool(row[9]),
        tier=SourceTier(row[10]),
        publisher=row[11],
    )
