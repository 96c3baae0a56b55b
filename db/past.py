"""The file as it was known on a day: every query of this room and every `v_` view, asked of the past.

    with past(db, day): ...        inside, `deals`, `v_league` … answer as of the end of that day (UTC)
    with past(db, day, views=("v_league",)): ...       tables and these views only, which is quicker

Temporary views of the same names stand before the tables while the block runs, so that whoever asks need not know.
A deal is as the articles published until then and the corrections accepted until then have it; what is one deal is
judged by what is known today, words are searched in what is known today, and an estimate is shown only where its
inputs were the same. Nothing is written; one block at a time per connection.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime

from db.connection import Database
from db.errors import RequestError

#: What an estimate is computed from: where one of these differs, today's estimate says nothing about then.
_INPUTS = ("deal_type", "value_usd", "value_max_usd", "term_years", "capacity_mw", "capacity_kind", "gpu_count")

_VERSION = "v.known_from <= '{day}' AND (v.known_until IS NULL OR v.known_until > '{day}')"
#: An article was published by then. A subquery and no join: SQLite would lay out all of a view that joins tables where
#: another view joins it from the left.
_TOLD = "SELECT 1 FROM main.articles AS a WHERE a.id = {article} AND substr(coalesce(a.published_at, a.fetched_at), 1, 10) <= '{day}'"


def _told(article: str) -> str:
    return f"EXISTS ({_TOLD.replace('{article}', article)})"


#: Table -> where its rows of the past come from; columns named in the mapping differ from the table's own.
_SOURCES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "deals": (
        (
            "main.deal_versions AS v JOIN main.deals AS {t} ON {t}.id = v.deal_id"
            f" WHERE {_VERSION} AND {{t}}.merged_into IS NULL AND {{t}}.is_withdrawn = 0"
        ),
        {"updated_at": "min({t}.updated_at, v.known_from || 'T23:59:59Z')"},
    ),
    "mentions": (f"main.mentions AS {{t}} WHERE {_told('{t}.article_id')}", {}),
    "claims": (
        f"main.claims AS {{t}} WHERE {_told('(SELECT m.article_id FROM main.mentions AS m WHERE m.id = {t}.mention_id)')}",
        {
            "is_shown": "EXISTS (SELECT 1 FROM main.deal_versions AS v, json_each(v.shown_claims) AS shown"
            f" WHERE v.deal_id = {{t}}.deal_id AND {_VERSION} AND shown.value = {{t}}.id)"
        },
    ),
    "reactions": (f"main.reactions AS {{t}} WHERE {_told('{t}.article_id')}", {}),
    "deal_events": (
        (
            "main.deal_events AS {t} WHERE substr({t}.at, 1, 10) <= '{day}'"
            f" AND ({{t}}.article_id IS NULL OR {_told('{t}.article_id')})"
        ),
        {},
    ),
    "deal_parties": (
        f"main.deal_versions AS v, json_each(v.parties) AS party WHERE {_VERSION}",
        {"deal_id": "v.deal_id", "name": "party.value ->> 0", "role": "party.value ->> 1"},
    ),
    "market_events": (
        "main.market_events AS {t} WHERE {t}.event_day <= '{day}'",
        # What came after the event day may not have been known yet.
        {
            "confounders": "(SELECT json_group_array(json(other.value)) FROM json_each({t}.confounders) AS other"
            " WHERE other.value ->> 'sessions_away' <= 0)"
        },
    ),
    "market_moves": ("main.market_moves AS {t} WHERE {t}.to_day <= '{day}'", {}),
    "estimates": (
        "main.estimates AS {t} JOIN main.deals AS n ON n.id = {t}.deal_id"
        f" JOIN main.deal_versions AS v ON v.deal_id = {{t}}.deal_id WHERE {_VERSION}"
        + "".join(f" AND v.{column} IS n.{column}" for column in _INPUTS),
        {},
    ),
}


def day_of(when: datetime | date) -> str:
    """Return the day (UTC) whose end an instant stands for."""
    return (when.astimezone(UTC).date() if isinstance(when, datetime) else when).isoformat()


@contextmanager
def past(db: Database, when: datetime | date, *, views: Collection[str] | None = None) -> Iterator[Database]:
    """Let the connection see the file as it was known at the end of a day, until the block ends.

    `views` are those that will be read, None = any.
    """
    if not _names(db, "deal_versions"):
        raise RequestError(
            "this file kept no past yet; open it once with `market-pulse db check`, which brings it up to date"
        )
    with db.unlocked():
        statements = dict(_views(db, day_of(when), views))
        try:
            for statement in statements.values():
                db.execute(statement)
            yield db
        finally:
            for name in reversed(statements):
                db.execute(f"DROP VIEW IF EXISTS temp.{name}")


def _views(db: Database, day: str, wanted: Collection[str] | None) -> Iterator[tuple[str, str]]:
    """Yield name and definition of each temporary view, those that others read first."""
    dated = frozenset(_names(db, "deal_versions"))
    for table, (source, other) in _SOURCES.items():
        own = dated if table == "deals" else frozenset()
        columns = ", ".join(
            f"{other.get(name, f'v.{name}' if name in own else f'{{t}}.{name}')} AS {name}"
            for name in _names(db, table)
        )
        sql = f"CREATE TEMP VIEW {table} AS SELECT {columns} FROM {source}"
        yield table, sql.replace("{day}", day).replace("{t}", f"then_{table}")
    known = dict(db.execute("SELECT name, sql FROM main.sqlite_schema WHERE type = 'view'").fetchall())
    for name in known if wanted is None else _with_read(known, wanted):
        yield name, known[name].replace("CREATE VIEW", "CREATE TEMP VIEW", 1)


def _with_read(known: Mapping[str, str], wanted: Collection[str]) -> list[str]:
    """Return some views and those that they read, in the order of the file."""
    needed, new = set[str](), set(wanted)
    while new:
        needed |= new
        words = {word for name in new for word in re.findall(r"\w+", known[name])}
        new = (words & known.keys()) - needed
    return [name for name in known if name in needed]


def _names(db: Database, table: str) -> list[str]:
    return [row[0] for row in db.execute("SELECT name FROM pragma_table_info(?, 'main')", (table,))]
