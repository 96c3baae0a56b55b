"""Who else is in a deal: guarantors, lenders, suppliers, advisers, end users named where the deal is told.

Reads stances (see `stances`) in the deal's own lines and those beside them; a party that deals itself is no other party.
"""

import re
from collections.abc import Sequence

from extractors.merge import group_of
from extractors.models import PartyRole
from extractors.reading import Actor, Draft, Line, Reading
from extractors.stances import ROLE_OF, stance_of
from extractors.weights import OTHER_PARTY_REACH

_REWARD = re.compile(r"\bwarrants?\b|\bequity stake\b|\bstake in §|\b(?:buy|buys|acquire|take) [\d.]+ ?% of §")


def find_other_parties(reading: Reading, draft: Draft) -> None:
    """Fill `draft.others` with each party and role once, in order of appearance."""
    if group_of(draft.family) != "compute":
        return
    told = draft.lines
    for line in reading.lines:
        gap = min(abs(line.index - number) for number in told)
        if gap > (OTHER_PARTY_REACH if draft.primary else 1) or _foreign(line, draft, reading.drafts):
            continue
        for actor, role, start, end in _roles_in(line, draft):
            if (actor, role) not in draft.others:
                draft.others.append((actor, role))
                draft.evidence.setdefault("other_parties", []).append(
                    reading.evidence(line, start, end, f"stance.{role}")
                )


def _foreign(line: Line, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Tell whether a line tells of another deal, or of other companies, and not of this one."""
    if line.index not in draft.lines:
        named = {actant.actor.id for actant in line.actants if not actant.modifier and actant.actor.name}
        if len(named) > 1 and not named & draft.actors:
            return True
    return line.index not in draft.lines and any(line.index in other.lines for other in drafts if other is not draft)


def _roles_in(line: Line, draft: Draft) -> list[tuple[Actor, PartyRole, int, int]]:
    found: list[tuple[Actor, PartyRole, int, int]] = []
    for actant in line.actants:
        if actant.actor.name is None or actant.actor.id in draft.actors:
            continue
        stance = stance_of(line, actant)
        if stance in ROLE_OF:
            found.append((actant.actor, ROLE_OF[stance], actant.start, actant.end))
    return found
