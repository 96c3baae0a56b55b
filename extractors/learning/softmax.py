"""Learn which of several labels an example has: softmax regression with an L2 penalty.

Knows examples and labels; knows no decision.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractors.learning.descent import Floats, descend, matrix_of, rounded, table_of
from extractors.linear import Features, LinearModel


@dataclass(frozen=True, slots=True)
class Example:
    """What was seen (named features) and what a careful reader says it is (label)."""

    features: Features
    label: str


def fit(
    examples: Sequence[Example], *, penalty: float, seen_at_least: int = 4, onto: LinearModel | None = None
) -> LinearModel:
    """Return the model that makes the labels of the examples likeliest; ValueError with fewer than two labels.

    The penalty holds weights near those of `onto`, near zero without it.
    """
    labels = sorted({example.label for example in examples} | set(onto.labels if onto else ()))
    if len(labels) < 2:
        raise ValueError(f"nothing to learn from {len(examples)} examples with the labels {labels}")
    matrix = matrix_of([example.features for example in examples], seen_at_least=seen_at_least, known=onto)
    prior = table_of(matrix.names, labels, onto)
    wanted = _targets(examples, labels)

    def gradients(parameters: list[Floats]) -> list[Floats]:
        weights, bias = parameters
        error = _chances(matrix.times(weights) + bias) - wanted
        return [(matrix.pull(error) + penalty * (weights - prior)) / len(wanted), error.sum(axis=0) / len(wanted)]

    begun = dict(zip(onto.labels, onto.bias, strict=True)) if onto else {}
    start = np.array([begun.get(label, 0.0) for label in labels], np.float32)
    weights, bias = descend([prior.copy(), start], gradients)
    return LinearModel(
        labels=tuple(labels),
        bias=tuple(round(float(value), 3) for value in bias),
        weights=rounded(matrix.names, weights),
    )


def _targets(examples: Sequence[Example], labels: Sequence[str]) -> Floats:
    targets = np.zeros((len(examples), len(labels)), np.float32)
    targets[np.arange(len(examples)), [labels.index(example.label) for example in examples]] = 1.0
    return targets


def _chances(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Floats = raised / raised.sum(axis=1, keepdims=True)
    return chances
