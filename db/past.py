"""The file as it was known on a day: every query of this room and every `v_` view, asked of the past.

    with past(db, day): ...        inside, `deals`, `v_league` … answer as of the end of that day (UTC)

Temporary views of the same names stand before the tables while the block runs, so that whoever asks need not know.
A deal is as the articles published until then and the corrections accepted until then have it; what is one deal is
judged by what is known today, words are searched in what is known today, and an estimate is shown only where its
inputs were the same. Nothing is written; one block at a time per connection.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime

from db.connection import Database
from db.errors import RequestError

#: What an estimate is computed from: where one of these differs, today's estimate says nothing about then.
_INPUTS = ("deal_type", "value_usd", "value_max_usd", "term_years", "capacity_mw", "capacity_kind", "gpu_count")

_VERSION = "v.known_from <= '{day}' AND (v.known_until IS NULL OR v.known_until > '{day}')"
_TOLD = "substr(coalesce(a.published_at, a.fetched_at), 1, 10) <= '{day}'"

#: Table -> where its rows of the past come from; columns named in the mapping differ from the table's own.
_SOURCES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "deals": (
        (
            "main.deal_versions AS v JOIN main.deals AS t ON t.id = v.deal_id"
            f" WHERE {_VERSION} AND t.merged_into IS NULL AND t.is_withdrawn = 0"
        ),
        {"updated_at": "min(t.updated_at, v.known_from || 'T23:59:59Z')"},
    ),
    "mentions": (f"main.mentions AS t JOIN main.articles AS a ON a.id = t.article_id WHERE {_TOLD}", {}),
    "claims": (
        (
            "main.claims AS t JOIN main.mentions AS m ON m.id = t.mention_id"
            f" JOIN main.articles AS a ON a.id = m.article_id WHERE {_TOLD}"
        ),
        {
            "is_shown": "EXISTS (SELECT 1 FROM main.deal_versions AS v, json_each(v.shown_claims) AS shown"
            f" WHERE v.deal_id = t.deal_id AND {_VERSION} AND shown.value = t.id)"
        },
    ),
    "reactions": (f"main.reactions AS t JOIN main.articles AS a ON a.id = t.article_id WHERE {_TOLD}", {}),
    "deal_events": (
        (
            "main.deal_events AS t LEFT JOIN main.articles AS a ON a.id = t.article_id"
            f" WHERE substr(t.at, 1, 10) <= '{{day}}' AND (t.article_id IS NULL OR {_TOLD})"
        ),
        {},
    ),
    "deal_parties": (
        f"main.deal_versions AS v, json_each(v.parties) AS party WHERE {_VERSION}",
        {"deal_id": "v.deal_id", "name": "party.value ->> 0", "role": "party.value ->> 1"},
    ),
    "market_events": (
        "main.market_events AS t WHERE t.event_day <= '{day}'",
        # What came after the event day may not have been known yet.
        {
            "confounders": "(SELECT json_group_array(json(other.value)) FROM json_each(t.confounders) AS other"
            " WHERE other.value ->> 'sessions_away' <= 0)"
        },
    ),
    "market_moves": ("main.market_moves AS t WHERE t.to_day <= '{day}'", {}),
    "estimates": (
        "main.estimates AS t JOIN main.deals AS n ON n.id = t.deal_id"
        f" JOIN main.deal_versions AS v ON v.deal_id = t.deal_id WHERE {_VERSION}"
        + "".join(f" AND v.{column} IS n.{column}" for column in _INPUTS),
        {},
    ),
}


def day_of(when: datetime | date) -> str:
    """Return the day (UTC) whose end an instant stands for."""
    return (when.astimezone(UTC).date() if isinstance(when, datetime) else when).isoformat()


@contextmanager
def past(db: Database, when: datetime | date) -> Iterator[Database]:
    """Let the connection see the file as it was known at the end of a day, until the block ends."""
    if not _names(db, "deal_versions"):
        raise RequestError(
            "this file kept no past yet; open it once with `market-pulse db check`, which brings it up to date"
        )
    with db.unlocked():
        statements = dict(_views(db, day_of(when)))
        try:
            for statement in statements.values():
                db.execute(statement)
            yield db
        finally:
            for name in reversed(statements):
                db.execute(f"DROP VIEW IF EXISTS temp.{name}")


def _views(db: Database, day: str) -> Iterator[tuple[str, str]]:
    """Yield name and definition of each temporary view, those that others read first."""
    for table, (source, other) in _SOURCES.items():
        columns = ", ".join(f"{_column(db, table, name, other)} AS {name}" for name in _names(db, table))
        yield table, f"CREATE TEMP VIEW {table} AS SELECT {columns} FROM {source}".replace("{day}", day)
    for name, sql in db.execute("SELECT name, sql FROM main.sqlite_schema WHERE type = 'view'").fetchall():
        yield name, sql.replace("CREATE VIEW", "CREATE TEMP VIEW", 1)


def _column(db: Database, table: str, name: str, other: Mapping[str, str]) -> str:
    if name in other:
        return other[name]
    return f"v.{name}" if table == "deals" and name in _names(db, "deal_versions") else f"t.{name}"


def _names(db: Database, table: str) -> list[str]:
    return [row[0] for row in db.execute("SELECT name FROM pragma_table_info(?, 'main')", (table,))]
