"""Run every finder over a text and keep, where two claim the same characters, the longer reading.

Knows the order of precedence of the kinds; does not know roles.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from extractors.closed_sets import QuantityKind, Where
from extractors.models import Quantity
from extractors.quantities.dates import find_dates
from extractors.quantities.hardware import GpuFinder
from extractors.quantities.money import find_money
from extractors.quantities.numbers import scan_numbers
from extractors.quantities.percent import find_percents
from extractors.quantities.power import find_power
from extractors.quantities.term import find_terms
from extractors.text.normalise import normalise

#: Of two readings of one place and length, the kind that stands first wins.
_PRECEDENCE = (
    QuantityKind.MONEY,
    QuantityKind.POWER,
    QuantityKind.GPU,
    QuantityKind.PERCENT,
    QuantityKind.DATE,
    QuantityKind.TERM,
)


def find_quantities(text: str, where: Where, *, gpus: GpuFinder, published: date | None = None) -> tuple[Quantity, ...]:
    """Return every quantity of `text`, as given (not normalised), in order and without overlaps."""
    plain = normalise(text)
    numbers = scan_numbers(plain)
    found = [
        *find_money(plain, where, numbers),
        *find_power(plain, where, numbers),
        *gpus.find(plain, where, numbers),
        *find_percents(plain, where, numbers),
        *find_dates(plain, where, published=published),
        *find_terms(plain, where, numbers),
    ]
    return tuple(replace(one, text=text[one.start : one.end]) for one in without_overlaps(found))


def without_overlaps(found: Iterable[Quantity]) -> list[Quantity]:
    """Return the readings that remain when the longer one wins each conflict, in order."""
    ranked = sorted(found, key=lambda one: (one.start, -(one.end - one.start), _PRECEDENCE.index(one.kind)))
    kept: list[Quantity] = []
    for one in ranked:
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept
