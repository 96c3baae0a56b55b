"""What happened to the feeds: the fetch log and the changes of health that the operators are told once."""

from dataclasses import dataclass
from datetime import datetime

from db.connection import Database
from db.feeds import Health
from db.instants import from_text, to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRecord:
    """One line of the fetch log; `repeats` counts equal outcomes in a row, the last of them at `fetched_at`."""

    feed_id: int
    fetched_at: datetime
    outcome: str
    http_status: int | None = None
    body_bytes: int | None = None
    duration_ms: int | None = None
    new_entries: int = 0
    repeats: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthChange:
    """A feed went from one state to another. `id` is 0 until stored."""

    id: int = 0
    feed_id: int
    feed_title: str
    changed_at: datetime
    before: Health
    after: Health
    reason: str
    next_due_at: datetime | None


def record_fetch(db: Database, record: FetchRecord) -> None:
    """Append to the log, or count one more repeat when the same uneventful outcome came again."""
    if not record.new_entries and _counted_as_repeat(db, record):
        return
    db.execute(
        "INSERT INTO feed_fetches (feed_id, fetched_at, outcome, http_status, body_bytes, duration_ms, new_entries,"
        " reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            record.feed_id,
            to_text(record.fetched_at),
            record.outcome,
            record.http_status,
            record.body_bytes,
            record.duration_ms,
            record.new_entries,
            record.reason,
        ),
    )


def _counted_as_repeat(db: Database, record: FetchRecord) -> bool:
    cursor = db.execute(
        "UPDATE feed_fetches SET repeats = repeats + 1, fetched_at = ?, duration_ms = ?"
        " WHERE id = (SELECT max(id) FROM feed_fetches WHERE feed_id = ?)"
        " AND outcome = ? AND http_status IS ? AND reason = ? AND new_entries = 0",
        (
            to_text(record.fetched_at),
            record.duration_ms,
            record.feed_id,
            record.outcome,
            record.http_status,
            record.reason,
        ),
    )
    return bool(cursor.rowcount)


def fetch_log(db: Database, feed_id: int, *, limit: int = 20) -> list[FetchRecord]:
    """Return the newest lines of a feed's log, newest first."""
    rows = db.execute(
        "SELECT feed_id, fetched_at, outcome, http_status, body_bytes, duration_ms, new_entries, repeats, reason"
        " FROM feed_fetches WHERE feed_id = ? ORDER BY id DESC LIMIT ?",
        (feed_id, limit),
    )
    return [
        FetchRecord(
            feed_id=row[0],
            fetched_at=datetime.fromisoformat(row[1]),
            outcome=row[2],
            http_status=row[3],
            body_bytes=row[4],
            duration_ms=row[5],
            new_entries=row[6],
            repeats=row[7],
            reason=row[8],
        )
        for row in rows
    ]


def prune_fetch_log(db: Database, *, keep: int = 200) -> int:
    """Keep the newest `keep` lines of each feed and return how many were deleted."""
    cursor = db.execute(
        "DELETE FROM feed_fetches WHERE id IN (SELECT id FROM ("
        " SELECT id, row_number() OVER (PARTITION BY feed_id ORDER BY id DESC) AS place FROM feed_fetches"
        ") WHERE place > ?)",
        (keep,),
    )
    return int(cursor.rowcount)


def record_health_change(db: Database, change: HealthChange) -> None:
    """Store a change of health; it stays unannounced until `mark_announced`."""
    db.execute(
        "INSERT INTO feed_health_changes (feed_id, changed_at, health_before, health_after, reason, next_due_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            change.feed_id,
            to_text(change.changed_at),
            change.before.value,
            change.after.value,
            change.reason,
            to_text(change.next_due_at),
        ),
    )


def unannounced_changes(db: Database, *, limit: int = 50) -> list[HealthChange]:
    """Return the changes of health that no operator has been told, oldest first."""
    rows = db.execute(
        "SELECT c.id, c.feed_id, f.title, c.changed_at, c.health_before, c.health_after, c.reason, c.next_due_at"
        " FROM feed_health_changes c JOIN feeds f ON f.id = c.feed_id"
        " WHERE c.announced_at IS NULL ORDER BY c.id LIMIT ?",
        (limit,),
    )
    return [
        HealthChange(
            id=row[0],
            feed_id=row[1],
            feed_title=row[2],
            changed_at=datetime.fromisoformat(row[3]),
            before=Health(row[4]),
            after=Health(row[5]),
            reason=row[6],
            next_due_at=from_text(row[7]),
        )
        for row in rows
    ]


def mark_announced(db: Database, change_ids: list[int], *, now: datetime) -> None:
    """Note that these changes have been told."""
    db.conn.executemany(
        "UPDATE feed_health_changes SET announced_at = ? WHERE id = ?", [(to_text(now), n) for n in change_ids]
    )
