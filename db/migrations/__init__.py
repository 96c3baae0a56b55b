"""Brings a database file to the current schema, one numbered step after the other, each in its own transaction.

A step is a folder of SQL files executed in the order of their names. Steps that were released are never edited; a
change of the schema is a new step. The number of the last step taken stands in `PRAGMA user_version` and, with the
time it was taken, in the table `_schema_version`.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import sqlite_utils

_HERE = Path(__file__).parent

#: Every step, oldest first.
STEPS: tuple[str, ...] = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
LATEST = len(STEPS)
#: The step since which the past of each deal is kept.
VERSIONS_SINCE = 6


def apply(db: sqlite_utils.Database, *, application_id: int = 0, upto: int = LATEST) -> int:
    """Take the steps this file has not taken yet, up to number `upto`; return the version reached."""
    version = current_version(db)
    for number in range(version + 1, upto + 1):
        with db.atomic():
            # Another process may have taken the step while this one waited for the lock.
            if current_version(db) < number:
                _take(db, number, application_id)
    return max(version, upto)


def current_version(db: sqlite_utils.Database) -> int:
    """Return the number of the last step taken, 0 for a new file."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _take(db: sqlite_utils.Database, number: int, application_id: int) -> None:
    for file in sorted((_HERE / STEPS[number - 1]).glob("*.sql")):
        for statement in _statements(file.read_text(encoding="utf-8")):
            db.execute(statement)
    db.execute(
        "INSERT INTO _schema_version (version, name, applied_at) VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
        (number, STEPS[number - 1]),
    )
    if application_id:
        db.execute(f"PRAGMA application_id = {application_id:d}")
    db.execute(f"PRAGMA user_version = {number:d}")


def _statements(script: str) -> Iterator[str]:
    """Split a script at its semicolons; `executescript` would commit the transaction we are in."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip() and not all(line.lstrip().startswith("--") for line in pending.strip().splitlines()):
        raise ValueError(f"unfinished SQL statement: {pending[:80]!r}")
