"""What a row of the bundled history states, source by source, as mentions. Pure: no SQL, no file.

    HistoryRow, HistorySource, HistoryEvent      one researched deal, as config/history.toml has it
    tellings(row, source) -> tuple[Telling, …]   the mentions one source supports; the first carries the figures
    told_on(row, source) -> str                  the day a page told it, assumed where the page shows none

A source states only the fields it supports. A step of the deal's life that a source dates is a mention of its own,
because a mention has one status.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from extractors.closed_sets import SILENT_DEAL_TYPES, DealStatus, DealType, PartyKind, Precision
from extractors.deals.direction import AI_SIDE
from extractors.models import Mention, PartialDate, Reaction

#: A name a source's `supports` may hold -> the fields of a mention it stands for.
SUPPORTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "parties": ("provider", "customer"),
        "provider": ("provider",),
        "customer": ("customer",),
        "provider_kind": (),
        "customer_kind": (),
        "value_usd": ("value_usd", "value_qualifier", "value_original", "value_currency"),
        "value_qualifier": ("value_qualifier",),
        "capacity_mw": ("capacity_mw", "capacity_kind"),
        "events": ("status",),
        "reactions": (),
        "expands": (),
    }
    | {
        field: (field,)
        for field in (
            *("deal_type", "announced_on", "value_max_usd", "term_years", "term_max_years", "capacity_kind"),
            *("capacity_max_mw", "site", "gpu_models", "gpu_count", "delivery_start", "delivery_end"),
            "other_parties",
        )
    }
)
_ALWAYS = frozenset({"primary", "provider", "customer", "provider_kind", "customer_kind", "miner_hyperscaler"})
#: How many characters of an ISO date two dates of this precision share.
_LENGTHS = {Precision.DAY: 10, Precision.MONTH: 7, Precision.QUARTER: 7, Precision.HALF: 7, Precision.YEAR: 4}
_STRUCTURE = _ALWAYS | {"deal_type", "status", "evidence", "confidence"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEvent:
    """A status the deal reached, and when."""

    status: DealStatus
    on: PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySource:
    """A public page and the fields it states. `published` is None where the page shows no date."""

    url: str
    publisher: str
    published: PartialDate | None
    supports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One researched deal. `facts` holds every figure; its status is the last one the deal reached.

    `checked_on` is the day on which somebody else held the row against its pages, None where nobody has.
    """

    id: str
    facts: Mention
    events: tuple[HistoryEvent, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    expands: str | None = None
    sources: tuple[HistorySource, ...] = ()
    doubt: str | None = None
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One mention of a source, the fields that are claims of it, and when its status was reached."""

    mention: Mention
    fields: frozenset[str]
    happened_on: PartialDate | None


def is_miner_deal(provider: PartyKind, customer: PartyKind, deal_type: DealType) -> bool:
    """Tell whether a miner supplies an AI user: one side is a miner, the other an AI company or its unnamed tenant."""
    if deal_type in SILENT_DEAL_TYPES:
        return False
    if provider is PartyKind.MINER and deal_type in {DealType.HOSTING_LEASE, DealType.CLOUD_CONTRACT}:
        return True
    kinds = {provider, customer}
    return PartyKind.MINER in kinds and bool(kinds & AI_SIDE)


def tellings(row: HistoryRow, source: HistorySource) -> tuple[Telling, ...]:
    """Return what one source states of a row: its figures with the announcement's status, then the other steps."""
    fields = frozenset(field for name in source.supports for field in SUPPORTS[name])
    base = announcement(row)
    first = Telling(
        mention=_limited(row.facts, fields, status=base.status if base else row.facts.status),
        fields=fields,
        happened_on=base.on if base else None,
    )
    if "events" not in source.supports:
        return (first,)
    return (first, *(_step(row, event) for event in row.events if event is not base))


def announcement(row: HistoryRow) -> HistoryEvent | None:
    """Return the step the announcement made known: the one of its day or month, else the last before, else the first."""
    announced = row.facts.announced_on
    if announced is None or not row.events:
        return row.events[0] if row.events else None
    within = [
        event for event in row.events if event.on.date.startswith(announced.date[: _LENGTHS[announced.precision]])
    ]
    until = [event for event in row.events if event.on.date <= announced.date]
    return within[0] if within else (until[-1] if until else row.events[0])


def told_on(row: HistoryRow, source: HistorySource) -> str:
    """Return the ISO day of a page; one without a date told it when the last thing it supports happened."""
    if source.published is not None:
        return source.published.date
    days = [row.facts.announced_on.date] if row.facts.announced_on is not None else []
    base = announcement(row)
    days += [base.on.date] if base is not None else []
    if "events" in source.supports:
        days += [event.on.date for event in row.events]
    return max(days)


def _limited(facts: Mention, fields: frozenset[str], *, status: DealStatus) -> Mention:
    """Keep of the facts what a source states."""
    blank = {name: _blank(name) for name in Mention.__dataclass_fields__ if name not in _STRUCTURE | fields}
    return replace(facts, status=status, **blank)


def bare(facts: Mention, *, status: DealStatus) -> Mention:
    """Keep of the facts only who deals with whom and how; no figure, no date."""
    return _limited(facts, frozenset(), status=status)


def _step(row: HistoryRow, event: HistoryEvent) -> Telling:
    mention = bare(row.facts, status=event.status)
    return Telling(mention=mention, fields=frozenset({"status"}), happened_on=event.on)


def _blank(name: str) -> Any:
    return () if name in {"gpu_models", "other_parties"} else None
