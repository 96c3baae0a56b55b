"""What a number measures, judged by hand: score every role a quantity could play from named cues around it.

Knows cues, distances and clause borders, and the weights by which each cue speaks for a role; does not know deals.
`capacity` here means "some deal's megawatts"; whose deal it is, `assignment` decides.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.closed_sets import CapacityKind, Qualifier, QuantityKind
from extractors.reading import Figure, Line
from extractors.roles.cues import CUES
from extractors.roles.weights import role_weights

#: The word right before a sum that something is brought to.
_TO = re.compile(r"\bto (?:approximately |about |roughly |around |some |over |more than |nearly |almost |~)?$")
_REACH = 160
_NEAR = 30.0
#: "two 10-year agreements" counts agreements, not options.
_AGREEMENTS = re.compile(
    r"\s?(?:(?!option|extension|renewal)[\w-]+\s){0,3}?(?:agreements?|leases?|contracts?|deals?)\b"
)
#: Options that nobody has used yet; one already exercised adds to a total that is committed.
_UNUSED = re.compile(
    r"^(?!.*\b(?:has|have|had|having)\s(?:now\s|already\s)?exercised)(?!.*\bexercis(?:ed|es|ing)\s(?:its|an?|the|their)\b)"
    r".*\b(?:options?|extensions?|renewals?|optional|if\s(?:fully\s)?exercised|potentially|potential\s(?:to|of|for))\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleScores:
    """The roles of one figure, best first, and the features that spoke."""

    scores: tuple[tuple[str, float], ...]
    features: Mapping[str, float]

    def of(self, role: str) -> float:
        return next((score for name, score in self.scores if name == role), -9.0)

    @property
    def best(self) -> str:
        return self.scores[0][0] if self.scores else "other"

    def margin(self, role: str) -> float:
        """Return how far a role leads the best of the others (negative: trails)."""
        others = [score for name, score in self.scores if name != role]
        return self.of(role) - (max(others) if others else 0.0)


def score_roles(line: Line, figure: Figure) -> RoleScores:
    """Score the roles of one figure of a line."""
    features = {**_cue_features(line, figure), **_form_features(line, figure)}
    weights = role_weights().get(figure.quantity.kind, {})
    scores = {
        role: round(table.get("bias", 0.0) + sum(table.get(name, 0.0) * value for name, value in features.items()), 4)
        for role, table in weights.items()
    }
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    return RoleScores(scores=tuple(ranked), features=features)


def _cue_features(line: Line, figure: Figure) -> dict[str, float]:
    """Return the strength of each cue near the figure, both as such ("worth") and by side ("worth<" stands before)."""
    features: dict[str, float] = {}
    for name, start, end in _cues_of(line.masked):
        if start < figure.end and figure.start < end:
            continue
        before = end <= figure.start
        gap = figure.start - end if before else start - figure.end
        if gap > _REACH:
            continue
        between = line.crossings(start, figure.start)
        strength = (1.0 / (1.0 + gap / _NEAR)) * (0.5 ** min(between, 3))
        side = name + ("<" if before else ">")
        features[side] = max(features.get(side, 0.0), strength)
        features[name] = max(features.get(name, 0.0), strength)
    return features | _optional_total(line, features) | _coordinated_total(line, figure, features)


def _optional_total(line: Line, features: Mapping[str, float]) -> dict[str, float]:
    """Tell a total that hangs on options ("options would raise the total to $4bn") from one that is reached."""
    raised = features.get("total-to<", 0.0) or features.get("total-cue<", 0.0) or features.get("could-to<", 0.0)
    return {"optional-total": 1.0} if raised and _UNUSED.search(line.masked) else {}


def _coordinated_total(line: Line, figure: Figure, features: Mapping[str, float]) -> dict[str, float]:
    """Tell the second sum of "takes the tenant to 175 MW and contracted revenue to $3.1bn", as cumulative as the first."""
    reached = features.get("total-to<", 0.0) and _TO.search(line.masked, max(0, figure.start - 30), figure.start)
    return {"coordinated-total": 1.0} if reached else {}


@lru_cache(maxsize=256)
def _cues_of(masked: str) -> tuple[tuple[str, int, int], ...]:
    return tuple((name, match.start(), match.end()) for name, pattern in CUES for match in pattern.finditer(masked))


def _form_features(line: Line, figure: Figure) -> dict[str, float]:
    """Return what the figure itself tells: its rate, basis, size, qualifier and the rule that found it."""
    quantity = figure.quantity
    features = {"heading": 1.0} if line.heading else {}
    if quantity.per:
        features[f"per:{quantity.per}"] = 1.0
    if quantity.basis is not None and quantity.basis is not CapacityKind.UNSPECIFIED:
        features[f"basis:{quantity.basis}"] = 1.0
    if quantity.qualifier is not Qualifier.EXACT:
        features[f"is:{quantity.qualifier}"] = 1.0
    if quantity.rule:
        agreements = quantity.rule.startswith("term.option") and _AGREEMENTS.match(line.masked, figure.end)
        features["rule:term" if agreements else "rule:" + quantity.rule.split(".x")[0]] = 1.0
    return features | _size_features(quantity.kind, quantity.value)


def _size_features(kind: QuantityKind, value: float | None) -> dict[str, float]:
    if value is None:
        return {"no-number": 1.0}
    if kind is QuantityKind.MONEY:
        bounds = ((5e3, "tiny"), (1e6, "small"), (1e8, "millions"), (1e9, "hundreds-of-millions"), (8e10, "billions"))
        return {next((name for top, name in bounds if value < top), "huge"): 1.0}
    if kind is QuantityKind.POWER:
        return {"kilowatts" if value < 0.5 else "few-mw" if value < 1000 else "gigawatts": 1.0}
    if kind is QuantityKind.TERM:
        return (
            {"days": 1.0} if value < 0.2 else {"short" if value < 1.9 else "long" if value > 45 else "term-like": 1.0}
        )
    return {}
