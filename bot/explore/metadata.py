"""What Datasette is told of the file: titles, what each column means, facets, order, ready-made queries. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from db.canned_queries import QUERIES
from db.dictionary import Column

#: The name under which the database stands in addresses, whatever the file is called.
DATABASE = "market-pulse"

_ABOUT = (
    "Deals of bitcoin miners with AI companies, machine-read from public news; not investment advice. "
    "Wherever a deal’s slug stands, it leads to what each source states of it, and from there a link opens the "
    "article at the sentence."
)
#: View -> (what it holds, the columns to narrow it by, what it is sorted by, newest or largest first).
_VIEWS: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "v_deals": ("One row per deal, with what its sources say together.", ("deal_type", "status", "customer_kind"), "day"),
    "v_deal_facts": ("One row per fact and source, with its sentence.", ("field", "tier", "is_shown"), "published_at"),
    "v_deal_history": ("Each deal as it stood at a time.", ("status", "deal_type"), "known_from"),
    "v_milestones": ("What is promised, what has happened, what slipped.", ("milestone", "is_planned"), "until_day"),
    "v_league": ("Who has contracted how much, leases and clouds apart.", ("deal_type",), "contracted_mw"),
    "v_tenants": ("How much of a provider rests on each tenant.", ("name",), "contracted_mw"),
    "v_reactions": ("Share moves as articles report them.", ("direction", "session"), "published_at"),
    "v_measured_reactions": ("Share moves measured from daily closes.", ("window", "name"), "event_day"),
    "v_reactions_compared": ("Reported and measured moves side by side.", ("reported_session",), "event_day"),
    "v_timeline": ("What happened to each deal, and when.", ("kind",), "at"),
    "v_alerts": ("What was sent, and what waits.", ("kind", "state"), "created_at"),
    "v_feed_health": ("How each feed fares.", ("health", "tier"), "last_entry_at"),
    "v_runs": ("What the service did, and when.", ("name", "outcome"), "started_at"),
}  # fmt: skip


def metadata_of(columns: Iterable[Column], tables: Sequence[str]) -> dict[str, Any]:
    """Return Datasette's metadata for the views the columns belong to; the tables behind them are folded away."""
    explained: dict[str, dict[str, str]] = {}
    for column in columns:
        explained.setdefault(column.table_name, {})[column.column_name] = said_of(column)
    views = {view: _view(view, about) for view, about in explained.items()}
    return {
        "title": "Market Pulse",
        "description": _ABOUT,
        "databases": {
            DATABASE: {
                "tables": views | {table: {"hidden": True} for table in tables},
                "queries": {
                    query.key: {"title": query.title, "description": query.description, "sql": query.sql, "hide_sql": True}
                    for query in QUERIES
                },
            }
        },
    }  # fmt: skip


def view_order(view: str) -> tuple[int, str]:
    """Say where a view stands among the others: the deals first, the service's own affairs last."""
    known = list(_VIEWS)
    return (known.index(view) if view in known else len(known), view)


def said_of(column: Column) -> str:
    """Say what a column means, its unit and an example."""
    unit = f" ({column.unit})" if column.unit else ""
    example = f", such as {column.example}" if column.example else ""
    return f"{column.meaning}{unit}{example}"


def _view(view: str, about: Mapping[str, str]) -> dict[str, Any]:
    description, facets, order = _VIEWS.get(view, ("", (), ""))
    found: dict[str, Any] = {"columns": dict(about), "facets": [facet for facet in facets if facet in about]}
    found |= {"description": description} if description else {}
    return found | ({"sort_desc": order} if order in about else {})
