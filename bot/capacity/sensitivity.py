"""Which assumption moves an answer: each alone from its low to its high point, and its share of the spread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.capacity.draws import Draws
from bot.capacity.lease import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """One bar of the tornado: the answer at the low and the high point of an assumption, the others at their base."""

    key: str
    label: str
    unit: str
    low: float
    high: float
    result_low: float
    result_high: float
    variance_share: float

    @property
    def swing(self) -> float:
        return abs(self.result_high - self.result_low)


def variance_shares(result: Number, keys: Sequence[str], draws: Draws) -> Mapping[str, float]:
    """Return the share of the spread of `result` that goes with each row, by squared correlation, summing to 1."""
    spread = np.asarray(result, dtype=float)
    finite = np.isfinite(spread)
    if spread.ndim == 0 or not keys or not finite.any():
        return dict.fromkeys(keys, 0.0)
    centred = spread[finite] - spread[finite].mean()
    norm = _inner(centred, centred)
    shares = {}
    for key in keys:
        scores = np.broadcast_to(np.asarray(draws.scores(key)), spread.shape)[finite]
        scores = scores - scores.mean()
        size = _inner(scores, scores) * norm
        shares[key] = _inner(centred, scores) ** 2 / size if size > 0 else 0.0
    total = sum(shares.values())
    return {key: share / total if total > 0 else 0.0 for key, share in shares.items()}


def _inner(left: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    # not `@`: the threads of a BLAS cost more than they give at this size
    return float((left * right).sum())
