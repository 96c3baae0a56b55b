"""Numbers drawn for the assumptions: every row has its own stream, so scenarios share their draws.

A draw is a normal score; the row's range turns it into a value. Draws are stratified, hence the 10 %, 50 % and 90 %
points of a row are met exactly. A second kind of draws moves one row at a time, for the tornado.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from statistics import NormalDist
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.capacity.assumptions import Assumption, Correlation, Shape
from bot.capacity.lease import Number, plain

#: The normal score of the 90 % point.
Z90 = NormalDist().inv_cdf(0.9)

Scores = NDArray[np.float64]


class Draws(Protocol):
    """Where the normal scores of a row come from."""

    def scores(self, key: str) -> Scores | float: ...


class RandomDraws:
    """Stratified draws, one stream a row, the same for the same seed whatever other rows are drawn."""

    def __init__(self, *, seed: int, count: int, correlations: Sequence[Correlation] = ()) -> None:
        self._seed, self._count = seed, count
        self._leaders = {pair.second: pair for pair in correlations}
        self._cache: dict[str, Scores] = {}

    def scores(self, key: str) -> Scores:
        """Return the scores of a row, correlated with the row it follows."""
        if key not in self._cache:
            own = self._own(key)
            if (pair := self._leaders.get(key)) is not None:
                own = pair.rho * self.scores(pair.first) + math.sqrt(1 - pair.rho**2) * own
            self._cache[key] = own
        return self._cache[key]

    def _own(self, key: str) -> Scores:
        digest = hashlib.sha256(f"{self._seed}:{key}".encode()).digest()
        generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))
        shuffled: Scores = generator.permutation(_strata(self._count))
        return shuffled


class OneAtATime:
    """The base case in column 0, then each row alone at its low and at its high point."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = tuple(keys)
        self._place = {key: 1 + 2 * i for i, key in enumerate(self.keys)}

    def scores(self, key: str) -> Scores | float:
        """Return zero everywhere but in the two columns of this row."""
        if key not in self._place:
            return 0.0
        moved = np.zeros(1 + 2 * len(self.keys))
        moved[self._place[key]], moved[self._place[key] + 1] = -Z90, Z90
        return moved

    def pair(self, result: Number) -> Mapping[str, tuple[float, float]]:
        """Return, by row, the result at its low and at its high point."""
        spread = np.broadcast_to(np.asarray(result, dtype=float), (1 + 2 * len(self.keys),))
        return {key: (float(spread[i]), float(spread[i + 1])) for key, i in self._place.items()}


def draw(row: Assumption, draws: Draws) -> Number:
    """Return the values of a row: a float when it has no width."""
    if row.shape is Shape.POINT or row.low == row.high:
        return row.base
    scores = np.asarray(draws.scores(row.key))
    if row.shape is Shape.LOGNORMAL:
        down, up = math.log(row.base / row.low) / Z90, math.log(row.high / row.base) / Z90
        values = row.base * np.exp(np.where(scores < 0, down, up) * scores)
    else:
        down, up = (row.base - row.low) / Z90, (row.high - row.base) / Z90
        values = row.base + np.where(scores < 0, down, up) * scores
    return plain(np.clip(values, row.minimum, row.maximum))


def log_spread(row: Assumption) -> float:
    """Return the standard deviation of a row in ratio."""
    if row.shape is Shape.POINT or row.low <= 0:
        return 0.0
    return math.log(row.high / row.low) / (2 * Z90)


@cache
def _strata(count: int) -> Scores:
    """Return the normal scores of the middles of `count` equal slices."""
    inverse = NormalDist().inv_cdf
    half = [inverse((i + 0.5) / count) for i in range(count // 2)]
    middle = [0.0] if count % 2 else []
    return np.array([*half, *middle, *(-score for score in reversed(half))])
