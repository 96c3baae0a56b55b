"""`market-pulse replay`: which alerts a watch would have sent in the past, and when."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from bot.cli.desk import AMOUNT, Day, desk
from bot.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from bot.replay.player import PastAlert
    from db.watches import WatchDraft

_EVENTS = ("new", "change", "rumour", "reaction")


@click.command()
@click.option("--from", "start", type=Day(), required=True, help="First day, such as 2025-01-01.")
@click.option("--to", "end", type=Day(), help="Until before this day [default: now].")
@click.option("--watch", "watch_id", type=int, help="A stored watch by its number; else the filters below.")
@click.option("--company", "-c", "companies", multiple=True, help="Only deals of this company; repeatable.")
@click.option("--type", "deal_types", multiple=True, help="Only this type (hosting_lease …); repeatable.")
@click.option("--min-value", type=AMOUNT, help="At least this many million dollars.")
@click.option("--min-mw", type=AMOUNT, help="At least this many megawatts.")
@click.option(
    "--event", "events", multiple=True, type=click.Choice(_EVENTS), help="What it hears [default: new, change]."
)
@click.option("--full", is_flag=True, help="Each alert as Discord would have shown it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def replay(ctx: click.Context, /, start: str, end: str | None, full: bool, as_json: bool, **wishes: Any) -> None:
    """Play the bundled history and the stored articles through a watch and list every alert it would have sent.

    Everything is told in the order of publication to the same code that decides in the running service. Nothing is
    sent and nothing is written. What was told before the first day counts as known, not as news.

    \b
    market-pulse replay --from 2025-01-01
    market-pulse replay --from 2025-07-01 --to 2025-12-31 --company IREN --event new --full
    """
    from bot.clock import utc_now
    from bot.replay.player import Terms

    until = utc_now() if end is None else _midnight(end)
    if until <= _midnight(start):
        raise InputError("the first day must lie before the last; correct --from or --to")
    told = _played(ctx, Terms(start=_midnight(start), end=until), wishes, full=full)
    if as_json:
        for alert in told:
            click.echo(json.dumps(_to_json(alert), ensure_ascii=False))
        return
    from bot.cli.context import console

    _show(told, console(), full=full)


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _played(ctx: click.Context, terms: Any, wishes: dict[str, Any], *, full: bool) -> "list[PastAlert]":
    from dataclasses import replace
    from functools import partial

    from bot.app import alert_rules, history_rows
    from bot.catalog import load_companies
    from bot.cli.context import settings_from, with_progress
    from bot.replay.player import play
    from bot.replay.steps import in_order
    from bot.valuation.model_tables import load_assumptions
    from bot.valuation.valuing import value_record
    from db.replay import stored_readings

    settings = settings_from(ctx)
    rows = history_rows(settings) or ()
    readings = []
    if settings.database_path.is_file() or not rows or wishes["watch_id"] is not None:
        with desk(ctx) as db:
            watch = _watch(db, wishes)
            readings = stored_readings(db)
    else:
        watch = _watch(None, wishes)
    terms = replace(terms, rules=alert_rules(settings), min_confidence=settings.alerts.min_confidence)
    if full:
        terms = replace(terms, value=partial(value_record, assumptions=load_assumptions()))
    steps = in_order(rows, readings)
    return list(play(with_progress(steps, len(steps), "playing the past"), watch, terms, companies=load_companies()))


def _watch(db: Any, wishes: dict[str, Any]) -> "WatchDraft":
    from dataclasses import fields

    from db.watches import WatchDraft, get_watch

    if wishes["watch_id"] is not None:
        known = get_watch(db, wishes["watch_id"])
        if known is None:
            raise InputError(f"there is no watch {wishes['watch_id']}; `/watch list` shows the numbers")
        return WatchDraft(**{field.name: getattr(known, field.name) for field in fields(WatchDraft)})
    millions = wishes["min_value"]
    return WatchDraft(
        name="replay",
        channel_id="replay",
        events=wishes["events"] or ("new", "change"),
        companies=wishes["companies"],
        deal_types=wishes["deal_types"],
        min_value_usd=None if millions is None else round(millions * 1_000_000),
        min_capacity_mw=wishes["min_mw"],
    )


def _table(told: "Iterable[PastAlert]") -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for _ in range(2):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for alert in told:
        table.add_row(Text(_moment(alert), style="bold"), _words(alert), Text(_headline(alert)))
    return table


def _words(alert: "PastAlert") -> str:
    return f"{alert.kind} (reply)" if alert.is_reply else alert.kind


def _show(told: "list[PastAlert]", screen: "Console", *, full: bool) -> None:
    from collections import Counter

    from rich.text import Text

    from bot.messages.console import show
    from bot.messages.message import payload
    from bot.messages.wording import plural

    counts = Counter(alert.kind for alert in told)
    if not full:
        screen.print(_table(told))
    for alert in told if full else ():
        screen.print(Text(f"{_moment(alert)}  {_words(alert)}", style="bold"))
        show(payload(alert.message), screen)
    said = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    screen.print(Text(f"{plural(sum(counts.values()), 'alert')}{f': {said}' if said else ''}", style="dim"))


def _moment(alert: "PastAlert") -> str:
    """Write when it would have been sent; a day known only to the month is written so."""
    from bot.messages.wording import period

    if alert.day is not None:
        return alert.day.date if alert.day.precision.value == "day" else period(alert.day)
    return f"{alert.at:%Y-%m-%d %H:%M}"


def _headline(alert: "PastAlert") -> str:
    return next((embed.title for embed in alert.message.embeds if embed.title), alert.deal)


def _to_json(alert: "PastAlert") -> dict[str, Any]:
    from bot.messages.message import payload

    return {
        "at": alert.at.isoformat().replace("+00:00", "Z"),
        "precision": alert.day.precision.value if alert.day else "minute",
        "kind": alert.kind,
        "reply": alert.is_reply,
        "deal": alert.deal,
        "headline": _headline(alert),
        "held_until": alert.held_until.isoformat().replace("+00:00", "Z") if alert.held_until else None,
        "message": payload(alert.message),
    }
