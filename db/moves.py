"""Which shown figures of a deal moved, in words for its history.

    moved_figures(before, after) -> Iterator[(kind, detail)]

What of this is news is not decided here but in `bot`.
"""

from collections.abc import Iterator

from db.records import DealRecord
from extractors.closed_sets import Precision
from extractors.models import PartialDate
from extractors.periods import first_day, overlap
from extractors.resolution.claims import said_text

_FIGURES = {"value_usd": "value", "capacity_mw": "capacity", "term_years": "term", "customer": "customer"}


_DATES = {"delivery_start": "delivery from", "delivery_end": "delivery complete"}


def moved_figures(before: DealRecord | None, after: DealRecord) -> Iterator[tuple[str, str]]:
    """Yield the figures that are shown differently now; those stated for the first time count."""
    if before is None:
        return
    for field, words in _DATES.items():
        past, when = getattr(before.facts, field), getattr(after.facts, field)
        if past is not None and when is not None and not overlap(past, when):
            yield "delivery", f"{words} {_period(when)}, was {_period(past)}"
    for field, kind in _FIGURES.items():
        old, new = getattr(before.facts, field), getattr(after.facts, field)
        if new is None or old == new:
            continue
        said = said_text(after.facts, field)
        yield kind, f"now {said}" if old is None else f"{said_text(before.facts, field)} is now {said}"


def _period(when: PartialDate) -> str:
    """Write a date no more exactly than it is known: 2026-07-29, 2026-07, Q3 2026, H2 2026, 2026."""
    first = first_day(when)
    match when.precision:
        case Precision.QUARTER:
            return f"Q{(first.month + 2) // 3} {first.year}"
        case Precision.HALF:
            return f"H{(first.month + 5) // 6} {first.year}"
        case _:
            return when.date[: {Precision.YEAR: 4, Precision.MONTH: 7}.get(when.precision, 10)]
