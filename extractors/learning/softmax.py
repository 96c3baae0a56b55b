"""Fit a linear model to examples: softmax regression with an L2 penalty, full batches, Adam. Deterministic.

Knows sparse examples and numpy; knows no decision.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.linear import Features, LinearModel

_STEPS, _RATE, _DECAY_MEAN, _DECAY_SQUARE = 110, 0.25, 0.9, 0.999
#: Weights smaller than this in every label are left out; they decide nothing and fill the file.
_LEAST_WEIGHT = 0.02
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Example:
    """What was seen (named features) and what a careful reader says it is (label); `article` tells where it is from."""

    article: str
    features: Features
    label: str


@dataclass(frozen=True, slots=True)
class _Matrix:
    """Examples as entries (row, column, value), sorted by row and, a second time, by column."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: NDArray[np.float32]


def fit(examples: Sequence[Example], *, penalty: float, seen_at_least: int = 4) -> LinearModel:
    """Return the model that makes the labels of the examples likeliest; ValueError with fewer than two labels."""
    labels = sorted({example.label for example in examples})
    if len(labels) < 2:
        raise ValueError(f"nothing to learn from {len(examples)} examples with the labels {labels}")
    counts = Counter(name for example in examples for name in example.features)
    names = sorted(name for name, seen in counts.items() if seen >= seen_at_least)
    weights, bias = _descend(_matrix(examples, names), _targets(examples, labels), width=len(names), penalty=penalty)
    rounded = {
        name: tuple(round(float(value), _DIGITS) for value in row)
        for name, row in zip(names, weights, strict=True)
        if np.abs(row).max() >= _LEAST_WEIGHT
    }
    return LinearModel(
        labels=tuple(labels), bias=tuple(round(float(value), _DIGITS) for value in bias), weights=rounded
    )


def _matrix(examples: Sequence[Example], names: Sequence[str]) -> _Matrix:
    index = {name: column for column, name in enumerate(names)}
    entries = [
        (row, index[name], value)
        for row, example in enumerate(examples)
        for name, value in example.features.items()
        if name in index
    ]
    rows, columns, values = zip(*entries, strict=True)
    return _Matrix(np.array(rows), np.array(columns), np.array(values, np.float32))


def _targets(examples: Sequence[Example], labels: Sequence[str]) -> NDArray[np.float32]:
    targets = np.zeros((len(examples), len(labels)), np.float32)
    targets[np.arange(len(examples)), [labels.index(example.label) for example in examples]] = 1.0
    return targets


def _descend(
    matrix: _Matrix, targets: NDArray[np.float32], *, width: int, penalty: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return (weights, bias) after a fixed number of Adam's steps on the mean penalised log-loss."""
    count = len(targets)
    parameters = [np.zeros((width, targets.shape[1]), np.float32), np.zeros(targets.shape[1], np.float32)]
    means = [np.zeros_like(one) for one in parameters]
    squares = [np.zeros_like(one) for one in parameters]
    by_column = np.argsort(matrix.columns, kind="stable")
    for step in range(1, _STEPS + 1):
        weights, bias = parameters
        error = _chances(matrix, weights, bias, count) - targets
        pull = _add_up(error[matrix.rows[by_column]] * matrix.values[by_column, None], matrix.columns[by_column], width)
        gradients = [(pull + penalty * weights) / count, error.sum(axis=0) / count]
        for at, gradient in enumerate(gradients):
            means[at] += (1 - _DECAY_MEAN) * (gradient - means[at])
            squares[at] += (1 - _DECAY_SQUARE) * (gradient * gradient - squares[at])
            level = np.sqrt(squares[at] / (1 - _DECAY_SQUARE**step)) + 1e-8
            parameters[at] -= _RATE * (means[at] / (1 - _DECAY_MEAN**step)) / level
    return parameters[0], parameters[1]


def _chances(
    matrix: _Matrix, weights: NDArray[np.float32], bias: NDArray[np.float32], count: int
) -> NDArray[np.float32]:
    scores = _add_up(weights[matrix.columns] * matrix.values[:, None], matrix.rows, count) + bias
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: NDArray[np.float32] = raised / raised.sum(axis=1, keepdims=True)
    return chances


def _add_up(parts: NDArray[np.float32], groups: NDArray[np.int64], size: int) -> NDArray[np.float32]:
    """Sum rows of `parts` by group; `groups` is sorted, and a group without parts sums to zero."""
    present, starts = np.unique(groups, return_index=True)
    total = np.zeros((size, parts.shape[1]), np.float32)
    total[present] = np.add.reduceat(parts, starts, axis=0)
    return total
