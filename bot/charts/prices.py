"""What a MW-year costs, deal by deal, leases and cloud contracts in panels of their own."""

from collections.abc import Sequence
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING

from bot.charts.canvas import Caption, Chart, Theme, figure, finish, nothing
from bot.charts.timeline import announced, parties
from bot.messages.league import Price, prices
from bot.messages.wording import short_money
from db.records import DealRecord
from extractors.closed_sets import CapacityKind, DealType

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FILENAME = "price-per-mw-year.png"
ROWS = 10
_BASES = {CapacityKind.IT: "IT", CapacityKind.GROSS: "gross", CapacityKind.UNSPECIFIED: "basis not said"}


def draw(deals: Sequence[DealRecord], *, now: datetime, theme: Theme) -> Chart:
    """Draw stated value ÷ (MW × years) of every agreed deal that states all three."""
    panels = [
        (title, colour, prices(deals, kind)[:ROWS])
        for title, colour, kind in (
            ("Lease: space and power", theme.lease, DealType.HOSTING_LEASE),
            ("Cloud: GPUs as a service", theme.cloud, DealType.CLOUD_CONTRACT),
        )
    ]
    panels = [panel for panel in panels if panel[2]]
    if not panels:
        what = "No signed deal states value, megawatts and term together."
        return nothing(what, drawn_at=now, theme=theme, filename=FILENAME)
    caption = Caption(
        title=_finding(deals),
        unit="US$ million per megawatt and year, each panel has its own scale",
        note="Stated initial value ÷ (stated MW × years); IT and gross megawatts do not compare.",
        drawn_at=now,
    )
    height = 2.2 + 0.36 * max(len(rows) for _, _, rows in panels)
    card, axes = figure(
        caption, theme=theme, height_in=max(3.6, height), panels=len(panels), header_in=0.3, left=0.25, wspace=1.2
    )
    slots = max(len(rows) for _, _, rows in panels)
    for axis, (title, colour, rows) in zip(axes, panels, strict=True):
        _panel(axis, rows, title=title, colour=colour, theme=theme, slots=slots)
    return finish(card, caption, filename=FILENAME, alt=_alt(panels))


def _finding(deals: Sequence[DealRecord]) -> str:
    middle = {
        kind: median(p.usd_per_mw_year for p in found)
        for kind in (DealType.HOSTING_LEASE, DealType.CLOUD_CONTRACT)
        if (found := prices(deals, kind))
    }
    lease, cloud = middle.get(DealType.HOSTING_LEASE), middle.get(DealType.CLOUD_CONTRACT)
    if lease and cloud:
        return f"A cloud MW-year sells at {cloud / lease:.1f} times a leased one"
    kind, price = next(iter(middle.items()))
    what = "leased" if kind is DealType.HOSTING_LEASE else "cloud"
    return f"The middle {what} MW-year sells at {short_money(price)}"


def _panel(axis: "Axes", rows: Sequence[Price], *, title: str, colour: str, theme: Theme, slots: int) -> None:
    labels = [f"{parties(row.deal, limit=16)}\n{announced(row.deal):%b %Y}" for row in rows]
    amounts = [row.usd_per_mw_year / 1e6 for row in rows]
    axis.barh(range(len(rows)), amounts, color=colour, height=0.62)
    axis.set_yticks(range(len(rows)), labels, fontsize=8.5)
    axis.invert_yaxis()
    axis.set_ylim(slots - 0.4, -0.6)
    axis.set_xlim(0, max(amounts) * 1.75)
    axis.xaxis.set_visible(False)
    axis.grid(visible=False)
    axis.annotate(
        title,
        (0, 1),
        (-104, 8),
        xycoords="axes fraction",
        textcoords="offset points",
        color=colour,
        fontsize=11.5,
        fontweight="bold",
    )
    for at, row in enumerate(rows):
        text = f" ${row.usd_per_mw_year / 1e6:.2f}M {_BASES[row.basis]}"
        axis.text(amounts[at], at, text, va="center", ha="left", color=theme.ink, fontsize=10)


def _alt(panels: Sequence[tuple[str, str, Sequence[Price]]]) -> str:
    told = [
        f"{title}: "
        + ", ".join(f"{parties(r.deal, limit=16)} ${r.usd_per_mw_year / 1e6:.2f}M ({_BASES[r.basis]})" for r in rows)
        for title, _, rows in panels
    ]
    return ". ".join(told)
