"""Where a draft stands in its article: headline, lead or later, as news or as recap, and what that says of its rank.

The named features and their hand-set weights; the choice itself is `settling`'s. Knows no words beyond the headline's.
"""

import re
from collections.abc import Sequence

from extractors.closed_sets import DealType, PartyKind
from extractors.deals.merge import group_of
from extractors.deals.triggers import COMPUTE, find_triggers
from extractors.deals.weights import RANK
from extractors.reading import Draft, Line

#: A headline of ratings and targets tells of no deal.
_ANALYSTS = re.compile(
    r"\b(?:price targets?|ratings?|upgrad\w+|downgrad\w+|overweight|underweight|analysts?|top picks?)\b"
)
_OPERATORS = frozenset({PartyKind.MINER, PartyKind.DEVELOPER})


def _instrument_in_title(draft: Draft, lines: Sequence[Line]) -> bool:
    """Tell whether the headline names a party of the deal and its kind of instrument."""
    if not lines or lines[0].where != "title":
        return False
    named = {actant.actor.id for actant in lines[0].actants} & draft.actors
    families = {trigger.family for trigger in find_triggers(lines[0].masked)}
    own = COMPUTE - {"partnership"} if group_of(draft.family) == "compute" else {draft.family.value}
    return bool(named) and bool(families & own)


def rank_score(draft: Draft, lines: Sequence[Line]) -> float:
    """Return the weighted sum of the features: how much the article is about this deal."""
    return round(sum(RANK[name] * value for name, value in rank_features(draft, lines).items()), 4)


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
        "instrument-in-title": float(_instrument_in_title(draft, lines)),
        "title-of-analysts": float(
            bool(lines) and lines[0].where == "title" and _ANALYSTS.search(lines[0].masked) is not None
        ),
        "title-of-many": float(len(others) > 2),
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
