"""The bitcoin network's figures from mempool.space: price, difficulty, fees, for the capacity model.

Asked at most every ten minutes; a value counts only if it is finite and within its band, and the last good one is kept
with its time. Who uses them falls back to the model's dated defaults for what is missing.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.collector.fetch import Answer
from bot.collector.visits import Visits
from db.network import NetworkFigure, network_figures, store_network_figure

BASE_URL = "https://mempool.space"
#: The publisher asks for no more; also the age up to which a stored figure is as good as a new one.
MIN_INTERVAL = timedelta(minutes=10)
_MAX_BYTES = 2_000_000
_BLOCKS = 144
_SATS = 100_000_000
_EXAHASH = 1e18


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Between which bounds a figure can be true."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Tell whether a value is finite and within the bounds."""
        return math.isfinite(value) and self.low <= value <= self.high


BANDS: Mapping[str, Band] = {
    "price_usd": Band(low=1e3, high=1e7),
    "difficulty": Band(low=1e13, high=1e16),
    "hashrate_eh_per_s": Band(low=100, high=1e5),
    "difficulty_change_pct": Band(low=-50, high=300),
    "fee_btc_per_block": Band(low=0, high=5),
}
Reader = Callable[[Any], Mapping[str, float]]


def _prices(record: Any) -> Mapping[str, float]:
    return {"price_usd": float(record["USD"])}


def _adjustment(record: Any) -> Mapping[str, float]:
    return {"difficulty_change_pct": float(record["difficultyChange"])}


def _mining(record: Any) -> Mapping[str, float]:
    return {
        "difficulty": float(record["currentDifficulty"]),
        "hashrate_eh_per_s": float(record["currentHashrate"]) / _EXAHASH,
    }


def _rewards(record: Any) -> Mapping[str, float]:
    """Read the fees of a day; the amounts are decimal strings in satoshi."""
    blocks = int(record["endBlock"]) - int(record["startBlock"]) + 1
    return {"fee_btc_per_block": int(record["totalFee"]) / blocks / _SATS}


SOURCES: Mapping[str, Reader] = {
    "/api/v1/prices": _prices,
    "/api/v1/difficulty-adjustment": _adjustment,
    "/api/v1/mining/hashrate/3d": _mining,
    f"/api/v1/mining/reward-stats/{_BLOCKS}": _rewards,
}


async def update_network_figures(
    visits: Visits, now: datetime, *, base_url: str = BASE_URL
) -> dict[str, NetworkFigure]:
    """Return the latest good figures by name, asking the source when they are older than ten minutes.

    A source that does not answer, or answers nonsense, leaves what was known before; there is no error to handle.
    """
    known = await visits.store.run(network_figures)
    if known and all(now - figure.observed_at < MIN_INTERVAL for figure in known.values()):
        return known
    for path, reader in SOURCES.items():
        url = f"{base_url}{path}"
        answer = await visits.get(url, max_bytes=_MAX_BYTES, now=now, accept="application/json")
        for name, value in read_figures(answer, reader).items():
            figure = NetworkFigure(name=name, value=value, observed_at=now, source_url=url)
            await visits.store.run(store_network_figure, figure)
            known[name] = figure
    return known


def read_figures(answer: Answer, reader: Reader) -> dict[str, float]:
    """Return the figures of an answer that lie within their bands."""
    if answer.trouble or answer.status != 200:
        return {}
    try:
        figures = reader(json.loads(answer.body))
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError):
        return {}
    return {name: value for name, value in figures.items() if BANDS[name].holds(value)}
