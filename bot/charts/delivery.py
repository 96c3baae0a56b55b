"""Contracted against energised: where megawatts stand, reported as on, promised by now, for later, or without a date.

A bar for each miner; of a single miner, a bar for each deal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.charts.canvas import Caption, Chart, Theme, clipped, figure, finish, nothing
from bot.charts.contracted import amounts
from bot.messages.execution import WORDS, Standing, promise, reported_on, together
from bot.messages.league import league
from bot.messages.wording import period, plural, power
from db.records import DealRecord

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FILENAME = "delivery-mw.png"
ROWS = 12
#: A number is written into a part of a bar that is at least this share of the longest bar.
_ROOM = 0.09


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bar:
    """One bar: its name, its deals, what is written behind it, and where its megawatts stand."""

    label: str
    deals: tuple[DealRecord, ...]
    amount: str
    parts: Mapping[Standing, float]

    @property
    def length(self) -> float:
        return sum(self.parts.values())


def draw(deals: Sequence[DealRecord], *, now: datetime, theme: Theme) -> Chart:
    """Draw the agreed megawatts as bars, cut where they stand."""
    bars = _bars(deals, now.date())
    if not bars:
        what = "No signed deal of a miner states its megawatts."
        return nothing(what, drawn_at=now, theme=theme, filename=FILENAME)
    shown = [deal for bar in bars for deal in bar.deals]
    caption = Caption(
        title=f"{_whose(shown)}{_finding(shown, now.date())}",
        unit="Megawatts of signed AI deals, by when they were promised",
        note="Promised by the end of delivery where stated, else by its beginning. IT and gross megawatts are stacked"
        " for sight. What is on counts only as far as a source says so.",
        drawn_at=now,
    )
    card, (axis,) = figure(caption, theme=theme, height_in=2.3 + 0.38 * max(2, len(bars)), header_in=0.55, left=0.2)
    _draw_bars(axis, bars, theme)
    axis.set_yticks(range(len(bars)), [clipped(bar.label) for bar in bars], fontsize=10.5)
    axis.set_ylim(len(bars) - 0.4, -0.6)
    axis.set_xlim(0, max(bar.length for bar in bars) * 1.32)
    axis.xaxis.set_visible(False)
    axis.grid(visible=False)
    axis.legend(
        loc="lower left", bbox_to_anchor=(-0.01, 0.99), ncols=2, frameon=False, labelcolor=theme.ink, fontsize=10
    )
    return finish(card, caption, filename=FILENAME, alt=f"Stacked bars: {_told(bars)}")


def _bars(deals: Sequence[DealRecord], today: date) -> list[_Bar]:
    rows = [row for row in league(deals) if row.total_mw][:ROWS]
    if len(rows) == 1:
        ranked = sorted(rows[0].deals, key=lambda deal: -(deal.facts.capacity_mw or 0.0))
        return [_bar_of(deal, today) for deal in ranked if deal.facts.capacity_mw][:ROWS]
    return [
        _Bar(label=row.company, deals=row.deals, amount=amounts(row), parts=together(row.deals, today)) for row in rows
    ]


def _bar_of(deal: DealRecord, today: date) -> _Bar:
    facts = deal.facts
    told = f", {period(facts.announced_on)}" if facts.announced_on else ""
    return _Bar(
        label=f"{facts.customer or 'unnamed tenant'}{told}",
        deals=(deal,),
        amount=power(facts.capacity_mw or 0.0, kind=facts.capacity_kind),
        parts=together([deal], today),
    )


def _draw_bars(axis: "Axes", bars: Sequence[_Bar], theme: Theme) -> None:
    colours = {
        Standing.ON: theme.up,
        Standing.DUE: theme.down,
        Standing.LATER: theme.other,
        Standing.UNDATED: theme.grid,
    }
    longest = max(bar.length for bar in bars)
    starts = [0.0] * len(bars)
    for standing in Standing:
        widths = [bar.parts.get(standing, 0.0) for bar in bars]
        if not any(widths):
            continue
        axis.barh(range(len(bars)), widths, left=starts, color=colours[standing], height=0.62, label=WORDS[standing])
        ink = theme.ink if standing is Standing.UNDATED else theme.ground
        for at, (start, width) in enumerate(zip(starts, widths, strict=True)):
            if width >= _ROOM * longest:
                axis.text(start + width / 2, at, f"{width:,.0f}", ha="center", va="center", color=ink, fontsize=9.5)
        starts = [a + b for a, b in zip(starts, widths, strict=True)]
    for at, bar in enumerate(bars):
        axis.text(bar.length, at, f"  {bar.amount}", va="center", color=theme.ink, fontsize=10)


def _whose(deals: Sequence[DealRecord]) -> str:
    miners = {deal.facts.provider for deal in deals}
    return f"{miners.pop()}: " if len(miners) == 1 else ""


def _finding(deals: Sequence[DealRecord], today: date) -> str:
    """Count deals, not megawatts: bases do not add up to a figure one may print."""
    told = [deal for deal in deals if deal.facts.capacity_mw]
    dated = [found for deal in told if (found := promise(deal, today)) is not Standing.UNDATED]
    due, on = dated.count(Standing.DUE), sum(bool(reported_on(deal)) for deal in told)
    if not dated:
        late = f"No date is stated for {plural(len(told), 'signed deal')}"
    elif not due:
        late = f"None of {plural(len(dated), 'dated deal')} is due yet"
    else:
        late = f"{due} of {plural(len(dated), 'dated deal')} {'was' if due == 1 else 'were'} due by now"
    return f"{late}; {f'sources report capacity on at {on}' if on else 'no stored source reports capacity on'}"


def _told(bars: Sequence[_Bar]) -> str:
    return "; ".join(
        f"{bar.label} {', '.join(f'{power(mw)} {WORDS[standing]}' for standing, mw in bar.parts.items())}"
        for bar in bars
    )
