"""Solve a contract for what is not stated: follow the relations, fill gaps with priors, pool two ways to one answer.

Stated numbers are never changed. What is stated twice and disagrees is a tension; what cannot be reached stays unknown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from bot.capacity.lease import Number, plain
from bot.capacity.relations import Relation

#: Two sides of a relation may differ by this much before it is called a tension.
TOLERANCE = 0.03


class Origin(StrEnum):
    """Where a figure comes from."""

    STATED = "stated"
    DERIVED = "derived"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A quantity reachable in two ways: by each relation, with its prior filling the gap."""

    target: str
    routes: tuple[tuple[str, str], ...]


#: A step of a plan: fill this quantity from its prior, or pool several ways.
Step = str | Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """What solving needs to know of the priors: a value, and its spread in ratio."""

    value: Callable[[str, Mapping[str, Number]], Number]
    spread: Callable[[str, Mapping[str, Number]], float]


@dataclass(slots=True, kw_only=True)
class Solution:
    """The values found, where each comes from, and the relations that do not hold."""

    values: dict[str, Number]
    origins: dict[str, Origin]
    tensions: list[tuple[Relation, float]] = field(default_factory=list)


def solve(
    stated: Mapping[str, Number], relations: Sequence[Relation], plan: Sequence[Step], priors: Priors
) -> Solution:
    """Find every quantity that the stated ones and the priors determine."""
    found = Solution(values=dict(stated), origins=dict.fromkeys(stated, Origin.STATED))
    _close(found, relations)
    found.tensions = _tensions(found, relations)
    for step in plan:
        if isinstance(step, Pool):
            _pool(found, step, relations, priors)
        elif step not in found.values:
            found.values[step] = priors.value(step, found.values)
            found.origins[step] = Origin.ASSUMED
        _close(found, relations)
    return found


def _close(found: Solution, relations: Sequence[Relation]) -> None:
    """Apply relations with one unknown until none is left."""
    moved = True
    while moved:
        moved = False
        for relation in relations:
            unknown = relation.unknown(found.values)
            if len(unknown) == 1 and unknown[0] in relation.solvers:
                value = relation.solvers[unknown[0]](found.values)
                if np.all(np.isfinite(value)):
                    found.values[unknown[0]] = value
                    found.origins[unknown[0]] = Origin.DERIVED
                    moved = True


def _pool(found: Solution, pool: Pool, relations: Sequence[Relation], priors: Priors) -> None:
    """Weigh several ways to one quantity by the certainty of the prior each needs."""
    if pool.target in found.values:
        return
    by_name = {relation.name: relation for relation in relations}
    candidates: list[tuple[Number, float]] = []
    for name, prior in pool.routes:
        relation = by_name[name]
        if sorted(relation.unknown(found.values)) == sorted((pool.target, prior)):
            with_prior = {**found.values, prior: priors.value(prior, found.values)}
            spread = max(priors.spread(prior, found.values), 1e-6)
            candidates.append((relation.solvers[pool.target](with_prior), spread**-2))
    if len(candidates) > 1:
        total = sum(weight for _, weight in candidates)
        mean = sum(np.log(value) * (weight / total) for value, weight in candidates)
        found.values[pool.target] = plain(np.exp(mean))
        found.origins[pool.target] = Origin.DERIVED


def _tensions(found: Solution, relations: Sequence[Relation]) -> list[tuple[Relation, float]]:
    """Return the relations among stated quantities that do not hold, worst first, with how far they are off."""
    gaps = [
        (relation, float(np.median(relation.gap(found.values))))
        for relation in relations
        if not relation.unknown(found.values)
    ]
    return sorted((pair for pair in gaps if abs(pair[1]) > TOLERANCE), key=lambda pair: -abs(pair[1]))
