"""Where mentions that name only one party belong among its deals with named others; read again as little as can be.

    place_half_named(key, groups, waiting, *, elsewhere, grown)     adds to groups and to what waits

When a new mention only adds to the deals of one pair, what lay elsewhere keeps its place unless the pair's deals now
fit better: only the present home need be read. In every other case all named mentions of the party are read. Both come
to what `extractors.resolve` says of all mentions at once (tested).
"""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, field

from db import mentions
from db.connection import Database
from db.mentions import Placed
from extractors.resolve import HalfGroup, Home, Homes, StoredMention, group_half_named

Rows = list[Placed]


@dataclass(slots=True, kw_only=True)
class Elsewhere:
    """Groups with others than the pairs resolved now, as they stand; read when needed, each once."""

    db: Database
    pairs: Collection[frozenset[str]]
    groups: dict[tuple[int | None, frozenset[str]], Rows] = field(default_factory=dict)
    _known: set[int] = field(default_factory=set)
    _read: dict[int, list[Placed]] = field(default_factory=dict)

    def of_party(self, key: str) -> None:
        """Read all of a party's."""
        self._add(mentions.named_with(self.db, key, apart_from=self.pairs))

    def of_deal(self, deal_id: int) -> list[Rows]:
        """Read those of one deal and return them."""
        self.read({deal_id})
        rows = [row for row in self._read[deal_id] if len(row.item.parties) == 2]
        self._add(row for row in rows if row.item.parties not in self.pairs)
        return [group for (deal, _), group in self.groups.items() if deal == deal_id]

    def read(self, deal_ids: Set[int]) -> None:
        """Read deals that will be asked for, all in one question."""
        if missing := sorted(deal_ids - self._read.keys()):
            self._read |= mentions.of_deals(self.db, missing)

    def _add(self, rows: Iterable[Placed]) -> None:
        for row in rows:
            if row.item.id not in self._known:
                self._known.add(row.item.id)
                self.groups.setdefault((row.deal_id, row.item.parties), []).append(row)


def place_half_named(key: str, groups: list[Rows], waiting: Rows, *, elsewhere: Elsewhere, grown: bool) -> None:
    """Add the mentions that name only this party to the groups they belong to, or as groups of their own.

    `groups` are those of the pairs resolved now. `grown`: those pairs only gained mentions, and no mention that names
    this party alone came or went.
    """
    rows = {row.item.id: row for row in mentions.of_half(elsewhere.db, key)}
    halves = group_half_named(row.item for row in rows.values())
    here = [group for group in groups if _is_named(group) and key in group[0].item.parties]
    homes = Homes([_naming(group) for group in here])
    if grown:
        elsewhere.read({row.deal_id for row in rows.values() if row.deal_id is not None})
    left = [half for half in halves if not (grown and _settled(half, rows, here, homes, elsewhere))]
    if not left:
        return
    elsewhere.of_party(key)
    named = here + [group for (_, parties), group in elsewhere.groups.items() if key in parties]
    homes = Homes([_naming(group) for group in named])
    for half in left:
        home, mine = homes.of(half), [rows[item.id] for item in half.members]
        if home is not None:
            named[home.place].extend(mine)
        elif half.looks_back:
            waiting += mine
        else:
            groups.append(mine)


def _settled(
    half: HalfGroup, rows: dict[int, Placed], here: Sequence[Rows], homes: Homes, elsewhere: Elsewhere
) -> bool:
    """Place a group without reading all of the party's deals, if that can be known; tell whether it was."""
    mine = [rows[item.id] for item in half.members]
    deals = {row.deal_id for row in mine}
    if len(deals) != 1:
        return False
    deal = deals.pop()
    there = [] if deal is None else elsewhere.of_deal(deal)
    before = [row for group in here for row in group if deal is not None and row.deal_id == deal]
    now = homes.of(half)
    if before:
        return not there and _stays_here(half, mine, before, here, now)
    return _moves_or_stays(half, mine, here, there, now)


def _moves_or_stays(half: HalfGroup, mine: Rows, here: Sequence[Rows], there: Sequence[Rows], now: Home | None) -> bool:
    """A group that lies elsewhere, by itself or nowhere: only a better home here can draw it away."""
    if not there:
        if now is not None:
            here[now.place].extend(mine)
        return True
    past = Homes([_naming(group) for group in there]).of(half)
    if past is None:
        return False
    (here[now.place] if now is not None and now.beats(past) else there[past.place]).extend(mine)
    return True


def _stays_here(half: HalfGroup, mine: Rows, before: Rows, here: Sequence[Rows], now: Home | None) -> bool:
    """A group whose home is here stays if the home fits no worse than before: what lies elsewhere did not change."""
    past = Homes([_naming(before)]).of(half)
    if past is None or now is None or now.score < past.score:
        return False
    kept = {row.item.id for row in here[now.place]}
    if not all(row.item.id in kept for row in before):
        return False
    here[now.place].extend(mine)
    return True


def _naming(group: Sequence[Placed]) -> tuple[StoredMention, ...]:
    """Leave out mentions that joined a group by its other party: they took no part in naming it."""
    return tuple(row.item for row in group if len(row.item.parties) == 2)


def _is_named(group: Sequence[Placed]) -> bool:
    return len(group[0].item.parties) == 2
