"""How far each deal has come: gather what its lines say of its status and let the strongest cue decide.

Knows where a cue stands (news or recap, headline or late in the text); `status` knows the cues themselves.
"""

import re
from collections.abc import Iterator, Sequence

from extractors.closed_sets import DealStatus, DealType, Where
from extractors.deals.status import read_status
from extractors.reading import Draft, Line

_COMPUTE_ONLY = frozenset({DealStatus.EXPANDED})
#: Land told as bought has changed hands, whatever is signed beside it.
_BOUGHT = re.compile(
    r"\b(?:buys|bought|purchased|acquired|(?:closed|closes) on|takes? (?:fee simple )?title to|became the owner of|complet(?:es|ed) (?:an? |the |its )?(?:[\w-]+ ){0,3}?(?:acquisition|purchase) of)"
    r"\s(?:[^.;\u00a7]{0,40}\s)?(?:acres?|hectares?|land)\b"
)


def decide_status(draft: Draft, lines: Sequence[Line]) -> str:
    """Set the status of a draft and return the name of the cue."""
    best: tuple[float, DealStatus, str] = (0.0, DealStatus.SIGNED, "default")
    for line, at in _spots(draft, lines):
        status, weight, name, start, _ = read_status(line.masked)
        if status is None or (status in _COMPUTE_ONLY and draft.family is not DealType.HOSTING_LEASE):
            continue
        if status is DealStatus.CLOSED and draft.family is DealType.HOSTING_LEASE:
            continue
        total = weight + (0.8 if line.heading else 0.0) + max(0.0, 0.5 - 0.05 * line.index)
        total -= 0.7 * min(abs(line.clause(start) - line.clause(at)), 2)
        if total > best[0]:
            best = (total, status, name)
    if best[1] is DealStatus.SIGNED and draft.family is DealType.LAND and _bought(draft, lines):
        best = (best[0], DealStatus.CLOSED, "bought")
    draft.status = best[1]
    return best[2]


def _bought(draft: Draft, lines: Sequence[Line]) -> bool:
    return any(_BOUGHT.search(lines[number].masked) for number in draft.lines)


def _spots(draft: Draft, lines: Sequence[Line]) -> Iterator[tuple[Line, int]]:
    """Yield the lines that tell of a deal, with the place, and for the primary deal the headline, which sums it up."""
    told = set(draft.lines)
    if draft.primary and lines and lines[0].where is Where.TITLE and 0 not in told:
        yield lines[0], 0
    for frame in draft.frames:
        yield lines[frame.line], frame.start
