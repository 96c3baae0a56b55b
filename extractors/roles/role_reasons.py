"""Everything that may tell what a number measures: the features of the learned models of roles.

Adds to the judged cues of `scoring` what only data can weigh: the words around the number, its sentence and clause, the
figures and parties beside it, and how it stands to the other amounts of the article. Names and numbers are blotted
out, so no company and no deal is learned.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.closed_sets import Qualifier, QuantityKind, Where
from extractors.deals.status import is_recap
from extractors.deals.triggers import find_triggers
from extractors.reading import Figure, Line
from extractors.roles.scoring import RoleScores
from extractors.text.stems import stems, step

#: Characters of a line before and after a number that are read word by word.
_BEFORE, _AFTER = 60, 70
_SCALE = 3.0


class Scene:
    """The amounts of one article: how often each is told, whether in the headline, and how it ranks by size."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._told: Counter[tuple[QuantityKind, float]] = Counter()
        self._headline: set[tuple[QuantityKind, float]] = set()
        for line in lines:
            for figure in line.figures:
                amount = _amount(figure)
                self._told[amount] += 1
                if line.where is Where.TITLE:
                    self._headline.add(amount)
        sizes: dict[QuantityKind, set[float]] = {}
        for kind, value in self._told:
            sizes.setdefault(kind, set()).add(value)
        self._sizes = {kind: sorted(values, reverse=True) for kind, values in sizes.items()}

    def reasons(self, figure: Figure) -> Iterator[str]:
        """Yield how an amount stands in the article."""
        amount = _amount(figure)
        sizes = self._sizes[amount[0]]
        yield f"told:{min(3, self._told[amount])}"
        if amount in self._headline:
            yield "headline"
        yield "largest" if amount[1] == sizes[0] else f"rank:{min(3, sizes.index(amount[1]))}"
        yield f"amounts:{step(len(sizes), 1, 2, 4, 7)}"


def role_reasons(line: Line, figure: Figure, roles: RoleScores, scene: Scene) -> dict[str, float]:
    """Return the features of one figure: names with strengths between -1 and about 2."""
    features: dict[str, float] = {f"c:{name}": value for name, value in roles.features.items()}
    features |= {f"s:{role}": max(-1.0, min(1.0, score / _SCALE)) for role, score in roles.scores}
    features["best:" + roles.best] = 1.0
    for names in (_form(figure), _words(line, figure), _where(line), _beside(line, figure), scene.reasons(figure)):
        for name in names:
            features[name] = 1.0
    return features


def _amount(figure: Figure) -> tuple[QuantityKind, float]:
    return figure.quantity.kind, round(figure.quantity.value or 0.0, 6)


def _form(figure: Figure) -> Iterator[str]:
    quantity = figure.quantity
    yield f"size:{round(2 * math.log10(max(quantity.value or 0.0, 1e-3)))}"
    yield f"per:{quantity.per}"
    yield f"basis:{quantity.basis}"
    if quantity.qualifier is not Qualifier.EXACT:
        yield f"is:{quantity.qualifier}"
    if quantity.value_high is not None:
        yield "range"
    if quantity.currency not in (None, "USD"):
        yield "foreign"
    if quantity.rule:
        yield f"rule:{quantity.rule.split('.x')[0]}"


def _words(line: Line, figure: Figure) -> Iterator[str]:
    before = stems(line.masked[max(0, figure.start - _BEFORE) : figure.start])[-7:]
    after = stems(line.masked[figure.end : figure.end + _AFTER])[:7]
    yield from (f"l:{word}" for word in before)
    yield from (f"r:{word}" for word in after)
    yield f"l1:{before[-1] if before else '^'}"
    yield f"r1:{after[0] if after else '$'}"
    yield from (f"lb:{one} {two}" for one, two in pairwise(before[-4:]))
    yield from (f"rb:{one} {two}" for one, two in pairwise(after[:4]))
    if before and after:
        yield f"x:{before[-1]} {after[0]}"
    yield "l3:" + " ".join(before[-3:])
    yield "r3:" + " ".join(after[:3])
    clause = line.clause(figure.start)
    start = line.breaks[clause]
    end = line.breaks[clause + 1] if clause + 1 < len(line.breaks) else len(line.masked)
    yield from (f"in:{word}" for word in stems(line.masked[start:end])[:40])


def _where(line: Line) -> Iterator[str]:
    yield "where:" + ("t" if line.where is Where.TITLE else "h" if line.heading else "x")
    yield f"ix:{step(line.index, 0, 2, 4, 8, 14)}"
    if line.repeats_title:
        yield "rep"
    if is_recap(line.masked):
        yield "recap"
    yield from {f"t:{trigger.family}" for trigger in find_triggers(line.masked)}


def _beside(line: Line, figure: Figure) -> Iterator[str]:
    clause = line.clause(figure.start)
    alike = [other for other in line.figures if other.quantity.kind is figure.quantity.kind]
    yield f"nth:{min(3, alike.index(figure))}of{min(4, len(alike))}"
    for other in line.figures:
        if other is not figure:
            near = line.clause(other.start) == clause
            side = "l" if other.start < figure.start else "r"
            yield f"f{side}:{other.quantity.kind}:{'in' if near else 'out'}"
            if other in alike:
                yield "above" if (figure.quantity.value or 0.0) > (other.quantity.value or 0.0) else "below"
    for actant in line.actants:
        side = "l" if actant.start < figure.start else "r"
        near = line.clause(actant.start) == clause
        yield f"a{side}:{actant.actor.kind}:{'in' if near else 'out'}"
    parties = {actant.actor.id for actant in line.actants if not actant.modifier}
    yield f"parties:{min(3, len(parties))}"
