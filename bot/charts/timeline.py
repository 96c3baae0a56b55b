"""The timeline of deals: when, how much, how large, lease or cloud."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.charts.canvas import DPI, Caption, Chart, Theme, clipped, figure, finish, nothing
from bot.messages.league import agreed
from bot.messages.wording import plural, short_money
from db.records import DealRecord
from extractors.closed_sets import DealType

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

FILENAME = "timeline.png"
#: Days kept free beside the first deal of the chart.
_LEAST_ROOM_DAYS = 14.0
LABELLED = 12


def draw(deals: Sequence[DealRecord], *, now: datetime, theme: Theme) -> Chart:
    """Draw the agreed deals that state a value over the day they were announced."""
    shown = sorted((d for d in agreed(deals) if d.facts.value_usd), key=announced)
    if not shown:
        what = "No signed deal with a stated value is stored."
        return nothing(what, drawn_at=now, theme=theme, filename=FILENAME)
    silent = len(agreed(deals)) - len(shown)
    caption = Caption(
        title=_finding(shown),
        unit="Initial term, US$ (log scale); larger dots are more megawatts",
        note=f"{plural(silent, 'deal')} without a stated value left out." if silent else "",
        drawn_at=now,
    )
    card, (axis,) = figure(caption, theme=theme, height_in=5.0, header_in=0.28, axis_in=0.3, left=0.09)
    _plot(axis, shown, theme)
    return finish(card, caption, filename=FILENAME, alt=_alt(shown))


def announced(deal: DealRecord) -> date:
    """Return the day a deal was announced; the day we first saw it where no article states one."""
    stated = deal.facts.announced_on
    return date.fromisoformat(stated.date) if stated is not None else deal.first_seen_at.date()


def parties(deal: DealRecord, *, limit: int = 20) -> str:
    """Name a deal by its two sides, as short as a label needs: at most so many characters a side."""
    return f"{clipped(deal.facts.provider or '?', limit)}–{clipped(deal.facts.customer or 'not named', limit)}"


def day_number(day: date) -> float:
    """Return matplotlib's number of a day: days since 1970."""
    return float((day - date(1970, 1, 1)).days)


def _finding(deals: Sequence[DealRecord]) -> str:
    total = sum(float(d.facts.value_usd or 0) for d in deals)
    largest = max(deals, key=lambda d: d.facts.value_usd or 0)
    if len(deals) == 1:
        return f"One deal worth {short_money(total)}: {parties(largest)}"
    share = float(largest.facts.value_usd or 0) / total
    return (
        f"{plural(len(deals), 'deal')} worth {short_money(round(total, -8))}; {parties(largest)} is {share:.0%} of it"
    )


def _plot(axis: "Axes", deals: Sequence[DealRecord], theme: Theme) -> None:
    from matplotlib import dates
    from matplotlib.ticker import FuncFormatter, LogLocator

    for kind, colour, label in (
        (DealType.HOSTING_LEASE, theme.lease, "lease"),
        (DealType.CLOUD_CONTRACT, theme.cloud, "cloud contract"),
        (DealType.JOINT_VENTURE, theme.other, "joint venture"),
    ):
        group = [d for d in deals if d.facts.deal_type is kind]
        if group:
            sizes = [dot_size(d) for d in group]
            values = [float(d.facts.value_usd or 0) / 1e9 for d in group]
            days = [day_number(announced(d)) for d in group]
            axis.scatter(
                days, values, s=sizes, color=colour, alpha=0.85, edgecolor=theme.ground, linewidth=1.2, zorder=3
            )
            axis.scatter([], [], s=70, color=colour, label=label)
    axis.set_yscale("log")
    axis.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"${value:g}B"))
    axis.minorticks_off()
    mdates: Any = dates  # its constructors are untyped
    locator = mdates.AutoDateLocator(minticks=3, maxticks=8)
    axis.xaxis.set_major_locator(locator)
    axis.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))
    axis.xaxis.get_offset_text().set_color(theme.faint)
    axis.margins(y=0.2)
    axis.set_xlim(*_span([day_number(announced(deal)) for deal in deals]))
    axis.legend(
        loc="lower left",
        bbox_to_anchor=(0, 0.995),
        ncols=3,
        frameon=False,
        labelcolor=theme.ink,
        fontsize=10.5,
        borderpad=0,
        handletextpad=0.2,
    )
    _label(axis, deals, theme)


def _span(days: Sequence[float]) -> tuple[float, float]:
    """Return the first and last day to show: room for names, most behind the latest, and no years around one day."""
    first, last = min(days), max(days)
    room = max(0.12 * (last - first), _LEAST_ROOM_DAYS)
    return first - room, last + 2 * room


def _label(axis: "Axes", deals: Sequence[DealRecord], theme: Theme) -> None:
    """Name the largest deals that leave room for it; a label goes around its dot, wherever it meets no other."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas: Any = FigureCanvasAgg(axis.get_figure(root=True))
    renderer = canvas.get_renderer()
    left, right = axis.get_window_extent(renderer).x0, canvas.figure.bbox.x1 - 8
    taken = [_dot_box(axis, deal) for deal in deals]
    for deal in sorted(deals, key=lambda d: -float(d.facts.value_usd or 0)):
        if len(taken) == len(deals) + LABELLED:
            return
        away = dot_size(deal) ** 0.5 / 2 + 3
        for dx, dy, side, base in (
            (0, 1, "center", "bottom"),
            (0, -1, "center", "top"),
            (1, 0, "left", "center"),
            (-1, 0, "right", "center"),
        ):
            at = (day_number(announced(deal)), float(deal.facts.value_usd or 0) / 1e9)
            text = axis.annotate(
                parties(deal),
                at,
                (dx * away, dy * away),
                textcoords="offset points",
                ha=side,
                va=base,
                color=theme.ink,
                fontsize=9.5,
                zorder=4,
            )
            box = text.get_window_extent(renderer)
            if left <= box.x0 and box.x1 <= right and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            text.remove()


def _dot_box(axis: "Axes", deal: DealRecord) -> "Bbox":
    from matplotlib.transforms import Bbox

    x, y = axis.transData.transform((day_number(announced(deal)), float(deal.facts.value_usd or 0) / 1e9))
    radius = dot_size(deal) ** 0.5 / 2 * DPI / 72
    return Bbox.from_extents(x - radius, y - radius, x + radius, y + radius)


def dot_size(deal: DealRecord) -> float:
    """Return a dot's area in points squared; a deal without megawatts still gets a visible dot."""
    return 60 + 1.6 * min(deal.facts.capacity_mw or 0.0, 1500.0)


def _alt(deals: Sequence[DealRecord]) -> str:
    told = [f"{announced(d):%b %Y} {parties(d)} {short_money(float(d.facts.value_usd or 0))}" for d in deals[-12:]]
    return "Dots over time: " + "; ".join(told)
