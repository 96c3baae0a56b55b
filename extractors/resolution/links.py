"""How two deals of the same company relate: does one expand, finance, supply, reject or merely accompany the other?

    link_kind(later, earlier, *, days) -> str | None

`later` is the newer of the two. Knows nothing of how deals are stored.
"""

from dataclasses import dataclass

from extractors.closed_sets import DealStatus, DealType


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What of a deal decides how it relates to others; the parties as keys."""

    provider: str | None
    customer: str | None
    deal_type: DealType
    status: DealStatus


_CAPACITY = frozenset({DealType.HOSTING_LEASE, DealType.CLOUD_CONTRACT, DealType.PARTNERSHIP, DealType.JOINT_VENTURE})
_MONEY = frozenset({DealType.FINANCING, DealType.EQUITY_STAKE})
_TAKEOVER = DealType.ACQUISITION
#: A loan or an order this long after a contract is hardly made for it.
_RELATED_DAYS = 120


def link_kind(later: Side, earlier: Side, *, days: int) -> str | None:
    """Name the relation of a newer deal to an older one that shares a company with it; None = none."""
    same_pair = _sides(later) == _sides(earlier) and len(_sides(later)) == 2
    if same_pair and later.deal_type in _CAPACITY and earlier.deal_type in _CAPACITY:
        return "expands" if later.status is DealStatus.EXPANDED or days > 0 else "accompanies"
    if same_pair and _TAKEOVER in {later.deal_type, earlier.deal_type}:
        return "rejects" if later.status is DealStatus.REJECTED else "follows"
    if days > _RELATED_DAYS:
        return None
    if same_pair:
        return "finances" if later.deal_type in _MONEY and earlier.deal_type in _CAPACITY else "accompanies"
    return _service_of(later, earlier)


def _service_of(later: Side, earlier: Side) -> str | None:
    """Tell whether a deal with a third party serves the contract: the miner borrows or buys for it."""
    if earlier.deal_type not in _CAPACITY or not earlier.provider:
        return None
    miner = earlier.provider
    if later.deal_type in _MONEY and later.provider == miner:
        return "finances"
    if later.deal_type in {DealType.EQUIPMENT_PURCHASE, DealType.POWER_SUPPLY}:
        return "supplies" if later.customer == miner else None
    return None


def _sides(facts: Side) -> frozenset[str]:
    return frozenset(key for key in (facts.provider, facts.customer) if key)
