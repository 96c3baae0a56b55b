"""Scheduled runs and the lease: nothing due is done twice, and only one service collects and delivers.

begin_run(db, name, *, due_at, now) -> int | None   None = this due time was taken before
finish_run(db, id, *, outcome, now, counts={}, reason=None)
last_run(db, name) -> Run | None                    list_runs(db, *, name=None, limit=50) -> list[Run]
abandon_runs(db, *, now) -> int                     after a crash: what still says `running`
acquire_lease(db, name, *, holder, now, for_s) -> Lease | None   None = ours; else who holds it
renew_lease(db, name, *, holder, now, for_s) -> bool             release_lease(db, name, *, holder)
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from db.connection import Database
from db.instants import from_text, to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One scheduled run. `outcome`: running, ok, failed, missed, abandoned."""

    id: int
    name: str
    due_at: datetime
    started_at: datetime
    finished_at: datetime | None
    outcome: str
    counts: Mapping[str, float]
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Who may collect and deliver, and until when."""

    name: str
    holder: str
    acquired_at: datetime
    expires_at: datetime


_COLUMNS = tuple(field.name for field in fields(Run))
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM runs"


def begin_run(db: Database, name: str, *, due_at: datetime, now: datetime) -> int | None:
    """Record that the run due then starts; None when it was begun before, so that it is not done twice."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO runs (name, due_at, started_at) VALUES (?, ?, ?)", (name, to_text(due_at), to_text(now))
    )
    return int(cursor.lastrowid or 0) if cursor.rowcount else None


def finish_run(
    db: Database,
    run_id: int,
    *,
    outcome: str,
    now: datetime,
    counts: Mapping[str, float] | None = None,
    reason: str | None = None,
) -> None:
    """Record how a run ended: ok, failed or missed."""
    db.execute(
        "UPDATE runs SET outcome = ?, finished_at = ?, counts = ?, reason = ? WHERE id = ?",
        (outcome, to_text(now), json.dumps(dict(counts or {})), reason, run_id),
    )


def abandon_runs(db: Database, *, now: datetime) -> int:
    """Mark what a killed process left `running`; call it once the lease is held."""
    return int(
        db.execute(
            "UPDATE runs SET outcome = 'abandoned', finished_at = ?, reason = 'the service was stopped meanwhile'"
            " WHERE outcome = 'running'",
            (to_text(now),),
        ).rowcount
    )


def last_run(db: Database, name: str) -> Run | None:
    """Return the run of that name that was due last."""
    row = db.execute(f"{_SELECT} WHERE name = ? ORDER BY due_at DESC LIMIT 1", (name,)).fetchone()
    return None if row is None else _run(row)


def list_runs(db: Database, *, name: str | None = None, limit: int = 50) -> list[Run]:
    """Return runs, latest first."""
    where = "" if name is None else "WHERE name = :name"
    rows = db.execute(f"{_SELECT} {where} ORDER BY started_at DESC, id DESC LIMIT {limit:d}", {"name": name})
    return [_run(row) for row in rows]


def forget_runs(db: Database, *, before: datetime) -> int:
    """Delete finished runs started before then; return how many."""
    return int(
        db.execute("DELETE FROM runs WHERE started_at < ? AND outcome <> 'running'", (to_text(before),)).rowcount
    )


def acquire_lease(db: Database, name: str, *, holder: str, now: datetime, for_s: float) -> Lease | None:
    """Take the lease if it is free, expired or already ours, and return None; else return who holds it."""
    with db.atomic():
        lease = read_lease(db, name)
        if lease is not None and lease.holder != holder and lease.expires_at > now:
            return lease
        db.execute(
            "INSERT OR REPLACE INTO leases (name, holder, acquired_at, expires_at) VALUES (?, ?, ?, ?)",
            (name, holder, to_text(now), to_text(now + timedelta(seconds=for_s))),
        )
    return None


def renew_lease(db: Database, name: str, *, holder: str, now: datetime, for_s: float) -> bool:
    """Extend our lease; False when somebody else took it meanwhile."""
    cursor = db.execute(
        "UPDATE leases SET expires_at = ? WHERE name = ? AND holder = ?",
        (to_text(now + timedelta(seconds=for_s)), name, holder),
    )
    return cursor.rowcount > 0


def release_lease(db: Database, name: str, *, holder: str) -> None:
    """Give our lease back; somebody else's stays."""
    db.execute("DELETE FROM leases WHERE name = ? AND holder = ?", (name, holder))


def read_lease(db: Database, name: str) -> Lease | None:
    """Return the lease, expired or not."""
    row = db.execute("SELECT name, holder, acquired_at, expires_at FROM leases WHERE name = ?", (name,)).fetchone()
    if row is None:
        return None
    return Lease(
        name=row[0],
        holder=row[1],
        acquired_at=datetime.fromisoformat(row[2]),
        expires_at=datetime.fromisoformat(row[3]),
    )


def _run(row: tuple[Any, ...]) -> Run:
    values = dict(zip(_COLUMNS, row, strict=True))
    for column in ("due_at", "started_at", "finished_at"):
        values[column] = from_text(values[column])
    values["counts"] = json.loads(values["counts"])
    return Run(**values)
