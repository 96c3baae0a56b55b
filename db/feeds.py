"""The feeds that are followed: adding, configuring, pausing, removing, and which are due.

Knows the table `feeds`; what an answer means is decided by `bot.collector.decide`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, Protocol

from db.connection import Database
from db.instants import from_text, to_text
from db.records import SourceTier


class Health(StrEnum):
    """How a feed is doing, as `market-pulse feeds` shows it."""

    OK = "ok"
    QUIET = "quiet"
    FAILING = "failing"
    GONE = "gone"
    BLOCKED = "blocked"


class FeedSpec(Protocol):
    """What the catalogue says of a feed."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def tier(self) -> SourceTier: ...
    @property
    def poll_minutes(self) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """A feed as stored. The fields are the table's columns, in its order."""

    id: int
    key: str | None = None
    url: str
    configured_url: str
    title: str
    publisher: str
    site_url: str | None = None
    group_name: str
    tier: SourceTier
    poll_minutes: float
    added_at: datetime
    alert_after: datetime | None = None
    is_paused: bool = False
    removed_by: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    last_fetched_at: datetime | None = None
    last_success_at: datetime | None = None
    last_entry_at: datetime | None = None
    typical_gap_hours: float | None = None
    ttl_minutes: float | None = None
    skip_hours: str = ""
    skip_days: str = ""
    next_due_at: datetime | None = None
    failures: int = 0
    redirect_url: str | None = None
    redirect_since: datetime | None = None
    redirect_last_at: datetime | None = None
    health: Health = Health.OK
    health_since: datetime
    health_reason: str = ""


_COLUMNS = tuple(field.name for field in fields(FeedRow))
_INSTANTS = frozenset(name for name in _COLUMNS if name.endswith(("_at", "_since", "alert_after")))
#: What a fetch may change; the rest belongs to people and to the catalogue.
_FETCH_COLUMNS = ("url", "site_url", *_COLUMNS[_COLUMNS.index("etag") :])
_fetch_values = attrgetter(*_FETCH_COLUMNS)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM feeds"


def sync_feed_specs(db: Database, specs: Iterable[FeedSpec], *, now: datetime) -> int:
    """Bring the configured feeds into the database and return how many are new; feeds that people added stay.

    A feed that left the catalogue is no longer followed, one that a person removed stays removed.
    """
    new = 0
    with db.atomic():
        keys = []
        for spec in specs:
            keys.append(spec.key)
            new += _sync_one(db, spec, now)
        marks = ", ".join("?" * len(keys))
        db.execute(
            f"UPDATE feeds SET removed_by = 'config' WHERE key IS NOT NULL AND key NOT IN ({marks}) AND removed_by IS NULL",
            keys,
        )
    return new


def _sync_one(db: Database, spec: FeedSpec, now: datetime) -> int:
    found = _row(db, "WHERE key = ?", spec.key) or _row(db, "WHERE url = ?", spec.url)
    if found is None:
        add_feed(
            db,
            url=spec.url,
            title=spec.title,
            group=spec.group,
            tier=spec.tier,
            poll_minutes=spec.poll_minutes,
            now=now,
            key=spec.key,
        )
        return 1
    db.execute(
        "UPDATE feeds SET key = ?, title = ?, publisher = ?, group_name = ?, tier = ?, poll_minutes = ?,"
        " removed_by = CASE removed_by WHEN 'config' THEN NULL ELSE removed_by END WHERE id = ?",
        (spec.key, spec.title, spec.title, spec.group, spec.tier.value, spec.poll_minutes, found.id),
    )
    if spec.url not in (found.configured_url, found.url):
        _move(db, found.id, spec.url, now)
    return 0


def _move(db: Database, feed_id: int, url: str, now: datetime) -> None:
    """Give a feed another address: whatever was known of the old one, even that it is gone, no longer counts."""
    db.execute(
        "UPDATE feeds SET url = ?, configured_url = ?, etag = NULL, last_modified = NULL, body_hash = NULL,"
        " redirect_url = NULL, redirect_since = NULL, redirect_last_at = NULL, failures = 0, next_due_at = ?,"
        " health = 'ok', health_since = ?, health_reason = '' WHERE id = ?",
        (url, url, to_text(now), to_text(now), feed_id),
    )


