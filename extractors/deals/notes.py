"""Where a text contradicts itself: a "nine-figure" agreement of $9.7 billion, two values, two terms of one deal.

Compares what is stated of a primary deal with other numbers of the same role; decides nothing, only says so.
"""

from collections.abc import Iterator, Mapping, Sequence

from extractors.closed_sets import QuantityKind
from extractors.reading import Draft
from extractors.roles.assignment import Filled
from extractors.roles.binding import Binder
from extractors.roles.places import Place

_MOST = 6
#: Roles in which two different numbers of one deal contradict each other, and how they read in a note.
_COMPARED: Mapping[str, str] = {"value": "value", "term": "term", "capacity": "capacity"}
_SURE = 1.2


def find_notes(
    drafts: Sequence[Draft], binder: Binder, filled: Sequence[Filled], places: Sequence[Place]
) -> tuple[str, ...]:
    """Return one sentence for each contradiction, in order."""
    notes: list[str] = []
    for one in filled:
        if drafts[one.draft].primary and one.field in _COMPARED:
            notes += _figures(one, places) if one.field == "value" else []
            notes += _others(one, binder, places)
    return tuple(dict.fromkeys(notes))[:_MOST]


def _figures(one: Filled, places: Sequence[Place]) -> Iterator[str]:
    """A "nine-figure" sum must lie between 100 million and a billion."""
    stated = one.places[0].figure.quantity
    for place in places:
        quantity = place.figure.quantity
        if quantity.rule != "money.figures" or quantity.value is None or stated.value is None:
            continue
        high = quantity.value_high if quantity.value_high is not None else quantity.value * 10
        if not quantity.value <= stated.value < high:
            yield f"{_plain(place)} contradicts {_plain(one.places[0])}"


def _others(one: Filled, binder: Binder, places: Sequence[Place]) -> Iterator[str]:
    """Another number in the same role, told in the deal's own line and as surely, contradicts the one taken."""
    stated = one.places[0]
    for place in places:
        quantity = place.figure.quantity
        if (
            quantity.kind is not stated.figure.quantity.kind
            or quantity.value is None
            or quantity.rule == "money.figures"
        ):
            continue
        if quantity.currency != stated.figure.quantity.currency or _near(
            quantity.value, stated.figure.quantity.value or 0.0
        ):
            continue
        sure = (
            place.roles.best == one.role
            and place.roles.margin(one.role) >= _SURE
            and stated.roles.margin(one.role) >= _SURE
        )
        if sure and binder.tells(place.line, one.draft) and quantity.kind is not QuantityKind.DATE:
            yield f"{_plain(place)} contradicts {_plain(stated)} ({_COMPARED[one.field]})"


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= 0.05 * max(abs(one), abs(other), 1e-9)


def _plain(place: Place) -> str:
    return " ".join(place.figure.quantity.text.split())
