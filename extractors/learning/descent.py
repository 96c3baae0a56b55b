"""Find the weights that make examples likeliest: examples as a sparse matrix, and Adam's steps. Deterministic.

Knows numpy and numbers; what is fitted, `softmax` and `choice` say.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.linear import Features, LinearModel

_STEPS, _RATE, _DECAY_MEAN, _DECAY_SQUARE = 110, 0.25, 0.9, 0.999
#: Weights smaller than this in every label are left out of a model; they decide nothing and fill the file.
_LEAST_WEIGHT = 0.02
_DIGITS = 3

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Examples as entries (row, column, value), sorted by row; column i is the feature `names[i]`."""

    names: tuple[str, ...]
    height: int
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: Floats

    def times(self, weights: Floats) -> Floats:
        """Return the scores of all rows under `weights` (features by labels)."""
        return _add_up(weights[self.columns] * self.values[:, None], self.rows, self.height)

    def pull(self, error: Floats) -> Floats:
        """Return the gradient of the weights from the error of each row's scores."""
        order = np.argsort(self.columns, kind="stable")
        return _add_up(error[self.rows[order]] * self.values[order, None], self.columns[order], len(self.names))


def matrix_of(examples: Sequence[Features], *, seen_at_least: int, known: LinearModel | None = None) -> Matrix:
    """Lay examples out; a feature seen in fewer examples is left out, unless a model knows it already."""
    counts = Counter(name for features in examples for name in features)
    kept = {name for name, seen in counts.items() if seen >= seen_at_least} | set(known.weights if known else ())
    names = tuple(sorted(kept))
    index = {name: column for column, name in enumerate(names)}
    entries = [
        (row, index[name], value)
        for row, features in enumerate(examples)
        for name, value in features.items()
        if name in index
    ]
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    return Matrix(
        names,
        len(examples),
        np.array(rows, np.int64),
        np.array(columns, np.int64),
        np.array(values, np.float32),
    )


def table_of(names: Sequence[str], labels: Sequence[str], known: LinearModel | None) -> Floats:
    """Return the weights (features by labels) of a model to start from; zero for what it does not know."""
    table = np.zeros((len(names), len(labels)), np.float32)
    if known is not None:
        columns = [labels.index(label) for label in known.labels]
        for row, name in enumerate(names):
            if name in known.weights:
                table[row, columns] = known.weights[name]
    return table


def descend(parameters: list[Floats], gradients: Callable[[list[Floats]], list[Floats]]) -> list[Floats]:
    """Return the parameters after a fixed number of Adam's steps down the gradients."""
    means = [np.zeros_like(one) for one in parameters]
    squares = [np.zeros_like(one) for one in parameters]
    for step in range(1, _STEPS + 1):
        for at, gradient in enumerate(gradients(parameters)):
            means[at] += (1 - _DECAY_MEAN) * (gradient - means[at])
            squares[at] += (1 - _DECAY_SQUARE) * (gradient * gradient - squares[at])
            level = np.sqrt(squares[at] / (1 - _DECAY_SQUARE**step)) + 1e-8
            parameters[at] -= _RATE * (means[at] / (1 - _DECAY_MEAN**step)) / level
    return parameters


def rounded(names: Sequence[str], weights: Floats) -> dict[str, tuple[float, ...]]:
    """Return the weights that decide anything, by feature, rounded to what matters."""
    return {
        name: tuple(round(float(value), _DIGITS) for value in row)
        for name, row in zip(names, weights, strict=True)
        if np.abs(row).max() >= _LEAST_WEIGHT
    }


def _add_up(parts: Floats, groups: NDArray[np.int64], size: int) -> Floats:
    """Sum rows of `parts` by group; `groups` is sorted, and a group without parts sums to zero."""
    total = np.zeros((size, parts.shape[1]), np.float32)
    if len(groups):
        present, starts = np.unique(groups, return_index=True)
        total[present] = np.add.reduceat(parts, starts, axis=0)
    return total
