"""A deal's life: rumored, in talks, loi, signed, expanded, closed; terminated or rejected.

    steps(items) -> tuple[Step, ...]    each status with the day it was first told, in order of time
    status_of(items) -> DealStatus      where the deal stands

An older status never overwrites a newer one, a later article that knows less never undoes a step, and no single blog
ends a deal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from extractors.closed_sets import DealStatus, Precision
from extractors.resolution.identity import StoredMention, content_key
from extractors.resolution.shown import independent

_PROGRESS = {
    DealStatus.RUMORED: 0,
    DealStatus.IN_TALKS: 1,
    DealStatus.LOI: 2,
    DealStatus.SIGNED: 3,
    DealStatus.EXPANDED: 4,
    DealStatus.CLOSED: 5,
    DealStatus.TERMINATED: 6,
    DealStatus.REJECTED: 6,
}
_ENDS = frozenset({DealStatus.TERMINATED, DealStatus.REJECTED})
#: A blog (authority 3) or a passing remark needs a second voice to end a deal.
_TRUSTED_AUTHORITY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A status reached: the day it was first told, and by which mention."""

    day: str
    precision: Precision
    status: DealStatus
    item: StoredMention


def steps(items: Sequence[StoredMention]) -> tuple[Step, ...]:
    """Return the statuses a deal went through, in order of time; each with who told it first."""
    taken: list[Step] = []
    told = sorted(_tellers(items), key=lambda item: (_day(item)[0], _PROGRESS[item.mention.status], content_key(item)))
    for item in told:
        status = item.mention.status
        if status in {step.status for step in taken} or not _is_believed(status, items):
            continue
        if taken and _PROGRESS[status] < _PROGRESS[taken[-1].status]:
            continue
        day, precision = _day(item)
        taken.append(Step(day=day, precision=precision, status=status, item=item))
    return tuple(taken)


def status_of(items: Sequence[StoredMention]) -> DealStatus:
    """Return where the deal stands: its last step."""
    reached = steps(items)
    if reached:
        return reached[-1].status
    return max((item.mention.status for item in items), key=lambda status: (-_PROGRESS[status], status.value))


def _tellers(items: Sequence[StoredMention]) -> list[StoredMention]:
    """Leave out undated remarks about a status that an article about the deal, or a dated one, tells better."""
    dated = [item for item in items if item.mention.primary or item.mention.announced_on is not None]
    known = {item.mention.status for item in dated}
    return dated + [item for item in items if item.mention.status not in known]


def _is_believed(status: DealStatus, items: Sequence[StoredMention]) -> bool:
    voices = [item for item in items if item.mention.status is status]
    if status not in _ENDS or len(voices) == len(items):
        return True
    trusted = any(item.mention.primary and item.authority <= _TRUSTED_AUTHORITY for item in voices)
    return trusted or independent(voices) > 1


def _day(item: StoredMention) -> tuple[str, Precision]:
    if item.happened_on is not None:
        return item.happened_on.date, item.happened_on.precision
    announced = item.mention.announced_on
    # The announcement dates the signature; what came later happened when it was told.
    if announced is not None and _PROGRESS[item.mention.status] <= _PROGRESS[DealStatus.SIGNED]:
        return announced.date, announced.precision
    return item.told_at.astimezone(UTC).date().isoformat(), Precision.DAY
