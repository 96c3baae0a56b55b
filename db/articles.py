"""Articles: storing them, recognising copies, forgetting their texts. Copies point to the first article."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db import fingerprints
from db.connection import Database
from db.instants import from_text, to_text
from db.records import ArticleDraft, SourceTier

#: Copies appear within days; an older equal text is history told again and still the same source.
_COPY_WINDOW = timedelta(days=30)
_MAX_CANDIDATES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article as stored; `text` is None once retention has deleted it."""

    id: int
    entry_id: int | None
    feed_id: int | None
    url: str | None
    canonical_url: str | None
    title: str
    text: str | None
    published_at: datetime | None
    fetched_at: datetime
    language: str | None
    publisher: str
    tier: SourceTier
    alerting: bool
    duplicate_of: int | None


_COLUMNS = tuple(ArticleRow.__dataclass_fields__)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM articles"


def insert_article(db: Database, draft: ArticleDraft, *, now: datetime, duplicate_of: int | None = None) -> int:
    """Store an article with its fingerprints and return its id; one of an entry that has one already replaces it.

    `duplicate_of` is what `find_duplicate` said before.
    """
    row = {
        "entry_id": draft.entry_id,
        "feed_id": draft.feed_id,
        "url": draft.url,
        "canonical_url": draft.canonical_url,
        "title": draft.title,
        "text": draft.text,
        "text_hash": fingerprints.text_hash(draft.text),
        "word_count": len(draft.text.split()),
        "published_at": to_text(draft.published_at),
        "fetched_at": to_text(draft.fetched_at or now),
        "language": draft.language,
        "publisher": draft.publisher,
        "tier": draft.tier.value,
        "alerting": int(draft.alerting),
        "duplicate_of": duplicate_of,
    }
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    updates = ", ".join(f"{name} = excluded.{name}" for name in row if name != "entry_id")
    with db.atomic():
        article_id = int(
            db.execute(
                f"INSERT INTO articles ({names}) VALUES ({marks}) ON CONFLICT (entry_id) DO UPDATE SET {updates}"
                " RETURNING id",
                tuple(row.values()),
            ).fetchone()[0]
        )
        db.execute("DELETE FROM article_bands WHERE article_id = ?", (article_id,))
        if duplicate_of is None:
            db.conn.executemany(
                "INSERT OR IGNORE INTO article_bands (band, article_id) VALUES (?, ?)",
                [(band, article_id) for band in fingerprints.bands(draft.text)],
            )
    return article_id


def find_duplicate(db: Database, draft: ArticleDraft) -> int | None:
    """Return the id of the first article of which this one is an exact or near copy.

    The address proves nothing: some sites name their front page as canonical. Only the text does.
    """
    return _exact_copy(db, draft) or next(_near_copies(db, draft), None)


def _exact_copy(db: Database, draft: ArticleDraft) -> int | None:
    if len(draft.text.split()) < fingerprints.MIN_WORDS // 3:
        return None  # "Read more on our site." is no article; two of them are not copies
    row = db.execute(
        "SELECT coalesce(duplicate_of, id) FROM articles WHERE text_hash = ? AND (? IS NULL OR entry_id IS NOT ?)"
        " ORDER BY id LIMIT 1",
        (fingerprints.text_hash(draft.text), draft.entry_id, draft.entry_id),
    ).fetchone()
    return int(row[0]) if row else None


def _near_copies(db: Database, draft: ArticleDraft) -> Iterator[int]:
    bands = fingerprints.bands(draft.text)
    if not bands:
        return
    marks = ", ".join("?" * len(bands))
    candidates = db.execute(
        f"SELECT a.id, a.text FROM article_bands b JOIN articles a ON a.id = b.article_id WHERE b.band IN ({marks})"
        " AND a.text IS NOT NULL AND a.fetched_at >= ? AND (? IS NULL OR a.entry_id IS NOT ?)"
        " GROUP BY a.id ORDER BY count(*) DESC, a.id LIMIT ?",
        (*bands, to_text(draft.fetched_at - _COPY_WINDOW), draft.entry_id, draft.entry_id, _MAX_CANDIDATES),
    ).fetchall()
    yield from (int(number) for number, text in candidates if fingerprints.is_copy(draft.text, text))


def get_article(db: Database, article_id: int) -> ArticleRow | None:
    """Return one article."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (article_id,)).fetchone()
    return None if row is None else _article(row)


def articles_with_text(db: Database, *, after_id: int = 0, limit: int = 500) -> list[ArticleRow]:
    """Return articles whose text is still there, in order of id, for reading them again."""
    rows = db.execute(f"{_SELECT} WHERE id > ? AND text IS NOT NULL ORDER BY id LIMIT ?", (after_id, limit))
    return [_article(row) for row in rows]


def copies_of(db: Database, article_id: int) -> list[ArticleRow]:
    """Return the articles that copy this one, oldest first."""
    return [_article(row) for row in db.execute(f"{_SELECT} WHERE duplicate_of = ? ORDER BY id", (article_id,))]


def forget_texts(db: Database, *, before: datetime) -> int:
    """Delete the texts of articles fetched before then; hashes and evidence stay. Return how many."""
    with db.atomic():
        cursor = db.execute(
            "UPDATE articles SET text = NULL WHERE fetched_at < ? AND text IS NOT NULL", (to_text(before),)
        )
        db.execute("DELETE FROM article_bands WHERE article_id IN (SELECT id FROM articles WHERE text IS NULL)")
    return int(cursor.rowcount)


def _article(row: tuple[Any, ...]) -> ArticleRow:
    values = dict(zip(_COLUMNS, row, strict=True))
    values["published_at"] = from_text(values["published_at"])
    values["fetched_at"] = from_text(values["fetched_at"])
    values["tier"] = SourceTier(str(values["tier"]))
    values["alerting"] = bool(values["alerting"])
    return ArticleRow(**values)
