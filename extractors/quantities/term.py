"""Find spans of time: "15-year", "fifteen years", "a decade", "three five-year options", "multi-year".

Knows lengths in years and whether the words make them an option, an age ("two years ago") or a deadline ("within 18
months"); does not know which one is a contract's term.
"""

import re
from collections.abc import Iterator, Sequence

from extractors.closed_sets import Qualifier, QuantityKind, Where
from extractors.models import Quantity
from extractors.quantities.numbers import Number, joined, scan_numbers
from extractors.quantities.qualifiers import qualifier_at
from extractors.quantities.ranges import without_low_ends

_YEARS = {
    "year": 1.0,
    "yr": 1.0,
    "month": 1 / 12,
    "mo": 1 / 12,
    "quarter": 0.25,
    "week": 7 / 365.25,
    "day": 1 / 365.25,
    "decade": 10.0,
}
_UNIT = re.compile(
    r"(?:\s?\+|[-\s]plus)?[-\s]{0,2}(?:(?:additional|consecutive|successive|full|further|more|contract|lease|calendar)\s)?"
    r"(?P<unit>years?|yrs?|months?|quarters?|weeks?|days?|decades?)(?:-long)?(?![A-Za-z])(?!-over-|[-\s]old\b|\sto\sdate\b)",
    re.IGNORECASE,
)
_OPTION_WORD = r"(?:renewal|extension|option|renewable|optional)"
_OPTION_AFTER = re.compile(
    rf"(?:[-\s](?:term|lease|mutual|further|additional|successive|consecutive)){{0,3}}[-\s](?:{_OPTION_WORD}s?|renewals?|extensions?|options?|extension\speriods?)\b",
    re.IGNORECASE,
)
_OPTION_BEFORE = re.compile(
    r"(?:(?:renewals?|extensions?|options?|option\speriods?|(?:renewal|extension)\s(?:options?|terms?|periods?))\s(?:of|for|lasting|covering|to\sextend\s(?:it\s)?(?:by|for))"
    r"|(?:renew(?:able|ed|ing|al|s)?|extend(?:able|ed|ing|s)?|extensions?|options?|prolong(?:able|ed|ing)?)(?:\s\w+){0,5},?\s(?:by|for|of))"
    r"(?:\s(?:up\sto|a\sfurther|another|an?|an\sadditional|additional|as\smuch\sas))*\s$",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\s(?:(?:(?P<more>further|additional|more|optional|renewal|extension|successive|consecutive)|separate|tenant|new|long-term|initial)\s){0,2}",
    re.IGNORECASE,
)
#: "three options to renew, " before "five years each", "up to three times, by " before "five years on each occasion"
_OPTIONS_OF = re.compile(
    r"\w+\s(?:\w+\s){0,2}(?:options?|renewals?|extensions?|terms|periods|times)(?:\s\w+){0,2}(?:\sof\s|,\s(?:of\s|by\s|for\s)?)$",
    re.IGNORECASE,
)
_EACH = re.compile(r"\s(?:each|apiece|at\sa\stime|on\seach\soccasion)\b", re.IGNORECASE)
_AGO = re.compile(r"\s(?:ago|earlier|before|old|later|previously|in\sthe\spast)\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:(?:past|last|previous|first\stime\sin|trailing|over\sthe\slast)(?:\s\w+)?|in\sthe|for\sthe|the\snext|next)\s(?:an?\s)?$",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:within|in\s(?:as\slittle\sas\s|about\s|under\s|less\sthan\s)?|after|less\sthan)\s?(?:the\s(?:next|coming)\s)?$",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"\b(?:multi-?\s?years?|multiyear|multi-?decade|long[-\s]term)\b", re.IGNORECASE)
_OPTION_COUNT = re.compile(r"\.x(\d+)$")


def find_terms(text: str, where: Where, numbers: Sequence[Number] | None = None) -> list[Quantity]:
    """Return every span of time in the normalised `text`, in order, in years."""
    numbers = scan_numbers(text) if numbers is None else numbers
    found = [*without_low_ends(_counted(text, where, numbers)), *_vague(text, where)]
    return sorted(found, key=lambda quantity: quantity.start)


def option_count(term: Quantity) -> int | None:
    """Return how many options a term names ("three five-year options": 3), None if it is no option."""
    if not term.rule.startswith("term.option"):
        return None
    match = _OPTION_COUNT.search(term.rule)
    return int(match[1]) if match else 1


def _counted(text: str, where: Where, numbers: Sequence[Number]) -> Iterator[Quantity]:
    for index, number in enumerate(numbers):
        unit = _UNIT.match(text, number.end)
        if unit is None:
            continue
        left = numbers[index - 1] if index else None
        yield _quantity(text, where, left, number, unit)


def _quantity(text: str, where: Where, left: Number | None, number: Number, unit: re.Match[str]) -> Quantity:
    factor = _YEARS[unit["unit"].lower().rstrip("s")]
    end = unit.end()
    low = left if left and left.value < number.value and _range(text, left, number) else None
    count = None if low else _count_before(text, left, number)
    rule = _rule(text, number if low is None else low, end, count)
    start = left.start if count and left and rule.startswith("term.option") else (low or number).start
    qualifier = qualifier_at(text, start, number.end, over_counts=False)
    return Quantity(
        kind=QuantityKind.TERM, where=where, start=start, end=end, text=text[start:end],
        value=(low or number).value * factor, value_high=number.value * factor if low else None,
        qualifier=qualifier, rule=rule,
    )  # fmt: skip


def _range(text: str, left: Number, number: Number) -> bool:
    own = _UNIT.match(text, left.end)
    end = own.end() if own else left.end
    return end <= number.start and joined(text, left.start, end, number.start)


def _count_before(text: str, left: Number | None, number: Number) -> tuple[int, bool] | None:
    """Return 3 for "three five-year …", and whether a word between says that they come on top."""
    if left is None or left.scale or left.value > 12 or left.value != int(left.value):
        return None
    between = _COUNT.fullmatch(text, left.end, number.start)
    return None if between is None else (int(left.value), between["more"] is not None)


def _rule(text: str, first: Number, end: int, count: tuple[int, bool] | None) -> str:
    """Say what the words around make of the span; "two 10-year leases" are two contracts, not two options."""
    before = text[max(0, first.start - 60) : first.start]
    optional = _OPTION_AFTER.match(text, end) or _OPTION_BEFORE.search(before)
    if optional or (count is not None and count[1]):
        return f"term.option.x{count[0] if count else _options_before(before)}"
    each = _EACH.match(text, end) and _OPTIONS_OF.search(before)
    if each:
        return f"term.option.x{_options_before(before)}"
    if _AGO.match(text, end):
        return "term.ago"
    if _PAST.search(before):
        return "term.within" if "next" in before[-12:] else "term.past"
    return "term.within" if _WITHIN.search(before) else "term"


def _options_before(before: str) -> int:
    words = [_spelled(word.strip(",")) for word in before.split()[-6:]]
    return next((count for count in reversed(words) if count > 1), 1)


def _spelled(word: str) -> int:
    if word.lower() in ("twice", "both"):
        return 2
    numbers = scan_numbers(word)
    return int(numbers[0].value) if numbers and numbers[0].value <= 12 else 1


def _vague(text: str, where: Where) -> Iterator[Quantity]:
    for match in _VAGUE.finditer(text):
        yield Quantity(
            kind=QuantityKind.TERM, where=where, start=match.start(), end=match.end(), text=match[0], value=None,
            qualifier=Qualifier.APPROX, rule="term.vague",
        )  # fmt: skip
