"""The pages that the bundled history cites, as articles without text. One page may tell several rows.

pages_of(rows) -> {url: Page}           store_page(db, page, *, now) -> article id
forget_unused(db)                       pages that no row cites any more
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from db.connection import Database
from db.deal_state import deal_name
from db.history_rows import HistoryRow, told_on
from db.instants import to_text
from db.records import SourceTier


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A cited page. `day` is the ISO day it was published; `dated` is False where it shows none and `day` is assumed."""

    url: str
    publisher: str
    title: str
    day: str
    dated: bool


def pages_of(rows: Iterable[HistoryRow]) -> Mapping[str, Page]:
    """Gather the pages of all rows; one that several rows cite is dated by whichever knows its date."""
    found: dict[str, Page] = {}
    for row in rows:
        for source in row.sources:
            page = Page(
                url=source.url,
                publisher=source.publisher,
                title=deal_name(row.facts),
                day=told_on(row, source),
                dated=source.published is not None,
            )
            found[source.url] = _together(found[source.url], page) if source.url in found else page
    return found


def _together(one: Page, other: Page) -> Page:
    titles = list(dict.fromkeys([*one.title.split("; "), other.title]))
    best = max(one, other, key=lambda page: (page.dated, page.day))
    return replace(best, publisher=one.publisher, title="; ".join(titles))


def store_page(db: Database, page: Page, *, now: datetime, tier: SourceTier = SourceTier.HISTORY) -> int:
    """Store a page or bring it up to date; return the number of its article."""
    row = db.execute("SELECT id FROM articles WHERE canonical_url = ? AND tier = ?", (page.url, tier.value)).fetchone()
    # Nobody knows the hour; noon keeps the day in most time zones.
    values = (page.title, page.publisher, f"{page.day}T12:00:00Z")
    if row is not None:
        db.execute("UPDATE articles SET title = ?, publisher = ?, published_at = ? WHERE id = ?", (*values, row[0]))
        return int(row[0])
    cursor = db.execute(
        "INSERT INTO articles (url, canonical_url, title, publisher, published_at, fetched_at, text_hash, word_count,"
        " tier, alerting) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
        (page.url, page.url, *values, to_text(now), _hash(page.url), tier.value, int(tier is not SourceTier.HISTORY)),
    )
    return int(cursor.lastrowid or 0)


def _hash(url: str) -> str:
    """Return what stands for the words of a page that were never kept: no other article may have the same."""
    return hashlib.sha256(f"history {url}".encode()).hexdigest()


def forget_unused(db: Database) -> None:
    """Delete the pages that no row cites any more."""
    db.execute(
        "DELETE FROM articles WHERE tier = ? AND id NOT IN (SELECT article_id FROM mentions)",
        (SourceTier.HISTORY.value,),
    )
