"""Which deal the article is about: rank the drafts, and let a second one be primary only where the headline says so.

Knows where a deal is told (headline, lead, later) and as what (news or recap); knows no words beyond that.
"""

from collections.abc import Sequence

from extractors.models import DealType, PartyKind
from extractors.reading import Draft, Line
from extractors.weights import RANK

_OPERATORS = frozenset({PartyKind.MINER, PartyKind.DEVELOPER})


def rank(drafts: list[Draft], lines: Sequence[Line]) -> list[Draft]:
    """Return the drafts, best first, with `score` and `primary` set."""
    for draft in drafts:
        draft.score = round(sum(RANK[name] * value for name, value in rank_features(draft, lines).items()), 4)
    ordered = sorted(drafts, key=lambda draft: (-draft.score, draft.frames[0].line, draft.frames[0].start))
    if ordered and ordered[0].score >= RANK["threshold"]:
        ordered[0].primary = True
        for second in ordered[1:2]:
            second.primary = second.score >= max(RANK["second-threshold"], ordered[0].score - RANK["second-gap"])
    return ordered


def rank_features(draft: Draft, lines: Sequence[Line]) -> dict[str, float]:
    """Return the named features of a draft's place in the article."""
    first = draft.frames[0].line
    told = draft.lines
    title = {
        actant.actor.id
        for line in lines
        if line.where == "title" or line.repeats_title
        for actant in line.actants
        if not actant.modifier
    }
    others = {
        actant.actor.id
        for line in lines[:1]
        if line.where == "title"
        for actant in line.actants
        if actant.actor.kind in _OPERATORS
    }
    titled = any(lines[number].where == "title" or lines[number].repeats_title for number in told)
    return {
        "frame-in-title": float(titled),
        "parties-in-title": len(draft.actors & title) / max(1, len(draft.actors)),
        "title-names-other": float(bool(others) and not draft.actors & title),
        "one-line-untitled": float(
            len(told) == 1 and bool(lines) and lines[0].where == "title" and not draft.actors & title
        ),
        "in-lead": float(first <= 4),
        "early": 1.0 / (1.0 + first / 6.0),
        "frames": min(4, len(told)) / 4.0,
        "strength": max(frame.score for frame in draft.frames),
        "older": float(draft.recap),
        "recap-only": float(all(frame.recap for frame in draft.frames)),
        "operator": float(any(actor.kind in _OPERATORS for actor in (draft.provider, draft.customer) if actor)),
        "one-party": float(len(draft.actors) < 2),
        "equipment": float(draft.family is DealType.EQUIPMENT_PURCHASE),
    }
