"""Find percentages and multiples: "22%", "22 per cent", "a third", "doubled", "50 basis points".

Knows notations, ranges, signs and qualifiers; does not know whether a percentage is a share move, a stake or a margin.
"""

import re
from collections.abc import Iterator, Sequence

from extractors.closed_sets import Qualifier, QuantityKind, Where
from extractors.models import Quantity
from extractors.quantities.numbers import Number, joined, scan_numbers
from extractors.quantities.qualifiers import qualifier_at
from extractors.quantities.ranges import without_low_ends

_UNIT = re.compile(
    r"[-\s]?(?:(?P<points>percentage[-\s]points?|(?:percent|%)[-\s]points?|ppts?\b|pp\b)|(?P<percent>%|per\s?cents?\b|pct\b|percent(?:age)?\b)"
    r"|(?P<basis>basis[-\s]points?|bps?\b))",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    r"\b(?:(?P<plus>more\sthan\s|over\s)|(?P<near>nearly\s|almost\s|roughly\s|about\s))?(?P<verb>doubl|tripl|trebl|quadrupl|quintupl|halv)(?:ed|es|ing|e)\b",
    re.IGNORECASE,
)
_GROWTH = {"doubl": 100.0, "tripl": 200.0, "trebl": 200.0, "quadrupl": 300.0, "quintupl": 400.0, "halv": -50.0}
_FOLD = re.compile(r"(?P<x>[-\s]?fold\b|(?<=\d)x\b(?!\s?\d)|\stimes\b(?!\s(?:the\sregister|square)))", re.IGNORECASE)
_FRACTION = re.compile(
    r"\b(?P<whole>a|one|two|three)[-\s](?P<part>third|quarter|fifth|tenth)s?\b(?=\sof\b|[.,;)]|\s(?:higher|lower|more|less|on|in|after)\b)|\bby\s(?P<half>half)\b|\b(?P<half_of>half)\sof\b",
    re.IGNORECASE,
)
_PARTS = {"third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
_WHOLES = {"a": 1, "one": 1, "two": 2, "three": 3}
_SIGN = re.compile(r"(?:^|[\s(:~,|])(?P<sign>[-+\u2013])\s?$")


def find_percents(text: str, where: Where, numbers: Sequence[Number] | None = None) -> list[Quantity]:
    """Return every percentage of the normalised `text`, in order; printed signs are kept."""
    numbers = scan_numbers(text) if numbers is None else numbers
    found = [*without_low_ends(_counted(text, where, numbers)), *_multiples(text, where), *_fractions(text, where)]
    return sorted(found, key=lambda quantity: quantity.start)


def _counted(text: str, where: Where, numbers: Sequence[Number]) -> Iterator[Quantity]:
    for index, number in enumerate(numbers):
        if (unit := _UNIT.match(text, number.end)) is not None:
            yield _quantity(text, where, numbers[index - 1] if index else None, number, unit)
        elif (fold := _FOLD.match(text, number.end)) is not None and number.scale is None:
            qualifier = qualifier_at(text, number.start, fold.end())
            yield _percent(
                text,
                where,
                (number.start, fold.end()),
                value=number.value * 100,
                qualifier=qualifier,
                rule="percent.multiple",
            )


def _quantity(text: str, where: Where, left: Number | None, number: Number, unit: re.Match[str]) -> Quantity:
    rule = "percent.points" if unit["points"] else "percent.basis_points" if unit["basis"] else "percent"
    factor = 0.01 if unit["basis"] else 1.0
    low = left if left and left.value < number.value and _range(text, left, number) else None
    start = (low or number).start
    sign = -1.0 if low is None and _negative(text, start) else 1.0
    qualifier = qualifier_at(text, start, unit.end())
    value = sign * (low or number).value * factor
    high = number.value * factor if low else None
    return _percent(
        text,
        where,
        (start, unit.end()),
        value=value,
        qualifier=qualifier,
        rule=rule + (".range" if low else ""),
        high=high,
    )


def _range(text: str, left: Number, number: Number) -> bool:
    own = _UNIT.match(text, left.end)
    end = own.end() if own else left.end
    return end <= number.start and joined(text, left.start, end, number.start)


def _negative(text: str, start: int) -> bool:
    sign = _SIGN.search(text, max(0, start - 3), start)
    return sign is not None and sign["sign"] == "-" and not text[max(0, start - 4) : start - 1].strip().isdigit()


def _percent(
    text: str,
    where: Where,
    span: tuple[int, int],
    *,
    value: float,
    qualifier: Qualifier,
    rule: str,
    high: float | None = None,
) -> Quantity:
    start, end = span
    return Quantity(
        kind=QuantityKind.PERCENT, where=where, start=start, end=end, text=text[start:end], value=value, value_high=high,
        qualifier=qualifier, rule=rule,
    )  # fmt: skip


def _multiples(text: str, where: Where) -> Iterator[Quantity]:
    for match in _MULTIPLE.finditer(text):
        firm = Qualifier.AT_LEAST if match["plus"] else Qualifier.APPROX if match["near"] else Qualifier.EXACT
        growth = _GROWTH[match["verb"].lower()]
        yield _percent(
            text, where, (match.start("verb"), match.end()), value=growth, qualifier=firm, rule="percent.multiple"
        )


def _fractions(text: str, where: Where) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(text):
        start = match.end() - 4 if match["half"] else match.start()
        value = _WHOLES[match["whole"].lower()] * _PARTS[match["part"].lower()] if match["part"] else 50.0
        qualifier = qualifier_at(text, start, match.end())
        yield _percent(text, where, (start, match.end()), value=value, qualifier=qualifier, rule="percent.fraction")
