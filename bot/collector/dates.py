"""Reads the dates that feeds write: RFC 822 with its sloppy relatives, ISO 8601 with its, and month names.

Returns aware UTC datetimes or None. A time without a zone is taken as UTC. Day/month order that cannot be told
apart (03/11/2025) is not guessed.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)  # noqa: SIM905
}
_ZONE_HOURS = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 1, "cet": 1, "west": 1, "cest": 2, "eet": 2, "eest": 3,
    "msk": 3, "ist": 5.5, "sgt": 8, "hkt": 8, "awst": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "nzst": 12,
    "nzdt": 13, "ast": -4, "adt": -3, "est": -5, "edt": -4, "et": -5, "cst": -6, "cdt": -5, "ct": -6, "mst": -7,
    "mdt": -6, "mt": -7, "pst": -8, "pdt": -7, "pt": -8, "akst": -9, "akdt": -8, "hst": -10,
}  # fmt: skip
_TIME = r"""
    (?P<hour>\d{1,2}) : (?P<minute>\d{2}) (?: : (?P<second>\d{2}) (?: [.,]\d{1,9} )? )?
    \s* (?P<half>[ap]\.?m\.?)? \s* (?P<zone>[+-]\d{1,2}:?\d{0,2} | [a-z]{1,5}(?=\s|$|\)) )?
"""
_DAY_FIRST = re.compile(
    rf"(?: [a-z]+ (?: \.?,?\s+ | , ) )? (?P<day>\d{{1,2}}) [\s-]+ (?P<month>[a-z]{{3}})[a-z]* \.? ,? [\s-]+ (?P<year>\d{{4}}|\d{{2}}) (?: ,?\s+ {_TIME} )?",
    re.VERBOSE | re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?: [a-z]+ \.?,? \s+ )?? (?P<month>[a-z]{{3}})[a-z]* \.? \s+ (?P<day>\d{{1,2}}) (?:st|nd|rd|th)? ,? \s+ (?P<year>\d{{4}}) (?: ,? (?:\s+(?:at|-))? \s+ {_TIME} )?",
    re.VERBOSE | re.IGNORECASE,
)
_ISO = re.compile(
    rf"(?P<year>\d{{4}}) (?: [-/.]? (?P<month>\d{{2}}) (?: [-/.]? (?P<day>\d{{2}}) (?: [T\s]\s* {_TIME} )? )? )?",
    re.VERBOSE | re.IGNORECASE,
)
_MAX_LENGTH = 80


def parse_date(text: str | None) -> datetime | None:
    """Return the instant a feed's date names, None when it names none."""
    if not text:
        return None
    text = " ".join(text[:_MAX_LENGTH].split())
    for pattern in (_DAY_FIRST, _ISO, _MONTH_FIRST):
        if match := pattern.match(text):
            return _instant(match.groupdict())
    return None


def _instant(parts: dict[str, str | None]) -> datetime | None:
    try:
        month = _month(parts["month"])
        day = int(parts["day"] or 1)
        clock = timedelta(hours=_hour(parts), minutes=int(parts["minute"] or 0), seconds=int(parts["second"] or 0))
        if clock > timedelta(hours=24, minutes=1):
            return None
        midnight = datetime(_year(parts["year"] or ""), month, day, tzinfo=_zone(parts["zone"]))
        return (midnight + clock).astimezone(UTC)
    except (ValueError, OverflowError, KeyError):
        return None


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _month(text: str | None) -> int:
    if text is None:
        return 1
    return int(text) if text.isdigit() else _MONTHS[text.lower()]


def _hour(parts: dict[str, str | None]) -> int:
    hour = int(parts["hour"] or 0)
    half = (parts["half"] or "").lower()
    if not half:
        return hour
    return hour % 12 + (12 if half.startswith("p") else 0)


def _zone(text: str | None) -> timezone:
    if not text:
        return UTC
    if text[0] not in "+-":
        return timezone(timedelta(hours=_ZONE_HOURS.get(text.lower(), 0)))
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)
