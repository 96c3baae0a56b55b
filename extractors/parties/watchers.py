"""Who only watches: banks and brokers whose analysts are quoted deal with nobody in that article.

Knows the words of ratings and price targets; a bank that rates a share in one sentence is no customer in the next.
"""

import re
from collections.abc import Sequence

from extractors.closed_sets import DealType, PartyKind
from extractors.deals.merge import group_of
from extractors.parties.stances import Stance, stance_of
from extractors.reading import Frame, Line

_RATES = re.compile(
    r"\b(?:overweight|underweight|price targets?|outperform|upgrad\w+|downgrad\w+|(?:buy|sell|hold|neutral) rating|ratings?|analysts?)\b"
    r"|\b(?:says?|repeats?|reiterat\w+|keeps?|stays?|remains?|now|from|to|at) (?:an? |its |their )?\"?(?:buyer?|seller?|hold|neutral|overweight)\b\"?(?! (?:more|shares|stock|the|an?|back|out|up|power|land|coins|bitcoin))"
    r"|\b(?:thinks?|believes?|sees?|expects?|puts?) (?:what )?(?:the|its|their) (?:shares?|stock)\b|\bthinks the (?:shares|stock) (?:are|is) worth\b"
)

#: Instruments of banks: whoever rates a share may also lend to its company.
_LENDS = frozenset({DealType.FINANCING.value, DealType.EQUITY_STAKE.value})


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
    """Tell whether a frame makes a watcher a party: to a compute deal, or to a financing that no word speaks of."""
    ids = {actor.id for actor in (frame.provider, frame.customer) if actor}
    lends = any(trigger.family in _LENDS for trigger in frame.triggers)
    return bool(ids & watchers) and (group_of(frame.family) == "compute" or not lends)
