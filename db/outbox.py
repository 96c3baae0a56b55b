"""The outbox: every message that has to leave, written in the transaction that caused it, sent exactly once.

    enqueue(db, OutboxDraft, *, now) -> int | None      claim_due(db, *, now, limit) -> list[OutboxRow]
    mark_sent(db, id, *, message_id, now)               mark_failed(db, id, *, retry_at | None, reason, now)
    mark_uncertain(db, id, *, reason, now)              mark_folded(db, ids, *, reason, now) -> int
    stuck_sending(db, *, attempted_before)              pending_since(db, *, created_before)
    release(db, id)                                     count_by_state(db) / list_outbox(db, …) / get_row(db, id)

A row is pending → sending → sent, failed (for good) or uncertain; folded = it went into a digest instead. Within one
target rows leave in the order they were written: a later one waits for an earlier one, only a waiting edit holds
nobody up. Where each deal was announced stands in `db.alert_messages`.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from db import alert_messages
from db.connection import Database
from db.instants import from_text, to_text


class OutboxKind(StrEnum):
    ALERT = "alert"
    EDIT = "edit"
    REPLY = "reply"
    DIGEST = "digest"
    NOTICE = "notice"


class OutboxState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    FOLDED = "folded"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxDraft:
    """A message to send. `key` names what it is about ("alert:iren-microsoft-2025-11", "digest:daily:2025-11-03")."""

    kind: OutboxKind
    target: str
    key: str
    payload: Mapping[str, Any]
    name: str
    watch_id: int | None = None
    deal_id: int | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow(OutboxDraft):
    """A stored message with the story of its delivery; `nonce` is the same at every attempt."""

    id: int
    nonce: str
    state: OutboxState
    attempts: int
    attempted_at: datetime | None
    message_id: str | None
    reason: str | None
    created_at: datetime
    finished_at: datetime | None


_COLUMNS = tuple(field.name for field in fields(OutboxRow))
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM outbox"
_INSTANTS = ("not_before", "attempted_at", "created_at", "finished_at")


def enqueue(db: Database, draft: OutboxDraft, *, now: datetime) -> int | None:
    """Add a message; return its id, None when the same thing was enqueued to that target before.

    An edit replaces the content of one that still waits.
    """
    values = {
        "name": draft.name,
        "watch_id": draft.watch_id,
        "target": draft.target,
        "kind": draft.kind.value,
        "deal_id": draft.deal_id,
        "payload": json.dumps(dict(draft.payload), ensure_ascii=False, sort_keys=True),
        "key": draft.key,
        "not_before": to_text(draft.not_before),
        "created_at": to_text(now),
    }
    with db.atomic():
        if draft.kind is OutboxKind.EDIT and (waiting := _waiting_edit(db, draft)):
            db.execute("UPDATE outbox SET payload = ? WHERE id = ?", (values["payload"], waiting))
            return waiting
        marks = ", ".join(f":{column}" for column in values)
        cursor = db.execute(
            f"INSERT OR IGNORE INTO outbox ({', '.join(values)}, nonce) VALUES ({marks}, :nonce)",
            values | {"nonce": _nonce(db, draft)},
        )
        return int(cursor.lastrowid or 0) if cursor.rowcount else None


def claim_due(db: Database, *, now: datetime, limit: int = 20) -> list[OutboxRow]:
    """Take the messages that may leave now, at most one per target, and mark them as being sent."""
    with db.atomic():
        ids = [row[0] for row in db.execute(_DUE, {"now": to_text(now), "limit": limit})]
        for row_id in ids:
            db.execute(
                "UPDATE outbox SET state = 'sending', attempts = attempts + 1, attempted_at = ? WHERE id = ?",
                (to_text(now), row_id),
            )
        return [row for row_id in ids if (row := get_row(db, row_id)) is not None]


#: The oldest row of each target that is due and has no earlier open row but waiting edits before it.
_DUE = """
SELECT min(candidate.id) FROM outbox AS candidate
WHERE candidate.state = 'pending' AND (candidate.not_before IS NULL OR candidate.not_before <= :now)
  AND NOT EXISTS (
    SELECT 1 FROM outbox AS earlier
    WHERE earlier.target = candidate.target AND earlier.state IN ('pending', 'sending')
      AND earlier.id <> candidate.id
      AND (earlier.state = 'sending' OR (earlier.id < candidate.id AND earlier.kind <> 'edit')))
GROUP BY candidate.target ORDER BY min(candidate.id) LIMIT :limit
"""


def mark_sent(
    db: Database, row_id: int, *, message_id: str | None, now: datetime, rendering_hash: str | None = None
) -> None:
    """Record a delivery; a deal's alert becomes the message that later edits and replies refer to."""
    with db.atomic():
        _finish(db, row_id, OutboxState.SENT, now=now, reason=None, message_id=message_id)
        row = get_row(db, row_id)
        if row is None or row.deal_id is None:
            return
        if row.kind is OutboxKind.ALERT and message_id is not None:
            alert_messages.record(
                db,
                deal_id=row.deal_id,
                target=row.target,
                watch_id=row.watch_id,
                message_id=message_id,
                rendering_hash=rendering_hash,
                now=now,
            )
        elif row.kind is OutboxKind.EDIT:
            alert_messages.record_edit(db, row.deal_id, row.target, rendering_hash=rendering_hash, now=now)


