"""The views made for people, as rows: one page of a view in the order asked for, of today or as known on a day.

read_view(db, name, *, sort=None, limit, as_of=None) -> (columns, rows)
VIEWS                                                        the views, by name
SORTS                                                        what each can be sorted by, all of it quick on a large file
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.connection import Database
from db.deals import seen
from db.errors import RequestError

#: View -> the orders offered; the first is the usual one. Each is read off an index or a few rows per company.
SORTS: Mapping[str, tuple[str, ...]] = {
    "v_deals": ("day", "value_usd", "capacity_mw", "updated_at"),
    "v_deal_facts": ("deal_id",),
    "v_deal_history": ("known_from",),
    "v_league": ("contracted_mw", "contracted_value_usd", "deals"),
    "v_tenants": ("contracted_mw", "contracted_value_usd"),
    "v_reactions": ("reaction_id",),
    "v_measured_reactions": ("event_day",),
    "v_reactions_compared": ("reaction_id",),
    "v_timeline": ("at",),
    "v_milestones": ("until_day", "slipped_days", "capacity_mw"),
    "v_feed_health": ("last_entry_at", "failures"),
    "v_alerts": ("outbox_id",),
    "v_runs": ("started_at",),
}
VIEWS = tuple(SORTS)
#: Views whose rows cost more than their order: which deals come first is asked before what there is to say of them.
_DEALS_FIRST = frozenset({"v_milestones", "v_deals"})


def read_view(
    db: Database, name: str, *, sort: str | None = None, limit: int, as_of: datetime | None = None
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the columns and the first rows of a view, largest or latest first."""
    if name not in SORTS:
        raise RequestError(f"no view is called {name!r}; choose one of {', '.join(VIEWS)}")
    order = sort or SORTS[name][0]
    if order not in SORTS[name]:
        raise RequestError(f"{name} cannot be sorted by {order!r}; choose one of {', '.join(SORTS[name])}")
    with seen(db, as_of, views=(name,)):
        among = f" WHERE deal_id IN ({_first_deals(db, name, order, limit)})" if name in _DEALS_FIRST else ""
        cursor = db.execute(f"SELECT * FROM {name}{among} ORDER BY {order} DESC LIMIT ?", (limit,))
        return [column[0] for column in cursor.description], cursor.fetchall()


def _first_deals(db: Database, view: str, order: str, limit: int) -> str:
    """List the deals that the first rows of a view are about."""
    first = db.execute(f"SELECT deal_id FROM {view} ORDER BY {order} DESC LIMIT ?", (limit,)).fetchall()
    return ", ".join(str(deal_id) for deal_id in sorted({row[0] for row in first}))
