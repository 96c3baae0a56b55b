"""Daily closes kept for a while, and what was asked of the price source when.

    closes_of(db, symbol) -> {day: close}                   fetches(db) -> {symbol: PriceFetch}
    store_closes(db, symbol, closes, *, source, first, last, now)
    store_failure(db, symbol, *, source, first, last, reason, now)

A fetch replaces all closes of its share: adjusted prices of different days of asking do not fit together.
"""

from collections.abc import Mapping
from datetime import date, datetime

from db.connection import Database
from db.instants import to_text
from db.market_records import PriceFetch


def closes_of(db: Database, symbol: str) -> dict[date, float]:
    """Return the stored closes of a share by day."""
    rows = db.execute("SELECT day, close FROM prices WHERE symbol = ? ORDER BY day", (symbol,))
    return {date.fromisoformat(day): close for day, close in rows}


def fetches(db: Database) -> dict[str, PriceFetch]:
    """Return the last fetch of each share."""
    rows = db.execute("SELECT symbol, source, from_day, to_day, fetched_at, outcome, reason FROM price_fetches")
    return {
        row[0]: PriceFetch(
            symbol=row[0],
            source=row[1],
            from_day=date.fromisoformat(row[2]),
            to_day=date.fromisoformat(row[3]),
            fetched_at=datetime.fromisoformat(row[4]),
            is_ok=row[5] == "ok",
            reason=row[6],
        )
        for row in rows
    }


def store_closes(
    db: Database, symbol: str, closes: Mapping[date, float], *, source: str, first: date, last: date, now: datetime
) -> None:
    """Keep what a source gave for a share, in place of all that was kept before."""
    with db.atomic():
        db.execute("DELETE FROM prices WHERE symbol = ?", (symbol,))
        db.conn.executemany(
            "INSERT INTO prices (symbol, day, close) VALUES (?, ?, ?)",
            [(symbol, day.isoformat(), close) for day, close in closes.items()],
        )
        _record(db, symbol, source=source, first=first, last=last, outcome="ok", reason="", now=now)


def store_failure(
    db: Database, symbol: str, *, source: str, first: date, last: date, reason: str, now: datetime
) -> None:
    """Note that a source had nothing for a share; closes kept before stay."""
    _record(db, symbol, source=source, first=first, last=last, outcome="failed", reason=reason, now=now)


def _record(
    db: Database, symbol: str, *, source: str, first: date, last: date, outcome: str, reason: str, now: datetime
) -> None:
    db.execute(
        "INSERT OR REPLACE INTO price_fetches (symbol, source, from_day, to_day, fetched_at, outcome, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (symbol, source, first.isoformat(), last.isoformat(), to_text(now), outcome, reason[:300]),
    )
