"""Which of several claims is shown. Knows ranks and agreement, not fields or deals.

A claim's rank: the operator's correction, then filings and press releases, newswires, trade press, blogs; background
mentions after all that. The best rank wins; among equals the exact figure, then what more independent sources say,
then the earlier; a figure of the same rank that comes a week after the last word for another amends it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from extractors.closed_sets import Qualifier
from extractors.resolution.identity import StoredMention

V = TypeVar("V")

_AMENDMENT_AFTER = timedelta(days=7)
_BACKGROUND = 10
_FIRMNESS = {Qualifier.EXACT: 0, None: 1, Qualifier.APPROX: 2, Qualifier.AT_LEAST: 3, Qualifier.UP_TO: 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Generic[V]):
    """One claim about a field: the value to compare, who says it, how firmly."""

    value: V
    item: StoredMention
    qualifier: Qualifier | None
    key: tuple[str, ...]

    @property
    def rank(self) -> int:
        return self.item.authority + (0 if self.item.mention.primary else _BACKGROUND)

    @property
    def order(self) -> tuple[int, int, datetime, tuple[str, ...]]:
        return self.rank, _FIRMNESS[self.qualifier], self.item.told_at, self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Camp(Generic[V]):
    """The statements that agree, best first."""

    statements: tuple[Statement[V], ...]

    @property
    def best(self) -> Statement[V]:
        return self.statements[0]

    @property
    def sources(self) -> int:
        """How many independent sources say so: copies and one publisher's articles count once."""
        return independent(statement.item for statement in self.statements)


def independent(items: Iterable[StoredMention]) -> int:
    """Count independent sources among mentions."""
    origins: dict[int, str] = {}
    for item in items:
        if item.copy_of is None or item.origin not in origins:
            origins[item.origin] = item.publisher
    named = {publisher.casefold() for publisher in origins.values() if publisher}
    return len(named) + sum(1 for publisher in origins.values() if not publisher)


def camps(statements: Sequence[Statement[V]], same: Callable[[V, V], bool]) -> list[Camp[V]]:
    """Gather the statements that agree; the first camp is the one shown."""
    gathered: list[list[Statement[V]]] = []
    for statement in sorted(statements, key=lambda s: s.order):
        home = next((camp for camp in gathered if same(camp[0].value, statement.value)), None)
        if home is None:
            gathered.append([statement])
        else:
            home.append(statement)
    found = [Camp(statements=tuple(camp)) for camp in gathered]
    ordered = sorted(found, key=_standing)
    return _amended(ordered)


def _standing(camp: Camp[V]) -> tuple[int, int, int, datetime, tuple[str, ...]]:
    best = camp.best
    return best.rank, _FIRMNESS[best.qualifier], -camp.sources, best.item.told_at, best.key


def _amended(ordered: list[Camp[V]]) -> list[Camp[V]]:
    """Put a later word of the same rank first."""
    if len(ordered) < 2:
        return ordered
    shown = ordered[0]
    for rival in sorted(ordered[1:], key=lambda camp: (_first(camp), camp.best.key)):
        if rival.best.rank <= shown.best.rank and _first(rival) > _last_at_rank(shown) + _AMENDMENT_AFTER:
            shown = rival
    return [shown, *(camp for camp in ordered if camp is not shown)]


def _first(camp: Camp[V]) -> datetime:
    return min(statement.item.told_at for statement in camp.statements)


def _last_at_rank(camp: Camp[V]) -> datetime:
    return max(s.item.told_at for s in camp.statements if s.rank == camp.best.rank)
