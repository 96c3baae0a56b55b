"""Finding deals and articles by their words (FTS5, bm25).

index_deal(db, record_words…)              rewrite a deal's words
matching_deals(db, text, *, limit) -> [id] best first
search_articles(db, text, *, limit) -> list[Hit]
"""

import re
from dataclasses import dataclass

from db.connection import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that holds the words, with the passage around them."""

    article_id: int
    title: str
    passage: str


def index_deal(db: Database, deal_id: int, *, slug: str, name: str, parties: str, facts: str, sentences: str) -> None:
    """Make a deal findable by these words and no others."""
    db.execute("DELETE FROM deal_search WHERE rowid = ?", (deal_id,))
    db.execute(
        "INSERT INTO deal_search (rowid, slug, name, parties, facts, sentences) VALUES (?, ?, ?, ?, ?, ?)",
        (deal_id, slug.replace("-", " "), name, parties, facts, sentences),
    )


def forget_deal(db: Database, deal_id: int) -> None:
    """Let a deal no longer be found."""
    db.execute("DELETE FROM deal_search WHERE rowid = ?", (deal_id,))


def matching_deals(db: Database, text: str, *, limit: int = 500) -> list[int]:
    """Return the deals whose words match, best first."""
    if not (query := _query(text)):
        return []
    rows = db.execute(
        "SELECT rowid FROM deal_search WHERE deal_search MATCH ? ORDER BY bm25(deal_search, 5, 5, 5, 2, 1) LIMIT ?",
        (query, limit),
    )
    return [row[0] for row in rows]


def search_articles(db: Database, text: str, *, limit: int = 20) -> list[Hit]:
    """Return the articles whose words match, best first."""
    if not (query := _query(text)):
        return []
    rows = db.execute(
        "SELECT rowid, title, snippet(article_search, 1, '', '', '…', 24) FROM article_search"
        " WHERE article_search MATCH ? ORDER BY bm25(article_search, 4, 1) LIMIT ?",
        (query, limit),
    )
    return [Hit(article_id=row[0], title=row[1], passage=row[2] or "") for row in rows]


def _query(text: str) -> str:
    """Turn what a person typed into a query: every word must occur, the last may be half typed; nothing is syntax."""
    words = [f'"{word}"' for word in re.findall(r"\w+", text)]
    return " ".join(words) + "*" if words else ""
