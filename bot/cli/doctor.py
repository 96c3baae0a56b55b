"""`market-pulse doctor`: look at everything the service needs and print one table with remedies."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from bot.doctor.checks import Check
    from bot.settings import Settings
    from db.feeds import FeedSpec

_STYLE = {"ok": "green", "warn": "yellow", "fail": "bold red"}


@click.command()
@click.option("--offline", is_flag=True, help="Leave out what needs the network: clock, feeds, Discord.")
@click.option("--group", "groups", multiple=True, help="Check the feeds of this group only; may be repeated.")
@click.option("--feed", "keys", multiple=True, help="Check this feed only, by its key; may be repeated.")
@click.option(
    "--timeout",
    "timeout_s",
    type=click.FloatRange(1, 120),
    default=15.0,
    show_default=True,
    help="Seconds per request.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the checks as JSON.")
@click.pass_context
def doctor(
    ctx: click.Context,
    *,
    offline: bool,
    groups: tuple[str, ...],
    keys: tuple[str, ...],
    timeout_s: float,
    as_json: bool,
) -> None:
    """Check Python, settings, tables, database, disk, clock, every feed, EDGAR contact and Discord.

    Each fault comes with its remedy. Nothing is stored and nothing is posted. Exit code 1 if something must be mended.
    """
    from bot.doctor.checks import has_failed

    checks = _checks(ctx, offline=offline, groups=groups, keys=keys, timeout_s=timeout_s, quiet=as_json)
    if as_json:
        rows = [{"name": c.name, "status": c.status, "finding": c.finding, "remedy": c.remedy} for c in checks]
        click.echo(json.dumps({"ok": not has_failed(checks), "checks": rows}, indent=2, ensure_ascii=False))
    else:
        _print(checks)
    ctx.exit(1 if has_failed(checks) else 0)


def _checks(
    ctx: click.Context,
    *,
    offline: bool,
    groups: tuple[str, ...],
    keys: tuple[str, ...],
    timeout_s: float,
    quiet: bool,
) -> list["Check"]:
    from bot.cli.context import settings_from
    from bot.doctor.checks import check_python, check_settings, check_sqlite, local_checks
    from bot.errors import ConfigError

    path: Path | None = ctx.ensure_object(dict).get("settings_path")
    try:
        settings = settings_from(ctx)
    except ConfigError:
        return [check_python(), check_sqlite(), check_settings(path)]
    checks = list(local_checks(settings, path))
    if offline:
        return checks
    feeds = _chosen(settings, groups, keys)
    return checks + asyncio.run(_network_checks(settings, feeds, timeout_s=timeout_s, quiet=quiet))


def _chosen(settings: "Settings", groups: tuple[str, ...], keys: tuple[str, ...]) -> tuple["FeedSpec", ...]:
    from bot.app import feed_specs
    from bot.errors import ConfigError, InputError

    try:
        feeds = tuple(feed for feed in feed_specs(settings) if not groups or feed.group in groups)
    except ConfigError:
        return ()  # check_tables has told it
    unknown = set(keys) - {feed.key for feed in feeds}
    if unknown:
        raise InputError(f"there is no feed {min(unknown)!r} among the chosen ones; config/feeds.toml lists their keys")
    return tuple(feed for feed in feeds if not keys or feed.key in keys)


async def _network_checks(
    settings: "Settings", feeds: Sequence["FeedSpec"], *, timeout_s: float, quiet: bool
) -> list["Check"]:
    from bot.cli.context import console
    from bot.collector.politeness import host_of
    from bot.doctor import feeds as doctor_feeds
    from bot.doctor.discord import check_discord

    options = replace(settings.collector.options(), total_timeout_s=timeout_s)
    asked = [feed for feed in feeds if options.contact or host_of(feed.url) != "sec.gov"]
    with _progress(console(stderr=True), disable=quiet) as bar:
        task = bar.add_task("Asking the feeds", total=len(asked))
        reports = await doctor_feeds.visit_feeds(
            asked, options=options, now=datetime.now(UTC), progress=lambda: bar.advance(task)
        )
    return [
        doctor_feeds.check_clock(reports),
        doctor_feeds.check_contact(options),
        *doctor_feeds.summarise(reports, skipped=len(feeds) - len(asked)),
        *await check_discord(settings, timeout_s=timeout_s),
    ]


def _progress(console: "Console", *, disable: bool) -> "Progress":
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=console, transient=True, disable=disable or not console.is_terminal)


def _print(checks: Sequence["Check"]) -> None:
    from rich import box
    from rich.table import Table

    from bot.cli.context import console

    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    table.add_column("Check", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("Finding", ratio=3, overflow="fold")
    table.add_column("What to do", ratio=3, overflow="fold")
    for check in checks:
        style = _STYLE[check.status]
        table.add_row(escape(check.name), f"[{style}]{check.status}[/]", escape(check.finding), escape(check.remedy))
    counts = Counter(check.status.value for check in checks)
    out = console()
    out.print(table)
    out.print(", ".join(f"{counts[status]} {status}" for status in _STYLE if counts[status]))
