"""Point to the words that name a deal's parties, instrument and status.

Knows where the best frame of a draft stands; reads nothing new.
"""

from collections.abc import Iterator

from extractors.deals.status import read_status
from extractors.deals.triggers import COMPUTE
from extractors.models import Evidence
from extractors.reading import Actor, Draft, Frame, Reading


def prove(reading: Reading, draft: Draft, *, type_rule: str, status_rule: str) -> dict[str, list[Evidence]]:
    """Return the evidence of provider, customer, deal type and status."""
    best = sorted(draft.frames, key=lambda frame: (-frame.score, frame.line))
    proof: dict[str, list[Evidence]] = {}
    for name, actor in (("provider", draft.provider), ("customer", draft.customer)):
        found = list(_names(reading, actor, best))[:2]
        if actor is not None and found:
            proof[name] = found
    proof["deal_type"] = list(_instrument(reading, draft, best, type_rule))[:1]
    proof["status"] = list(_status(reading, draft, best, status_rule))[:1]
    return {name: found for name, found in proof.items() if found}


def _names(reading: Reading, actor: Actor | None, frames: list[Frame]) -> Iterator[Evidence]:
    for frame in frames:
        line = reading.lines[frame.line]
        reason = "+".join(frame.reasons or (feature for feature in frame.features if feature != "bias"))
        spots = sorted(
            (one for one in line.actants if one.actor == actor and not one.modifier), key=lambda one: one.implied
        )
        if spots:
            yield reading.evidence(line, spots[0].start, spots[0].end, f"frame:{reason}")


def _instrument(reading: Reading, draft: Draft, frames: list[Frame], rule: str) -> Iterator[Evidence]:
    wanted = COMPUTE | {draft.family.value, "deal", "buy", "acquisition", "equity_stake", "financing"}
    for frame in frames:
        for trigger in frame.triggers:
            if trigger.family in wanted:
                yield reading.evidence(reading.lines[frame.line], trigger.start, trigger.end, f"type:{rule}")


def _status(reading: Reading, draft: Draft, frames: list[Frame], rule: str) -> Iterator[Evidence]:
    for frame in frames:
        status, _, _, start, end = read_status(reading.lines[frame.line].masked)
        if status is draft.status:
            yield reading.evidence(reading.lines[frame.line], start, end, f"status:{rule}")
