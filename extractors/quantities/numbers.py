"""Find numbers in digits and words, with their scale ("1.1 bn", "fifteen", "half a billion"). Knows no units.

One pass finds every number of a text; the grammars of money, power, term and the rest look at what stands around
each. Every pattern is bounded, so the pass is linear in the length of the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_UNITS = dict(zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], range(1, 10), strict=True))
_TEENS = dict(
    zip(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        range(10, 20),
        strict=True,
    )
)
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_WORDS: dict[str, float] = {**_UNITS, **_TEENS, **_TENS}

#: What a scale word multiplies by. Single letters count only when glued to the digits or in a money context.
SCALES: dict[str, float] = {
    "dozen": 12, "hundred": 1e2, "thousand": 1e3, "k": 1e3,
    "million": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6, "mm": 1e6, "m": 1e6, "mil": 1e6,
    "billion": 1e9, "bn": 1e9, "bln": 1e9, "b": 1e9, "bil": 1e9,
    "trillion": 1e12, "tn": 1e12, "trn": 1e12, "tr": 1e12, "t": 1e12,
}  # fmt: skip

_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_UNITS)})(?![a-z]))?|{'|'.join(_TEENS)}|{'|'.join(_UNITS)})"
_DIGITS = re.compile(
    r"""
    [0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?    # 1,100,000.5
  | [0-9]+,[0-9]{1,2}(?=\s?(?:[mb]illion|bn|mn|mln))  # 9,7 billion: a decimal comma, only before a scale
  | [0-9]+(?:\.[0-9]+)?                               # 300, 0.3
  | (?<![0-9.])\.[0-9]+                               # .3
    """,
    re.VERBOSE,
)
_SPELLED = re.compile(
    rf"""
    (?<![A-Za-z0-9])(?:
        (?P<half>(?:half|a\squarter)(?:[-\s](?:of\s)?an?)?[-\s](?=(?:million|billion|trillion|gigawatt|decade|dozen)))
      | (?P<one>an?\s(?=(?:hundred|thousand|million|billion|trillion|gigawatt|decade|dozen)\b))
      | (?P<words>{_SMALL}(?:[-\s]hundred(?:(?:\sand)?[-\s]{_SMALL})?)?)(?![A-Za-z])
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SCALE = re.compile(
    r"""
    (?: [-\s]?(?P<word>dozen|hundred|thousand|million|billion|trillion|mln|mio|mn|bn|bln|tn|trn)(?![a-z])
        (?:[-\s](?P<second>million|billion|trillion)(?![a-z]))?
      | (?P<letter>[kKmMbBtT]|MM|mm|[Mm]il|[Bb]il|[Tt]r)
    ) s?
    (?![A-Za-z]) (?! [0-9]{3} )                       # "$1.9bn2" ends in a footnote mark, "5 B200" is a model
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CODES = ("USD", "EUR", "GBP", "CAD", "AUD", "JPY", "HKD", "SGD", "CHF", "CNY", "RMB", "NOK", "SEK")


#: A longer run of digits is an identifier, not a number.
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Number:
    """One number: `value` includes the scale, `plain` does not; `end` is past the scale word."""

    start: int
    end: int
    value: float
    plain: float
    plain_end: int
    scale: str | None = None
    spelled: bool = False

    def scaled(self, scale: str, end: int) -> "Number":
        """Return the same number times `scale`, ending at `end`."""
        return replace(self, value=self.plain * SCALES[scale], scale=scale, end=end)


def scan_numbers(text: str) -> tuple[Number, ...]:
    """Return every number of the normalised `text` in order."""
    found = [*_digits(text), *_spelled(text)]
    found.sort(key=lambda number: number.start)
    return tuple(found)


def _digits(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        start = match.start()
        if start and text[start - 1].isalnum() and not text[max(0, start - 3) : start].upper().endswith(_CODES):
            continue
        digits = match[0]
        if len(digits) > _LONGEST:
            continue
        decimal_comma = "," in digits and len(digits) - digits.rindex(",") <= 3
        plain = float(digits.replace(",", "." if decimal_comma else ""))
        yield _with_scale(text, Number(start, match.end(), plain, plain, match.end()))


def _spelled(text: str) -> Iterator[Number]:
    for match in _SPELLED.finditer(text):
        plain = _spelled_value(match)
        end = match.end("words") if match["words"] else len(match[0].rstrip(" -\n\t")) + match.start()
        yield _with_scale(text, Number(match.start(), end, plain, plain, end, None, True))


def _spelled_value(match: re.Match[str]) -> float:
    if match["half"]:
        return 0.5 if match["half"].lower().startswith("half") else 0.25
    if match["one"]:
        return 1.0
    total = 0.0
    for word in re.split(r"[-\s]+", match["words"].lower()):
        total = (total or 1) * 100 if word == "hundred" else total + _WORDS.get(word, 0)
    return total


def _with_scale(text: str, number: Number) -> Number:
    match = _SCALE.match(text, number.end)
    if match is None or (number.spelled and match["letter"]):
        return number
    scale = (match["word"] or match["letter"]).lower()
    factor = SCALES[scale] * SCALES.get((match["second"] or "").lower(), 1)
    return replace(number, value=number.plain * factor, scale=scale, end=match.end())


def first_at_or_after(numbers: Sequence[Number], offset: int) -> int:
    """Return the index of the first number that starts at or after `offset`."""
    return bisect_left(numbers, offset, key=lambda number: number.start)


#: What may join the two ends of a range; "and" only after "between".
_JOIN = re.compile(r"\s?(?:-|\u2013|\u2014|~|to|or)\s?|-to-|-?\sto\s", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween(?:\s(?:about|roughly|around|approximately))?\s?\S{0,4}$", re.IGNORECASE)
_AND = re.compile(r"\sand\s", re.IGNORECASE)


def joined(text: str, left_start: int, left_end: int, right_start: int) -> bool:
    """Tell whether the numbers around `left_end` and `right_start` are the ends of one range.

    "from $8.10 to $9.40" is a change, not a range: both numbers stay on their own.
    """
    gap = text[left_end:right_start]
    if len(gap) > 12:
        return False
    before = text[max(0, left_start - 30) : left_start]
    if _AND.fullmatch(gap) is not None:
        return _BETWEEN.search(before) is not None
    if re.search(r"\bfrom(?:\s(?:about|roughly|around|approximately|an?|the))?\s?\S{0,4}$", before, re.IGNORECASE):
        return gap.strip(" ") in {"-", "\u2013"}
    return _JOIN.fullmatch(gap) is not None
