"""Who else is in a deal: guarantors, lenders, suppliers, advisers, end users named where the deal is told.

Reads stances (see `stances`) in the deal's own lines and those beside them; a party that deals itself is no other party.
"""

import re
from collections.abc import Sequence

from extractors.closed_sets import PartyRole
from extractors.deals.merge import group_of
from extractors.deals.weights import OTHER_PARTY_REACH
from extractors.parties.stances import ROLE_OF, stance_of
from extractors.reading import Actor, Draft, Line, Reading

_REWARD = re.compile(r"\bwarrants?\b|\bequity stake\b|\bstake in §|\b(?:buy|buys|acquire|take) [\d.]+ ?% of §")


def find_other_parties(reading: Reading, draft: Draft) -> None:
    """Fill `draft.others` with each party and role once, in order of appearance."""
    if group_of(draft.family) != "compute":
        return
    told = draft.lines
    for line in reading.lines:
        gap = min(abs(line.index - number) for number in told)
        if gap > _reach(line, draft) or _foreign(line, draft, reading.drafts):
            continue
        for actor, role, start, end in _roles_in(line, draft):
            _add(reading, draft, line, (actor, role), (start, end))
    _warrants(reading, draft)


def _reach(line: Line, draft: Draft) -> int:
    """Return how far from its lines a deal's other parties may stand: farther where the line names the provider."""
    if not draft.primary:
        return 1
    named = {actant.actor.id for actant in line.actants if actant.actor.name}
    return OTHER_PARTY_REACH * (2 if draft.provider is not None and draft.provider.id in named else 1)


def _add(reading: Reading, draft: Draft, line: Line, other: tuple[Actor, PartyRole], span: tuple[int, int]) -> None:
    if other not in draft.others:
        draft.others.append(other)
        draft.evidence.setdefault("other_parties", []).append(reading.evidence(line, *span, f"stance.{other[1]}"))


def _warrants(reading: Reading, draft: Draft) -> None:
    """Make the only guarantor an investor where warrants or a stake are its reward."""
    guarantors = [actor for actor, role in draft.others if role is PartyRole.GUARANTOR]
    if len(guarantors) != 1:
        return
    told = {line.index for line in reading.lines for actant in line.actants if actant.actor.id == guarantors[0].id}
    for line in reading.lines:
        match = _REWARD.search(line.masked)
        if (
            match
            and any(abs(line.index - number) <= 1 for number in told)
            and not _foreign(line, draft, reading.drafts)
        ):
            _add(reading, draft, line, (guarantors[0], PartyRole.INVESTOR), match.span())
            return


def _foreign(line: Line, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Tell whether a line tells of another deal, or of other companies, and not of this one."""
    if line.index not in draft.lines:
        named = {actant.actor.id for actant in line.actants if not actant.modifier and actant.actor.name}
        known = draft.actors | {actor.id for actor, _ in draft.others}
        if len(named) > 1 and not named & known:
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
