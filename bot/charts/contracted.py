"""Who has contracted how many megawatts, by the basis they were stated on."""

from collections.abc import Sequence
from datetime import datetime

from bot.charts.canvas import Caption, Chart, Theme, clipped, figure, finish, nothing
from bot.messages.league import BASES, LeagueRow, league
from bot.messages.wording import listed, power
from db.records import DealRecord
from extractors.closed_sets import CapacityKind

FILENAME = "contracted-mw.png"
ROWS = 12
_NAMES = {
    CapacityKind.IT: "critical IT",
    CapacityKind.GROSS: "gross",
    CapacityKind.UNSPECIFIED: "of unstated basis",
}


def draw(deals: Sequence[DealRecord], *, now: datetime, theme: Theme) -> Chart:
    """Draw the miners' agreed megawatts as stacked bars."""
    rows = [row for row in league(deals) if row.total_mw][:ROWS]
    if not rows:
        what = "No signed deal of a miner states its megawatts."
        return nothing(what, drawn_at=now, theme=theme, filename=FILENAME)
    caption = Caption(
        title=_finding(rows),
        unit="Megawatts of signed AI deals, by the basis the articles state",
        note="Contracted, not energised. Bases are stacked for sight, they do not add up to one figure.",
        drawn_at=now,
    )
    card, (axis,) = figure(caption, theme=theme, height_in=2.0 + 0.38 * len(rows), header_in=0.3, left=0.2)
    colours = {CapacityKind.IT: theme.up, CapacityKind.GROSS: theme.cloud, CapacityKind.UNSPECIFIED: theme.other}
    start = [0.0] * len(rows)
    for basis in BASES:
        widths = [row.mw.get(basis, 0.0) for row in rows]
        if any(widths):
            axis.barh(range(len(rows)), widths, left=start, color=colours[basis], height=0.62, label=_NAMES[basis])
            start = [a + b for a, b in zip(start, widths, strict=True)]
    axis.set_yticks(range(len(rows)), [clipped(row.company) for row in rows], fontsize=10.5)
    axis.set_ylim(len(rows) - 0.4, -0.6)
    axis.set_xlim(0, max(start) * 1.3)
    axis.xaxis.set_visible(False)
    axis.grid(visible=False)
    for at, row in enumerate(rows):
        axis.text(start[at], at, f" {amounts(row)}", va="center", color=theme.ink, fontsize=10)
    axis.legend(
        loc="lower left", bbox_to_anchor=(-0.01, 0.99), ncols=3, frameon=False, labelcolor=theme.ink, fontsize=10.5
    )
    told = "; ".join(f"{row.company} {amounts(row)}" for row in rows)
    return finish(card, caption, filename=FILENAME, alt=f"Stacked bars: {told}")


def amounts(row: LeagueRow) -> str:
    """Write a miner's megawatts per basis: "300 MW IT + 45 MW gross"."""
    short = {CapacityKind.IT: "IT", CapacityKind.GROSS: "gross", CapacityKind.UNSPECIFIED: "(basis not said)"}
    return " + ".join(f"{power(row.mw[basis])} {short[basis]}" for basis in BASES if row.mw.get(basis))


def _finding(rows: Sequence[LeagueRow]) -> str:
    sums = {basis: sum(row.mw.get(basis, 0.0) for row in rows) for basis in BASES}
    said = listed([f"{power(mw)} {_NAMES[basis]}" for basis, mw in sums.items() if mw])
    who = rows[0].company if len(rows) == 1 else f"{len(rows)} miners"
    return f"{who} {'has' if len(rows) == 1 else 'have'} contracted {said}"
