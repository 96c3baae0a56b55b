"""Is the file sound? SQLite's own checks, foreign keys, and every proof compared with the text it points into.

check(db) -> Iterator[Finding]      nothing found = sound
"""

from collections.abc import Iterator
from dataclasses import dataclass

from db.connection import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong, where, and how often."""

    what: str
    detail: str
    count: int = 1


def check(db: Database) -> Iterator[Finding]:
    """Yield what is wrong with the file."""
    yield from _integrity(db)
    yield from _foreign_keys(db)
    yield from _evidence(db)
    for what, query in _COUNTED.items():
        rows = db.execute(query).fetchall()
        if rows:
            yield Finding(what=what, detail=", ".join(str(row[0]) for row in rows[:5]), count=len(rows))


def _integrity(db: Database) -> Iterator[Finding]:
    for (said,) in db.execute("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield Finding(what="SQLite finds the file damaged", detail=said)
    for table in ("deal_search", "article_search"):
        # rank 1 also compares the index with the table it covers.
        rank = ", rank" if table == "article_search" else ""
        try:
            with db.atomic():
                db.execute(f"INSERT INTO {table} ({table}{rank}) VALUES ('integrity-check'{', 1' if rank else ''})")
        except Exception as error:  # noqa: BLE001 - whatever SQLite says of a damaged index is the finding
            if "readonly" not in str(error):
                yield Finding(what="a search index does not match its table", detail=f"{table}: {error}")


def _foreign_keys(db: Database) -> Iterator[Finding]:
    for table, row_id, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield Finding(what="a row points to nothing", detail=f"{table} {row_id} → {parent}")


def _evidence(db: Database) -> Iterator[Finding]:
    """Compare every proof with the characters it points to, where the text is still here."""
    wrong: list[str] = []
    rows = db.execute(
        "SELECT a.id, e.place, e.start, e.end, e.text, CASE e.place WHEN 'title' THEN a.title ELSE a.text END"
        " FROM evidence AS e JOIN claims AS c ON c.id = e.claim_id JOIN mentions AS m ON m.id = c.mention_id"
        " JOIN articles AS a ON a.id = m.article_id"
    )
    for article_id, place, start, end, words, text in rows:
        if text is not None and text[start:end] != words:
            wrong.append(f"article {article_id}, {place} {start}–{end}: {words[:40]!r}")
    if wrong:
        yield Finding(what="evidence does not stand where it says", detail="; ".join(wrong[:3]), count=len(wrong))


_COUNTED = {
    "a slug leads to a deal that is merged": (
        "SELECT s.slug FROM deal_slugs AS s JOIN deals AS d ON d.id = s.deal_id WHERE d.merged_into IS NOT NULL"
    ),
    "a live deal has no mention": (
        "SELECT slug FROM deals AS d WHERE merged_into IS NULL AND is_withdrawn = 0"
        " AND NOT EXISTS (SELECT 1 FROM mentions AS m WHERE m.deal_id = d.id)"
    ),
    "a mention belongs to a deal that is merged or withdrawn": (
        "SELECT m.id FROM mentions AS m JOIN deals AS d ON d.id = m.deal_id"
        " WHERE d.merged_into IS NOT NULL OR d.is_withdrawn = 1"
    ),
    "a column has no entry in the dictionary": (
        "SELECT t.name || '.' || c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c"
        " WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '%_search%'"
        " AND NOT EXISTS (SELECT 1 FROM _columns AS k WHERE k.table_name = t.name AND k.column_name = c.name)"
    ),
}
