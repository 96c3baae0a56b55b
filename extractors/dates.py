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

from extractors.models import PartialDate, Precision, Quantity, QuantityKind, Where

_MONTHS = {name.lower(): index for index, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): index for index, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.lower(): index for index, name in enumerate(calendar.day_name)}
_ORDINALS = {"first": 1, "1st": 1, "1": 1, "second": 2, "2nd": 2, "2": 2, "latter": 2, "back": 2, "third": 3, "3rd": 3,
             "3": 3, "fourth": 4, "4th": 4, "4": 4, "final": 4, "last": 4, "closing": 4}  # fmt: skip
_FULL = "|".join(name for name in calendar.month_name if name)
_MONTH = rf"(?:{_FULL}|{_FULL.upper()}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|(?![A-Za-z])))"
_YEAR = r"(?:20[0-9]{2}(?![0-9]{2})(?!,[0-9]{3}))"
_YEAR_OR = rf"(?P<year>{_YEAR}|this\s(?:calendar\s)?year|next\s(?:calendar\s)?year|last\syear|the\syear)"
_SHORT_YEAR = rf"(?P<year>{_YEAR}|'?[2-4][0-9](?![0-9%.]))"
_FY = r"(?P<fiscal>FY\s?'?|fiscal(?:\syear)?\s|our\sfiscal\s(?:year\s)?)?(?:calendar(?:\syear)?\s|the\s(?:calendar\s)?year\s)?"
_OF = r"(?:,\s|\s(?:of\s(?:the\s)?)?|\sin\s|-)"


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


