"""Milestones as people read them: in a list of what is due, and in a calendar. Pure.

gather(deals) -> list[Dated]                        every milestone with its deal, by day
lines(deal) -> list[(when, what)]                   those of one deal, in words
due(dated, Window, *, today) -> list[Dated]         what falls into a quarter, what is overdue …
calendar_events(dated) -> list[Event]               one event each, with a permanent UID
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.delivery.news import AGREED
from bot.ics import Event
from bot.messages.wording import period, plural, power
from db.records import DealRecord, Milestone
from extractors.closed_sets import CapacityKind, Precision
from extractors.periods import first_day, last_day, quarter_of

#: What each milestone is called, as a plan and as a fact.
WORDS = {
    "contracted": ("to be signed", "contracted"),
    "financed": ("to be financed", "financed"),
    "under_construction": ("construction to begin", "under construction"),
    "energising": ("first capacity due", "first capacity on"),
    "energised": ("all capacity due", "energised"),
}
#: A date known only to the half year or worse is no appointment.
_VAGUE = frozenset({Precision.HALF, Precision.YEAR})


class Window(StrEnum):
    """Which milestones to list."""

    QUARTER = "quarter"
    NEXT_QUARTER = "next-quarter"
    YEAR = "year"
    OVERDUE = "overdue"
    SLIPPED = "slipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A milestone of a deal."""

    deal: DealRecord
    milestone: Milestone

    @property
    def words(self) -> str:
        """Say what it is: "all capacity due", "energised, 50 MW"."""
        mile = self.milestone
        said = WORDS[mile.name][not mile.planned]
        if mile.capacity_mw is None:
            return said
        kind = None if mile.capacity_kind is CapacityKind.UNSPECIFIED else mile.capacity_kind
        return f"{said}, {power(mile.capacity_mw, kind=kind)}"

    @property
    def slip(self) -> str:
        """Say how much it moved since it was first promised; empty where it did not."""
        days = self.milestone.slipped_days
        if not days:
            return ""
        months = max(1, round(abs(days) / 30.4))
        return f"{plural(months, 'month')} {'later' if days > 0 else 'earlier'} than first promised"


def gather(deals: Iterable[DealRecord]) -> list[Dated]:
    """Return every milestone; plans only of deals that stand, for a deal that ended has none."""
    found = [
        Dated(deal=deal, milestone=mile)
        for deal in deals
        for mile in deal.milestones
        if not mile.planned or deal.facts.status in AGREED
    ]
    return sorted(found, key=lambda d: (d.milestone.when.date, d.milestone.last_day, d.deal.slug, d.milestone.name))


def lines(deal: DealRecord) -> list[tuple[str, str]]:
    """Return (when, what) of a deal's milestones that its history does not tell: what is planned, built and on."""
    shown = [one for one in gather([deal]) if one.milestone.name != "contracted"]
    return [(period(one.milestone.when), f"{one.words}{f', {one.slip}' if one.slip else ''}") for one in shown]


def due(dated: Iterable[Dated], window: Window, *, today: date) -> list[Dated]:
    """Keep what a window shows."""
    return [one for one in dated if _shows(one, window, today)]


def _shows(one: Dated, window: Window, today: date) -> bool:
    mile = one.milestone
    if window is Window.SLIPPED:
        return mile.planned and (mile.slipped_days or 0) > 0
    if not mile.planned:
        return False
    if window is Window.OVERDUE:
        return mile.last_day < today and not _is_done(one)
    first, last = _bounds(window, today)
    # A date known only to the year says nothing about a quarter.
    exact = window is Window.YEAR or mile.when.precision is not Precision.YEAR
    return exact and first_day(mile.when) <= last and mile.last_day >= first


def _is_done(one: Dated) -> bool:
    """Tell whether a source says that the capacity, or for the first capacity any of it, is on."""
    on = [m for m in one.deal.milestones if m.name == "energised" and not m.planned]
    if one.milestone.name == "energising" or not one.milestone.capacity_mw:
        return bool(on)
    return max((m.capacity_mw or 0.0 for m in on), default=0.0) >= 0.97 * one.milestone.capacity_mw


def _bounds(window: Window, today: date) -> tuple[date, date]:
    if window is Window.YEAR:
        return date(today.year, 1, 1), date(today.year, 12, 31)
    quarter = quarter_of(today)
    if window is Window.NEXT_QUARTER:
        quarter = quarter_of(last_day(quarter) + timedelta(days=1))
    return first_day(quarter), last_day(quarter)


def calendar_events(dated: Iterable[Dated]) -> list[Event]:
    """Return one event for each milestone; the UID holds through every change of its date."""
    seen: Counter[str] = Counter()
    events = []
    for one in dated:
        mile = one.milestone
        key = f"{one.deal.slug}/{mile.name}{'-due' if mile.planned else ''}"
        seen[key] += 1
        # What has happened stays on its day, so the day may tell two of a kind apart; a plan is one of its kind.
        uid = key if mile.planned or mile.name == "contracted" else f"{key}-{mile.when.date}-{seen[key]}"
        events.append(_event(one, f"{uid}@market-pulse"))
    return events


def _event(one: Dated, uid: str) -> Event:
    deal, mile = one.deal, one.milestone
    told = [
        f"{one.words[:1].upper()}{one.words[1:]}: {period(mile.when)}.",
        one.slip and f"{one.slip}.",
        mile.statement,
    ]
    told += [f"Source: {mile.publisher}" if mile.publisher else "", "Machine-read, not investment advice."]
    moves = sum(event.kind == "delivery" for event in deal.events)
    return Event(
        uid=uid,
        first=first_day(mile.when),
        last=mile.last_day,
        summary=f"{deal.name}: {one.words}" + (f" ({period(mile.when)})" if mile.when.precision in _VAGUE else ""),
        description="\n".join(filter(None, told)),
        stamp=deal.updated_at,
        sequence=moves if mile.planned else 0,
        tentative=mile.planned,
        categories=("Market Pulse", mile.name.replace("_", " ")),
        url=mile.url,
    )
