"""Reading stored articles again with a newer extractor: what waits, what can no longer be read.

    unread_by(db, version, *, after_id, limit) -> list[ArticleRow]      with their text, in order
    count_unread(db, version) -> Backlog

Resumable by itself: an article read by this version no longer waits.
"""

from dataclasses import dataclass

from db.articles import ArticleRow, get_article
from db.connection import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How many articles wait, and how many deal articles lost their text to retention."""

    waiting: int
    unreadable: int


_OLD = "FROM articles AS a JOIN readings AS r ON r.article_id = a.id WHERE r.extractor_version <> :version"


def unread_by(db: Database, version: str, *, after_id: int = 0, limit: int = 100) -> list[ArticleRow]:
    """Return articles last read by another version that still have their text."""
    rows = db.execute(
        f"SELECT a.id {_OLD} AND a.text IS NOT NULL AND coalesce(a.language, 'en') = 'en' AND a.id > :after"
        " ORDER BY a.id LIMIT :limit",
        {"version": version, "after": after_id, "limit": limit},
    ).fetchall()
    return [article for (article_id,) in rows if (article := get_article(db, article_id)) is not None]


def count_unread(db: Database, version: str) -> Backlog:
    """Count what waits for this version and what it can no longer read."""
    waiting, unreadable = db.execute(
        "SELECT coalesce(sum(a.text IS NOT NULL AND coalesce(a.language, 'en') = 'en'), 0),"
        f" coalesce(sum(a.text IS NULL AND r.is_deal_article), 0) {_OLD}",
        {"version": version},
    ).fetchone()
    return Backlog(waiting=waiting, unreadable=unreadable)


def withdrawn_slugs(db: Database) -> set[str]:
    """Return the deals that no article tells any more."""
    return {row[0] for row in db.execute("SELECT slug FROM deals WHERE is_withdrawn = 1")}