_NUMERIC = re.compile(
    r"(?<![\w.,/-])(?:(?P<y>20[0-9]{2})[-/](?P<m>[01]?[0-9])[-/](?P<d>[0-3]?[0-9])|(?P<a>[0-3]?[0-9])[/.](?P<b>[0-3]?[0-9])[/.](?P<y2>20[0-9]{2}))(?![0-9])"
)
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9]|\.[0-9]|,[0-9]{3}|\s?%|\s?(?:MW|GW|million|billion|percent))"
_MONTH_DAY = re.compile(rf"(?<![A-Za-z])(?P<month>{_MONTH})\s(?:the\s)?{_DAY}(?:(?:,\s?|\s)(?P<year>{_YEAR}))?")
_DAY_MONTH = re.compile(
    rf"(?<![\w$.,])(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})(?:(?:,\s?|\s)(?P<year>{_YEAR}))?(?![A-Za-z])"
)
_MONTH_ALONE = re.compile(
    rf"(?<![A-Za-z])(?P<lead>(?:in|by|since|until|till|through|from|during|of|to|after|before|last|this|next|early|late|mid|starting|around|and|for|end\sof|beginning\sof)[-\s](?:(?:early|late|mid|the\send\sof)[-\s])?)?(?P<month>{_MONTH})(?:(?:,\s?|\s(?:of\s)?)(?P<year>{_YEAR}|this\syear|next\syear|last\syear))?(?![A-Za-z0-9])"
)
_QUARTER = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:[Qq](?P<q>[1-4])|(?P<q2>[1-4])Q)(?:{_OF}?{_FY}{_SHORT_YEAR})?(?![A-Za-z])|(?P<year2>{_YEAR})[-\s]?Q(?P<q3>[1-4])(?![0-9]))"
)
_QUARTER_WORDS = re.compile(
    rf"\b(?P<q>first|second|third|fourth|final|last|closing|1st|2nd|3rd|4th)[-\s](?P<fiscal2>fiscal\s)?(?:calendar\s)?quarter(?:\s?\(\"?Q[1-4]\"?\))?(?:{_OF}{_FY}{_YEAR_OR})?",
    re.IGNORECASE,
)
_HALF = re.compile(
    rf"\b(?:(?P<h>first|second|latter|back|1st|2nd)[-\s]half(?:{_OF}{_FY}{_YEAR_OR})?|(?:[Hh](?P<h1>[12])|(?P<h2>[12])[Hh])(?:{_OF}|\s?)(?P<fiscal2>FY\s?'?|fiscal\s)?(?P<year2>{_YEAR}|'?[2-4][0-9](?![0-9%.])))\b",
    re.IGNORECASE,
)
_EDGE = re.compile(
    rf"\b(?P<edge>early|mid|late|(?:the\s)?(?:very\s)?(?:beginning|start|middle|end|close)(?:\sof)?|year[-\s]?end|calendar\syear[-\s]end)(?:[-\s](?:in\s|into\s|of\s)?{_FY}{_YEAR_OR})\b",
    re.IGNORECASE,
)
_YEAR_END = re.compile(
    rf"\b(?:(?P<year>{_YEAR})\s)?year[-\s]?end\b(?!\s20)|\bthe\s(?:end\sof\sthe\syear|year's\send)\b", re.IGNORECASE
)
_YEAR_ALONE = re.compile(
    rf"(?<![\w$.,/#\u20ac\u00a3-])(?P<fiscal>FY\s?|fiscal(?:\syear)?\s)?(?P<year>{_YEAR})(?![\w%]|\.[0-9]|,[0-9]|\s?(?:MW|GW|million|billion|percent|GPU|H\d|B\d))|(?<![A-Za-z])(?P<fy>FY)\s?'?(?P<short>2[0-9])(?![0-9])"
)
_WEEKDAY = re.compile(
    rf"\b(?:(?P<lead>last|next|this|early|late|coming)\s)?(?P<weekday>{'|'.join(_WEEKDAYS)})\b", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"\b(?:(?P<now>today|yesterday|tomorrow|tonight)(?!'s\s(?:world|market\b))|(?P<lead>this|last|next|the\scoming|later\sthis|earlier\sthis|early\snext|late\snext|late\slast|early\sthis|late\sthis)\s(?P<unit>week|month|quarter|year|summer|autumn|fall|spring|winter))\b",
    re.IGNORECASE,
)
_LEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "until",
        re.compile(
            r"\b(?:through|until|till|thru|up\sto|expir\w+\s(?:in|on)|running\sto|runs\sto|ending(?:\s(?:in|on))?|ends\s(?:in|on)|matur\w+\s(?:in|on)|due(?:\sin|\son)?)\s(?:the\s|at\sleast\s|about\s|around\s)*$",
            re.IGNORECASE,
        ),
    ),
    (
        "by",
        re.compile(
            r"\b(?:by|before|no\slater\sthan|not\slater\sthan|ahead\sof)\s(?:the\s|about\s|around\s)*$", re.IGNORECASE
        ),
    ),
    (
        "from",
        re.compile(
            r"\b(?:from|since|(?:start|beginn|commenc)\w*(?:\s(?:in|on|from|around))?|as\sof|as\searly\sas|after|effective)\s(?:the\s|about\s|around\s)*$",
            re.IGNORECASE,
        ),
    ),
)
_JOIN = re.compile(r"\s?(?:-|\u2013|to|and|or|through|,|until|into|&)\s?(?:the\s)?", re.IGNORECASE)


def find_dates(text: str, where: Where, *, published: date | None = None) -> list[Quantity]:
    """Return every date of the normalised `text`, in order; a year not stated is the one nearest to `published`."""
    found = _longest(sorted(_scan(text, published), key=lambda one: (one.start, -one.end)))
    return [_quantity(text, where, one, published) for one in _borrow(text, found) if one.year or published]


def _scan(text: str, published: date | None) -> Iterator[_Found]:
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            one = read(match, published)
            if one is not None:
                yield one


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
        if same and following.start - one.end <= 14 and _JOIN.fullmatch(text, one.end, following.start):
            out[index] = replace(one, year=following.year)
    return out


def _quantity(text: str, where: Where, one: _Found, published: date | None) -> Quantity:
    rule = one.rule
    if rule == "date":
        before = text[max(0, one.start - 40) : one.start]
        rule = next((f"date.{name}" for name, pattern in _LEADS if pattern.search(before)), "date")
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
    (_NUMERIC, _read_numeric), (_MONTH_DAY, _read_day), (_DAY_MONTH, _read_day), (_MONTH_ALONE, _read_month),
    (_QUARTER, _read_quarter), (_QUARTER_WORDS, _read_quarter), (_HALF, _read_half), (_EDGE, _read_edge),
    (_YEAR_END, _read_year_end), (_YEAR_ALONE, _read_year), (_WEEKDAY, _read_weekday), (_RELATIVE, _read_relative),
)  # fmt: skip
