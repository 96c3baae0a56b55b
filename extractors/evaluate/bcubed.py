"""B-cubed: how well mentions were gathered into deals, judged mention by mention.

    bcubed(placed, *, missed=0) -> BCubed

For each mention: which share of its deal is truly the same deal (precision), which share of the deal's mentions stand
with it (recall); both averaged. Knows nothing of articles or how mentions were gathered.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where a mention went, and where it belongs.

    `deal` is None for a mention left waiting. `identity` None: no deal that anybody annotated. `may_wait`: no article
    of the set is about that deal, so a mention of it rightly waits.
    """

    deal: Hashable | None
    identity: str | None
    may_wait: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BCubed:
    """Precision, recall and F1, 0 to 1, over so many mentions."""

    precision: float
    recall: float
    mentions: int

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def bcubed(placed: Sequence[Placing], *, missed: int = 0) -> BCubed:
    """Judge a grouping; `missed` are mentions that were there but not found, each with a recall of 0."""
    deals = Counter(one.deal for one in placed if one.deal is not None)
    known = Counter(one.identity for one in placed if one.identity is not None)
    together = Counter((one.deal, one.identity) for one in placed if one.deal is not None)
    precisions = [_purity(one, deals, together) for one in placed if one.identity is not None or one.deal is not None]
    recalls = [_completeness(one, known, together) for one in placed if one.identity is not None]
    return BCubed(
        precision=_mean(precisions, len(precisions)),
        recall=_mean(recalls, len(recalls) + missed),
        mentions=len(precisions),
    )


def _purity(one: Placing, deals: Mapping[Hashable, int], together: Mapping[tuple[Hashable, str | None], int]) -> float:
    if one.deal is None:
        return 1.0
    return together[one.deal, one.identity] / deals[one.deal] if one.identity is not None else 0.0


def _completeness(one: Placing, known: Mapping[str, int], together: Mapping[tuple[Hashable, str | None], int]) -> float:
    if one.may_wait or one.identity is None:
        return 1.0
    return (together[one.deal, one.identity] if one.deal is not None else 1) / known[one.identity]


def _mean(shares: Sequence[float], among: int) -> float:
    return sum(shares) / among if among else 0.0
