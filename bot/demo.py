"""The demo: a full round of the real program on bundled sample feeds, shown on the terminal.

Serves the sample world on 127.0.0.1, runs two rounds of the real collector, delivers to the terminal, and shows a
digest, an answer, an estimate and a chart. Everything lands in one folder; nothing leaves the machine.
"""

import os
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.app import open_parts
from bot.ask.answers import Answer
from bot.ask.engine import answer_question
from bot.charts import draw_chart
from bot.collector.collector import TickReport
from bot.delivery.office import Delivery, open_delivery
from bot.messages.console import show
from bot.messages.digest import Period, compose, digest_message
from bot.messages.message import payload
from bot.pipeline import Parts, Round, run_round
from bot.sample.server import serve_sample
from bot.settings import Settings
from db.deals import DealFilter, list_deals
from db.records import DealRecord

QUESTION = "How much is the IREN deal with Microsoft worth?"
ESTIMATE = "What are 200 MW of GB300 for 5 years at $9.7bn worth?"


def demo_settings(settings: Settings, folder: Path) -> Settings:
    """Return the settings of the demo: its own database without history, the sample server, no pauses in between."""
    collector = settings.collector.model_copy(
        update={"allow_loopback": True, "per_host_delay_s": 0.0, "per_host_concurrency": 8}
    )
    discord = settings.discord.model_copy(update={"webhooks": {}, "alert_channels": (), "digest_channels": ()})
    alerts = settings.alerts.model_copy(update={"rumours": True})
    database = settings.database.model_copy(update={"history": False})
    changed = settings.model_copy(
        update={"collector": collector, "discord": discord, "alerts": alerts, "database": database}
    )
    return changed.with_database(folder / "market-pulse-demo.db")


async def run_demo(settings: Settings, folder: Path, console: Console) -> bool:
    """Play the demo; True when everything came out as it must (no second alert)."""
    now = datetime.now(UTC)
    settings = demo_settings(settings, folder)
    _forget(settings.database_path)
    server = await serve_sample(now)
    try:
        async with (
            open_parts(settings, feeds=list(server.feeds), now=now) as parts,
            open_delivery(
                settings, parts.store, console=console, now=now - timedelta(days=7), connect=False
            ) as delivery,
        ):
            return await _play(parts, delivery, folder, console, now=now)
    finally:
        await server.close()


def _forget(database: Path) -> None:
    """Delete the database of an earlier demo."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)


async def _play(parts: Parts, delivery: Delivery, folder: Path, console: Console, *, now: datetime) -> bool:
    with console.status("Fetching the sample feeds and reading what is new …"):
        first = await run_round(parts, now=now, scheduled=False)
    _show_round(first, console)
    _heading(console, "The alerts, as Discord would show them")
    alerts = await delivery.deliver()
    _heading(console, "A second round: nothing new, so nobody is told twice")
    second = await run_round(parts, now=datetime.now(UTC), scheduled=False)
    again = await delivery.deliver()
    _show_second(second, again, console)
    deals = await parts.store.run(list_deals, DealFilter(limit=1000))
    _show_products(deals, folder, console, now=now)
    _farewell(parts.store.path, folder, console)
    return alerts > 0 and again == 0


def _heading(console: Console, text: str) -> None:
    console.print()
    console.rule(Text(text, style="bold"), align="left")
    console.print()


def _show_round(done: Round, console: Console) -> None:
    _heading(console, "One round of the collector")
    report = done.collected
    if report is not None:
        console.print(_feeds_table(report))
    console.print(
        f"{done.articles} articles read, {done.deal_articles} of them tell a deal; "
        f"{done.skipped} entries skipped, {done.failed} failed."
    )


def _feeds_table(report: TickReport) -> Table:
    table = Table("feeds", "outcome", box=None, pad_edge=False)
    for outcome, count in sorted(report.outcomes.items()):
        table.add_row(str(count), outcome)
    for title, reason in report.troubles:
        table.add_row("", Text(f"{title}: {reason} (on purpose, the others go on)", style="yellow"))
    return table


def _show_second(done: Round, sent: int, console: Console) -> None:
    entries = done.collected.new_entries if done.collected else 0
    style = "green" if not sent else "bold red"
    console.print(Text(f"{entries} new entries, {done.articles} articles read, {sent} messages sent.", style=style))


def _show_products(deals: list[DealRecord], folder: Path, console: Console, *, now: datetime) -> None:
    _heading(console, "The digest of the last seven days")
    period = Period(name="weekly", start=now - timedelta(days=7), end=now + timedelta(minutes=1))
    show(payload(digest_message(compose(deals, period))), console)
    for text in (QUESTION, ESTIMATE):
        _heading(console, f"market-pulse ask “{text}”")
        _show_answer(answer_question(text, deals, now=now), console)
    _heading(console, "A chart")
    chart = draw_chart("timeline", [deal for deal in deals if deal.facts.alerts], now=now)
    target = folder / chart.filename
    target.write_bytes(chart.png)
    console.print(f"{chart.title}\n  drawn to {target}")


def _show_answer(said: Answer, console: Console) -> None:
    from bot.cli.ask import show_answer

    show_answer(said, console)


def _farewell(database: Path, folder: Path, console: Console) -> None:
    command = _command()
    lines = (
        f"Database and chart lie in {folder}/. Look around:",
        "",
        f"  export MARKET_PULSE_DB={database}",
        f"  {command} deals                   all records",
        f"  {command} deal iren-microsoft     one with its evidence",
        f"  {command} ask who hosts Microsoft",
        "",
        "Then, for real:",
        "",
        f"  {command} setup       settings for real feeds and Discord",
        f"  {command} doctor      is everything in place?",
        f"  {command} run         the service",
    )
    console.print()
    console.print(Panel("\n".join(lines), title="That was one full round", title_align="left", border_style="green"))
    console.print("Machine-read, not investment advice. The sample articles were written for this demo.", style="dim")


def _command() -> str:
    """Return what a person types here to call this program: its name if the shell finds it, else its path."""
    if shutil.which("market-pulse"):
        return "market-pulse"
    own = Path(sys.executable).with_name("market-pulse")
    return os.path.relpath(own) if own.exists() else f"{Path(sys.executable).name} -m bot"