def add_feed(
    db: Database,
    *,
    url: str,
    title: str,
    group: str,
    tier: SourceTier,
    poll_minutes: float,
    now: datetime,
    key: str | None = None,
    alert_after: datetime | None = None,
) -> int:
    """Follow a feed, due at once, and return its id; one that was removed is followed again."""
    at = to_text(now)
    db.execute(
        "INSERT INTO feeds (key, url, configured_url, title, publisher, group_name, tier, poll_minutes, added_at,"
        " alert_after, next_due_at, health_since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (url) DO UPDATE SET removed_by = NULL, next_due_at = excluded.next_due_at",
        (key, url, url, title, title, group, tier.value, poll_minutes, at, to_text(alert_after), at, at),
    )
    return int(db.execute("SELECT id FROM feeds WHERE url = ?", (url,)).fetchone()[0])


def due_feeds(db: Database, *, now: datetime, limit: int = 10_000) -> list[FeedRow]:
    """Return the feeds whose time has come, the most overdue first."""
    where = "WHERE is_paused = 0 AND removed_by IS NULL AND next_due_at <= ? ORDER BY next_due_at LIMIT ?"
    return _rows(db, where, to_text(now), limit)


def followed_feeds(db: Database) -> list[FeedRow]:
    """Return every feed that is neither paused, removed nor gone."""
    return _rows(db, "WHERE is_paused = 0 AND removed_by IS NULL AND next_due_at IS NOT NULL ORDER BY id")


def list_feeds(db: Database, *, removed: bool = False) -> list[FeedRow]:
    """Return all feeds by group and title, the removed ones only when asked."""
    where = "" if removed else "WHERE removed_by IS NULL "
    return _rows(db, f"{where}ORDER BY group_name, title COLLATE NOCASE")


def get_feed(db: Database, wanted: str | int) -> FeedRow | None:
    """Find a feed by id, key, address, or a title that only one feed has."""
    text = str(wanted)
    if text.isdigit() and (row := _row(db, "WHERE id = ?", int(text))):
        return row
    exact = _row(db, "WHERE ? IN (key, url, configured_url)", text)
    if exact:
        return exact
    titled = _rows(db, "WHERE title = ? COLLATE NOCASE", text)
    return titled[0] if len(titled) == 1 else None


def set_paused(db: Database, feed_id: int, *, paused: bool) -> None:
    """Stop or resume fetching a feed."""
    db.execute("UPDATE feeds SET is_paused = ? WHERE id = ?", (int(paused), feed_id))


def remove_feed(db: Database, feed_id: int) -> None:
    """Stop following a feed for good; its entries and articles stay."""
    db.execute("UPDATE feeds SET removed_by = 'person' WHERE id = ?", (feed_id,))


def make_due(db: Database, feed_id: int, *, now: datetime) -> None:
    """Let a feed be fetched in the next round, whatever its health; a gone feed gets another chance."""
    db.execute("UPDATE feeds SET next_due_at = ? WHERE id = ?", (to_text(now), feed_id))


def save_fetch_states(db: Database, changes: Iterable[tuple[FeedRow, FeedRow]]) -> None:
    """Write what fetches changed, given each feed before and after; a new address must be free (`url_is_taken`)."""
    rows: dict[tuple[str, ...], list[list[Any]]] = {}
    for before, after in changes:
        pairs = zip(_FETCH_COLUMNS, _fetch_values(before), _fetch_values(after), strict=True)
        changed = {name: new for name, old, new in pairs if old is not new and old != new}
        if changed:
            rows.setdefault(tuple(changed), []).append([*map(_stored, changed.values()), after.id])
    for names, values in rows.items():
        sets = ", ".join(f"{name} = ?" for name in names)
        db.conn.executemany(f"UPDATE feeds SET {sets} WHERE id = ?", values)


def url_is_taken(db: Database, url: str, *, by_other_than: int) -> bool:
    """Tell whether another feed already has this address."""
    return db.execute("SELECT 1 FROM feeds WHERE url = ? AND id <> ?", (url, by_other_than)).fetchone() is not None


def _row(db: Database, where: str, *values: Any) -> FeedRow | None:
    rows = _rows(db, where, *values)
    return rows[0] if rows else None


def _rows(db: Database, where: str, *values: Any) -> list[FeedRow]:
    return [_feed(row) for row in db.execute(f"{_SELECT} {where}", values)]


def _feed(row: tuple[Any, ...]) -> FeedRow:
    values = dict(zip(_COLUMNS, row, strict=True))
    for name in _INSTANTS:
        if text := values[name]:
            values[name] = from_text(text)
    values["tier"] = SourceTier(values["tier"])
    values["health"] = Health(values["health"])
    values["is_paused"] = bool(values["is_paused"])
    return FeedRow(**values)


def _stored(value: Any) -> Any:
    return to_text(value) if isinstance(value, datetime) else value
