"""What hosts asked of us: pauses after 429 or 503, and their robots.txt."""

from dataclasses import dataclass
from datetime import datetime

from db.connection import Database
from db.instants import to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """A robots.txt as fetched; `http_status` None means that there was no answer."""

    origin: str
    fetched_at: datetime
    http_status: int | None
    body: str


def host_pauses(db: Database, *, now: datetime) -> dict[str, datetime]:
    """Return the hosts that want to be left alone, and until when."""
    rows = db.execute("SELECT host, paused_until FROM hosts WHERE paused_until > ?", (to_text(now),))
    return {host: datetime.fromisoformat(until) for host, until in rows}


def pause_host(db: Database, host: str, *, until: datetime, reason: str) -> None:
    """Remember that a host wants to be left alone until then; a later end wins."""
    db.execute(
        "INSERT INTO hosts (host, paused_until, pause_reason) VALUES (?, ?, ?) ON CONFLICT (host) DO UPDATE SET"
        " pause_reason = excluded.pause_reason, paused_until = max(coalesce(paused_until, ''), excluded.paused_until)",
        (host, to_text(until), reason),
    )


def stored_robots(db: Database, origin: str) -> RobotsFile | None:
    """Return the robots.txt last fetched from an origin."""
    row = db.execute("SELECT fetched_at, http_status, body FROM robots_files WHERE origin = ?", (origin,)).fetchone()
    if row is None:
        return None
    return RobotsFile(origin=origin, fetched_at=datetime.fromisoformat(row[0]), http_status=row[1], body=row[2])


def store_robots(db: Database, robots: RobotsFile) -> None:
    """Keep a robots.txt in place of the one before."""
    db.execute(
        "INSERT INTO robots_files (origin, fetched_at, http_status, body) VALUES (?, ?, ?, ?) ON CONFLICT (origin)"
        " DO UPDATE SET fetched_at = excluded.fetched_at, http_status = excluded.http_status, body = excluded.body",
        (robots.origin, to_text(robots.fetched_at), robots.http_status, robots.body),
    )
