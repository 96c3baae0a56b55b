"""Who could deal with whom in a line: every pair of its parties, each at the places where the two stand closest.

Beside the parties a line names stands who is being spoken of, where the line does not name it ("Dell supplies the
servers" in a story about a miner). Proposes everything and judges nothing.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from extractors.closed_sets import PartyKind, Where
from extractors.deals.pair_features import OPERATORS
from extractors.deals.triggers import find_triggers
from extractors.parties.stances import Stance, stance_of
from extractors.reading import Actant, Line, Trigger

#: A line that names more parties is a list; the first ones stand for it.
_MOST_PARTIES = 12
_MOST_PLACES = 6
_ASIDE = frozenset({Stance.PARENT, Stance.EXAMPLE, Stance.SOURCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two parties of a line. `between` counts the parties standing between them, `parties` those of the whole line."""

    one: Actant
    other: Actant
    between: int
    parties: int
    triggers: tuple[Trigger, ...]

    @property
    def in_order(self) -> tuple[Actant, Actant]:
        return (self.one, self.other) if self.one.start <= self.other.start else (self.other, self.one)


def is_topic(actant: Actant) -> bool:
    """Tell whether an actant stands for who is being spoken of and not for a word of the line."""
    return actant.end == 0


def parties_of(line: Line) -> list[Actant]:
    """Return the best actant of each actor of a line, before them its topic if the line does not name it."""
    best: dict[int, Actant] = {}
    for actant in line.actants:
        if actant.modifier:
            continue
        known = best.get(actant.actor.id)
        if known is None or (known.implied and not actant.implied):
            best[actant.actor.id] = actant
    parties = sorted(best.values(), key=lambda actant: actant.start)[:_MOST_PARTIES]
    topic = line.topic
    if not parties or topic is None or line.where is Where.TITLE or topic.id in best:
        return parties
    return [Actant(actor=topic, start=0, end=0, text="", implied=True, definite=True), *parties]


def pairs_in(line: Line) -> Iterator[Pair]:
    """Yield every pair of parties of a line."""
    parties = parties_of(line)
    if len(parties) < 2:
        return
    triggers = find_triggers(line.masked)
    for one, other in combinations(parties, 2):
        if _only_compared(line, one) or _only_compared(line, other) or (is_topic(one) and not triggers):
            continue
        nearest = _closest(line, one, other)
        low, high = sorted(actant.start for actant in nearest)
        own = {one.actor.id, other.actor.id}
        between = sum(low < actant.start < high for actant in parties if actant.actor.id not in own)
        yield Pair(one=nearest[0], other=nearest[1], between=between, parties=len(parties), triggers=triggers)


def alone_in(line: Line, busy: Collection[int]) -> Iterator[Actant]:
    """Yield the operators of a line that could be told of alone; `busy` actors are in a deal with another party."""
    for actant in parties_of(line):
        known = actant.actor.name is not None or actant.actor.kind is PartyKind.MINER
        if known and actant.actor.kind in OPERATORS and actant.actor.id not in busy and not is_topic(actant):
            yield actant


def _only_compared(line: Line, actant: Actant) -> bool:
    """Tell whether a party stands in a line for comparison only: a rival, an example, the loser of a bid."""
    if actant.implied:
        return False
    return all(stance_of(line, one) is Stance.EXAMPLE for one in _places(line, actant) if not one.implied)


def _closest(line: Line, one: Actant, other: Actant) -> tuple[Actant, Actant]:
    """Return the mentions of two actors that stand closest: in one clause, by name, side by side."""
    ones, others = _places(line, one), _places(line, other)
    several = len(ones) * len(others) > 1

    def cost(pair: tuple[Actant, Actant]) -> tuple[float, int, int]:
        a, b = pair
        away = 1.5 * line.crossings(a.start, b.start) + abs(a.start - b.start) / 150.0
        aside = sum(stance_of(line, one) in _ASIDE for one in pair) if several else 0
        return away + 1.2 * (a.implied + b.implied) + 2.0 * aside, a.start, b.start

    return min(((a, b) for a in ones for b in others), key=cost)


def _places(line: Line, party: Actant) -> Sequence[Actant]:
    own = [one for one in line.actants if one.actor == party.actor and not one.modifier]
    return own[:_MOST_PLACES] or [party]
