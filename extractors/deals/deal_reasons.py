"""Everything that may tell whether a draft is a deal of the article, and whether the article is about it.

The features of the deal model: how strongly its lines speak, where they stand, who deals in what, and how it compares
with the other drafts of the article. The words of the headline count, with names blotted out.
"""

from collections.abc import Iterator, Sequence

from extractors.closed_sets import PartyKind
from extractors.deals.direction import AI_SIDE, CHAIN
from extractors.deals.merge import combined_evidence, group_of
from extractors.deals.ranking import rank_features, rank_score
from extractors.deals.weights import RANK
from extractors.linear import log_odds
from extractors.reading import Actor, Draft, Line
from extractors.text.stems import stems, step

_HEADLINE_WEIGHT = 0.5


def deal_reasons(draft: Draft, drafts: Sequence[Draft], lines: Sequence[Line]) -> dict[str, float]:
    """Return the features of one draft among all of the article."""
    features = {f"rank:{name}": value for name, value in rank_features(draft, lines).items()}
    features |= _ranked(draft, drafts, lines)
    strongest = sorted((frame.score for frame in draft.frames), reverse=True)
    features["evidence"] = log_odds(combined_evidence(draft, lines)) / 2.0
    features["best"], features["second"] = strongest[0], (strongest[1] if len(strongest) > 1 else 0.0)
    for name in (*_who(draft), *_place(draft, lines), *_company(draft, drafts)):
        features[name] = 1.0
    if lines and lines[0].where == "title":
        for word in stems(lines[0].masked):
            features[f"title:{word}"] = _HEADLINE_WEIGHT
    return features


def _ranked(draft: Draft, drafts: Sequence[Draft], lines: Sequence[Line]) -> dict[str, float]:
    """Return what the hand-set weights of a draft's place say, by itself and among the others."""
    scores = [rank_score(one, lines) for one in drafts]
    own = rank_score(draft, lines)
    features = {
        "ranked": min(8.0, max(-4.0, own)) / 2.0,
        f"ranked:{step(own, -1, 0.5, 1.5, 2.0, 2.8, 3.6, 4.5, 5.5)}": 1.0,
        f"ranked-place:{min(3, sum(score > own for score in scores))}": 1.0,
    }
    if own >= RANK["threshold"] and own == max(scores):
        features["ranked-first"] = 1.0
    return features


def _who(draft: Draft) -> Iterator[str]:
    yield f"group:{group_of(draft.family)}"
    actors = [actor for actor in (draft.provider, draft.customer) if actor is not None]
    kinds = sorted((actor.kind for actor in actors), key=lambda kind: CHAIN[kind])
    yield "kinds:" + "-".join(kinds)
    yield f"group-kinds:{group_of(draft.family)}:" + "-".join(kinds)
    for side, actor in (("provider", draft.provider), ("customer", draft.customer)):
        yield f"{side}:{_known(actor)}"
    if PartyKind.MINER in kinds:
        yield "miner"
        if AI_SIDE & set(kinds):
            yield "miner-and-ai"


def _known(actor: Actor | None) -> str:
    if actor is None:
        return "none"
    return "unnamed" if actor.name is None else "table" if actor.key else "discovered"


def _place(draft: Draft, lines: Sequence[Line]) -> Iterator[str]:
    titled = bool(lines) and lines[0].where == "title"
    yield f"first:{step(draft.frames[0].line, 0, 1, 2, 4, 8, 14)}"
    yield f"lines:{min(5, len(draft.lines))}"
    yield "titled" if titled else "untitled"
    if titled:
        named = {actant.actor.id for actant in lines[0].actants}
        yield f"in-title:{len(named & draft.actors)}"
        yield f"title-actors:{min(4, len(named))}"
    lead = {actant.actor.id for line in lines[:4] for actant in line.actants if not actant.modifier}
    yield f"in-lead:{len(lead & draft.actors)}"
    if draft.recap:
        yield "recap"
    best = max(draft.frames, key=lambda frame: frame.score)
    if best.status is not None:
        yield f"status:{best.status}"
    if best.recap:
        yield "best-recap"
    if lines[best.line].heading:
        yield "best-heading"


def _company(draft: Draft, drafts: Sequence[Draft]) -> Iterator[str]:
    """Yield how a draft stands among the others."""
    best = max(frame.score for frame in draft.frames)
    stronger = sum(max(frame.score for frame in other.frames) > best for other in drafts if other is not draft)
    yield f"stronger:{min(4, stronger)}"
    yield f"drafts:{min(6, len(drafts))}"
    yield f"earlier:{min(3, sum(other.frames[0].line < draft.frames[0].line for other in drafts))}"
    for other in drafts:
        if other is draft:
            continue
        if other.actors == draft.actors and len(draft.actors) > 1:
            yield f"same-pair:{group_of(other.family) == group_of(draft.family)}"
        elif other.actors & draft.actors:
            yield "shares-party"
            if group_of(other.family) == group_of(draft.family):
                yield "shares-party-group"
