"""All-day events as an iCalendar file (RFC 5545), which calendar programs subscribe to.

    write_calendar(events, *, name) -> bytes

Knows what an event says; the format is the icalendar library's. `Event.uid` never changes; a higher `sequence` tells a
program that an event it knows has moved.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import icalendar

PRODID = "-//Market Pulse//Milestones//EN"
#: The library escapes what has a meaning in the format; these have none and may not stand there.
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
    import icalendar

    calendar = icalendar.Calendar()
    for key, value in (
        ("version", "2.0"), ("prodid", PRODID), ("calscale", "GREGORIAN"), ("method", "PUBLISH"),
        ("name", _text(name)), ("x-wr-calname", _text(name)),
    ):  # fmt: skip
        calendar.add(key, value)
    for event in events:
        calendar.add_component(_component(event))
    return bytes(calendar.to_ical())


def _component(event: Event) -> "icalendar.Event":
    import icalendar

    component = icalendar.Event()
    stamp = event.stamp.astimezone(UTC)
    for key, value in (
        ("uid", _text(event.uid)), ("dtstamp", stamp), ("last-modified", stamp), ("sequence", event.sequence),
        ("dtstart", event.first), ("dtend", event.last + timedelta(days=1)),  # the end is not included
        ("summary", _text(event.summary)), ("description", _text(event.description)),
        ("categories", [_text(category) for category in event.categories]), ("url", _address(event.url)),
        ("status", "TENTATIVE" if event.tentative else "CONFIRMED"), ("transp", "TRANSPARENT"),
    ):  # fmt: skip
        if value not in ("", None, []):
            component.add(key, value)
    return component


def _text(words: str) -> str:
    return _CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def _address(url: str | None) -> str | None:
    """Return a URI value: it is not escaped, so nothing may stand in it that could end the line."""
    return re.sub(r"[\x00-\x20\x7f]", "", url) if url else None
