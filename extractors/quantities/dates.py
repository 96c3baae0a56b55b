"""Find dates: "November 3, 2025", "Q3 2026", "second half of 2026", "by year-end", "early 2026", "Monday".

Knows the calendar and the article's date, against which a missing year or a weekday is read; does not know whether a
date is an announcement, a delivery or the end of a lease. The rule says what word led to it: `date.by`, `date.until`,
`date.from`, `date.fiscal`, `date.weekday`, `date.relative`.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractors.closed_sets import Precision, QuantityKind, Where
from extractors.models import PartialDate, Quantity
from extractors.quantities.date_patterns import (
    AROUND,
    DAY_MONTH,
    EDGE,
    HALF,
    JOIN,
    LEADS,
    MONTH_ALONE,
    MONTH_DAY,
    NUMERIC,
    QUARTER,
    QUARTER_WORDS,
    RELATIVE,
    SPACE,
    TRIGGER,
    WEEKDAY,
    YEAR_ALONE,
    YEAR_END,
)

_MONTHS = {name.lower(): index for index, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): index for index, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.lower(): index for index, name in enumerate(calendar.day_name)}
_ORDINALS = {"first": 1, "1st": 1, "1": 1, "second": 2, "2nd": 2, "2": 2, "latter": 2, "back": 2, "third": 3, "3rd": 3,
             "3": 3, "fourth": 4, "4th": 4, "4": 4, "final": 4, "last": 4, "closing": 4}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """A date as written: `year` None means it is to be taken from a neighbour or the article's date."""

    start: int
    end: int
    precision: Precision
    year: int | None
    month: int
    day: int = 1
    rule: str = "date"


def find_dates(text: str, where: Where, *, published: date | None = None) -> list[Quantity]:
    """Return every date of the normalised `text`, in order; a year not stated is the one nearest to `published`."""
    found = _longest(sorted(_scan(text, published), key=lambda one: (one.start, -one.end)))
    return [_quantity(text, where, one, published) for one in _borrow(text, found) if one.year or published]


def _scan(text: str, published: date | None) -> Iterator[_Found]:
    for start, end in _windows(text):
        for pattern, read in _READERS:
            for match in pattern.finditer(text, start, end):
                one = read(match, published)
                if one is not None:
                    yield one


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches around words and digits of time: a dozen patterns over a whole article cost too much."""
    start = end = -1
    for match in TRIGGER.finditer(text):
        if match.start() > end + AROUND:
            if end >= 0:
                yield start, end
            start = max(0, match.start() - AROUND)
        end = _word_end(text, match.end() + AROUND)
    if end >= 0:
        yield start, end


def _word_end(text: str, offset: int) -> int:
    """Return where the word at `offset` ends, so that no window cuts a number in two."""
    space = SPACE.search(text, offset, offset + AROUND)
    return space.start() if space is not None else min(len(text), offset + AROUND)


def _longest(found: list[_Found]) -> list[_Found]:
    kept: list[_Found] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept


def _borrow(text: str, found: list[_Found]) -> list[_Found]:
    """Give "Q1" in "from Q1 to Q3 of 2025" the year of its neighbour."""
    out = list(found)
    for index in range(len(out) - 2, -1, -1):
        one, following = out[index], out[index + 1]
        same = one.precision is following.precision and one.year is None and following.year is not None
        if same and following.start - one.end <= 14 and JOIN.fullmatch(text, one.end, following.start):
            out[index] = replace(one, year=following.year)
    return out


def _quantity(text: str, where: Where, one: _Found, published: date | None) -> Quantity:
    rule = one.rule
    if rule == "date":
        before = text[max(0, one.start - 40) : one.start]
        rule = next((f"date.{name}" for name, pattern in LEADS if pattern.search(before)), "date")
    year = one.year if one.year is not None else _nearest_year(one, published)
    day = min(one.day, calendar.monthrange(year, one.month)[1])
    reading = PartialDate(date=date(year, one.month, day).isoformat(), precision=one.precision)
    return Quantity(
        kind=QuantityKind.DATE, where=where, start=one.start, end=one.end, text=text[one.start : one.end], value=None,
        dates=(reading,), rule=rule,
    )  # fmt: skip


def _nearest_year(one: _Found, published: date | None) -> int:
    if published is None:  # pragma: no cover  (find_dates drops these)
        raise ValueError("a date without a year needs the article's date")

    def distance(year: int) -> int:
        return abs((date(year, one.month, min(one.day, 28)) - published).days)

    return min((published.year - 1, published.year, published.year + 1), key=distance)


def _year(text: str | None, published: date | None) -> int | None:
    """Read "2026", "'26", "26", "next year"; None if nothing is stated or it cannot be known."""
    if text is None:
        return None
    digits = text.lstrip("'")
    if digits.isdecimal():
        return int(digits) if len(digits) == 4 else 2000 + int(digits)
    if published is None:
        return None
    word = text.lower()
    return published.year + (1 if "next" in word else -1 if "last" in word else 0)


def _fiscal(match: re.Match[str]) -> str:
    return "date.fiscal" if any(match.groupdict().get(name) for name in ("fiscal", "fiscal2", "fy")) else "date"


def _read_numeric(match: re.Match[str], published: date | None) -> _Found | None:
    year = int(match["y"] or match["y2"])
    if match["y"]:
        month, day = int(match["m"]), int(match["d"])
    else:
        first, second = int(match["a"]), int(match["b"])
        month, day = (
            (second, first)
            if first > 12 or (second <= 12 and _day_first(year, first, second, published))
            else (first, second)
        )
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _Found(match.start(), match.end(), Precision.DAY, year, month, day)


def _day_first(year: int, first: int, second: int, published: date | None) -> bool:
    """Tell whether 3/11 is the third of November: if that lies nearer to the article's date."""
    if published is None or not (1 <= first <= 12 and 1 <= second <= 12):
        return False
    return abs(date(year, second, first) - published) < abs(date(year, first, second) - published)


