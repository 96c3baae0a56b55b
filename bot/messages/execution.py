"""Where contracted megawatts stand: reported as on, promised by now, promised for later, without a date. Pure.

    split(deal, today) -> {Standing: MW}        of one agreed deal; empty where it states no megawatts
    promise(deal, today) -> Standing            whether its capacity was due by now, is due later, or has no date
    reported_on(deal) -> float                  megawatts that a source says are on

What several sources say is on is not added up, for they may speak of the same halls: the largest statement counts.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from db.records import DealRecord
from extractors.periods import last_day


class Standing(StrEnum):
    ON = "on"
    DUE = "due"
    LATER = "later"
    UNDATED = "undated"


WORDS = {
    Standing.ON: "reported as on",
    Standing.DUE: "promised by now, not reported as on",
    Standing.LATER: "promised for later",
    Standing.UNDATED: "no date stated",
}


def reported_on(deal: DealRecord) -> float:
    """Return the megawatts that a source says are on, no more than the deal has."""
    said = max((m.capacity_mw or 0.0 for m in deal.milestones if m.name == "energised" and not m.planned), default=0.0)
    return min(said, deal.facts.capacity_mw or said)


def split(deal: DealRecord, today: date) -> Mapping[Standing, float]:
    """Return a deal's megawatts by where they stand."""
    capacity = deal.facts.capacity_mw
    if not capacity:
        return {}
    on = reported_on(deal)
    rest = {promise(deal, today): capacity - on} if capacity > on else {}
    return ({Standing.ON: on} if on else {}) | rest


def promise(deal: DealRecord, today: date) -> Standing:
    """Tell when the capacity was promised: by the end of delivery where it is stated, else by its beginning."""
    when = deal.facts.delivery_end or deal.facts.delivery_start
    if when is None:
        return Standing.UNDATED
    return Standing.DUE if last_day(when) < today else Standing.LATER


def together(deals: Iterable[DealRecord], today: date) -> Mapping[Standing, float]:
    """Add up where the megawatts of several deals stand."""
    total: dict[Standing, float] = {}
    for deal in deals:
        for standing, mw in split(deal, today).items():
            total[standing] = total.get(standing, 0.0) + mw
    return total
