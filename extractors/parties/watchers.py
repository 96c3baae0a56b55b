"""Who only watches: banks and brokers whose analysts are quoted deal with nobody in that article.

Knows the words of ratings and price targets; a bank that rates a share in one sentence is no customer in the next.
"""

import re
from collections.abc import Sequence

from extractors.closed_sets import PartyKind
from extractors.deals.merge import group_of
from extractors.parties.stances import Stance, stance_of
from extractors.reading import Frame, Line

_RATES = re.compile(
    r"\b(?:overweight|underweight|price targets?|outperform|upgrad\w+|downgrad\w+|(?:buy|sell|hold|neutral) rating|ratings?|analysts?)\b"
)


def find_watchers(lines: Sequence[Line]) -> frozenset[int]:
    """Return the actors that speak as analysts somewhere in the article."""
    found: set[int] = set()
    for line in lines:
        rates = _RATES.search(line.masked) is not None
        for actant in line.actants:
            if (
                actant.actor.kind is PartyKind.OTHER
                and actant.actor.name
                and (rates or stance_of(line, actant) is Stance.SOURCE)
            ):
                found.add(actant.actor.id)
    return frozenset(found)


def watched(frame: Frame, watchers: frozenset[int]) -> bool:
    """Tell whether a frame makes a watcher a party to a compute deal."""
    ids = {actor.id for actor in (frame.provider, frame.customer) if actor}
    return group_of(frame.family) == "compute" and bool(ids & watchers)