def mark_failed(db: Database, row_id: int, *, retry_at: datetime | None, reason: str, now: datetime) -> None:
    """Record a failure: try again at `retry_at`, or never when it is None."""
    if retry_at is None:
        _finish(db, row_id, OutboxState.FAILED, now=now, reason=reason, message_id=None)
        return
    with db.atomic():
        if _superseded(db, row_id):
            _finish(db, row_id, OutboxState.FOLDED, now=now, reason="a newer edit waits", message_id=None)
            return
        db.execute(
            "UPDATE outbox SET state = 'pending', not_before = ?, reason = ? WHERE id = ?",
            (to_text(retry_at), reason, row_id),
        )


def mark_uncertain(db: Database, row_id: int, *, reason: str, now: datetime) -> None:
    """Record that nobody can tell whether the message arrived; it is not sent again, the operator sees it."""
    _finish(db, row_id, OutboxState.UNCERTAIN, now=now, reason=reason, message_id=None)


def mark_folded(db: Database, row_ids: Iterable[int], *, reason: str, now: datetime) -> int:
    """Take waiting messages out because a digest tells them; return how many still waited."""
    with db.atomic():
        return sum(
            db.execute(
                "UPDATE outbox SET state = 'folded', reason = ?, finished_at = ? WHERE id = ? AND state = 'pending'",
                (reason, to_text(now), row_id),
            ).rowcount
            for row_id in tuple(row_ids)
        )


def release(db: Database, row_id: int) -> None:
    """Put a row left in `sending` by a crash back in line, to be sent again with its nonce."""
    with db.atomic():
        if _superseded(db, row_id):
            db.execute("UPDATE outbox SET state = 'folded', reason = 'a newer edit waits' WHERE id = ?", (row_id,))
        else:
            db.execute("UPDATE outbox SET state = 'pending' WHERE id = ? AND state = 'sending'", (row_id,))


def stuck_sending(db: Database, *, attempted_before: datetime) -> list[OutboxRow]:
    """Return rows still marked as being sent although their attempt began before then, oldest first."""
    return _rows(db, "state = 'sending' AND attempted_at <= ?", to_text(attempted_before))


def pending_since(db: Database, *, created_before: datetime) -> list[OutboxRow]:
    """Return rows that have waited since before then, oldest first."""
    return _rows(db, "state = 'pending' AND created_at < ?", to_text(created_before))


def get_row(db: Database, row_id: int) -> OutboxRow | None:
    """Return one row."""
    found = _rows(db, "id = ?", row_id)
    return found[0] if found else None


def list_outbox(
    db: Database, *, state: OutboxState | None = None, deal_id: int | None = None, limit: int = 100
) -> list[OutboxRow]:
    """Return rows, oldest first, optionally of one state or deal."""
    where = "(?1 IS NULL OR state = ?1) AND (?2 IS NULL OR deal_id = ?2)"
    return _rows(db, where, None if state is None else state.value, deal_id, limit=limit)


def count_by_state(db: Database) -> dict[OutboxState, int]:
    """Count the rows of each state."""
    rows = db.execute("SELECT state, count(*) FROM outbox GROUP BY state")
    return {OutboxState(state): count for state, count in rows}


def _finish(
    db: Database, row_id: int, state: OutboxState, *, now: datetime, reason: str | None, message_id: str | None
) -> None:
    db.execute(
        "UPDATE outbox SET state = ?, reason = ?, message_id = coalesce(?, message_id), finished_at = ? WHERE id = ?",
        (state.value, reason, message_id, to_text(now), row_id),
    )


def _waiting_edit(db: Database, draft: OutboxDraft) -> int | None:
    row = db.execute(
        "SELECT id FROM outbox WHERE target = ? AND key = ? AND kind = 'edit' AND state = 'pending'",
        (draft.target, draft.key),
    ).fetchone()
    return None if row is None else int(row[0])


def _superseded(db: Database, row_id: int) -> bool:
    """Tell whether the row is an edit and a newer edit of the same thing already waits."""
    row = db.execute(
        "SELECT 1 FROM outbox AS mine JOIN outbox AS newer ON newer.target = mine.target AND newer.key = mine.key"
        " WHERE mine.id = ? AND mine.kind = 'edit' AND newer.kind = 'edit' AND newer.state = 'pending'"
        " AND newer.id <> mine.id",
        (row_id,),
    ).fetchone()
    return row is not None


def _nonce(db: Database, draft: OutboxDraft) -> str:
    """Name the message for Discord's deduplication; edits differ by how many came before."""
    earlier = db.execute(
        "SELECT count(*) FROM outbox WHERE target = ? AND key = ?", (draft.target, draft.key)
    ).fetchone()[0]
    text = "\x1f".join((draft.target, draft.kind.value, draft.key, str(earlier)))
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _rows(db: Database, where: str, *values: Any, limit: int = 10_000) -> list[OutboxRow]:
    return [_row(row) for row in db.execute(f"{_SELECT} WHERE {where} ORDER BY id LIMIT {limit:d}", values)]


def _row(row: tuple[Any, ...]) -> OutboxRow:
    values = dict(zip(_COLUMNS, row, strict=True))
    for column in _INSTANTS:
        values[column] = from_text(values[column])
    values["payload"] = json.loads(values["payload"])
    values["kind"], values["state"] = OutboxKind(values["kind"]), OutboxState(values["state"])
    return OutboxRow(**values)
