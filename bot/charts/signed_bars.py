"""Bars to both sides of zero, one per named move, rises and falls in their colours; both ends where there are many."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.charts.canvas import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: A row's height on the card, and how many fit.
ROW_IN = 0.42
ROWS = 16

Named = tuple[str, float]


def both_ends(moves: Sequence[Named]) -> list[Named]:
    """Return the moves, largest rise first; of too many the two ends, which tell more than the middle."""
    shown = sorted(moves, key=lambda item: -item[1])
    return shown if len(shown) <= ROWS else shown[: ROWS // 2] + shown[-ROWS // 2 :]


def draw_bars(axis: "Axes", shown: Sequence[Named], *, theme: Theme, unit: str) -> None:
    """Draw the bars with their values beside them."""
    values = [value for _, value in shown]
    axis.barh(range(len(shown)), values, color=[theme.up if v >= 0 else theme.down for v in values], height=0.62)
    axis.axvline(0, color=theme.faint, linewidth=1)
    axis.set_yticks(range(len(shown)), [name for name, _ in shown], fontsize=9.5)
    axis.set_ylim(len(shown) - 0.4, -0.6)
    # Room for the values, which stand outside the bars.
    reach = max(map(abs, values)) * (0.2 + 0.05 * len(unit))
    axis.set_xlim(min(0, min(values) - reach), max(0, max(values) + reach))
    axis.xaxis.set_visible(False)
    axis.grid(visible=False)
    for at, value in enumerate(values):
        side = "left" if value >= 0 else "right"
        axis.text(value, at, f" {value:+g}{unit} ", va="center", ha=side, color=theme.ink, fontsize=10)


def in_words(shown: Sequence[Named], *, unit: str) -> str:
    """Tell the bars to those who cannot see them."""
    return "; ".join(f"{name} {value:+g}{unit}" for name, value in shown).replace("\n", ", ")
