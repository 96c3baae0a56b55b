"""Stored deals as cases for the calibration of the capacity model. Reads the database, works nothing out."""

from bot.capacity.calibration import Case
from bot.capacity.valuation import read_facts
from db.connection import Database
from db.deals import DealFilter, list_deals

_CONTRACTED = ("signed", "expanded", "closed")
_MOST = 1_000


def cases_of(db: Database, *, known: set[str]) -> tuple[Case, ...]:
    """Return the contracted deals of the database, without those whose slug is already known."""
    deals = list_deals(db, DealFilter(statuses=_CONTRACTED, limit=_MOST, brief=True))
    cases = []
    for deal in deals:
        facts = read_facts(deal.facts)
        if facts is not None and deal.slug not in known:
            cases.append(Case(key=deal.slug, name=deal.name, question=facts.question, source="database"))
    return tuple(cases)