def _month_of(match: re.Match[str]) -> int:
    return _MONTHS[match["month"].lower().rstrip(".")]


def _read_day(match: re.Match[str], published: date | None) -> _Found | None:
    day = int(match["day"])
    if not 1 <= day <= 31:
        return None
    return _Found(match.start(), match.end(), Precision.DAY, _year(match["year"], published), _month_of(match), day)


def _read_month(match: re.Match[str], published: date | None) -> _Found | None:
    """Read a month; "May" and "March" alone need a year or a preposition, since they are verbs too."""
    if not match["year"] and not match["lead"]:
        return None
    year = _year(match["year"], published)
    return _Found(match.start("month"), match.end(), Precision.MONTH, year, _month_of(match))


def _read_quarter(match: re.Match[str], published: date | None) -> _Found | None:
    quarter = _ORDINALS[(match["q"] or match.groupdict().get("q2") or match.groupdict().get("q3") or "1").lower()]
    year = _year(match["year"] or match.groupdict().get("year2"), published)
    return _Found(match.start(), match.end(), Precision.QUARTER, year, 3 * quarter - 2, 1, _fiscal(match))


def _read_half(match: re.Match[str], published: date | None) -> _Found | None:
    half = _ORDINALS[(match["h"] or match["h1"] or match["h2"]).lower()]
    year = _year(match["year"] or match["year2"], published)
    return _Found(match.start(), match.end(), Precision.HALF, year, 6 * half - 5, 1, _fiscal(match))


def _read_edge(match: re.Match[str], published: date | None) -> _Found | None:
    """Read "early 2026" as its first half, "late 2026" as its second, "end of 2026" as its last quarter."""
    year = _year(match["year"], published)
    edge = match["edge"].lower()
    if year is None:
        return None
    precision, month = Precision.QUARTER, 10
    if edge == "late":
        precision, month = Precision.HALF, 7
    elif edge == "early":
        precision, month = Precision.HALF, 1
    elif edge == "mid" or "middle" in edge:
        precision, month = Precision.YEAR, 1
    elif "start" in edge or "beginning" in edge:
        month = 1
    return _Found(match.start(), match.end(), precision, year, month, 1, _fiscal(match))


def _read_year_end(match: re.Match[str], published: date | None) -> _Found | None:
    year = _year(match["year"], published) or (published.year if published else None)
    return _Found(match.start(), match.end(), Precision.QUARTER, year, 10) if year else None


def _read_year(match: re.Match[str], published: date | None) -> _Found | None:
    return _Found(
        match.start(),
        match.end(),
        Precision.YEAR,
        _year(match["year"] or match["short"], published),
        1,
        1,
        _fiscal(match),
    )


def _read_weekday(match: re.Match[str], published: date | None) -> _Found | None:
    if published is None:
        return None
    back = (published.weekday() - _WEEKDAYS[match["weekday"].lower()]) % 7
    lead = (match["lead"] or "").lower()
    day = published + timedelta(days=7 - back) if lead in {"next", "coming"} else published - timedelta(days=back)
    return _Found(match.start(), match.end(), Precision.DAY, day.year, day.month, day.day, "date.weekday")


def _read_relative(match: re.Match[str], published: date | None) -> _Found | None:
    if published is None:
        return None
    if match["now"]:
        shift = {"yesterday": -1, "tomorrow": 1}.get(match["now"].lower(), 0)
        day = published + timedelta(days=shift)
        return _Found(match.start(), match.end(), Precision.DAY, day.year, day.month, day.day, "date.relative")
    lead = match["lead"].lower()
    step = 1 if "next" in lead or "coming" in lead else -1 if "last" in lead else 0
    return _relative_period(match, published, match["unit"].lower(), step)


def _relative_period(match: re.Match[str], published: date, unit: str, step: int) -> _Found | None:
    start, end, rule = match.start(), match.end(), "date.relative"
    if unit == "year":
        return _Found(start, end, Precision.YEAR, published.year + step, 1, 1, rule)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return _Found(start, end, Precision.MONTH, months // 12, months % 12 + 1, 1, rule)
    if unit == "quarter":
        quarters = published.year * 4 + (published.month - 1) // 3 + step
        return _Found(start, end, Precision.QUARTER, quarters // 4, quarters % 4 * 3 + 1, 1, rule)
    return None


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], _Found | None]], ...] = (
    (NUMERIC, _read_numeric), (MONTH_DAY, _read_day), (DAY_MONTH, _read_day), (MONTH_ALONE, _read_month),
    (QUARTER, _read_quarter), (QUARTER_WORDS, _read_quarter), (HALF, _read_half), (EDGE, _read_edge),
    (YEAR_END, _read_year_end), (YEAR_ALONE, _read_year), (WEEKDAY, _read_weekday), (RELATIVE, _read_relative),
)  # fmt: skip
