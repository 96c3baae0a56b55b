"""Do two mentions tell the same deal? A score from what agrees, what contradicts, and how far apart they were told.

    traits(item) -> Traits               what is compared, read once per mention
    affinity(a, b) -> float              >= LINK: one deal · <= APART: two deals · between: cannot tell
    certainty, compare, weigh            its parts, for who asks more cheaply

The weights are judgements, kept in one table; `tests/extractors/test_resolve_stories.py` holds the stories behind them.
"""

from dataclasses import dataclass
from math import inf

from extractors.closed_sets import CapacityKind, DealStatus, DealType, PartyKind
from extractors.resolution.identity import StoredMention, content_key, event_day, same_party, site_words

LINK = 1.0
APART = -2.0

Verdicts = dict[str, int]

_CAPACITY = frozenset({DealType.HOSTING_LEASE, DealType.CLOUD_CONTRACT})
#: A press that does not know the instrument calls it one of these.
_VAGUE = frozenset({DealType.PARTNERSHIP, DealType.JOINT_VENTURE, DealType.OTHER})
_OWNERSHIP = frozenset({DealType.EQUITY_STAKE, DealType.ACQUISITION})
_FUNDING = frozenset({DealType.EQUITY_STAKE, DealType.FINANCING})
_EARLY = frozenset({DealStatus.RUMORED, DealStatus.IN_TALKS, DealStatus.LOI})
_ENDS = frozenset({DealStatus.CLOSED, DealStatus.TERMINATED, DealStatus.REJECTED})
_VAGUE_KINDS = frozenset({PartyKind.UNDISCLOSED, PartyKind.OTHER})

