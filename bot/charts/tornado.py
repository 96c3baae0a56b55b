"""The tornado of an estimate: what each assumption alone does to the answer, widest first."""

from datetime import datetime
from typing import TYPE_CHECKING

from bot.capacity.estimate import Estimate
from bot.capacity.figures import LABELS, amount
from bot.capacity.sensitivity import Driver
from bot.charts.canvas import DARK, Caption, Chart, Theme, clipped, figure, finish, nothing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

_FILENAME = "sensitivity.png"
_BARS = 8
_LABEL_CHARS = 44


def draw_tornado(result: Estimate, *, now: datetime, theme: Theme = DARK) -> Chart:
    """Draw how the headline figure moves when one assumption goes from its low to its high point."""
    if result.headline is None or not result.drivers:
        reason = "every number was stated, so no assumption moves the answer"
        return nothing(reason, drawn_at=now, theme=theme, filename=_FILENAME)
    name, unit = LABELS.get(result.headline, result.headline), result.figures[result.headline].unit
    middle = result.figures[result.headline].p50 if result.headline_base is None else result.headline_base
    drivers = result.drivers[:_BARS]
    caption = Caption(
        title=f"{drivers[0].label} moves the {name} most",
        unit=f"{name} at base: {amount(middle, unit)}; one assumption at a time, 10 % to 90 % point",
        note=f"Capacity model {result.model_version}; the widest two carry {result.top2_share:.0%} of the spread.",
        drawn_at=now,
    )
    card, (axis,) = figure(
        caption, theme=theme, height_in=2.4 + 0.42 * len(drivers), axis_in=0.25, header_in=0.25, left=0.44
    )
    _bars(axis, drivers, middle=middle, unit=unit, theme=theme)
    said = "; ".join(f"{d.label}: {amount(d.result_low, unit)} to {amount(d.result_high, unit)}" for d in drivers)
    return finish(card, caption, filename=_FILENAME, alt=said)


def _bars(axis: "Axes", drivers: tuple[Driver, ...], *, middle: float, unit: str, theme: Theme) -> None:
    places = range(len(drivers) - 1, -1, -1)
    for place, driver in zip(places, drivers, strict=True):
        ends = ((driver.result_low, theme.cloud), (driver.result_high, theme.lease))
        for end, colour in ends:
            axis.barh(place, end - middle, left=middle, color=colour, height=0.62)
    axis.axvline(middle, color=theme.ink, linewidth=1)
    axis.set_yticks(list(places), [clipped(driver.label, _LABEL_CHARS) for driver in drivers])
    axis.grid(visible=False, axis="y")
    # The unit stands above the plot; on each tick it would run into its neighbour.
    axis.xaxis.set_major_formatter(lambda value, _: amount(value, unit if unit.startswith("USD") else "").strip())
    axis.locator_params(axis="x", nbins=4)
    axis.legend(
        handles=_key(theme),
        labelcolor=theme.faint,
        fontsize=9,
        handlelength=1,
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=2,
        frameon=False,
    )


def _key(theme: Theme) -> "list[Patch]":
    from matplotlib.patches import Patch

    return [Patch(color=theme.cloud, label="at its low"), Patch(color=theme.lease, label="at its high")]
