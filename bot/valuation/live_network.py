"""The network's figures of the moment, handed to the capacity model. Decides which stored figures are good enough."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.capacity.assumptions import Assumptions
from bot.capacity.mining import network_hashrate
from db.network import NetworkFigure

#: Older figures are not called live; the model's dated defaults stand instead.
MAX_AGE = timedelta(hours=24)
#: Difficulty and hashrate say the same thing; further apart than this, neither is believed.
_AGREEMENT = 0.25
_TERA, _EXA = 1e12, 1e18


def with_network(assumptions: Assumptions, figures: Mapping[str, NetworkFigure], *, now: datetime) -> Assumptions:
    """Return the assumptions with live price, difficulty and fees; unchanged when they are missing, old or at odds."""
    fresh = {name: figure for name, figure in figures.items() if timedelta(0) <= now - figure.observed_at <= MAX_AGE}
    if not {"price_usd", "difficulty"} <= fresh.keys() or not _agree(fresh):
        return assumptions
    values = {"btc_usd": fresh["price_usd"].value, "difficulty_t": fresh["difficulty"].value / _TERA}
    if "fee_btc_per_block" in fresh:
        fees, subsidy = fresh["fee_btc_per_block"].value, float(assumptions.constants["block_subsidy_btc"])
        values["fee_share_pct"] = 100 * fees / (fees + subsidy)
    oldest = min(figure.observed_at for figure in fresh.values())
    return assumptions.live(values, as_of=f"{oldest:%Y-%m-%d %H:%M} UTC", source=fresh["price_usd"].source_url)


def _agree(fresh: Mapping[str, NetworkFigure]) -> bool:
    if "hashrate_eh_per_s" not in fresh:
        return True
    expected = float(network_hashrate(fresh["difficulty"].value)) / _EXA
    return abs(fresh["hashrate_eh_per_s"].value / expected - 1) <= _AGREEMENT
