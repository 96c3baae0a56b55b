"""Mentions into deals: the way in to resolution. Pure, deterministic, and blind to the order of arrival.

    resolve(mentions) -> Resolution(deals, waiting)     any set of mentions at once
    resolve_pair(mentions) -> (groups, waiting)          the mentions of one pair of named parties
    resolve_half_named(key, half, named) -> HalfNamed    those naming only `key`, against the named groups of `key`
    conclude(group, corrections) -> Conclusion           what one group of mentions says: facts, claims, steps

A deal is founded by mentions whose article is about it; background mentions join and never found one, those that find
no deal wait. Two steps keep the work small: mentions are grouped within their pair of named parties (their blocks), then those with
an unnamed side join a group of the party they do name. The database repeats only the steps a new mention touches and
comes to the same deals (tested).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.resolution.affinity import Traits
from extractors.resolution.claims import Conclusion, conclude
from extractors.resolution.clustering import cluster, in_order, join_half_named
from extractors.resolution.identity import StoredMention, block_of, normal_name, party_key, stored

__all__ = [
    "Conclusion",
    "HalfNamed",
    "Resolution",
    "StoredMention",
    "block_of",
    "conclude",
    "normal_name",
    "party_key",
    "resolve",
    "resolve_half_named",
    "resolve_pair",
    "stored",
]

Members = tuple[StoredMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Each deal's mentions, and the mentions that belong to none (yet)."""

    deals: tuple[Members, ...]
    waiting: Members


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfNamed:
    """What became of mentions that name one side: who joined which named group, and the groups of their own."""

    joined: tuple[tuple[int, Members], ...]
    own: tuple[Members, ...]
    waiting: Members


def resolve(mentions: Iterable[StoredMention]) -> Resolution:
    """Group mentions into deals."""
    pairs: dict[frozenset[str], list[StoredMention]] = {}
    for item in mentions:
        pairs.setdefault(item.parties, []).append(item)
    named: list[Members] = []
    waiting: list[StoredMention] = list(pairs.get(frozenset(), ()))
    for parties in sorted((p for p in pairs if len(p) == 2), key=sorted):
        groups, left = resolve_pair(pairs[parties])
        named += groups
        waiting += left
    extra: dict[int, Members] = {}
    own: list[Members] = []
    for parties in sorted((p for p in pairs if len(p) == 1), key=sorted):
        mine = [at for at, members in enumerate(named) if parties <= members[0].parties]
        found = resolve_half_named(pairs[parties], [named[at] for at in mine])
        for at, members in found.joined:
            extra[mine[at]] = extra.get(mine[at], ()) + members
        own += found.own
        waiting += found.waiting
    deals = [members + extra.get(at, ()) for at, members in enumerate(named)] + own
    return _united(deals, waiting)


def _united(deals: Sequence[Members], waiting: Sequence[StoredMention]) -> Resolution:
    """Make one deal of the groups that the operator pinned together, whoever their parties are."""
    groups = [*deals, *((item,) for item in waiting if item.pin is not None)]
    pinned: dict[int, Members] = {}
    free: list[Members] = []
    for group in groups:
        pin = next((item.pin for item in group if item.pin is not None), None)
        if pin is None:
            free.append(group)
        else:
            pinned[pin] = pinned.get(pin, ()) + group
    return Resolution(
        deals=tuple(free) + tuple(pinned[pin] for pin in sorted(pinned)),
        waiting=tuple(item for item in waiting if item.pin is None),
    )


def resolve_pair(mentions: Iterable[StoredMention]) -> tuple[tuple[Members, ...], Members]:
    """Group the mentions of one pair of named parties; return the groups and the background that waits."""
    groups, waiting = cluster(in_order(mentions))
    return tuple(map(_members, groups)), _members(waiting)


def resolve_half_named(mentions: Iterable[StoredMention], named: Sequence[Members]) -> HalfNamed:
    """Let mentions that name one side join the named groups of that party, or stand by themselves."""
    fully = sorted(
        ((at, tuple(in_order(members))) for at, members in enumerate(named)), key=lambda pair: [t.key for t in pair[1]]
    )
    candidates = [members for _, members in fully]
    joined: list[tuple[int, Members]] = []
    own: list[Members] = []
    waiting: list[StoredMention] = []
    for items in _by_role(in_order(mentions)):
        groups, lost = cluster(items, base=0.0)
        for group in [*groups, *((background,) for background in lost)]:
            place = join_half_named(group, candidates)
            if place is not None:
                joined.append((fully[place][0], _members(group)))
            elif group[0] in lost:
                waiting.append(group[0].item)
            else:
                own.append(_members(group))
    return HalfNamed(joined=tuple(joined), own=tuple(own), waiting=tuple(waiting))


def _by_role(items: Sequence[Traits]) -> tuple[list[Traits], list[Traits]]:
    """Tell apart those who name the provider and those who name the customer."""
    selling = [t for t in items if t.item.provider_key is not None]
    return selling, [t for t in items if t.item.provider_key is None]


def _members(group: Sequence[Traits]) -> Members:
    return tuple(t.item for t in group)
