"""How shares moved on deals from close to close, less what their peers did on the same day."""

from collections.abc import Sequence
from datetime import date, datetime
from statistics import median

from bot.charts.canvas import Caption, Chart, Theme, clipped, figure, finish, nothing
from bot.charts.signed_bars import ROW_IN, both_ends, draw_bars, in_words
from bot.market.comparing import day_move
from db.market_records import MeasuredReaction
from db.records import DealRecord

FILENAME = "measured.png"
_POINTS = " pp"


def draw(deals: Sequence[DealRecord], *, now: datetime, theme: Theme) -> Chart:
    """Draw the move of each event day less that of the peer basket, once per company and day."""
    moves = _moves(deals)
    if not moves:
        what = "No share move is measured: give prices with `market-pulse measure --csv FOLDER`."
        return nothing(what, drawn_at=now, theme=theme, filename=FILENAME)
    beaten = sum(points > 0 for _, points in moves)
    middle = median(points for _, points in moves)
    caption = Caption(
        title=f"Shares beat their peers on {beaten} of {len(moves)} deal days; median {middle:+.1f} points",
        unit="Percentage points, close to close, less the mean of the peer basket",
        note="* another deal, a financing or results fell on the same day.",
        drawn_at=now,
    )
    shown = both_ends(moves)
    card, (axis,) = figure(caption, theme=theme, height_in=1.7 + ROW_IN * len(shown), left=0.34)
    draw_bars(axis, shown, theme=theme, unit=_POINTS)
    return finish(card, caption, filename=FILENAME, alt=f"Bars: {in_words(shown, unit=_POINTS)}")


def _moves(deals: Sequence[DealRecord]) -> list[tuple[str, float]]:
    """Name each company's day once, however many deals it told on it."""
    days: dict[tuple[str, date], tuple[MeasuredReaction, list[str], float]] = {}
    for deal in deals:
        for measured in deal.measured:
            day = day_move(measured)
            if day is not None and day.peers_pct is not None:
                points = round(day.pct - day.peers_pct, 1)
                _, others, _ = days.setdefault((measured.company, day.to_day), (measured, [], points))
                others.append(_other_side(deal, measured))
    return [(_name(measured, others), points) for measured, others, points in days.values()]


def _other_side(deal: DealRecord, measured: MeasuredReaction) -> str:
    other = deal.facts.customer if deal.facts.provider == measured.company else deal.facts.provider
    return clipped(other, 18) if other else "unnamed"


def _name(measured: MeasuredReaction, others: Sequence[str]) -> str:
    """Name a bar by company, day and the other side, with a mark where the day had more news."""
    mark = "*" if any(found.sessions_away == 0 for found in measured.confounders) else ""
    more = f" +{len(others) - 1}" if len(others) > 1 else ""
    return f"{clipped(measured.company, 24)}{mark}\n{measured.event_day:%d %b %Y}, {others[0]}{more}"
