"""Drop the low end of a range that was also read on its own ("180 MW to 200 MW"). Knows places only."""

from collections.abc import Iterable

from extractors.models import Quantity


def without_low_ends(found: Iterable[Quantity]) -> list[Quantity]:
    """Return the quantities in the order given, less those that a following range begins with."""
    kept: list[Quantity] = []
    for one in found:
        if kept and one.value_high is not None and kept[-1].start == one.start:
            kept.pop()
        kept.append(one)
    return kept
