"""What a deal hands over when it goes into another, and gets back when that is undone.

    hand_over(db, loser, survivor) -> dict              as JSON in `desk_acts.handed_over`
    take_back(db, handed, *, loser, survivor)

Where only the loser was announced, its message is the survivor's from now on. Where both were, each keeps its own: what
still waited to tell of the loser is taken back, and whoever announces edits the loser's message to point there.
"""

from collections.abc import Mapping
from typing import Any

from db.connection import Database

#: Table -> the column that names a row; these go along with the deal.
_FOLLOWING = {"outbox": "id", "alert_messages": "target", "corrections": "id", "reactions": "id"}
#: Of these, what stands at a target where the survivor was announced too stays with the loser.
_BY_TARGET = frozenset({"outbox", "alert_messages"})


def hand_over(db: Database, loser: int, survivor: int) -> dict[str, Any]:
    """Move what the loser held to the survivor; return what that was."""
    both = _announced(db, survivor) & _announced(db, loser)
    # An edit that waits shows what the loser was; a fresh one is written for wherever its message stays.
    db.execute("DELETE FROM outbox WHERE deal_id = ? AND kind = 'edit' AND state = 'pending'", (loser,))
    handed: dict[str, Any] = {"taken_back": _take_away(db, loser, both)}
    for table, name in _FOLLOWING.items():
        rows = _rows(db, table, name, loser)
        handed[table] = [row for row, target in rows if table not in _BY_TARGET or target not in both]
        for row in handed[table]:
            db.execute(f"UPDATE {table} SET deal_id = ? WHERE deal_id = ? AND {name} = ?", (survivor, loser, row))
    return handed


def take_back(db: Database, handed: Mapping[str, Any], *, loser: int, survivor: int) -> None:
    """Give the loser back what it had; what went since stays gone."""
    db.execute("DELETE FROM outbox WHERE deal_id = ? AND kind = 'edit' AND state = 'pending'", (loser,))
    for table, name in _FOLLOWING.items():
        for row in handed.get(table, ()):
            db.execute(f"UPDATE {table} SET deal_id = ? WHERE deal_id = ? AND {name} = ?", (loser, survivor, row))
    for row in handed.get("taken_back", ()):
        row.pop("id", None)  # it may be another row's by now
        marks = ", ".join(f":{column}" for column in row)
        db.execute(f"INSERT OR IGNORE INTO outbox ({', '.join(row)}) VALUES ({marks})", row)


def _announced(db: Database, deal_id: int) -> set[str]:
    """Return the targets at which a deal was announced, or is about to be."""
    return {row[0] for row in db.execute("SELECT target FROM outbox WHERE deal_id = ? AND kind = 'alert'", (deal_id,))}


def _take_away(db: Database, loser: int, targets: set[str]) -> list[dict[str, Any]]:
    """Delete what waits to tell of the loser where the survivor is told; return those rows whole."""
    cursor = db.execute("SELECT * FROM outbox WHERE deal_id = ? AND state = 'pending'", (loser,))
    names = [column[0] for column in cursor.description]
    waiting = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    taken = [row for row in waiting if row["target"] in targets]
    for row in taken:
        db.execute("DELETE FROM outbox WHERE id = ?", (row["id"],))
    return taken


def _rows(db: Database, table: str, name: str, loser: int) -> list[tuple[Any, str | None]]:
    target = "target" if table in _BY_TARGET else "NULL"
    return db.execute(f"SELECT {name}, {target} FROM {table} WHERE deal_id = ?", (loser,)).fetchall()
