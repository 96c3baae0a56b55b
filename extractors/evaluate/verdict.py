"""One verdict per fact, and how verdicts add up."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from extractors.models import Evidence


class Group(StrEnum):
    """What a verdict is about."""

    ALERT = "alert"
    DEAL = "deal"
    REACTION = "reaction"
    NEGATIVE = "negative"
    PARTIES = "parties"
    PRIMARY = "primary"
    BACKGROUND = "background"
    ROLE = "role"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was wanted and what came for one fact of one article.

    `wanted` and `got` are None where nothing is stated. `compared` is False for facts of deals that have no
    counterpart and for members of lists: they count for precision and recall, not for accuracy.
    """

    article: str
    group: Group
    field: str
    subject: str
    wanted: object
    got: object
    right: bool
    compared: bool = True
    evidence: tuple[Evidence, ...] = ()

    @property
    def true_positive(self) -> bool:
        return self.right and self.wanted is not None and self.got is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """True positives, false positives and false negatives over stated values."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        return self.tp / max(1, self.tp + self.fp)

    @property
    def recall(self) -> float:
        return self.tp / max(1, self.tp + self.fn)

    @property
    def f1(self) -> float:
        return 2 * self.tp / max(1, 2 * self.tp + self.fp + self.fn)

    @property
    def stated(self) -> bool:
        return bool(self.tp or self.fp or self.fn)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(tp=self.tp + other.tp, fp=self.fp + other.fp, fn=self.fn + other.fn)


def counts_of(verdicts: Iterable[Verdict]) -> Counts:
    """Add up verdicts; a wrong value is both invented and missed."""
    tp = fp = fn = 0
    for verdict in verdicts:
        if verdict.true_positive:
            tp += 1
            continue
        fp += verdict.got is not None
        fn += verdict.wanted is not None
    return Counts(tp=tp, fp=fp, fn=fn)
