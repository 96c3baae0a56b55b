"""Learn which of several candidates is meant: one weight a feature, the right candidates likeliest among all.

Knows candidates and which of them are right; knows no decision.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.learning.descent import Floats, descend, matrix_of, rounded, table_of
from extractors.linear import Features, LinearModel

#: Candidates of one choice, each with its features and whether it is (one of) the right.
Choice = Sequence[tuple[Features, bool]]


def fit_choice(
    choices: Sequence[Choice], *, label: str, penalty: float, seen_at_least: int = 2, onto: LinearModel | None = None
) -> LinearModel:
    """Return the model whose score for `label` is highest for the right candidates; ValueError without choices.

    The penalty holds weights near those of `onto`, near zero without it.
    """
    kept = [choice for choice in choices if any(right for _, right in choice)]
    if not kept:
        raise ValueError(f"nothing to learn {label!r} from: no choice has a right candidate")
    options = [features for choice in kept for features, _ in choice]
    matrix = matrix_of(options, seen_at_least=seen_at_least, known=onto)
    prior = table_of(matrix.names, (label,), onto)
    group = np.repeat(np.arange(len(kept)), [len(choice) for choice in kept])
    wanted = np.concatenate([_shares(choice) for choice in kept])[:, None]

    def gradients(parameters: list[Floats]) -> list[Floats]:
        (weights,) = parameters
        error = _chances(matrix.times(weights)[:, 0], group, len(kept))[:, None] - wanted
        return [((matrix.pull(error) + penalty * (weights - prior)) / len(kept)).astype(np.float32)]

    (weights,) = descend([prior.copy()], gradients)
    return LinearModel(labels=(label,), bias=(0.0,), weights=rounded(matrix.names, weights))


def _shares(choice: Choice) -> Floats:
    right = np.array([right for _, right in choice], np.float32)
    shares: Floats = right / right.sum()
    return shares


def _chances(scores: Floats, group: NDArray[np.int64], groups: int) -> Floats:
    tops = np.full(groups, -np.inf, np.float32)
    np.maximum.at(tops, group, scores)
    raised = np.exp(scores - tops[group])
    chances: Floats = raised / np.bincount(group, weights=raised, minlength=groups).astype(np.float32)[group]
    return chances
