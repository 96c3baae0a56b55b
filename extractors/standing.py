"""How far each deal has come: gather what its lines say of its status and let the strongest cue decide.

Knows where a cue stands (news or recap, headline or late in the text); `status` knows the cues themselves.
"""

from collections.abc import Sequence

from extractors.models import DealStatus, DealType
from extractors.reading import Draft, Line
from extractors.status import read_status

_COMPUTE_ONLY = frozenset({DealStatus.EXPANDED})


def decide_status(draft: Draft, lines: Sequence[Line]) -> str:
    """Set the status of a draft and return the name of the cue."""
    best: tuple[float, DealStatus, str] = (0.0, DealStatus.SIGNED, "default")
    for frame in draft.frames:
        line = lines[frame.line]
        status, weight, name, start, _ = read_status(line.masked)
        if status is None or (status in _COMPUTE_ONLY and draft.family is not DealType.HOSTING_LEASE):
            continue
        if status is DealStatus.CLOSED and draft.family is DealType.HOSTING_LEASE:
            continue
        total = weight + (0.8 if line.heading else 0.0) + max(0.0, 0.5 - 0.05 * line.index)
        total -= 0.7 * min(abs(line.clause(start) - line.clause(frame.start)), 2)
        if total > best[0]:
            best = (total, status, name)
    draft.status = best[1]
    return best[2]
