"""Measured share moves in words: how a share moved from close to close, beside bitcoin, its peers and what was reported.

measured_lines(deal, *, style) -> list[str]      nothing measured = nothing said

Knows Discord's markdown; what was measured and whether it differs is known to `bot.market`.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.market.comparing import Pair, day_move, pairs
from bot.messages.markdown import escape, shorten
from bot.messages.wording import PLAIN, Style, listed, moment, move, percent, plural
from db.market_records import Cause, Confounder, MeasuredReaction, Move, Window
from db.records import DealRecord

_CAUSES = {Cause.FINANCING: "financing", Cause.EARNINGS: "results", Cause.DEAL: "deal"}
_WINDOWS = {
    Window.BEFORE: "the five sessions before",
    Window.AFTER: "the five sessions after",
    Window.AROUND: "all eleven together",
}
_NAME_LENGTH = 80


def measured_lines(deal: DealRecord, *, style: Style = PLAIN) -> list[str]:
    """Say for each listed party what its shares did, what else happened, and where reports say otherwise."""
    beside = pairs(deal)
    return [
        line
        for measured in deal.measured
        for line in _of_party(measured, [pair for pair in beside if pair.measured is measured], style=style)
    ]


def _of_party(measured: MeasuredReaction, beside: Sequence[Pair], *, style: Style) -> Iterator[str]:
    name = f"**{escape(measured.company)}** ({escape(measured.symbol)})"
    day = day_move(measured)
    if day is None:
        yield f"{name} not measured: {escape(measured.reason)}"
    else:
        yield f"{name} **{signed(day.pct, style=style)}** on {_day(day.to_day)}, close to close{_versus(day, style=style)}"
    others = [found for found in measured.moves if found.window is not Window.DAY]
    if others:
        yield "-# " + "; ".join(
            f"{_WINDOWS[found.window]} {signed(found.pct, style=style)}{_versus(found, style=style)}"
            for found in others
        )
    if day is not None and not measured.time_known:
        yield "-# Only the day of the announcement is known, not its hour: it may belong to the next session."
    yield from _confounded(measured.confounders)
    yield from dict.fromkeys(_contradiction(pair, style=style) for pair in beside if pair.differs is not False)


def signed(pct: float, *, style: Style = PLAIN) -> str:
    """Write a signed percentage: "+11.5%", "−3.1%"."""
    return f"{'−' if pct < -0.05 else '+' if pct > 0.05 else ''}{percent(abs(pct), style=style)}"


def _versus(found: Move, *, style: Style) -> str:
    said = []
    if found.btc_pct is not None:
        said.append(f"bitcoin {signed(found.btc_pct, style=style)}")
    if found.peers_pct is not None:
        said.append(f"{plural(found.peer_count, 'peer')} {signed(found.peers_pct, style=style)}")
    return f" ({', '.join(said)})" if said else ""


def _confounded(found: Sequence[Confounder]) -> Iterator[str]:
    same_day = [c for c in found if c.sessions_away == 0]
    if same_day:
        yield f"⚠ the same day: {listed([_named(c) for c in same_day])}"
    if near := [c for c in found if c.sessions_away]:
        yield f"-# within five sessions: {listed([f'{_named(c)} ({_away(c.sessions_away)})' for c in near[:4]])}"


def _named(found: Confounder) -> str:
    return f"{_CAUSES[found.cause]} “{escape(shorten(found.name, _NAME_LENGTH))}”"


def _away(sessions: int) -> str:
    return f"{plural(abs(sessions), 'session')} {'later' if sessions > 0 else 'earlier'}"


def _contradiction(pair: Pair, *, style: Style) -> str:
    said = move(pair.reported.reaction, style=style)
    closes = signed(pair.move.pct, style=style)
    if pair.differs is None:
        on = f" ({moment(pair.reported.published_at, style=style)})" if pair.reported.published_at else ""
        return f"-# reported{on}: {said}; of another day or window than the {closes} from close to close"
    return f"≠ reported {said}, measured {closes}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
