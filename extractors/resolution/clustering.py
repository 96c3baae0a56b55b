"""Which mentions belong together. Deterministic on the SET of mentions: order of arrival plays no part.

    cluster(items)                 mentions of compatible parties -> groups, and background left over
    join_half_named(half, named, …) the named group that a group with an unnamed side belongs to

A group is a tuple of mentions in the order of their content. Mentions that only look back (background) join a group
but never found one. A mention the operator pinned stays with the others of its pin.
"""

from collections.abc import Iterable, Sequence
from math import inf

from extractors.resolution.affinity import (
    APART,
    CLOSE_DAYS,
    LINK,
    affinity,
    certainty,
    gap_days,
    kinds_fit,
    weigh,
)
from extractors.resolution.figures import Verdicts, agrees, clashes, compare
from extractors.resolution.identity import StoredMention, same_party
from extractors.resolution.traits import Traits, traits

Group = tuple[Traits, ...]
Scores = dict[tuple[int, int], float]

#: What an unnamed mention must reach to be taken for the named deal.
_JOIN = 2.5


def in_order(items: Iterable[StoredMention]) -> list[Traits]:
    """Sort mentions by what they say."""
    return sorted((traits(item) for item in items), key=lambda t: t.key)


def cluster(items: Sequence[Traits], *, base: float = 1.0) -> tuple[list[Group], list[Traits]]:
    """Group mentions of compatible parties into deals; return them and the background that found none.

    `base` is what sharing the parties is worth: nothing when a side is unnamed.
    """
    founders = [t for t in items if t.item.mention.primary or t.item.pin is not None]
    groups = _agglomerate(founders, base=base)
    joined: dict[int, list[Traits]] = {}
    waiting = []
    for background in items:
        if background.item.mention.primary or background.item.pin is not None:
            continue
        best = _best(background, groups, base=base)
        if best is None or best[0] < LINK:
            waiting.append(background)
        else:
            joined.setdefault(best[1], []).append(background)
    return [_sorted(group + tuple(joined.get(at, ()))) for at, group in enumerate(groups)], waiting


def _agglomerate(items: Sequence[Traits], *, base: float) -> list[Group]:
    """Join the surest pairs first; never across a pair that is certainly two deals."""
    scores = {(i, j): affinity(items[i], items[j], base=base) for j in range(len(items)) for i in range(j)}
    members = {at: [at] for at in range(len(items))}
    home = list(range(len(items)))
    for (i, j), score in sorted(
        scores.items(), key=lambda pair: (-pair[1], items[pair[0][0]].key, items[pair[0][1]].key)
    ):
        if score < LINK:
            break
        a, b = home[i], home[j]
        if a != b and _may_join(members[a], members[b], scores, items):
            members[a] += members.pop(b)
            for at in members[a]:
                home[at] = a
    groups = [_sorted(tuple(items[at] for at in group)) for group in members.values()]
    return sorted(groups, key=lambda group: [t.key for t in group])


def _may_join(one: Sequence[int], other: Sequence[int], scores: Scores, items: Sequence[Traits]) -> bool:
    between = {(i, j): scores[min(i, j), max(i, j)] for i in one for j in other}
    if inf in between.values():
        return True
    vetoes = [(items[i], items[j]) for (i, j), score in between.items() if score == -inf]
    if not all(_is_excused(a, b, between, items) for a, b in vetoes):
        return False
    doubts = sum(-inf < score <= APART for score in between.values())
    return doubts * 3 <= len(between)


def _is_excused(a: Traits, b: Traits, between: Scores, items: Sequence[Traits]) -> bool:
    """Tell whether two mentions that could not be one deal are so by the operator's word: one fits the other's pin."""
    pins = {a.item.pin, b.item.pin} - {None}
    if len(pins) != 1 or a.item.article_id == b.item.article_id:
        return False
    return any(score >= LINK and pins & {items[i].item.pin, items[j].item.pin} for (i, j), score in between.items())


def _sorted(group: Group) -> Group:
    return tuple(sorted(group, key=lambda t: t.key))


def _best(one: Traits, groups: Sequence[Group], *, base: float) -> tuple[float, int] | None:
    """Return the score and place of the group that fits a mention best, judged by its founders alone."""
    best: tuple[float, int] | None = None
    for at, group in enumerate(groups):
        scores = [affinity(one, t, base=base) for t in group if t.item.mention.primary or t.item.pin is not None]
        if not scores or min(scores) == -inf:
            continue
        score = max(scores)
        if best is None or score > best[0]:
            best = (score, at)
    return best


def join_half_named(half: Group, named: Sequence[Group], places: Iterable[int]) -> tuple[float, int] | None:
    """Return how surely a group with an unnamed side belongs to which of these places' named groups, None for none."""
    ranked = [(score, at) for at in places if (score := _join_score(half, named[at])) is not None and score >= _JOIN]
    # The first of equals: groups come in the order of their content.
    return max(ranked, key=lambda pair: (pair[0], -pair[1]), default=None)


def _join_score(half: Group, group: Group) -> float | None:
    pairs = [(a, b) for a in half for b in group if _is_founder(b)]
    if not pairs or not _roles_fit(half[0].item, group[0].item) or _told_apart(half, group):
        return None
    certain = [certainty(a, b) for a, b in pairs]
    if inf in certain or -inf in certain:
        return inf if inf in certain else None
    compared = [(a, b, compare(a, b)) for a, b in pairs]
    proven = [weigh(a, b, verdicts, base=0.0) for a, b, verdicts in compared if _is_proven(a, b, verdicts)]
    return max(proven, default=None)


def _told_apart(half: Group, group: Group) -> bool:
    """Tell whether one article tells both, and so knows them as two deals."""
    articles = {t.item.article_id for t in group}
    return any(t.item.article_id in articles and t.item.pin is None for t in half)


def _is_founder(t: Traits) -> bool:
    return t.item.mention.primary or t.item.pin is not None


def _is_proven(a: Traits, b: Traits, verdicts: Verdicts) -> bool:
    """A figure agrees, or both are told within days, fit in kind and contradict nowhere."""
    if agrees(verdicts):
        return True
    days = gap_days(a, b)
    return days is not None and days <= CLOSE_DAYS and not clashes(verdicts) and _kinds_fit(a.item, b.item)


def _kinds_fit(half: StoredMention, full: StoredMention) -> bool:
    one, other = half.mention, full.mention
    if half.customer_key is None:
        return kinds_fit(one.customer_kind, other.customer_kind)
    return kinds_fit(one.provider_kind, other.provider_kind)


def _roles_fit(half: StoredMention, full: StoredMention) -> bool:
    """Tell whether the named side of one is a party of the other, in the same role."""
    if half.provider_key is not None:
        return full.provider_key is not None and same_party(half.provider_key, full.provider_key)
    return full.customer_key is not None and same_party(half.customer_key, full.customer_key)
