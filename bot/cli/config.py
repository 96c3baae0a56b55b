"""`market-pulse config`: the settings in force, where they come from, and whether they and the tables are sound."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.told_group import ToldGroup

if TYPE_CHECKING:
    from bot.settings import Origin, Settings


@click.group(cls=ToldGroup)
def config() -> None:
    """Show the settings in force and where each comes from.

    Order, strongest first: --db, environment variables MARKET_PULSE_<SECTION>_<KEY>, your own file, the shipped
    defaults. Secrets are read from the environment only and are never shown.
    """


@config.command()
@click.argument("section", required=False)
@click.option("--changed", is_flag=True, help="List only what differs from the shipped defaults.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_context
def show(ctx: click.Context, *, section: str | None, changed: bool, as_json: bool) -> None:
    """List the settings with the file or variable each comes from; SECTION narrows to one section."""
    from bot.cli.context import settings_from
    from bot.errors import InputError
    from bot.settings import origins

    settings = settings_from(ctx)
    if section and section not in type(settings).model_fields:
        raise InputError(f"there is no section {section!r}; there are {', '.join(type(settings).model_fields)}")
    rows = [
        origin
        for origin in origins(settings, _settings_path(ctx), database_option=_database_option(ctx))
        if (not section or origin.key.startswith(f"{section}.")) and not (changed and origin.is_default)
    ]
    if as_json:
        click.echo(json.dumps({row.key: {"value": row.value, "source": row.source} for row in rows}, indent=2))
    else:
        _print(rows, settings)


@config.command()
@click.pass_context
def path(ctx: click.Context) -> None:
    """Print where your settings file, the shipped data and the database lie."""
    from bot.cli.context import settings_from
    from bot.settings import config_dir, user_settings_path

    own = _settings_path(ctx) or user_settings_path()
    click.echo(f"settings  {own}{'' if own.exists() else '  (not written yet; run `market-pulse setup`)'}")
    click.echo(f"shipped   {config_dir()}")
    click.echo(f"database  {settings_from(ctx).database_path}")


@config.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Check settings, tables and the choice of feeds; the first fault is told and the exit code is 3."""
    from bot import catalog
    from bot.cli.context import settings_from
    from bot.doctor.checks import Status, check_feed_choice
    from bot.errors import ConfigError

    settings = settings_from(ctx)
    click.echo("ok  settings")
    for name, load in (
        ("companies", catalog.load_companies),
        ("GPU models", catalog.load_gpu_models),
        ("feeds", catalog.load_feeds),
    ):
        click.echo(f"ok  {len(load())} {name}")
    choice = check_feed_choice(settings)
    if choice.status is Status.FAIL:
        raise ConfigError("settings", "collector", choice.finding, choice.remedy)
    click.echo(f"{choice.status}  {choice.finding}{f'. {choice.remedy}' if choice.remedy else ''}")


def _settings_path(ctx: click.Context) -> Path | None:
    path: Path | None = ctx.ensure_object(dict).get("settings_path")
    return path


def _database_option(ctx: click.Context) -> bool:
    return ctx.ensure_object(dict).get("database_path") is not None


def _print(rows: list["Origin"], settings: "Settings") -> None:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    from bot.cli.context import console

    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    table.add_column("Setting", no_wrap=True)
    table.add_column("Value", overflow="fold")
    table.add_column("From", overflow="fold", style="dim")
    for row in rows:
        style = "" if row.is_default else "bold"
        table.add_row(row.key, escape(json.dumps(row.value, ensure_ascii=False)), row.source, style=style)
    table.add_row("DISCORD_TOKEN", "set" if settings.discord_token else "not set", "environment")
    console().print(table)
