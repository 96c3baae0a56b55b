"""Find amounts of power: "300 MW", "0.3 GW", "300-megawatt", "120 MW of critical IT load (165 MW gross)".

Knows units, ranges, qualifiers and the basis printed beside a figure; does not know whose megawatts they are.
Energy (MWh) is not power.
"""

import re
from collections.abc import Sequence

from extractors.closed_sets import CapacityKind, QuantityKind, Where
from extractors.models import Quantity
from extractors.quantities.numbers import Number, joined, scan_numbers
from extractors.quantities.qualifiers import per_after, qualifier_at
from extractors.quantities.ranges import without_low_ends

_UNIT = re.compile(
    r"(?P<plus>\+)?[-\s]{0,2}(?:(?:additional|more|new|incremental|further|contracted|(?:critical\s)?IT|critical)\s)?(?P<unit>MW|GW|kW|KW|mw|gw|Mw|megawatts?|gigawatts?|kilowatts?|Megawatts?|Gigawatts?|Kilowatts?|MEGAWATTS?|GIGAWATTS?)"
    r"(?:e|ac|dc|s)?(?:\s?\(\"?(?:[MGk]Ws?|(?:mega|giga)watts?)\"?\))?(?![A-Za-z])(?!\s?/?h\b)(?![-\s](?:hours?|days?)\b)"
)
_MW_PER = {"m": 1.0, "g": 1000.0, "k": 0.001}
_WORDS = (
    r"(?:[\s(,-]{1,2}(?:of|the|in|total|new|additional|initial|contracted|leased|more|planned|net|expected|\(?MW\)?|\"MW\"|for)){0,4}"
    r"(?:\sof(?:\s(?!and\b|for\b|at\b|in\b|from\b|with\b|to\b)[a-z-]{3,20}){1,3}?)?"
)
_IT = r"critical[-\s]?IT|IT[-\s](?:load|capacity|power|equipment|infrastructure)|(?:of\s)?IT\b|critical(?:[-\s](?:load|capacity|power|compute))|critical\sMW|usable\sIT|net\sIT|IT$"
_GROSS = r"gross|(?:grid|utility|site|facility|total\spower)[-\s](?:power|load|capacity|interconnect\w*|feed|connection)|interconnect\w+|grid-connected|total\sutility"
_IT_INSIDE = re.compile(r"\bIT\b|\bcritical\b")
_RIGHT_BASIS = re.compile(rf"{_WORDS}[\s(,-]{{1,2}}\"?(?:(?P<it>{_IT})|(?P<gross>{_GROSS}))", re.IGNORECASE)
_LEFT_BASIS = re.compile(
    r"(?<!MW\s)(?<!MW\sof\s)(?<!megawatts\sof\s)(?:(?P<it>critical[-\s]?IT(?:[-\s](?:load|capacity|power))?|IT[-\s](?:load|capacity|power)|critical\sload)"
    r"|(?P<gross>gross(?:[-\s](?:capacity|load|power|site\scapacity))?))"
    r"(?:\s(?:of|at|is|was|to|up|about|around|approximately|roughly|totals?|totaling|reaching|between|the|some|nearly|over|capacity|load|as|much)){0,5}[\s:=(~]{0,3}$",
    re.IGNORECASE,
)


def find_power(text: str, where: Where, numbers: Sequence[Number] | None = None) -> list[Quantity]:
    """Return every amount of power in the normalised `text`, in order, in MW."""
    numbers = scan_numbers(text) if numbers is None else numbers
    found: list[Quantity] = []
    for index, number in enumerate(numbers):
        unit = _UNIT.match(text, number.plain_end) or _UNIT.match(text, number.end)
        if unit is None:
            continue
        left = numbers[index - 1] if index else None
        found.append(_quantity(text, where, number, left, unit))
    return without_low_ends(found)


def _quantity(text: str, where: Where, number: Number, left: Number | None, unit: re.Match[str]) -> Quantity:
    factor = _MW_PER[unit["unit"][0].lower()]
    value = (number.plain if unit.start() == number.plain_end else number.value) * factor
    low = None
    if left is not None and _low_value(left, unit, factor, text) < value and _joined(text, left, number):
        low = left
    start = low.start if low else number.start
    per, end = per_after(text, unit.end())
    qualifier = qualifier_at(text, _without_dollar(text, start), unit.start())
    return Quantity(
        kind=QuantityKind.POWER, where=where, start=start, end=end, text=text[start:end],
        value=_low_value(low, unit, factor, text) if low else value, value_high=value if low else None,
        qualifier=qualifier, per=per, basis=_basis(text, start, unit.end()), rule="power.range" if low else "power",
    )  # fmt: skip


def _low_value(low: Number, unit: re.Match[str], factor: float, text: str) -> float:
    own = _UNIT.match(text, low.end)
    return low.value * (_MW_PER[own["unit"][0].lower()] if own and own.end() < unit.start() else factor)


def _joined(text: str, left: Number, number: Number) -> bool:
    """Tell whether both are ends of one range; the left end may carry the unit too ("180 MW to 200 MW")."""
    own = _UNIT.match(text, left.end)
    end = own.end() if own is not None else left.end
    return end <= number.start and joined(text, left.start, end, number.start)


def _without_dollar(text: str, start: int) -> int:
    return start - 1 if start and text[start - 1] == "$" else start


def _basis(text: str, start: int, end: int) -> CapacityKind:
    if _IT_INSIDE.search(text, start, end):
        return CapacityKind.IT
    right = _RIGHT_BASIS.match(text, end, min(len(text), end + 60))
    left = _LEFT_BASIS.search(text, max(0, start - 48), start)
    match = right or left
    if match is None:
        return CapacityKind.UNSPECIFIED
    return CapacityKind.IT if match["it"] else CapacityKind.GROSS