_WEIGHT = {"value": 3.0, "capacity": 2.5, "gpus": 2.0, "term": 0.5}
_CLASH = {"value": -2.0, "capacity": -2.0, "gpus": -1.0, "term": -1.0}
_TWO_BASES = {(CapacityKind.IT, CapacityKind.GROSS), (CapacityKind.GROSS, CapacityKind.IT)}
#: A rumour of the same pair may be this long before the signature.
_RUMOUR_DAYS = 270


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What of a mention is compared."""

    item: StoredMention
    key: tuple[str, ...]
    day: int | None
    told: int
    site: frozenset[str]
    value: tuple[float, ...]
    value_max: float | None
    capacity: float | None
    capacity_max: float | None
    kind: CapacityKind | None


def traits(item: StoredMention) -> Traits:
    """Read off a mention what is compared."""
    facts = item.mention
    values = (facts.value_usd, facts.value_original if facts.value_currency not in {None, "USD"} else None)
    return Traits(
        item=item,
        key=content_key(item),
        day=event_day(item),
        told=item.told_at.toordinal(),
        site=site_words(facts.site),
        value=tuple(float(value) for value in values if value),
        value_max=float(facts.value_max_usd) if facts.value_max_usd else None,
        capacity=facts.capacity_mw or None,
        capacity_max=facts.capacity_max_mw or None,
        kind=facts.capacity_kind,
    )


def affinity(a: Traits, b: Traits, *, base: float = 1.0) -> float:
    """Score whether two mentions with compatible parties tell one deal; `base` is what sharing the parties is worth."""
    if (certain := certainty(a, b)) is not None:
        return certain
    return weigh(a, b, compare(a, b), base=base)


def weigh(a: Traits, b: Traits, verdicts: Verdicts, *, base: float) -> float:
    """Score two mentions whose figures were compared and of which nothing is certain."""
    instrument = _INSTRUMENTS[a.item.mention.deal_type, b.item.mention.deal_type]
    if instrument is None:
        return -inf
    clashing = sum(_CLASH[name] for name, verdict in verdicts.items() if verdict < 0)
    score = base + instrument + _closeness(a, b) + _place(a, b, verdicts)
    score += sum(_WEIGHT[name] for name, verdict in verdicts.items() if verdict > 0)
    if _is_courtship(a, b):
        return score + clashing / 2
    return score + clashing + _separation(a, b, verdicts)


def agrees(verdicts: Verdicts) -> bool:
    """Tell whether a figure that identifies a deal (value, MW, GPUs) is the same in both."""
    return any(verdict > 0 for name, verdict in verdicts.items() if name != "term")


def clashes(verdicts: Verdicts) -> bool:
    """Tell whether any figure contradicts."""
    return any(verdict < 0 for verdict in verdicts.values())


def gap_days(a: Traits, b: Traits) -> int | None:
    """Return how many days lie between what two mentions tell, None when one cannot be placed."""
    return None if a.day is None or b.day is None else abs(a.day - b.day)


def kinds_fit(unnamed: PartyKind, named: PartyKind) -> bool:
    """Tell whether an unnamed party of that kind may be the named one."""
    return unnamed in _VAGUE_KINDS or unnamed is named or named in _VAGUE_KINDS


def certainty(a: Traits, b: Traits) -> float | None:
    """Return inf or -inf where no weighing is needed: pins, one article, instruments that never mix."""
    if a.item.pin is not None and b.item.pin is not None:
        return inf if a.item.pin == b.item.pin else -inf
    if a.item.article_id == b.item.article_id:
        # One article tells a deal once: two mentions are two deals, unless they say the very same.
        return inf if a.key == b.key else -inf
    if not _parties_fit(a.item, b.item):
        return -inf
    return -inf if _INSTRUMENTS[a.item.mention.deal_type, b.item.mention.deal_type] is None else None


def _parties_fit(a: StoredMention, b: StoredMention) -> bool:
    """Tell whether the sides may be the same companies, straight or swapped."""
    straight = same_party(a.provider_key, b.provider_key) and same_party(a.customer_key, b.customer_key)
    return straight or (same_party(a.provider_key, b.customer_key) and same_party(a.customer_key, b.provider_key))


def _instrument(one: DealType, other: DealType) -> float | None:
    if one is other:
        return 1.0
    pair = {one, other}
    if pair <= _CAPACITY or pair <= _OWNERSHIP or pair <= _FUNDING:
        return -1.0
    if pair <= _CAPACITY | _VAGUE:
        return 0.0
    return None


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
    ends = {undated.item.mention.status, dated.item.mention.status} & _ENDS
    contradicted = -1.0 if len(ends) > 1 else 0.0
    return contradicted + 0.5 - min(undated.told - dated.day, 1000) / 2000


def _place(a: Traits, b: Traits, verdicts: Verdicts) -> float:
    if not a.site or not b.site:
        return 0.0
    if a.site & b.site:
        return 1.0
    agreed = sum(1 for verdict in verdicts.values() if verdict > 0)
    return -1.0 if agreed >= 2 else -5.0


_INSTRUMENTS = {(one, other): _instrument(one, other) for one in DealType for other in DealType}


def compare(a: Traits, b: Traits) -> Verdicts:
    """Compare each figure both state: 1 the same, 0 near, -1 contradicts."""
    one, other = a.item.mention, b.item.mention
    verdicts = {
        "value": _value_verdict(a, b),
        "capacity": _capacity_verdict(a, b),
        "gpus": _verdict(one.gpu_count, other.gpu_count, near=1.15),
        "term": _verdict(one.term_years, other.term_years, near=1.2),
    }
    return {name: verdict for name, verdict in verdicts.items() if verdict is not None}


def _value_verdict(a: Traits, b: Traits) -> int | None:
    best = None
    for x in a.value:
        for y in b.value:
            verdict = _verdict(x, y, near=1.15)
            best = verdict if best is None or (verdict is not None and verdict > best) else best
    if best != 1 and (a.value_max or b.value_max) and _is_other_maximum(a, b):
        return 1
    return best


def _is_other_maximum(a: Traits, b: Traits) -> bool:
    """Tell whether one calls the value what the other calls the maximum."""
    pairs = [(a.value_max, value) for value in b.value] + [(b.value_max, value) for value in a.value]
    return any(_verdict(x, y, near=1.0) == 1 for x, y in pairs)


def _capacity_verdict(a: Traits, b: Traits) -> int | None:
    # Gross power of a site is 1.2 to 1.7 times its IT load: the two do not contradict each other.
    near = 1.8 if (a.kind, b.kind) in _TWO_BASES else 1.15
    verdict = _verdict(a.capacity, b.capacity, near=near)
    if verdict == 1 or not (a.capacity_max or b.capacity_max):
        return verdict
    maxima = ((a.capacity_max, b.capacity), (a.capacity, b.capacity_max))
    return 1 if any(_verdict(x, y, near=1.0) == 1 for x, y in maxima) else verdict


def _verdict(x: float | None, y: float | None, *, near: float) -> int | None:
    if not x or not y:
        return None
    ratio = max(x, y) / min(x, y)
    if ratio <= 1.03:
        return 1
    return 0 if ratio <= near else -1


def _is_courtship(a: Traits, b: Traits) -> bool:
    """Tell whether the earlier is talk of the later: loose figures, months apart."""
    early = a if (a.day or 0, a.key) <= (b.day or 0, b.key) else b
    days = gap_days(a, b)
    return early.item.mention.status in _EARLY and days is not None and days <= _RUMOUR_DAYS


def _is_late_talk(a: Traits, b: Traits) -> bool:
    """Tell whether one only talks of a deal that the other had signed long before: it means the next one."""
    talk, deal = (a, b) if a.item.mention.status in _EARLY else (b, a)
    if talk.item.mention.status not in _EARLY or deal.item.mention.status in _EARLY or deal.day is None:
        return False
    return talk.told - deal.day > 30


def _separation(a: Traits, b: Traits, verdicts: Verdicts) -> float:
    """Score what marks a second deal of the same pair: an expansion, or other figures at another time."""
    one, other = a.item.mention, b.item.mention
    clashing = any(verdict < 0 for name, verdict in verdicts.items() if name != "term")
    agreeing = agrees(verdicts)
    days = gap_days(a, b)
    points = -4.0 if _is_late_talk(a, b) else 0.0
    expands = (one.status is DealStatus.EXPANDED) != (other.status is DealStatus.EXPANDED)
    if expands and days is not None and days > 45 and verdicts.get("value") != 1:
        points -= 6.0
    elif clashing and expands:
        points -= 3.0
    if clashing and not agreeing and (days is None or days > 10):
        points -= 3.0
    if not verdicts and days is not None and days > 45 and _both_sign(a, b) and _has_figures(a) and _has_figures(b):
        points -= 2.0
    return points


def _both_sign(a: Traits, b: Traits) -> bool:
    signed = {DealStatus.SIGNED, DealStatus.EXPANDED}
    return a.item.mention.status in signed and b.item.mention.status in signed


def _has_figures(t: Traits) -> bool:
    return bool(t.value or t.capacity or t.item.mention.gpu_count)
