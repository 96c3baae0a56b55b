"""Bitcoin mining: hashprice from the network's figures, cost per hash, revenue of a megawatt, the halving ahead.

Hashprice is in dollars per petahash a second and day ($/PH/day); efficiency in joules per terahash; power in $/MWh.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from bot.capacity.lease import Number, plain

BLOCK_SECONDS = 600
HALVING_BLOCKS = 210_000
FIRST_SUBSIDY_BTC = 50.0
SECONDS_A_DAY = 86_400
DAYS_A_YEAR = 365.25
HOURS_A_YEAR = 8_766.0
HASHES_PER_DIFFICULTY = 2.0**32
PETA = 1e15


def subsidy_btc(height: int) -> float:
    """Return the new coins of a block at this height."""
    return float(FIRST_SUBSIDY_BTC / 2 ** (height // HALVING_BLOCKS))


def hashprice(*, difficulty: Number, price_usd: Number, subsidy: Number, fees_btc: Number = 0.0) -> Number:
    """Return what a petahash a second earns in a day, in dollars (E8)."""
    blocks = PETA * SECONDS_A_DAY / (difficulty * HASHES_PER_DIFFICULTY)
    return blocks * (subsidy + fees_btc) * price_usd


def network_hashrate(difficulty: Number) -> Number:
    """Return the hashes a second that find a block every ten minutes at this difficulty."""
    return difficulty * HASHES_PER_DIFFICULTY / BLOCK_SECONDS


def hashcost(*, j_per_th: Number, usd_per_mwh: Number, pue: Number = 1.0) -> Number:
    """Return what the power of a petahash a second costs in a day, in dollars."""
    return 0.024 * j_per_th * usd_per_mwh * pue


def breakeven_hashprice(*, j_per_th: Number, usd_per_mwh: Number, pue: Number = 1.0, fee: Number = 0.0) -> Number:
    """Return the hashprice at which mining earns nothing after power and fees."""
    return hashcost(j_per_th=j_per_th, usd_per_mwh=usd_per_mwh, pue=pue) / (1 - fee)


def shutdown_price(
    *, difficulty: Number, j_per_th: Number, usd_per_mwh: Number, subsidy: Number, fees_btc: Number = 0.0
) -> Number:
    """Return the bitcoin price at which a machine only just pays for its power."""
    cost = hashcost(j_per_th=j_per_th, usd_per_mwh=usd_per_mwh)
    return cost / hashprice(difficulty=difficulty, price_usd=1.0, subsidy=subsidy, fees_btc=fees_btc)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """The machines and the site that feed on the power. Shares are 0..1."""

    j_per_th: Number
    pue: Number
    uptime: Number
    fee: Number
    usd_per_mwh: Number

    def petahash_per_mw(self) -> Number:
        """Return the petahash a second that one gross megawatt runs."""
        return 1000 / (self.j_per_th * self.pue)

    def revenue_per_mw(self, hashprice_usd: Number) -> Number:
        """Return the yearly revenue of a gross megawatt."""
        return self.petahash_per_mw() * hashprice_usd * DAYS_A_YEAR * self.uptime

    def energy_per_mw(self) -> Number:
        """Return the yearly power bill of a gross megawatt."""
        return HOURS_A_YEAR * self.usd_per_mwh * self.uptime

    def margin_per_mw(self, hashprice_usd: Number) -> Number:
        """Return what is left of a gross megawatt's revenue after power and fees."""
        return self.revenue_per_mw(hashprice_usd) * (1 - self.fee) - self.energy_per_mw()

    def hashprice_for(self, margin_per_mw: Number) -> Number:
        """Return the hashprice at which a gross megawatt earns this margin."""
        per_dollar = self.petahash_per_mw() * DAYS_A_YEAR * self.uptime * (1 - self.fee)
        return plain((margin_per_mw + self.energy_per_mw()) / per_dollar)

    def breakeven(self) -> Number:
        """Return the hashprice of zero margin."""
        return breakeven_hashprice(j_per_th=self.j_per_th, usd_per_mwh=self.usd_per_mwh, pue=self.pue, fee=self.fee)


def hashprice_path(
    *,
    start: Number,
    years: int,
    fee_share: Number,
    price_growth: Number,
    difficulty_growth: Number,
    begins: date,
    halving: date,
) -> list[Number]:
    """Return the mean hashprice of each year: growth of price and difficulty, and the halving of the subsidy."""
    until = (halving - begins).days / DAYS_A_YEAR
    path: list[Number] = []
    for year in range(years):
        level = start * ((1 + price_growth) / (1 + difficulty_growth)) ** year
        before = float(np.clip(until - year, 0.0, 1.0))
        halved = (1 - fee_share) / 2 + fee_share
        path.append(plain(level * (before + (1 - before) * halved)))
    return path
