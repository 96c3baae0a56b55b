"""Wall-clock times of a place: quiet hours, and when a daily or weekly digest is due, across clock changes.

Pure: instants are aware UTC, wall times are HH:MM in a named zone. A wall time that a clock change skips counts as the
moment the clock jumps; one that comes twice counts once, the first time.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def instant(day: date, wall: str, zone: str) -> datetime:
    """Return the instant at which the clocks of a zone show `wall` on `day`."""
    local = datetime.combine(day, time.fromisoformat(wall), ZoneInfo(zone))
    return local.astimezone(UTC)


def quiet_until(now: datetime, *, start: str | None, end: str | None, zone: str) -> datetime | None:
    """Return when the quiet hours end that hold `now`; None outside them. They may reach over midnight."""
    if start is None or end is None or start == end:
        return None
    today = now.astimezone(ZoneInfo(zone)).date()
    for day in (today - timedelta(days=1), today):
        begins = instant(day, start, zone)
        ends = instant(day if start < end else day + timedelta(days=1), end, zone)
        if begins <= now < ends:
            return ends
    return None


def last_due(now: datetime, *, wall: str, zone: str, weekday: int | None = None) -> datetime:
    """Return the latest instant not after `now` at which something daily (or weekly, Monday = 0) was due."""
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    while True:
        due = instant(day, wall, zone)
        if due <= now and (weekday is None or day.weekday() == weekday):
            return due
        day -= timedelta(days=1)


def previous_due(due: datetime, *, wall: str, zone: str, weekday: int | None = None) -> datetime:
    """Return the due instant before `due`: where its period begins."""
    return last_due(due - timedelta(seconds=1), wall=wall, zone=zone, weekday=weekday)
