"""What a server assumes differently from the capacity model's tables, for its own questions only.

set_assumption(db, ServerAssumption)              one row per server and key; a new one replaces it
reset_assumption(db, guild_id, key) -> bool       tell whether there was one
assumptions_of(db, guild_id) -> list[ServerAssumption]

Knows rows; whether a key exists and a value is plausible is known by the model.
"""

from dataclasses import astuple, dataclass
from datetime import datetime

from db.connection import Database
from db.instants import to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAssumption:
    """One row: the 10 % point, the median and the 90 % point, in the unit of the key."""

    guild_id: str
    key: str
    name: str
    low: float
    base: float
    high: float
    set_by: str
    set_at: datetime


def set_assumption(db: Database, row: ServerAssumption) -> None:
    """Store a row in place of the one before. The server must be known (`db.watches.guild_joined`)."""
    *values, set_at = astuple(row)
    db.execute(
        "INSERT INTO server_assumptions (guild_id, key, name, low, base, high, set_by, set_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (guild_id, key) DO UPDATE SET name = excluded.name,"
        " low = excluded.low, base = excluded.base, high = excluded.high, set_by = excluded.set_by,"
        " set_at = excluded.set_at",
        (*values, to_text(set_at)),
    )


def reset_assumption(db: Database, guild_id: str, key: str) -> bool:
    """Return to the shipped row; tell whether there was another."""
    cursor = db.execute("DELETE FROM server_assumptions WHERE guild_id = ? AND key = ?", (guild_id, key))
    return bool(cursor.rowcount)


def assumptions_of(db: Database, guild_id: str) -> list[ServerAssumption]:
    """Return what a server assumes differently, by key."""
    rows = db.execute(
        "SELECT guild_id, key, name, low, base, high, set_by, set_at FROM server_assumptions"
        " WHERE guild_id = ? ORDER BY key",
        (guild_id,),
    )
    return [
        ServerAssumption(
            guild_id=row[0],
            key=row[1],
            name=row[2],
            low=row[3],
            base=row[4],
            high=row[5],
            set_by=row[6],
            set_at=datetime.fromisoformat(row[7]),
        )
        for row in rows
    ]
