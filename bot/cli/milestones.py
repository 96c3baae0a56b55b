"""`market-pulse milestones` and `market-pulse calendar`: what is due when, as a list and as a file for calendars."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.desk import Day, end_of
from bot.errors import InputError

if TYPE_CHECKING:
    from rich.table import Table

    from bot.milestones import Dated

WINDOWS = ("quarter", "next-quarter", "year", "overdue", "slipped", "all")
_company = click.option("--company", "-c", help="Only deals of this company, on either side.")
_as_of = click.option("--as-of", "as_of", type=Day(), help="As known at the end of that day.")


@click.command()
@click.option(
    "--due",
    "window",
    type=click.Choice(WINDOWS),
    default="quarter",
    show_default=True,
    help="What to list; `overdue`: promised, past, and no source says that it is on.",
)
@_company
@_as_of
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def milestones(ctx: click.Context, window: str, company: str | None, as_of: str | None, as_json: bool) -> None:
    """List milestones: contracted, financed, under construction, energised, with dates and how far they slipped."""
    from bot.cli.context import console
    from bot.clock import utc_now
    from bot.milestones import Window, due

    found = _gathered(ctx, company, as_of)
    if window != "all":
        found = due(found, Window(window), today=(end_of(as_of) or utc_now()).date())
    if as_json:
        for one in found:
            click.echo(json.dumps(_to_json(one), ensure_ascii=False))
    elif found:
        console().print(_table(found))
    else:
        console().print(f"Nothing is {window if window in {'overdue', 'slipped'} else 'due'}. `--due all` lists all.")


@click.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    default=Path("market-pulse.ics"),
    show_default=True,
    help="Where to write it; - prints it.",
)
@_company
@_as_of
@click.pass_context
def calendar(ctx: click.Context, out: Path, company: str | None, as_of: str | None) -> None:
    """Write the milestones as an .ics file for calendar programs.

    An event keeps its identity when its date moves, so importing the file again updates it.
    """
    from bot.ics import write_calendar
    from bot.milestones import calendar_events

    events = calendar_events(_gathered(ctx, company, as_of))
    content = write_calendar(events, name="Market Pulse milestones")
    if str(out) == "-":
        click.echo(content, nl=False)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise InputError(f"{out} cannot be written ({error.strerror}); choose another place with --out") from error
    click.echo(f"{out}: {len(events)} events")


def _gathered(ctx: click.Context, company: str | None, as_of: str | None) -> "list[Dated]":
    from bot.cli.stored import stored_deals
    from bot.milestones import gather

    return gather(stored_deals(ctx, as_of=as_of, company=company, events=True, milestones=True))


def _to_json(one: "Dated") -> dict[str, Any]:
    mile = one.milestone
    return {
        "slug": one.deal.slug,
        "name": one.deal.name,
        "milestone": mile.name,
        "planned": mile.planned,
        "from": mile.when.date,
        "until": mile.last_day.isoformat(),
        "precision": mile.when.precision.value,
        "capacity_mw": mile.capacity_mw,
        "capacity_kind": mile.capacity_kind.value if mile.capacity_kind else None,
        "promised_until": mile.promised_until.isoformat() if mile.promised_until else None,
        "slipped_days": mile.slipped_days,
        "statement": mile.statement or None,
        "publisher": mile.publisher or None,
        "url": mile.url,
    }


def _table(found: "list[Dated]") -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from bot.messages.wording import period

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("When", no_wrap=True)
    table.add_column("Deal", overflow="fold", max_width=36)
    table.add_column("What", overflow="fold")
    for one in found:
        name = Text.assemble(one.deal.name, "\n", (one.deal.slug, "dim"))
        what = Text.assemble(one.words, *([("\n" + one.slip, "yellow")] if one.slip else []))
        table.add_row(period(one.milestone.when), name, what)
    return table
