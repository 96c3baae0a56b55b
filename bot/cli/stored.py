"""The stored deals, for the commands that show them."""

from typing import TYPE_CHECKING, Any

import click

from bot.cli.desk import desk, end_of

if TYPE_CHECKING:
    from db.records import DealRecord


#: More deals than there will ever be: charts and digests see all.
ALL = 1_000_000


def stored_deals(ctx: click.Context, *, as_of: str | None = None, **wanted: Any) -> "list[DealRecord]":
    """Read every live deal from the database in force; proofs only where `brief=False` asks for them."""
    from db.deals import DealFilter, list_deals

    with desk(ctx) as db:
        return list_deals(db, DealFilter(**{"limit": ALL, "brief": True, "as_of": end_of(as_of)} | wanted))
