"""Mentions into deals: the way in to resolution. Pure, deterministic, and blind to the order of arrival.

    resolve(mentions) -> Resolution(deals, waiting)     any set of mentions at once
    resolve_pair(mentions) -> (groups, waiting)          the mentions of one pair of named parties
    resolve_half_named(half, named) -> HalfNamed         those naming only one party, against its named groups
    group_half_named(half), Homes(named).of(group)       its two steps
    conclude(group, corrections) -> Conclusion           what one group of mentions says: facts, claims, steps

A deal is founded by mentions whose article is about it; background mentions join and never found one, those that find
no deal wait. Two steps keep the work small: mentions are grouped within their pair of named parties (their blocks), then those with
an unnamed side join a group of the party they do name. The database repeats only the steps a new mention touches and
comes to the same deals (tested).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.resolution.claims import Conclusion, conclude
from extractors.resolution.clustering import cluster, in_order, join_half_named
from extractors.resolution.identity import StoredMention, block_of, normal_name, party_key, stored
from extractors.resolution.marks import MarkIndex
from extractors.resolution.traits import Traits

__all__ = [
    "Conclusion",
    "HalfGroup",
    "HalfNamed",
    "Home",
    "Homes",
    "Resolution",
    "StoredMention",
    "block_of",
    "conclude",
    "group_half_named",
    "normal_name",
    "party_key",
    "resolve",
    "resolve_half_named",
    "resolve_pair",
    "stored",
]

Members = tuple[StoredMention, ...]
_FEW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfGroup:
    """Mentions of one deal that name only one side of it; `looks_back`: a background mention that founds nothing."""

    traits: tuple[Traits, ...]
    looks_back: bool = False

    @property
    def members(self) -> Members:
        return tuple(t.item for t in self.traits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The place of the named group that a half-named one belongs to, and how surely; `group` is that group, in order."""

    score: float
    place: int
    group: tuple[Traits, ...]

    def beats(self, other: "Home") -> bool:
        """Tell which of two is the home; the first of equals, in the order of their content."""
        if self.score != other.score:
            return self.score > other.score
        return [t.key for t in self.group] <= [t.key for t in other.group]


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
    homes = Homes(named)
    joined: list[tuple[int, Members]] = []
    own: list[Members] = []
    waiting: list[StoredMention] = []
    for group in group_half_named(mentions):
        found = homes.of(group)
        if found is not None:
            joined.append((found.place, group.members))
        elif group.looks_back:
            waiting += group.members
        else:
            own.append(group.members)
    return HalfNamed(joined=tuple(joined), own=tuple(own), waiting=tuple(waiting))


def group_half_named(mentions: Iterable[StoredMention]) -> list[HalfGroup]:
    """Group the mentions that name only one and the same party; background that finds no group stands alone."""
    found: list[HalfGroup] = []
    for items in _by_role(in_order(mentions)):
        groups, lost = cluster(items, base=0.0)
        found += [HalfGroup(traits=group) for group in groups]
        found += [HalfGroup(traits=(one,), looks_back=True) for one in lost]
    return found


class Homes:
    """The named groups of a party, where mentions with an unnamed side may belong."""

    def __init__(self, named: Sequence[Members]) -> None:
        ordered = sorted(
            ((at, tuple(in_order(members))) for at, members in enumerate(named)),
            key=lambda pair: [t.key for t in pair[1]],
        )
        self._places = [at for at, _ in ordered]
        self._groups = [group for _, group in ordered]
        # Of few groups all are asked: an index would cost more than it spares.
        self._index = MarkIndex(self._groups) if len(self._groups) > _FEW else None

    def of(self, half: HalfGroup) -> Home | None:
        """Return the home of a group, None when it belongs to none of these."""
        places = range(len(self._groups)) if self._index is None else self._index.near(half.traits)
        found = join_half_named(half.traits, self._groups, places)
        return None if found is None else self._home(*found)

    def _home(self, score: float, at: int) -> Home:
        return Home(score=score, place=self._places[at], group=self._groups[at])


def _by_role(items: Sequence[Traits]) -> tuple[list[Traits], list[Traits]]:
    """Tell apart those who name the provider and those who name the customer."""
    selling = [t for t in items if t.item.provider_key is not None]
    return selling, [t for t in items if t.item.provider_key is None]


def _members(group: Sequence[Traits]) -> Members:
    return tuple(t.item for t in group)
