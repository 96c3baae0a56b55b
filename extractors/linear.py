"""Linear models: named features with weights, added up to a score for each label. Learned elsewhere, read here.

A feature is a reason with a name, so the reasons behind a decision can be shown: the features that moved its score
most. Knows arithmetic only; which features there are is the affair of each decision.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

#: name of a feature -> how strongly it holds (1.0 = plainly)
Features = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearModel:
    """Weights of one decision. `weights[feature][i]` speaks for `labels[i]`; a feature it does not know says nothing."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, features: Features) -> dict[str, float]:
        """Return the score of each label, in log-odds up to a common constant."""
        totals = list(self.bias)
        for name, strength in features.items():
            row = self.weights.get(name)
            if row is not None:
                for index, weight in enumerate(row):
                    totals[index] += weight * strength
        return dict(zip(self.labels, totals, strict=True))

    def chances(self, features: Features) -> dict[str, float]:
        """Return how likely each label is; the sum is 1."""
        return chances_of(self.scores(features))

    def reasons(self, features: Features, label: str, *, most: int = 3) -> list[str]:
        """Return the features that speak loudest for a label against the others, loudest first."""
        at = self.labels.index(label)
        pull = {name: _lead(row, at) * features[name] for name in features if (row := self.weights.get(name))}
        return sorted((name for name in pull if pull[name] > 0), key=lambda name: (-pull[name], name))[:most]


def _lead(row: tuple[float, ...], at: int) -> float:
    rivals = [weight for index, weight in enumerate(row) if index != at]
    return row[at] - sum(rivals) / max(1, len(rivals))


def chances_of(scores: Mapping[str, float]) -> dict[str, float]:
    """Return how likely each label is, given its score; the sum is 1."""
    top = max(scores.values())
    raised = {label: math.exp(score - top) for label, score in scores.items()}
    total = sum(raised.values())
    return {label: value / total for label, value in raised.items()}


def log_odds(chance: float) -> float:
    """Return ln(p / (1 - p)), bounded at p = 0.0001 and 0.9999."""
    bounded = min(max(chance, 1e-4), 1.0 - 1e-4)
    return math.log(bounded / (1.0 - bounded))


def model_from_json(record: Mapping[str, Any]) -> LinearModel:
    return LinearModel(
        labels=tuple(record["labels"]),
        bias=tuple(float(value) for value in record["bias"]),
        weights={name: tuple(float(value) for value in row) for name, row in record["weights"].items()},
    )


def model_to_json(model: LinearModel) -> dict[str, Any]:
    return {
        "labels": list(model.labels),
        "bias": list(model.bias),
        "weights": {name: list(row) for name, row in sorted(model.weights.items())},
    }


def count(names: Iterable[str]) -> dict[str, float]:
    """Return features from a list of names: how often each occurs."""
    counted: dict[str, float] = {}
    for name in names:
        counted[name] = counted.get(name, 0.0) + 1.0
    return counted
