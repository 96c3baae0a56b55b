"""Do the figures of two mentions agree? Each that both state: 1 the same, 0 near, -1 contradicts, None not comparable.

compare(a, b) -> Verdicts        agrees(verdicts), clashes(verdicts) -> bool
"""

from typing import NamedTuple

from extractors.closed_sets import CapacityKind
from extractors.resolution.traits import Traits

#: Figures this close are the same figure.
AGREED_RATIO = 1.03
_TWO_BASES = {(CapacityKind.IT, CapacityKind.GROSS), (CapacityKind.GROSS, CapacityKind.IT)}


class Verdicts(NamedTuple):
    """How each figure compares."""

    value: int | None
    capacity: int | None
    gpus: int | None
    term: int | None


def compare(a: Traits, b: Traits) -> Verdicts:
    """Compare each figure both state."""
    return Verdicts(
        _value_verdict(a, b),
        _capacity_verdict(a, b),
        _verdict(a.gpus, b.gpus, near=1.15),
        _verdict(a.term, b.term, near=1.2),
    )


def agrees(verdicts: Verdicts) -> bool:
    """Tell whether a figure that identifies a deal (value, MW, GPUs) is the same in both."""
    return 1 in verdicts[:3]


def clashes(verdicts: Verdicts) -> bool:
    """Tell whether any figure contradicts."""
    return -1 in verdicts


def _value_verdict(a: Traits, b: Traits) -> int | None:
    best = None
    for x in a.value:
        for y in b.value:
            verdict = _verdict(x, y, near=1.15)
            best = verdict if best is None or (verdict is not None and verdict > best) else best
    if best != 1 and (a.value_max or b.value_max) and _is_other_maximum(a, b):
        return 1
    return best


def _is_other_maximum(a: Traits, b: Traits) -> bool:
    """Tell whether one calls the value what the other calls the maximum."""
    pairs = [(a.value_max, value) for value in b.value] + [(b.value_max, value) for value in a.value]
    return any(_verdict(x, y, near=1.0) == 1 for x, y in pairs)


def _capacity_verdict(a: Traits, b: Traits) -> int | None:
    # Gross power of a site is 1.2 to 1.7 times its IT load: the two do not contradict each other.
    near = 1.8 if a.kind is not b.kind and (a.kind, b.kind) in _TWO_BASES else 1.15
    verdict = _verdict(a.capacity, b.capacity, near=near)
    if verdict == 1 or not (a.capacity_max or b.capacity_max):
        return verdict
    maxima = ((a.capacity_max, b.capacity), (a.capacity, b.capacity_max))
    return 1 if any(_verdict(x, y, near=1.0) == 1 for x, y in maxima) else verdict


def _verdict(x: float | None, y: float | None, *, near: float) -> int | None:
    if not x or not y:
        return None
    ratio = x / y if x > y else y / x
    if ratio <= AGREED_RATIO:
        return 1
    return 0 if ratio <= near else -1
