"""A deal among its peers: its percentile, and how much of a provider's business one tenant is.

Peers are deals of the same use signed within eighteen months; a lease is never ranked with a GPU cloud.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

VINTAGE_DAYS = 550
#: Fewer peers than this give no percentile.
FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another deal. `usd_per_mw_year` is year-one rent of a lease, the average of a cloud, per critical-IT MW."""

    deal_id: str
    use: str
    provider: str | None
    customer: str | None
    announced_on: str | None
    value_usd: float | None
    usd_per_mw_year: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a deal stands: the share of peers below it, in percent, and how many peers there are."""

    percentile: float
    count: int


def percentile(own: float | None, peers: Sequence[Peer], *, use: str, as_of: date | None) -> Place | None:
    """Return the place of a unit price among peers of the same use and vintage; None with too few of them."""
    prices = [
        peer.usd_per_mw_year
        for peer in peers
        if peer.use == use and peer.usd_per_mw_year is not None and _same_vintage(peer, as_of)
    ]
    if own is None or len(prices) < FEWEST:
        return None
    below = sum(price < own for price in prices) + 0.5 * sum(price == own for price in prices)
    return Place(percentile=100 * below / len(prices), count=len(prices))


def concentration(
    peers: Sequence[Peer], *, provider: str | None, customer: str | None, value: float | None
) -> tuple[float, float] | None:
    """Return the customer's share of the provider's contracted value, before and after this deal; None for its first."""
    if provider is None or customer is None or value is None:
        return None
    own = [peer for peer in peers if peer.provider == provider and peer.value_usd is not None]
    if not own:
        return None
    total = sum(peer.value_usd or 0.0 for peer in own)
    theirs = sum(peer.value_usd or 0.0 for peer in own if peer.customer == customer)
    return theirs / total, (theirs + value) / (total + value)


def _same_vintage(peer: Peer, as_of: date | None) -> bool:
    if peer.announced_on is None or as_of is None:
        return True
    return abs((date.fromisoformat(peer.announced_on) - as_of).days) <= VINTAGE_DAYS
