"""What the deals of many companies add up to: contracted MW, value, price of a MW-year, concentration of tenants.

Pure. Only agreed deals count. Megawatts are added per basis (critical IT, gross, not said), never across; the price of
a MW-year is kept apart for leases and cloud contracts, because they sell different things.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from bot.delivery.news import AGREED
from db.records import DealRecord
from extractors.closed_sets import CapacityKind, DealType, PartyKind, Qualifier

#: Deals that contract capacity; an acquisition buys a company, a partnership promises to talk.
CAPACITY_TYPES = frozenset({DealType.HOSTING_LEASE, DealType.CLOUD_CONTRACT, DealType.JOINT_VENTURE})
BASES = (CapacityKind.IT, CapacityKind.GROSS, CapacityKind.UNSPECIFIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What one deal pays for a MW-year, derived from its own stated value, term and megawatts."""

    deal: DealRecord
    usd_per_mw_year: float
    basis: CapacityKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LeagueRow:
    """One company's agreed deals. `top_share` is the largest tenant's share of the value (of the MW without values)."""

    company: str
    deals: tuple[DealRecord, ...]
    value_usd: Decimal
    mw: Mapping[CapacityKind, float]
    lease_usd_per_mw_year: float | None
    cloud_usd_per_mw_year: float | None
    top_tenant: str | None
    top_share: float | None

    @property
    def total_mw(self) -> float:
        """Megawatts of all bases together, for sorting only: bases do not add up to a figure one may print."""
        return sum(self.mw.values())


def agreed(deals: Iterable[DealRecord]) -> list[DealRecord]:
    """Keep the deals that contract capacity and are signed, expanded or closed."""
    return [d for d in deals if d.facts.status in AGREED and d.facts.deal_type in CAPACITY_TYPES]


def price(deal: DealRecord) -> Price | None:
    """Return what a deal pays for a MW-year; None unless value, term and MW are stated and the value is committed."""
    facts = deal.facts
    if facts.deal_type not in {DealType.HOSTING_LEASE, DealType.CLOUD_CONTRACT}:
        return None
    if not facts.value_usd or not facts.capacity_mw or not facts.term_years:
        return None
    if facts.value_qualifier is Qualifier.UP_TO:
        return None
    yearly = float(facts.value_usd) / (facts.capacity_mw * facts.term_years)
    return Price(deal=deal, usd_per_mw_year=yearly, basis=facts.capacity_kind or CapacityKind.UNSPECIFIED)


def prices(deals: Iterable[DealRecord], deal_type: DealType) -> list[Price]:
    """Return the prices of one type of agreed deal, dearest first."""
    found = [price(deal) for deal in agreed(deals) if deal.facts.deal_type is deal_type]
    return sorted((p for p in found if p is not None), key=lambda p: -p.usd_per_mw_year)


def league(deals: Iterable[DealRecord]) -> list[LeagueRow]:
    """Rank the miners by contracted megawatts, then value."""
    by_company: dict[str, list[DealRecord]] = {}
    for deal in agreed(deals):
        if deal.facts.provider and deal.facts.provider_kind is PartyKind.MINER:
            by_company.setdefault(deal.facts.provider, []).append(deal)
    rows = [_row(company, found) for company, found in by_company.items()]
    return sorted(rows, key=lambda row: (-row.total_mw, -row.value_usd, row.company))


def _row(company: str, deals: Sequence[DealRecord]) -> LeagueRow:
    tenant, share = concentration(deals)
    return LeagueRow(
        company=company,
        deals=tuple(deals),
        value_usd=sum((d.facts.value_usd for d in deals if d.facts.value_usd is not None), Decimal(0)),
        mw={basis: megawatts(deals, basis) for basis in BASES if megawatts(deals, basis)},
        lease_usd_per_mw_year=_median(prices(deals, DealType.HOSTING_LEASE)),
        cloud_usd_per_mw_year=_median(prices(deals, DealType.CLOUD_CONTRACT)),
        top_tenant=tenant,
        top_share=share,
    )


def megawatts(deals: Iterable[DealRecord], basis: CapacityKind) -> float:
    """Add up the megawatts stated on one basis."""
    return sum(
        deal.facts.capacity_mw
        for deal in deals
        if deal.facts.capacity_mw and (deal.facts.capacity_kind or CapacityKind.UNSPECIFIED) is basis
    )


def concentration(deals: Iterable[DealRecord]) -> tuple[str | None, float | None]:
    """Return the largest tenant and its share of what is contracted."""
    shares = tenant_shares(deals)
    if not shares:
        return None, None
    name, weight = max(shares.items(), key=lambda item: item[1])
    return name, weight / sum(shares.values())


def tenant_shares(deals: Iterable[DealRecord]) -> dict[str, float]:
    """Return what each tenant has contracted: US dollars where every deal states them, else megawatts."""
    named = [deal for deal in deals if deal.facts.customer]
    in_dollars = all(deal.facts.value_usd is not None for deal in named)
    weights: dict[str, float] = {}
    for deal in named:
        weight = float(deal.facts.value_usd or 0) if in_dollars else deal.facts.capacity_mw or 0.0
        if weight:
            weights[str(deal.facts.customer)] = weights.get(str(deal.facts.customer), 0.0) + weight
    return weights


def _median(found: Sequence[Price]) -> float | None:
    return median(p.usd_per_mw_year for p in found) if found else None
