"""Copies of the file: a backup while writing goes on, and an edition to give away.

    backup(db, target)                      everything, consistent
    publish(db, target, *, now) -> Edition  no article texts, watches, outbox, people or servers

The edition keeps sentences of at most 300 characters with their links. Neither ever overwrites a file.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.connection import Database, open_database
from db.instants import to_text
from db.new_files import new_file

#: Tables that say who listens, what was sent, or how the service fares; emptied in an edition.
PRIVATE_TABLES = (
    *(
        "alert_messages",
        "outbox",
        "watches",
        "server_assumptions",
        "guilds",
        "leases",
        "runs",
        "corrections",
        "desk_acts",
    ),
    *("entries", "article_bands", "feed_fetches", "feed_health_changes", "hosts", "robots_files"),
    # Prices belong to whoever sold or showed them; what was measured from them is ours.
    *("prices", "price_fetches"),
)
#: Columns that are emptied: who decided what, and the state of our fetching.
_PRIVATE_COLUMNS = {
    "articles": ("text",),
    "feeds": ("etag", "last_modified", "body_hash", "redirect_url", "next_due_at"),
    "mentions": ("pin_deal_id",),
    "market_moves": ("price_from", "price_to"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What a published file holds."""

    deals: int
    articles: int
    size_bytes: int


def backup(db: Database, target: Path) -> None:
    """Write a consistent copy of the file while others go on writing."""
    with new_file(target) as draft:
        _copy(db, draft)


def _copy(db: Database, target: Path) -> None:
    copy = sqlite3.connect(target)
    try:
        db.conn.backup(copy, pages=2000)
        # One file to carry away: no write-ahead log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()


def publish(db: Database, target: Path, *, now: datetime) -> Edition:
    """Write an edition that can be given to anybody."""
    with new_file(target) as draft:
        # Goes with the draft's journals when the block ends.
        private = draft.with_name(f"{draft.name}-all")
        _copy(db, private)
        edition = open_database(private)
        try:
            counts = _strip(edition, now=now)
            # Deleted rows linger in free pages; only a fresh file is sure not to hold them.
            edition.execute("VACUUM INTO ?", (str(draft),))
        finally:
            edition.close()
    return Edition(deals=counts[0], articles=counts[1], size_bytes=target.stat().st_size)


def _strip(edition: Database, *, now: datetime) -> tuple[int, int]:
    with edition.atomic():
        for table in PRIVATE_TABLES:
            edition.execute(f"DELETE FROM {table}")
        for table, columns in _PRIVATE_COLUMNS.items():
            edition.execute(f"UPDATE {table} SET {', '.join(f'{column} = NULL' for column in columns)}")
        edition.execute("DELETE FROM deal_events WHERE kind = 'correction'")
        # A feed added by a person may carry a key in its address.
        edition.execute("DELETE FROM feeds WHERE key IS NULL")
        # What told no deal is nobody's business but the collector's.
        edition.execute("DELETE FROM articles WHERE id NOT IN (SELECT article_id FROM mentions)")
        edition.execute("CREATE TABLE _edition (name TEXT NOT NULL, published_at TEXT NOT NULL) STRICT")
        edition.execute("INSERT INTO _edition VALUES ('Market Pulse, public edition', ?)", (to_text(now),))
        _describe_edition(edition)
    edition.execute("INSERT INTO article_search (article_search) VALUES ('rebuild')")
    deals = edition.execute("SELECT count(*) FROM v_deals").fetchone()[0]
    return deals, edition.execute("SELECT count(*) FROM articles").fetchone()[0]


def _describe_edition(edition: Database) -> None:
    for column, meaning in {"name": "what this file is", "published_at": "when it was made"}.items():
        edition.execute(
            "INSERT INTO _columns (table_name, column_name, meaning) VALUES ('_edition', ?, ?)", (column, meaning)
        )
