"""The stored deals, for the commands that show them."""

from typing import TYPE_CHECKING

import click

#: More deals than there will ever be: charts and digests see all.
ALL = 100_000

if TYPE_CHECKING:
    from db.records import DealRecord


#: More deals than there will ever be.
ALL = 1_000_000


def stored_deals(ctx: click.Context) -> "list[DealRecord]":
    """Read every live deal from the database in force."""
    from bot.cli.context import open_db
    from db.deals import DealFilter, list_deals

    db = open_db(ctx, read_only=True)
    try:
        return list_deals(db, DealFilter(limit=ALL))
    finally:
        db.close()
