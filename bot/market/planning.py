"""Which deals are due to be measured, and which prices of which days that takes.

plan(db, tables, *, source, now, wait, only=None) -> Plan

Reads the database and asks no source. A party is done when its last window has closed and nothing about it changed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.market.confounders import Other, tells_results
from bot.market.event_day import Announcement, announcement
from bot.market.tables import BTC, MarketTables
from db.connection import Database
from db.market import listed_parties, measured_of, titled_articles
from db.market_records import Cause, ListedParty, PriceFetch
from db.prices import fetches
from extractors.closed_sets import DealType

#: Six sessions before and five after, with weekends and a long holiday between them.
_REACH = timedelta(days=16)
_FINANCING = frozenset({DealType.FINANCING, DealType.EQUITY_STAKE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A party of a deal to be measured, what else concerned it, and the shares of all parties of the deal."""

    party: ListedParty
    announced: Announcement
    others: tuple[Other, ...]
    fellows: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is due, the shares it needs, and for those to be asked: between which days."""

    due: tuple[Due, ...] = ()
    shares: frozenset[str] = frozenset()
    to_ask: Mapping[str, tuple[date, date]] = field(default_factory=dict)


def plan(
    db: Database,
    tables: MarketTables,
    *,
    source: str,
    now: datetime,
    wait: timedelta,
    only: Collection[int] | None = None,
) -> Plan:
    """Find the parties whose windows have not all closed as stored, and the prices they need.

    A share asked within `wait` is not asked again. `only` names the deals to measure, complete ones included.
    """
    everybody = listed_parties(db, tables.baskets.keys())
    due = tuple(_due(db, tables, everybody, source=source, only=only))
    if not due:
        return Plan()
    first = min(item.announced.day for item in due) - _REACH
    shares = frozenset({BTC, *(share for item in due for share in (item.party.symbol, *basket(tables, item.party)))})
    asked = fetches(db)
    to_ask = {
        share: (min(first, asked[share].from_day) if share in asked else first, now.date())
        for share in shares
        if not _is_fresh(asked.get(share), source=source, first=first, now=now, wait=wait)
    }
    return Plan(due=due, shares=shares, to_ask=to_ask)


def _due(
    db: Database, tables: MarketTables, everybody: Sequence[ListedParty], *, source: str, only: Collection[int] | None
) -> Iterator[Due]:
    known = {party: found for party in everybody if (found := _announced(party, tables)) is not None}
    stored = measured_of(db, {party.deal_id for party in known})
    others = _others(db, known)
    for party, announced in known.items():
        past = next((m for m in stored.get(party.deal_id, ()) if m.company_key == party.company_key), None)
        is_done = past is not None and past.is_complete and (past.announced_at, past.source) == (announced.at, source)
        if party.deal_id in only if only is not None else not is_done:
            mine = tuple(other for deal_id, other in others[party.company_key] if deal_id != party.deal_id)
            fellows = frozenset(other.symbol for other in known if other.deal_id == party.deal_id)
            yield Due(party=party, announced=announced, others=mine, fellows=fellows)


def _announced(party: ListedParty, tables: MarketTables) -> Announcement | None:
    exchange = tables.exchange_of(party.symbol)
    if exchange is None:
        return None
    return announcement(party.published, party.announced_on, hours=exchange.hours)


def _others(db: Database, known: Mapping[ListedParty, Announcement]) -> Mapping[str, list[tuple[int | None, Other]]]:
    """Gather what concerned each company: its deals and financings, and articles that tell its results."""
    found: dict[str, list[tuple[int | None, Other]]] = defaultdict(list)
    for party, announced in known.items():
        cause = Cause.FINANCING if party.deal_type in _FINANCING else Cause.DEAL
        other = Other(cause=cause, name=party.deal_name, announced=announced, slug=party.slug)
        found[party.company_key].append((party.deal_id, other))
    for article in titled_articles(db):
        if tells_results(article.title):
            at = Announcement(at=article.published_at, time_known=True)
            found[article.company_key].append((None, Other(cause=Cause.EARNINGS, name=article.title, announced=at)))
    return found


def basket(tables: MarketTables, party: ListedParty) -> tuple[str, ...]:
    """Return the shares a party is compared with, its own left out."""
    return tuple(share for share in tables.baskets[party.kind].shares if share != party.symbol)


def _is_fresh(past: PriceFetch | None, *, source: str, first: date, now: datetime, wait: timedelta) -> bool:
    if past is None or past.source != source or now - past.fetched_at >= wait:
        return False
    # Days further back than last time are asked at once; a source that failed is left alone for a while.
    return past.from_day <= first or not past.is_ok
