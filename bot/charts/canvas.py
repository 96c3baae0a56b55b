"""The one look of every chart: ground, type, title that states the finding, units, source and date.

A chart is an opaque card, so it reads the same on Discord's dark and light ground; `Theme` picks the card. Drawn with
matplotlib's Agg canvas and without pyplot, which keeps global state that threads would share.
"""

import textwrap
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH_IN, DPI = 7.2, 160
#: Names keep this far from the card's left side, as a share of its width.
_EDGE = 0.02
#: Characters of a title's line and of the small print at this width.
TITLE_CHARS, NOTE_CHARS = 55, 104


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The colours of a card. Lease and cloud keep their colour in every chart."""

    ground: str
    ink: str
    faint: str
    grid: str
    lease: str
    cloud: str
    other: str
    up: str
    down: str


DARK = Theme(
    ground="#1e1f24",
    ink="#f2f3f5",
    faint="#a9aeb8",
    grid="#3a3c44",
    lease="#e8a33d",
    cloud="#4f9dff",
    other="#8b90a0",
    up="#35c48d",
    down="#f06a6a",
)
LIGHT = Theme(
    ground="#ffffff",
    ink="#1b1d22",
    faint="#5c606b",
    grid="#dddfe4",
    lease="#b8720a",
    cloud="#1f6fd6",
    other="#7d8290",
    up="#16875a",
    down="#cc3b3b",
)
THEMES = {"dark": DARK, "light": LIGHT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A finished picture: PNG bytes, the finding as title, and the words for those who cannot see it."""

    filename: str
    png: bytes
    title: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What stands around the plot. `unit` says what is measured, `note` what is left out and where it comes from."""

    title: str
    unit: str
    note: str
    drawn_at: datetime


def figure(
    caption: Caption,
    *,
    theme: Theme,
    height_in: float = 4.6,
    panels: int = 1,
    header_in: float = 0.0,
    axis_in: float = 0.0,
    **layout: Any,
) -> "tuple[Figure, list[Axes]]":
    """Open a card with its words in place and return it with its empty panels, left to right.

    `header_in` keeps room above the panels for a legend or their titles, `axis_in` below them for a labelled axis.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH_IN, height_in), dpi=DPI, facecolor=theme.ground)
    title = textwrap.wrap(caption.title, TITLE_CHARS)[:2]
    top = 1 - 0.18 / height_in
    figure.text(
        0.025, top, "\n".join(title), color=theme.ink, fontsize=15, fontweight="bold", va="top", linespacing=1.25
    )
    below = top - (0.29 * len(title) + 0.04) / height_in
    figure.text(0.025, below, caption.unit, color=theme.faint, fontsize=11, va="top")
    source = f"{caption.note} Drawn {caption.drawn_at:%d %b %Y} by Market Pulse; machine-read, not investment advice."
    note = textwrap.wrap(source, NOTE_CHARS)[:3]
    figure.text(0.025, 0.12 / height_in, "\n".join(note), color=theme.faint, fontsize=8.5, va="bottom", linespacing=1.3)
    bottom = (0.28 + axis_in + 0.16 * len(note)) / height_in
    margins = {"left": 0.025, "right": 0.975, "top": below - (0.34 + header_in) / height_in, "bottom": bottom} | layout
    axes = figure.subplots(1, panels, squeeze=False, gridspec_kw=margins)[0]
    for axis in axes:
        dress(axis, theme)
    return figure, list(axes)


def dress(axis: "Axes", theme: Theme) -> None:
    """Give a panel the card's look: no box, faint grid behind the data."""
    axis.set_facecolor(theme.ground)
    axis.set_axisbelow(True)
    for spine in axis.spines.values():
        spine.set_visible(False)
    axis.tick_params(colors=theme.ink, labelsize=10.5, length=0)
    axis.grid(visible=True, color=theme.grid, linewidth=0.8)


def finish(figure: "Figure", caption: Caption, *, filename: str, alt: str) -> Chart:
    """Turn the card into bytes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    buffer = BytesIO()
    canvas = FigureCanvasAgg(figure)
    _make_room(figure)
    canvas.print_figure(buffer, format="png", facecolor=figure.get_facecolor())
    return Chart(filename=filename, png=buffer.getvalue(), title=caption.title, alt=f"{caption.title}. {alt}"[:1024])


def _make_room(figure: "Figure") -> None:
    """Narrow the first panel when the names beside it would leave the card."""
    if not figure.axes or not (labels := [label for label in figure.axes[0].get_yticklabels() if label.get_text()]):
        return
    figure.draw_without_rendering()  # only then do labels have a place
    width = figure.bbox.width
    outermost = min(label.get_window_extent().x0 for label in labels) / width
    if outermost < _EDGE:
        box = figure.axes[0].get_position()
        shift = min(_EDGE - outermost, 0.6 * box.width)
        figure.axes[0].set_position((box.x0 + shift, box.y0, box.width - shift, box.height))


def nothing(what: str, *, drawn_at: datetime, theme: Theme, filename: str) -> Chart:
    """Draw the honest picture of having nothing to draw."""
    caption = Caption(title="Nothing to draw yet", unit=what, note="", drawn_at=drawn_at)
    card, (axis,) = figure(caption, theme=theme, height_in=2.2)
    axis.axis("off")
    return finish(card, caption, filename=filename, alt=what)


def clipped(text: str, limit: int = 26) -> str:
    """Cut a label that would push the plot aside."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
