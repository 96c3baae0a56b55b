"""Where each deal was announced: one message per deal and target, which edits and replies refer to.

message_of(db, deal_id, target) -> AlertMessage | None     messages_of(db, deal_id) -> list[AlertMessage]
messages_of_merged(db, deal_id) -> list[AlertMessage]
deal_of_message(db, message_id) -> int | None              mark_deleted(db, deal_id, target, *, now)
record(db, …), record_edit(db, …)  called by `db.outbox.mark_sent`
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from db.connection import Database
from db.instants import from_text, to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertMessage:
    """A sent alert. `deleted_at`: somebody removed it, so it is neither edited nor posted again."""

    deal_id: int
    target: str
    watch_id: int | None
    message_id: str
    sent_at: datetime
    edited_at: datetime | None
    rendering_hash: str | None
    deleted_at: datetime | None


_COLUMNS = tuple(field.name for field in fields(AlertMessage))
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM alert_messages"


def record(
    db: Database,
    *,
    deal_id: int,
    target: str,
    watch_id: int | None,
    message_id: str,
    rendering_hash: str | None,
    now: datetime,
) -> None:
    """Remember the message that announced a deal; the first one stays."""
    db.execute(
        "INSERT OR IGNORE INTO alert_messages (deal_id, target, watch_id, message_id, sent_at, rendering_hash)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (deal_id, target, watch_id, message_id, to_text(now), rendering_hash),
    )


def record_edit(db: Database, deal_id: int, target: str, *, rendering_hash: str | None, now: datetime) -> None:
    """Remember what the message shows since an edit."""
    db.execute(
        "UPDATE alert_messages SET edited_at = ?, rendering_hash = coalesce(?, rendering_hash)"
        " WHERE deal_id = ? AND target = ?",
        (to_text(now), rendering_hash, deal_id, target),
    )


def mark_deleted(db: Database, deal_id: int, target: str, *, now: datetime) -> None:
    """Remember that the message is gone."""
    db.execute(
        "UPDATE alert_messages SET deleted_at = ? WHERE deal_id = ? AND target = ? AND deleted_at IS NULL",
        (to_text(now), deal_id, target),
    )


def message_of(db: Database, deal_id: int, target: str) -> AlertMessage | None:
    """Return the message that announced a deal at a target."""
    row = db.execute(f"{_SELECT} WHERE deal_id = ? AND target = ?", (deal_id, target)).fetchone()
    return None if row is None else _message(row)


def messages_of(db: Database, deal_id: int) -> list[AlertMessage]:
    """Return every message that announced a deal."""
    return [_message(row) for row in db.execute(f"{_SELECT} WHERE deal_id = ? ORDER BY target", (deal_id,))]


def messages_of_merged(db: Database, deal_id: int) -> list[AlertMessage]:
    """Return the messages of deals that went into this one and were announced beside it: they point to it."""
    merged = "SELECT id FROM deals WHERE merged_into = ?"
    return [_message(row) for row in db.execute(f"{_SELECT} WHERE deal_id IN ({merged}) ORDER BY target", (deal_id,))]


def deal_of_message(db: Database, message_id: str) -> int | None:
    """Return the deal a message announced, for buttons pressed after a restart."""
    row = db.execute("SELECT deal_id FROM alert_messages WHERE message_id = ?", (message_id,)).fetchone()
    return None if row is None else int(row[0])


def _message(row: tuple[Any, ...]) -> AlertMessage:
    values = dict(zip(_COLUMNS, row, strict=True))
    for column in ("sent_at", "edited_at", "deleted_at"):
        values[column] = from_text(values[column])
    return AlertMessage(**values)
