"""`market-pulse measure`: how shares moved around deals, from daily closing prices."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.clock import utc_now
from bot.errors import InputError

if TYPE_CHECKING:
    from bot.market.measuring import Outcome
    from bot.market.price_source import PriceSource
    from db.connection import Database


@click.command()
@click.argument("slugs", nargs=-1)
@click.option(
    "--csv",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with one CSV file of daily closes per share; instead of the source in the settings.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a deal.")
@click.pass_context
def measure(ctx: click.Context, slugs: tuple[str, ...], folder: Path | None, as_json: bool) -> None:
    """Measure how shares moved around deals, from daily closes; of the deals SLUGS, or of all that are due.

    \b
    Prices come from a folder of CSV files (--csv, or market.csv_folder) or from Yahoo (market.prices = "yahoo",
    pip install yfinance). NASDAQ-IREN.csv holds IREN, BTC-USD.csv bitcoin:
        date,close
        2025-11-03,67.75

    The event day is the first session whose close follows the announcement, in the exchange's own time; holidays are
    the days on which nothing has a price. Windows: that day, the five sessions before, the five after. Beside each
    stand bitcoin and the mean of the peer basket in market.toml. Articles' own figures are kept apart.
    """
    from bot.cli.desk import desk
    from bot.market.tables import load_market_tables

    source = _source(ctx, folder)
    load_market_tables()
    with desk(ctx, read_only=False) as db:
        only = _numbers(db, slugs)
        outcome = _measure(db, source, only)
        _show(db, only, as_json=as_json)
    click.echo(_summary(outcome), err=True)


def _source(ctx: click.Context, folder: Path | None) -> "PriceSource":
    from bot.app import price_source
    from bot.cli.context import settings_from
    from bot.market.csv_prices import CsvPrices

    source = CsvPrices(folder) if folder else price_source(settings_from(ctx))
    if source is None:
        raise InputError('no price source is set: give --csv FOLDER, or set market.prices to "csv" or "yahoo"')
    return source


def _numbers(db: "Database", slugs: tuple[str, ...]) -> set[int] | None:
    from db.deals import require_deal

    return {require_deal(db, slug).id for slug in slugs} or None


def _measure(db: "Database", source: "PriceSource", only: set[int] | None) -> "Outcome":
    from bot.market.measuring import fetch, record
    from bot.market.planning import plan
    from bot.market.tables import load_market_tables

    now, tables = utc_now(), load_market_tables()
    # Asked by a person: asked anew, whenever it was asked last.
    wanted = plan(db, tables, source=source.name, now=now, wait=timedelta(0), only=only)
    return record(db, tables, wanted, fetch(source, wanted), source=source.name, now=now)


def _show(db: "Database", only: set[int] | None, *, as_json: bool) -> None:
    import json

    from bot.cli.context import console
    from bot.deal_json import measured_to_json
    from bot.messages.console import markdown
    from bot.messages.measured import measured_lines
    from db.deals import records
    from db.market import measured_deals

    screen = console()
    for deal in records(db, sorted(only) if only is not None else measured_deals(db)):
        if as_json:
            found = [measured_to_json(measured) for measured in deal.measured]
            click.echo(json.dumps({"slug": deal.slug, "measured_reactions": found}, ensure_ascii=False))
        elif deal.measured:
            screen.print(f"[bold]{deal.name}[/bold]  [dim]{deal.slug}[/dim]", highlight=False)
            for line in measured_lines(deal):
                screen.print(markdown(line))


def _summary(outcome: "Outcome") -> str:
    missing = "".join(f"\n  {reason}" for reason in dict.fromkeys(outcome.failures.values()))
    said = f"{outcome.measured} measured, {outcome.unmeasured} could not be"
    return f"{said}; no prices of {len(outcome.failures)} shares:{missing}" if missing else said
