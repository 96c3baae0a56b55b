"""Measured share moves as frozen values: windows, moves, what else happened. No SQL here; `db.market` reads them.

Percents are signed; prices are in the share's currency; days are the exchange's own.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from extractors.closed_sets import PartyKind


class Window(StrEnum):
    """Between which closes a move is measured."""

    DAY = "day"
    BEFORE = "before"
    AFTER = "after"
    AROUND = "around"


class Cause(StrEnum):
    """The kinds of events that move a share beside a deal."""

    FINANCING = "financing"
    EARNINGS = "earnings"
    DEAL = "deal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A share's move in one window beside those of bitcoin and its peers. Prices are None in a published edition."""

    window: Window
    from_day: date
    to_day: date
    price_from: float | None
    price_to: float | None
    pct: float
    btc_pct: float | None
    peers_pct: float | None
    peer_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Confounder:
    """An other event near the event day. `sessions_away` 0 = it could move the share on that day too."""

    cause: Cause
    name: str
    sessions_away: int
    slug: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredReaction:
    """How the shares of one party of a deal moved. `event_day` None = not measurable, `reason` says why."""

    company: str
    company_key: str
    symbol: str
    announced_at: datetime
    time_known: bool
    event_day: date | None
    reason: str
    moves: tuple[Move, ...]
    confounders: tuple[Confounder, ...]
    source: str
    is_complete: bool
    computed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedParty:
    """A party of a live deal that is a listed company, with what says when the deal became known.

    `published` are the times of the articles about the deal; `announced_on` is the stated day, where it is exact.
    """

    deal_id: int
    slug: str
    deal_name: str
    deal_type: str
    company: str
    company_key: str
    kind: PartyKind
    symbol: str
    announced_on: date | None
    published: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TitledArticle:
    """An article that names a company as a party of some mention."""

    company_key: str
    title: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceFetch:
    """What was asked of a price source for a share last, and whether it came."""

    symbol: str
    source: str
    from_day: date
    to_day: date
    fetched_at: datetime
    is_ok: bool
    reason: str
