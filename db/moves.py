"""Which shown figures of a deal moved, in words for its history.

    moved_figures(before, after) -> Iterator[(kind, detail)]

What of this is news is not decided here but in `bot`.
"""

from collections.abc import Iterator

from db.records import DealRecord
from extractors.resolution.claims import said_text

_FIGURES = {"value_usd": "value", "capacity_mw": "capacity", "term_years": "term", "customer": "customer"}


def moved_figures(before: DealRecord | None, after: DealRecord) -> Iterator[tuple[str, str]]:
    """Yield the figures that are shown differently now; those stated for the first time count."""
    if before is None:
        return
    for field, kind in _FIGURES.items():
        old, new = getattr(before.facts, field), getattr(after.facts, field)
        if new is None or old == new:
            continue
        said = said_text(after.facts, field)
        yield kind, f"now {said}" if old is None else f"{said_text(before.facts, field)} is now {said}"
