"""Marks: coarse figures and days by which mentions that may be one deal find each other without comparing all.

marks(item) -> frozenset[Mark]          of one mention
neighbours(mark) -> tuple[Mark, ...]    marks of whatever may agree with it
MarkIndex(groups).near(group) -> places of the groups that may hold a group's deal

Two mentions whose value, MW or GPUs agree, or that were told within four days, bear neighbouring marks (tested); most
others do not. What is really one deal is decided in `affinity` and `clustering`.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import floor, log
from typing import NamedTuple

from extractors.resolution.affinity import CLOSE_DAYS
from extractors.resolution.figures import AGREED_RATIO
from extractors.resolution.traits import Traits

#: A little wider than what agrees, so that rounding parts nobody.
_STEP = log(AGREED_RATIO * 1.001)


class Mark(NamedTuple):
    """A kind of figure (value, capacity, gpus, day) and the bucket it falls into."""

    kind: str
    bucket: int


def marks(t: Traits) -> frozenset[Mark]:
    """Return the marks of a mention."""
    found = {_figure("value", x) for x in (*t.value, t.value_max) if x}
    found |= {_figure("capacity", x) for x in (t.capacity, t.capacity_max) if x}
    if t.gpus:
        found.add(_figure("gpus", t.gpus))
    if t.day is not None:
        found.add(Mark("day", t.day // (CLOSE_DAYS + 1)))
    return frozenset(found)


def _figure(kind: str, x: float) -> Mark:
    return Mark(kind, floor(log(x) / _STEP))


def neighbours(mark: Mark) -> tuple[Mark, ...]:
    """Return the buckets that hold whatever agrees with something in this one."""
    return tuple(Mark(mark.kind, mark.bucket + step) for step in (-1, 0, 1))


class MarkIndex:
    """Finds among groups those that bear a neighbouring mark, or that the operator pinned to the same deal."""

    def __init__(self, groups: Sequence[Sequence[Traits]]) -> None:
        self._places: dict[Mark, set[int]] = {}
        for at, group in enumerate(groups):
            for t in group:
                for mark in _borne(t, marks(t)):
                    self._places.setdefault(mark, set()).add(at)

    def near(self, group: Iterable[Traits]) -> list[int]:
        """Return the places of groups that may be the same deal, in order."""
        found: set[int] = set()
        for t in group:
            for mark in _borne(t, (near for own in marks(t) for near in neighbours(own))):
                found |= self._places.get(mark, set())
        return sorted(found)


def _borne(t: Traits, told: Iterable[Mark]) -> Iterator[Mark]:
    """Yield marks and, where the operator pinned the mention, one for the pin."""
    yield from told
    if t.item.pin is not None:
        yield Mark("pin", t.item.pin)
