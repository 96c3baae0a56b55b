"""Watches: what each channel wants to hear, and the servers they belong to.

    add_watch(db, WatchDraft, *, now) -> Watch          get_watch(db, id) -> Watch | None
    list_watches(db, *, guild_id=None, channel_id=None, enabled_only=False) -> list[Watch]
    replace_watch(db, id, WatchDraft) -> Watch          remove_watch(db, id) -> bool
    disable_watch(db, id, *, reason, now)               enable_watch(db, id)
    guild_joined(db, guild_id, *, name, now)            guild_left(db, guild_id, *, now)
    guild_ids(db) -> list[str]                          purge_left_guilds(db, *, before) -> int

Knows rows, not the meaning of an event: `bot` decides which watch hears what.
"""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from db.connection import Database
from db.instants import from_text, to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchDraft:
    """A watch as a person asks for it. Exactly one of `channel_id` and `webhook_setting` is given.

    `events` are of new, change, rumour, reaction; empty `companies` (names) and `deal_types` mean all. `quiet_from`
    and `quiet_until` are local times HH:MM; `digest` is none, daily, weekly or both, at local time `digest_at`.
    """

    name: str
    guild_id: str | None = None
    channel_id: str | None = None
    webhook_setting: str | None = None
    events: tuple[str, ...] = ("new", "change")
    companies: tuple[str, ...] = ()
    deal_types: tuple[str, ...] = ()
    min_value_usd: int | None = None
    min_capacity_mw: float | None = None
    min_confidence: float = 0.0
    quiet_from: str | None = None
    quiet_until: str | None = None
    role_id: str | None = None
    number_format: str = "en"
    time_zone: str = "UTC"
    digest: str = "none"
    digest_at: str = "08:00"
    is_operator: bool = False
    starts_at: datetime | None = None

    @property
    def target(self) -> str:
        """Where its messages go: `channel:<id>` or `webhook:<setting>`."""
        return f"channel:{self.channel_id}" if self.channel_id is not None else f"webhook:{self.webhook_setting}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch(WatchDraft):
    """A stored watch; `disabled_at` is set when its channel cannot be reached."""

    id: int
    created_at: datetime
    disabled_at: datetime | None = None
    disabled_reason: str | None = None


_LISTS = ("events", "companies", "deal_types")
_INSTANTS = ("starts_at", "created_at", "disabled_at")
_DRAFT_COLUMNS = tuple(field.name for field in fields(WatchDraft))
_COLUMNS = tuple(field.name for field in fields(Watch))
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM watches"


def add_watch(db: Database, draft: WatchDraft, *, now: datetime) -> Watch:
    """Store a watch; it starts to listen now unless the draft says otherwise."""
    values = _values(draft) | {"starts_at": to_text(draft.starts_at or now), "created_at": to_text(now)}
    marks = ", ".join(f":{column}" for column in values)
    with db.atomic():
        cursor = db.execute(f"INSERT INTO watches ({', '.join(values)}) VALUES ({marks})", values)
        return _required(db, int(cursor.lastrowid or 0))


def get_watch(db: Database, watch_id: int) -> Watch | None:
    """Return a watch, None when there is none of that number."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (watch_id,)).fetchone()
    return None if row is None else _watch(row)


def list_watches(
    db: Database, *, guild_id: str | None = None, channel_id: str | None = None, enabled_only: bool = False
) -> list[Watch]:
    """Return watches, oldest first, optionally of one server or channel, or only those that can be reached."""
    rows = db.execute(
        f"{_SELECT} WHERE (:guild IS NULL OR guild_id = :guild) AND (:channel IS NULL OR channel_id = :channel)"
        " AND (NOT :enabled OR disabled_at IS NULL) ORDER BY id",
        {"guild": guild_id, "channel": channel_id, "enabled": enabled_only},
    )
    return [_watch(row) for row in rows]


def replace_watch(db: Database, watch_id: int, draft: WatchDraft) -> Watch:
    """Give a watch new wishes; its number, start and history stay."""
    values = {column: value for column, value in _values(draft).items() if column != "starts_at"}
    setters = ", ".join(f"{column} = :{column}" for column in values)
    with db.atomic():
        db.execute(f"UPDATE watches SET {setters} WHERE id = :id", values | {"id": watch_id})
        return _required(db, watch_id)


def remove_watch(db: Database, watch_id: int) -> bool:
    """Delete a watch with what it would still have sent; tell whether there was one."""
    return db.execute("DELETE FROM watches WHERE id = ?", (watch_id,)).rowcount > 0


def disable_watch(db: Database, watch_id: int, *, reason: str, now: datetime) -> None:
    """Stop a watch whose channel cannot be reached; the first reason stays."""
    db.execute(
        "UPDATE watches SET disabled_at = ?, disabled_reason = ? WHERE id = ? AND disabled_at IS NULL",
        (to_text(now), reason, watch_id),
    )


def enable_watch(db: Database, watch_id: int) -> None:
    """Let a disabled watch listen again."""
    db.execute("UPDATE watches SET disabled_at = NULL, disabled_reason = NULL WHERE id = ?", (watch_id,))


def guild_joined(db: Database, guild_id: str, *, name: str, now: datetime) -> None:
    """Remember a server the bot is in; one that was left counts as joined again."""
    db.execute(
        "INSERT INTO guilds (guild_id, name, joined_at) VALUES (?, ?, ?)"
        " ON CONFLICT (guild_id) DO UPDATE SET name = excluded.name, left_at = NULL",
        (guild_id, name, to_text(now)),
    )


def guild_left(db: Database, guild_id: str, *, now: datetime) -> None:
    """Remember that the bot was removed from a server; its watches stop at once and are deleted later."""
    with db.atomic():
        db.execute("UPDATE guilds SET left_at = ? WHERE guild_id = ? AND left_at IS NULL", (to_text(now), guild_id))
        db.execute(
            "UPDATE watches SET disabled_at = ?, disabled_reason = 'the bot left the server'"
            " WHERE guild_id = ? AND disabled_at IS NULL",
            (to_text(now), guild_id),
        )


def guild_ids(db: Database) -> list[str]:
    """Return the servers the bot is known to be in."""
    return [row[0] for row in db.execute("SELECT guild_id FROM guilds WHERE left_at IS NULL ORDER BY guild_id")]


def purge_left_guilds(db: Database, *, before: datetime) -> int:
    """Delete all that belongs to servers left before then; return how many servers."""
    return int(db.execute("DELETE FROM guilds WHERE left_at < ?", (to_text(before),)).rowcount)


def _required(db: Database, watch_id: int) -> Watch:
    watch = get_watch(db, watch_id)
    if watch is None:
        raise LookupError(f"no watch has the number {watch_id}")
    return watch


def _values(draft: WatchDraft) -> dict[str, Any]:
    values = {column: asdict(draft)[column] for column in _DRAFT_COLUMNS}
    for column in _LISTS:
        values[column] = json.dumps(list(values[column]))
    values["starts_at"] = to_text(draft.starts_at)
    values["is_operator"] = int(draft.is_operator)
    return values


def _watch(row: tuple[Any, ...]) -> Watch:
    values = dict(zip(_COLUMNS, row, strict=True))
    for column in _LISTS:
        values[column] = tuple(json.loads(values[column]))
    for column in _INSTANTS:
        values[column] = from_text(values[column])
    values["is_operator"] = bool(values["is_operator"])
    return Watch(**values)
