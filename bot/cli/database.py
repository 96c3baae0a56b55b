"""`market-pulse db`: check, back up, export or publish the database; say what its columns mean."""

import csv
import json
import sys
from dataclasses import asdict, astuple
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.desk import Day, desk, end_of
from bot.cli.told_group import ToldGroup
from bot.clock import utc_now
from bot.errors import DatabaseError, InputError

if TYPE_CHECKING:
    from rich.table import Table

    from db.dictionary import Column

_target = click.argument("target", type=click.Path(path_type=Path))


@click.group(cls=ToldGroup)
def db() -> None:
    """Check, back up, export or publish the database file.

    The file is plain SQLite and explains itself: query it with sqlite3, pandas or Datasette (`db schema` lists
    every column with its unit and meaning; views named v_… are made for people).
    """


@db.command()
@click.pass_context
def path(ctx: click.Context) -> None:
    """Print where the database file is."""
    from bot.cli.context import settings_from

    click.echo(settings_from(ctx).database_path)


@db.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line; nothing = sound.")
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Check the file: SQLite's own checks, foreign keys, and every proof against the text it points into."""
    from bot.cli.context import console
    from db.checks import check as find_faults

    with desk(ctx, read_only=False) as database, console(stderr=True).status("checking"):
        found = list(find_faults(database))
    for finding in found:
        if as_json:
            click.echo(json.dumps(asdict(finding), ensure_ascii=False))
        else:
            click.echo(f"{finding.what} ({finding.count}): {finding.detail}")
    if found:
        raise DatabaseError("the file has faults; restore the last `market-pulse db backup` or report them")
    if not as_json:
        click.echo("sound: every row points somewhere, every proof stands where it says")


@db.command()
@click.pass_context
def history(ctx: click.Context) -> None:
    """Take the bundled history in now: known deals with their sources. The service does so by itself.

    Only rows that are new or changed since the last time are imported; nobody is alerted.
    """
    from functools import partial

    from bot.catalog import load_companies
    from bot.history import take_in
    from bot.history_file import load_history
    from bot.valuation.model_tables import load_assumptions
    from bot.valuation.valuing import value_record
    from db.companies import sync_companies
    from db.desk import rekey

    rows = load_history()
    with desk(ctx, read_only=False) as database:
        if sync_companies(database, load_companies()):
            rekey(database, now=utc_now())
        value = partial(value_record, assumptions=load_assumptions())
        done = take_in(database, rows, value=value, now=utc_now())
    checked = sum(row.checked_on is not None for row in rows)
    click.echo(
        f"{len(rows)} deals in the bundled history: {done.added} added, {done.changed} changed, {done.removed} removed;"
        f" {checked} of them checked by a second reader"
    )


@db.command()
@_target
@click.pass_context
def backup(ctx: click.Context, target: Path) -> None:
    """Write a consistent copy to TARGET while the service goes on."""
    from db.publish import backup as copy

    with desk(ctx) as database:
        copy(database, target)
    click.echo(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


@db.command()
@_target
@click.pass_context
def publish(ctx: click.Context, target: Path) -> None:
    """Write an edition to give away: no article texts, watches, messages, people or servers."""
    from db.publish import publish as edit

    with desk(ctx) as database:
        edition = edit(database, target, now=utc_now())
    size = edition.size_bytes / 1e6
    click.echo(f"{target}: {edition.deals} deals from {edition.articles} articles, {size:.1f} MB")


@db.command()
@_target
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["csv", "json", "parquet"]),
    default=["csv"],
    show_default=True,
    help="Repeatable; CSV comes with a datapackage.json.",
)
@click.option("--as-of", "as_of", type=Day(), help="As known at the end of that day.")
@click.pass_context
def export(ctx: click.Context, target: Path, formats: tuple[str, ...], as_of: str | None) -> None:
    """Write the views as files into the folder TARGET."""
    from db.exports import export as write

    if target.is_file():
        raise InputError(f"{target} is a file; name a folder")
    with desk(ctx) as database:
        written = write(database, target, formats=formats, now=utc_now(), as_of=end_of(as_of))
    for file in written:
        click.echo(file)


@db.command()
@click.argument("name", metavar="[VIEW]", required=False)
@click.option("--sort", help="What comes first, largest or latest on top.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
@click.option("--as-of", "as_of", type=Day(), help="As known at the end of that day.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def view(
    ctx: click.Context, *, name: str | None, sort: str | None, limit: int, as_of: str | None, as_json: bool
) -> None:
    """Print a VIEW made for people, as CSV; without a name, list the views and what each can be sorted by.

    \b
    market-pulse db view v_league --sort contracted_value_usd
    market-pulse db view v_tenants --as-of 2025-12-31 --json
    """
    from db.views import SORTS, read_view

    if name is None:
        for listed, sorts in SORTS.items():
            click.echo(f"{listed}: {', '.join(sorts)}")
        return
    with desk(ctx) as database:
        columns, rows = read_view(database, name, sort=sort, limit=limit, as_of=end_of(as_of))
    if as_json:
        for row in rows:
            click.echo(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False))
        return
    writer = csv.writer(sys.stdout)
    writer.writerow(columns)
    writer.writerows(rows)


@db.command()
@click.argument("table", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def schema(ctx: click.Context, table: str | None, as_json: bool) -> None:
    """Say what each column means; of TABLE, or of the views made for people."""
    from db.dictionary import columns_of

    with desk(ctx) as database:
        found = columns_of(database, table)
    if not found:
        raise InputError(f"no table or view is called {table!r}; `market-pulse db schema` lists the views")
    if as_json:
        for row in found:
            click.echo(json.dumps(asdict(row), ensure_ascii=False))
        return
    from bot.cli.context import console

    console().print(_table(found))


@db.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 = any free one.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser on it.")
@click.pass_context
def explore(ctx: click.Context, port: int, open_browser: bool) -> None:
    """Look through the database in the browser, with Datasette; on this machine only, and nothing can be changed.

    Views with what each column means and in which unit, filters, ready-made questions, charts; each fact leads to its
    sentence in the article. Needs Datasette: pip install datasette. Ctrl-C ends it.
    """
    from bot.explore.server import explore as serve

    with desk(ctx) as database:
        serve(database, port=port, open_browser=open_browser, announce=click.echo)


def _table(found: "list[Column]") -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Table", "Column", "Unit", "Meaning", "Example"):
        table.add_column(heading, overflow="fold")
    for row in found:
        table.add_row(*(value or "" for value in astuple(row)))
    return table
