"""`market-pulse deals`: the list of deals."""

import json
from typing import TYPE_CHECKING, Any

import click

from bot.cli.desk import AMOUNT, Day, desk, end_of

if TYPE_CHECKING:
    from rich.table import Table

    from db.deals import DealFilter
    from db.records import DealRecord

#: From this many columns on, how well each deal is proven is listed too.
WIDE = 110


@click.command()
@click.argument("words", nargs=-1)
@click.option("--company", "-c", help="Only deals of this company, on either side.")
@click.option(
    "--type", "deal_types", multiple=True, help="Only this type (hosting_lease, cloud_contract …); repeatable."
)
@click.option("--status", "statuses", multiple=True, help="Only this status (signed, rumored …); repeatable.")
@click.option("--since", type=Day(), help="Announced on or after this day.")
@click.option("--until", type=Day(), help="Announced before this day.")
@click.option("--min-value", type=AMOUNT, help="At least this many million dollars.")
@click.option("--min-mw", type=AMOUNT, help="At least this many megawatts.")
@click.option("--alerting", is_flag=True, help="Only deals of a miner with an AI user that could raise an alert.")
@click.option("--sort", type=click.Choice(["day", "value", "mw", "updated"]), default="day", show_default=True)
@click.option("--limit", type=click.IntRange(1, 5000), default=40, show_default=True)
@click.option("--as-of", "as_of", type=Day(), help="As known at the end of that day.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def deals(ctx: click.Context, /, words: tuple[str, ...], as_json: bool, **wanted: Any) -> None:
    """List the deals, newest first; WORDS must all occur in a deal's names, facts or sentences."""
    from db.deals import count_deals, list_deals

    with desk(ctx) as db:
        chosen = _filter(words, **wanted)
        found = list_deals(db, chosen)
        total = count_deals(db, chosen)
    if as_json:
        _print_json(found)
        return
    from bot.cli.context import console

    if not found:
        console().print("No deal fits. `market-pulse collect` reads the feeds; `market-pulse demo` shows an example.")
        return
    screen = console()
    screen.print(_table(found, is_wide=screen.width >= WIDE))
    if total > len(found) and not wanted.get("as_of"):
        console().print(f"{len(found)} of {total} deals; --limit shows more", style="dim")


def _filter(words: tuple[str, ...], **wanted: Any) -> "DealFilter":
    from db.deals import DealFilter

    millions = wanted.pop("min_value")
    return DealFilter(
        text=" ".join(words) or None,
        min_value_usd=None if millions is None else round(millions * 1_000_000),
        min_capacity_mw=wanted.pop("min_mw"),
        alerting_only=bool(wanted.pop("alerting")),
        as_of=end_of(wanted.pop("as_of")),
        **wanted,
    )


def _print_json(found: "list[DealRecord]") -> None:
    from bot.deal_json import deal_to_json

    for deal in found:
        click.echo(json.dumps(deal_to_json(deal), ensure_ascii=False))


def _table(found: "list[DealRecord]", *, is_wide: bool) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Deal", overflow="fold", min_width=40, max_width=40)  # a slug in one piece can be copied
    table.add_column("What", no_wrap=True)
    for heading, width in (("Value", 6), ("MW", 4), ("Years", 5)):
        table.add_column(heading, justify="right", no_wrap=True, min_width=width)
    if is_wide:
        table.add_column("Proof")
    for deal in found:
        cells = _cells(deal)
        table.add_row(*cells if is_wide else cells[:-1])
    return table


def _cells(deal: "DealRecord") -> list[str]:
    from rich.markup import escape

    from bot.ask.statements import day_of
    from bot.messages.wording import number, short_money

    facts = deal.facts
    value = facts.value_usd if facts.value_usd is not None else facts.value_original
    currency = "USD" if facts.value_usd is not None else facts.value_currency or "USD"
    kind, status = facts.deal_type.value.replace("_", " "), facts.status.value.replace("_", " ")
    return [
        f"{escape(deal.name)}\n[dim]{deal.slug}[/dim]",
        f"{kind}\n{status} {day_of(deal):%d %b}",
        "" if value is None else short_money(value, currency=currency),
        "" if facts.capacity_mw is None else number(facts.capacity_mw, decimals=1),
        "" if facts.term_years is None else number(facts.term_years, decimals=1),
        deal.evidence_tier + ("; sources disagree" if deal.conflicts else ""),
    ]
