"""On which trading day a deal could first move a share: the first session whose close follows the announcement.

    announcement(published, announced_on, *, hours) -> Announcement | None
    trading_days(series) -> tuple[date, ...]                  the sessions of a calendar, read from the prices
    event_day(announced, hours, sessions) -> date | None      None = no such session in the prices

Pure. Knows hours and days; no price, no company. Holidays are the days on which nothing has a price.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

#: A first session later than this after the announcement means that prices are missing, not that it was a holiday.
MAX_WAIT_DAYS = 7
_MIDNIGHT = time(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When an exchange's closing price is made, in local time; `early` holds the days that end sooner."""

    zone: ZoneInfo
    close: time
    early: Mapping[date, time] = field(default_factory=dict)

    def close_of(self, day: date) -> datetime:
        """Return the instant of a session's closing price."""
        return datetime.combine(day, self.early.get(day, self.close), tzinfo=self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """When a deal became known, in UTC. Without a known time of day `at` is midnight of the stated day."""

    at: datetime
    time_known: bool

    @property
    def day(self) -> date:
        return self.at.date()


def announcement(published: Iterable[datetime], announced_on: date | None, *, hours: Hours) -> Announcement | None:
    """Say when a deal became known: the first article, or the day it names where that article came later.

    An article dated to midnight UTC sharp carries a day, not a time; one of that day with a time says more.
    """
    times = sorted(published)
    local_day = times[0].astimezone(hours.zone).date() if times else None
    if announced_on is not None and (local_day is None or announced_on < local_day):
        return Announcement(at=datetime.combine(announced_on, _MIDNIGHT, tzinfo=UTC), time_known=False)
    if not times:
        return None
    first = times[0].astimezone(UTC)
    if first.time() != _MIDNIGHT:
        return Announcement(at=first, time_known=True)
    timed = (at.astimezone(UTC) for at in times if at.astimezone(UTC).time() != _MIDNIGHT)
    same_day = next((at for at in timed if at.astimezone(hours.zone).date() == first.date()), None)
    return Announcement(at=same_day or first, time_known=same_day is not None)


def trading_days(series: Sequence[Mapping[date, float]]) -> tuple[date, ...]:
    """Return the days on which an exchange traded: at least half of the shares that reach over a day have a close."""
    spans = [(min(closes), max(closes)) for closes in series if closes]
    days = sorted({day for closes in series for day in closes})
    return tuple(
        day
        for day in days
        if 2 * sum(day in closes for closes in series) >= sum(first <= day <= last for first, last in spans)
    )


def event_day(announced: Announcement, hours: Hours, sessions: Sequence[date]) -> date | None:
    """Return the first session whose close follows the announcement, None where the prices hold none."""
    found = next((day for day in sessions if _follows(day, announced, hours)), None)
    if found is None or (found - _local_day(announced, hours)).days > MAX_WAIT_DAYS:
        return None
    return found


def _follows(day: date, announced: Announcement, hours: Hours) -> bool:
    return hours.close_of(day) > announced.at if announced.time_known else day >= announced.day


def _local_day(announced: Announcement, hours: Hours) -> date:
    return announced.at.astimezone(hours.zone).date() if announced.time_known else announced.day
