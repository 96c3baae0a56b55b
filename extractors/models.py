"""What the extractors read and return: articles, quantities, parties, mentions, reactions, evidence.

Every type is a frozen value. `None` always means "the text does not state it". Offsets count Unicode characters of
the article's title or text exactly as given. This module knows no rule; it only names things.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from extractors.closed_sets import (
    SILENT_DEAL_TYPES,
    CapacityKind,
    DealStatus,
    DealType,
    Direction,
    LeaseForm,
    PartyKind,
    PartyRole,
    Precision,
    Qualifier,
    QuantityKind,
    Session,
    Stage,
    Where,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as read. `text` is plain text; `published` is an aware UTC datetime."""

    text: str
    id: str | None = None
    title: str = ""
    published: datetime | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A date known only to some precision. `date` is the first day of the period, ISO 8601 (YYYY-MM-DD)."""

    date: str
    precision: Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The characters of one article that state a fact, and the rule that read them."""

    where: Where
    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherParty:
    name: str
    role: PartyRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A deal as ONE article states it. Fields as in the data dictionary; None = not stated."""

    primary: bool
    provider: str | None
    customer: str | None
    provider_kind: PartyKind
    customer_kind: PartyKind
    miner_hyperscaler: bool
    deal_type: DealType
    status: DealStatus
    value_usd: Decimal | None = None
    value_qualifier: Qualifier | None = None
    value_max_usd: Decimal | None = None
    value_original: Decimal | None = None
    value_currency: str | None = None
    term_years: float | None = None
    term_max_years: float | None = None
    announced_on: PartialDate | None = None
    delivery_start: PartialDate | None = None
    delivery_end: PartialDate | None = None
    capacity_mw: float | None = None
    capacity_kind: CapacityKind | None = None
    capacity_max_mw: float | None = None
    gpu_models: tuple[str, ...] = ()
    gpu_count: int | None = None
    site: str | None = None
    annual_value_usd: Decimal | None = None
    prepayment_pct: float | None = None
    noi_margin_pct: float | None = None
    other_parties: tuple[OtherParty, ...] = ()
    escalator_pct: float | None = None
    lease_form: LeaseForm | None = None
    capex_usd: Decimal | None = None
    energy_source: str | None = None
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    confidence: float = 0.0

    @property
    def alerts(self) -> bool:
        """Whether this is an alert mention, whatever its status (DESIGN, "Alert mention")."""
        return self.primary and self.miner_hyperscaler and self.deal_type not in SILENT_DEAL_TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """A share-price move as one article reports it. `pct` is unsigned; prices are in the share's currency."""

    company: str
    direction: Direction
    ticker: str | None = None
    pct: float | None = None
    qualifier: Qualifier | None = None
    session: Session = Session.UNSPECIFIED
    deal_related: bool = False
    price_from: float | None = None
    price_to: float | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Work that has happened for one deal of an article, `deals[deal]`. `capacity_mw` is as much as the text says."""

    deal: int
    stage: Stage
    capacity_mw: float | None
    on: PartialDate
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """A company that goes by another name: what it was called and what it is called, as one article says it."""

    old: str
    new: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that was read from one article."""

    id: str | None
    url: str | None
    is_deal_article: bool
    deals: tuple[Mention, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    bull: tuple[str, ...] = ()
    bear: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    progress: tuple[Progress, ...] = ()
    renames: tuple[Rename, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticker:
    symbol: str
    exchange: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """A name the company gave up. `until_year` is the year of the change."""

    name: str
    until_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """One row of config/companies.toml: who a name stands for.

    `key` is the permanent identifier (slug). `aliases` are further names of the same company, `brands` subsidiaries
    and products that act for it, `descriptors` phrases that stand for it ("the Redmond-based software maker"). A name
    in `needs_context` is also a common word: it counts only beside one of `context_words` or a ticker.
    """

    key: str
    name: str
    kind: PartyKind
    tickers: tuple[Ticker, ...] = ()
    aliases: tuple[str, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    brands: tuple[str, ...] = ()
    descriptors: tuple[str, ...] = ()
    needs_context: tuple[str, ...] = ()
    context_words: tuple[str, ...] = ()
    cik: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuModel:
    """The part of one row of config/hardware.toml that the extractors need: how a model is named."""

    key: str
    vendor: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One number with its unit, found in an article, its role not yet decided.

    `value` is in the kind's base unit: money in units of `currency`, power in MW, term in years, percent in percent,
    gpu in pieces; a date carries `value` None and its reading in `dates`. A range "180 to 200 MW" has `value` 180 and
    `value_high` 200. `per` names a rate's denominator ("year", "month", "mw", "gpu_hour", "kwh", "share", "coin", …).
    """

    kind: QuantityKind
    where: Where
    start: int
    end: int
    text: str
    value: float | None
    value_high: float | None = None
    qualifier: Qualifier = Qualifier.EXACT
    currency: str | None = None
    per: str | None = None
    basis: CapacityKind | None = None
    gpu_model: str | None = None
    dates: tuple[PartialDate, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartySpan:
    """A company, known, discovered or unnamed, at one place of an article.

    `key` is the company's key in config/companies.toml, None for a discovered or unnamed one. `name` is the canonical
    name, None for an unnamed one ("an investment-grade tenant"), whose `kind` then says what the text calls it.
    `ticker` is the symbol printed beside the name. `modifier` marks a name that only describes another noun
    ("Nvidia GPUs", "Google-backed"). `definite` marks an unnamed party that points back ("the same tenant").
    """

    where: Where
    start: int
    end: int
    text: str
    key: str | None
    name: str | None
    kind: PartyKind
    ticker: Ticker | None = None
    modifier: bool = False
    definite: bool = False
    rule: str = ""
