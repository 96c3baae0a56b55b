"""Find amounts of money: "$1.1 B", "US$1.1bn", "USD 1,100 million", "1.2 billion dollars", "nine-figure".

Knows notations, ranges, rates and qualifiers; does not know which amount is a deal's value.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.closed_sets import Qualifier, QuantityKind, Where
from extractors.models import Quantity
from extractors.quantities.numbers import Number, joined, scan_numbers
from extractors.quantities.qualifiers import per_after, per_before, qualifier_at

_DOLLARS = {"": "USD", "us": "USD", "c": "CAD", "ca": "CAD", "cad": "CAD", "cdn": "CAD", "can": "CAD", "a": "AUD", "au": "AUD",
            "aud": "AUD", "nz": "NZD", "hk": "HKD", "s": "SGD", "nt": "TWD", "r": "BRL", "usd": "USD"}  # fmt: skip
_SYMBOLS = {"\u20ac": "EUR", "\u00a3": "GBP", "\u00a5": "JPY", "\u20b9": "INR", "\u20a9": "KRW"}
_CODES = (
    "USD",
    "CAD",
    "AUD",
    "EUR",
    "GBP",
    "JPY",
    "HKD",
    "NZD",
    "SGD",
    "CHF",
    "NOK",
    "SEK",
    "DKK",
    "CNY",
    "RMB",
    "INR",
    "KRW",
    "AED",
    "SAR",
    "BRL",
    "PLN",
    "MYR",
)
_WORDS = {
    "dollar": "USD",
    "buck": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "krone": "NOK",
    "kroner": "NOK",
    "kronor": "SEK",
    "reai": "BRL",
    "zloty": "PLN",
    "ringgit": "MYR",
    "rupee": "INR",
    "dirham": "AED",
}
_NATIONS = {"u": "USD", "a": "USD", "c": "CAD", "au": "AUD", "h": "HKD", "n": "NZD", "s": "SGD"}
_PREFIX = re.compile(
    rf"""
    (?: (?:(?<![A-Za-z])(?P<nation>US|CAD|CDN|CAN|CA|C|AUD|AU|A|NZ|HK|S|NT|R|USD)\s?)?\$
      | (?P<symbol>[{"".join(_SYMBOLS)}])
      | (?<![A-Za-z])(?P<code>{"|".join(_CODES)})
    ) \s?\(?\s?$
    """,
    re.VERBOSE,
)
_SUFFIX = re.compile(
    rf"""
    [-\s]?(?: (?P<code>(?:{"|".join(_CODES)}))\b
      | (?P<nation>(?:U\.?S\.?|American|Canadian|Australian|Hong\sKong|New\sZealand|Singapore)[-\s])?
        (?P<word>reai|zloty|kroner|kronor|ringgit|rupee|[Dd]ollar|[Ee]uro|[Pp]ound|yen|yuan|buck|krone|dirham|DOLLAR)[sS]?\b(?!-?\s?(?:cost|cheap))
      | (?P<euro>\u20ac) | (?P<cents>(?:U\.?S\.?\s)?cents?\b|\u00a2)
    )
    """,
    re.VERBOSE,
)
_SPACED_SCALE = re.compile(r"\)?\s?(?P<scale>[BMT]|MM|bn|mn|[Bb]|[Mm])(?![\w/'])(?!\s?[-&])")
_POWER_NEXT = re.compile(r"[-\s]?(?:[MGk]W|megawatt|gigawatt|kilowatt)s?\b", re.IGNORECASE)
_FIGURES = re.compile(
    r"\b(?:(?:low|mid|high)[-\s])?(?P<count>six|seven|eight|nine|ten|eleven|twelve)[-\s]figures?\b", re.IGNORECASE
)
_FIGURE_COUNT = {"six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}


@dataclass(frozen=True, slots=True)
class _Amount:
    start: int
    end: int
    number: Number
    currency: str
    marked: bool


def find_money(text: str, where: Where, numbers: Sequence[Number] | None = None) -> list[Quantity]:
    """Return every amount of money in the normalised `text`, in order."""
    numbers = scan_numbers(text) if numbers is None else numbers
    found: list[Quantity] = []
    index = 0
    while index < len(numbers):
        read, used = _read(text, where, numbers, index)
        if read is not None:
            found.append(read)
        index += used
    return sorted([*found, *_figures(text, where)], key=lambda quantity: quantity.start)


def _read(text: str, where: Where, numbers: Sequence[Number], index: int) -> tuple[Quantity | None, int]:
    first = _amount(text, numbers[index])
    following = numbers[index + 1] if index + 1 < len(numbers) else None
    second = None if following is None else _amount(text, following)
    if first and following and _ends_in_power(text, first, following):
        return None, 2
    if following is not None and (pair := _range(text, numbers[index], first, following, second)):
        return _quantity(text, where, *pair), 2
    return (None, 1) if first is None else (_quantity(text, where, first, None), 1)


def _ends_in_power(text: str, first: _Amount, following: Number) -> bool:
    """Tell whether the sign is a slip, as in "$180-200 MW"."""
    return bool(
        _POWER_NEXT.match(text, following.end)
        and first.number.scale is None
        and joined(text, first.start, first.end, following.start)
    )


def _range(
    text: str, left: Number, first: _Amount | None, right: Number, second: _Amount | None
) -> tuple[_Amount, _Amount] | None:
    """Read "$9 to $11 million", "$9-11 million", "9 to 11 million dollars" as one amount with two ends."""
    if first is None and second is None:
        return None
    start = first.start if first else left.start
    end = first.end if first else left.end
    if not joined(text, start, end, second.start if second else right.start):
        return None
    currency = (first or second).currency  # type: ignore[union-attr]
    low = first or _Amount(left.start, left.end, left, currency, False)
    high = second or _Amount(right.start, right.end, _spaced(text, right), currency, False)
    if second is None and _POWER_NEXT.match(text, high.end):
        return None
    if low.currency != high.currency and low.marked and high.marked and "$" in text[high.start : high.start + 1]:
        high = _Amount(high.start, high.end, high.number, low.currency, True)
    low = _share_scale(low, high)
    high = _Amount(high.start, max(high.end, high.number.end), high.number, currency, high.marked)
    return (low, high) if low.currency == high.currency and low.number.value < high.number.value else None


def _share_scale(low: _Amount, high: _Amount) -> _Amount:
    if low.number.scale is not None or high.number.scale is None or low.number.plain >= 1000:
        return low
    factor = high.number.value / high.number.plain if high.number.plain else 1.0
    number = Number(low.number.start, low.number.end, low.number.plain * factor, low.number.plain, low.number.plain_end)
    return _Amount(low.start, low.end, number, low.currency, low.marked)


def _amount(text: str, number: Number) -> _Amount | None:
    prefix = _PREFIX.search(text, max(0, number.start - 8), number.start)
    if prefix is not None:
        number = _spaced(text, number)
        suffix = _SUFFIX.match(text, number.end)
        currency = _prefix_currency(prefix)
        if suffix and suffix["cents"] is None:
            currency = _suffix_currency(suffix) if suffix["code"] or suffix["nation"] else currency
        if number.scale is None and _POWER_NEXT.match(text, number.end):
            return None
        end = suffix.end() if suffix and (suffix["code"] or suffix["word"]) else number.end
        return _Amount(prefix.start(), end, number, currency, True)
    suffix = _SUFFIX.match(text, number.end)
    if suffix is None:
        return None
    if suffix["cents"]:
        cents = Number(number.start, suffix.end(), number.value / 100, number.plain, number.plain_end)
        return _Amount(number.start, suffix.end(), cents, "USD", True)
    return _Amount(number.start, suffix.end(), number, _suffix_currency(suffix), True)


def _spaced(text: str, number: Number) -> Number:
    """Read the lone letter of "$1.1 B", which counts as a scale only beside a currency."""
    match = _SPACED_SCALE.match(text, number.end) if number.scale is None else None
    return number if match is None else number.scaled(match["scale"].lower(), match.end())


def _prefix_currency(match: re.Match[str]) -> str:
    if match["symbol"]:
        return _SYMBOLS[match["symbol"]]
    if match["code"]:
        return _code(match["code"])
    return _DOLLARS[(match["nation"] or "").lower()]


def _suffix_currency(match: re.Match[str]) -> str:
    if match["code"]:
        return _code(match["code"])
    if match["euro"]:
        return "EUR"
    nation = (match["nation"] or "").lower()
    if nation:
        return _NATIONS["au" if nation.startswith("au") else nation[0]]
    return _WORDS[match["word"].lower()]


def _code(code: str) -> str:
    return "CNY" if code == "RMB" else code


def _quantity(text: str, where: Where, low: _Amount, high: _Amount | None) -> Quantity:
    end = high.end if high else low.end
    per, stop = per_after(text, end)
    rule = "money.range" if high else "money"
    if per is None and (before := per_before(text, low.start)):
        per, rule = before, f"{rule}.{before}_before"
    qualifier = qualifier_at(text, low.start, end)
    return Quantity(
        kind=QuantityKind.MONEY, where=where, start=low.start, end=max(end, stop), text=text[low.start : max(end, stop)],
        value=low.number.value, value_high=high.number.value if high else None, qualifier=qualifier, currency=low.currency,
        per=per, rule=rule,
    )  # fmt: skip


def _figures(text: str, where: Where) -> list[Quantity]:
    """Read "a nine-figure agreement" as at least 10^8, its own rule, since it names no amount."""
    return [
        Quantity(
            kind=QuantityKind.MONEY, where=where, start=match.start(), end=match.end(), text=match[0],
            value=10.0 ** (_FIGURE_COUNT[match["count"].lower()] - 1), value_high=10.0 ** _FIGURE_COUNT[match["count"].lower()],
            qualifier=Qualifier.APPROX, currency="USD", rule="money.figures",
        )
        for match in _FIGURES.finditer(text)
    ]  # fmt: skip
