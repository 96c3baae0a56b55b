"""Do two mentions tell the same deal? A score from what agrees, what contradicts, and how far apart they were told.

    affinity(a, b) -> float              >= LINK: one deal · <= APART: two deals · between: cannot tell
    certainty, weigh                     its parts, for who asks more cheaply

The weights are judgements, kept in one table; `tests/extractors/test_resolve_stories.py` holds the stories behind them.
"""

from math import inf

from extractors.closed_sets import DealStatus, DealType, PartyKind
from extractors.resolution.figures import Verdicts, agrees, compare
from extractors.resolution.identity import same_party
from extractors.resolution.traits import INSTRUMENTS, Traits

LINK = 1.0
APART = -2.0

_CAPACITY = frozenset({DealType.HOSTING_LEASE, DealType.CLOUD_CONTRACT})
#: A press that does not know the instrument calls it one of these.
_VAGUE = frozenset({DealType.PARTNERSHIP, DealType.JOINT_VENTURE, DealType.OTHER})
_OWNERSHIP = frozenset({DealType.EQUITY_STAKE, DealType.ACQUISITION})
_FUNDING = frozenset({DealType.EQUITY_STAKE, DealType.FINANCING})
_ENDS = frozenset({DealStatus.CLOSED, DealStatus.TERMINATED, DealStatus.REJECTED})
_VAGUE_KINDS = frozenset({PartyKind.UNDISCLOSED, PartyKind.OTHER})

#: What each figure is worth: by verdict (the same, near, contradicts) in the order of `Verdicts`.
_WEIGHTS: tuple[tuple[float, float], ...] = ((3.0, -2.0), (2.5, -2.0), (2.0, -1.0), (0.5, -1.0))
#: An unnamed mention told so few days from a named one may be the same without a figure that agrees.
CLOSE_DAYS = 4
#: A rumour of the same pair may be this long before the signature.
_RUMOUR_DAYS = 270


def affinity(a: Traits, b: Traits, *, base: float = 1.0) -> float:
    """Score whether two mentions with compatible parties tell one deal; `base` is what sharing the parties is worth."""
    if (certain := certainty(a, b)) is not None:
        return certain
    return weigh(a, b, compare(a, b), base=base)


def weigh(a: Traits, b: Traits, verdicts: Verdicts, *, base: float) -> float:
    """Score two mentions whose figures were compared and of which nothing is certain."""
    instrument = _INSTRUMENTS[a.instrument][b.instrument]
    if instrument is None:
        return -inf
    agreeing = clashing = 0.0
    for verdict, (gain, loss) in zip(verdicts, _WEIGHTS, strict=True):
        if verdict == 1:
            agreeing += gain
        elif verdict == -1:
            clashing += loss
    score = base + instrument + _closeness(a, b) + _place(a, b, verdicts) + agreeing
    if _is_courtship(a, b):
        return score + clashing / 2
    return score + clashing + _separation(a, b, verdicts)


def gap_days(a: Traits, b: Traits) -> int | None:
    """Return how many days lie between what two mentions tell, None when one cannot be placed."""
    return None if a.day is None or b.day is None else abs(a.day - b.day)


def kinds_fit(unnamed: PartyKind, named: PartyKind) -> bool:
    """Tell whether an unnamed party of that kind may be the named one."""
    return unnamed in _VAGUE_KINDS or unnamed is named or named in _VAGUE_KINDS


def certainty(a: Traits, b: Traits) -> float | None:
    """Return inf or -inf where no weighing is needed: pins, one article, instruments that never mix."""
    if a.pin is not None and b.pin is not None:
        return inf if a.pin == b.pin else -inf
    if a.article == b.article:
        # One article tells a deal once: two mentions are two deals, unless they say the very same.
        return inf if a.key == b.key else -inf
    if not _parties_fit(a, b):
        return -inf
    return -inf if _INSTRUMENTS[a.instrument][b.instrument] is None else None


def _parties_fit(a: Traits, b: Traits) -> bool:
    """Tell whether the sides may be the same companies, straight or swapped."""
    if a.provider == b.provider and a.customer == b.customer:
        return True
    straight = same_party(a.provider, b.provider) and same_party(a.customer, b.customer)
    return straight or (same_party(a.provider, b.customer) and same_party(a.customer, b.provider))


def _instrument(one: DealType, other: DealType) -> float | None:
    if one is other:
        return 1.0
    pair = {one, other}
    if pair <= _CAPACITY or pair <= _OWNERSHIP or pair <= _FUNDING:
        return -1.0
    if pair <= _CAPACITY | _VAGUE:
        return 0.0
    return None


_INSTRUMENTS = [[_instrument(one, other) for other in INSTRUMENTS] for one in INSTRUMENTS]


def _closeness(a: Traits, b: Traits) -> float:
    days = gap_days(a, b)
    if days is None:
        return _background_closeness(a, b)
    for limit, points in ((3, 3.0), (10, 2.0), (45, 1.0), (120, 0.0)):
        if days <= limit:
            return points
    return -1.0


def _background_closeness(a: Traits, b: Traits) -> float:
    """Score an undated mention: it looks back, at the latest deal rather than an older one, never at a later one."""
    undated, dated = (a, b) if a.day is None else (b, a)
    if dated.day is None:
        return 0.0
    if dated.day > undated.told + 3:
        return -2.0
    ends = {undated.status, dated.status} & _ENDS
    contradicted = -1.0 if len(ends) > 1 else 0.0
    return contradicted + 0.5 - min(undated.told - dated.day, 1000) / 2000


def _place(a: Traits, b: Traits, verdicts: Verdicts) -> float:
    if not a.site or not b.site:
        return 0.0
    if a.site & b.site:
        return 1.0
    return -1.0 if verdicts.count(1) >= 2 else -5.0


def _is_courtship(a: Traits, b: Traits) -> bool:
    """Tell whether the earlier is talk of the later: loose figures, months apart."""
    if not (a.is_early or b.is_early):
        return False
    early = a if (a.day or 0, a.key) <= (b.day or 0, b.key) else b
    days = gap_days(a, b)
    return early.is_early and days is not None and days <= _RUMOUR_DAYS


def _is_late_talk(a: Traits, b: Traits) -> bool:
    """Tell whether one only talks of a deal that the other had signed long before: it means the next one."""
    talk, deal = (a, b) if a.is_early else (b, a)
    if not talk.is_early or deal.is_early or deal.day is None:
        return False
    return talk.told - deal.day > 30


def _separation(a: Traits, b: Traits, verdicts: Verdicts) -> float:
    """Score what marks a second deal of the same pair: an expansion, or other figures at another time."""
    clashing = -1 in verdicts[:3]
    days = gap_days(a, b)
    points = -4.0 if _is_late_talk(a, b) else 0.0
    expands = a.is_expanded != b.is_expanded
    if expands and days is not None and days > 45 and verdicts.value != 1:
        points -= 6.0
    elif clashing and expands:
        points -= 3.0
    if clashing and not agrees(verdicts) and (days is None or days > 10):
        points -= 3.0
    if days is not None and days > 45 and a.is_signed and b.is_signed and _are_strangers(a, b, verdicts):
        points -= 2.0
    return points


def _are_strangers(a: Traits, b: Traits, verdicts: Verdicts) -> bool:
    """Tell whether both state figures, none of which can be compared."""
    return all(verdict is None for verdict in verdicts) and _has_figures(a) and _has_figures(b)


def _has_figures(t: Traits) -> bool:
    return bool(t.value or t.capacity or t.gpus)
