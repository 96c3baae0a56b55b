"""Writes an iCalendar file (RFC 5545): all-day events, escaped, folded at 75 octets, lines ended by CRLF.

    write_calendar(events, *, name) -> bytes

Knows the format and nothing of deals. `Event.uid` never changes; a higher `sequence` tells a program that an event it
knows has moved.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODID = "-//Market Pulse//Milestones//EN"
_FOLD_OCTETS = 75
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One all-day event from `first` to `last`, both included. `stamp` is when its content last changed."""

    uid: str
    first: date
    last: date
    summary: str
    description: str
    stamp: datetime
    sequence: int = 0
    tentative: bool = False
    categories: tuple[str, ...] = ()
    url: str | None = None


def write_calendar(events: Iterable[Event], *, name: str) -> bytes:
    """Write a calendar; the same events give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODID}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(event: Event) -> Iterator[str]:
    stamp = f"{event.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield from ("BEGIN:VEVENT", f"UID:{_text(event.uid)}", f"DTSTAMP:{stamp}", f"LAST-MODIFIED:{stamp}")
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"  # the end is not included
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    if event.categories:
        yield f"CATEGORIES:{','.join(_text(category) for category in event.categories)}"
    if event.url and (address := _address(event.url)):
        yield f"URL:{address}"
    yield f"STATUS:{'TENTATIVE' if event.tentative else 'CONFIRMED'}"
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def _text(words: str) -> str:
    """Escape a TEXT value: backslash, semicolon, comma and line breaks; other control characters may not stand there."""
    plain = _CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("\n", "\\n")


def _address(url: str) -> str:
    """Return a URI value: it is not escaped, so nothing may stand in it that could end the line."""
    return re.sub(r"[\x00-\x20\x7f]", "", url)


def _folded(line: str) -> bytes:
    """Cut a line into pieces of at most 75 octets, never inside a character; each but the first begins with a space."""
    pieces: list[bytes] = [b""]
    for character in line:
        octets = character.encode()
        if len(pieces[-1]) + len(octets) > _FOLD_OCTETS:
            pieces.append(b" ")
        pieces[-1] += octets
    return b"\r\n".join(pieces) + b"\r\n"
