"""What of a mention is compared when two are asked whether they tell one deal: read once, small, quick to compare.

traits(item) -> Traits
"""

from dataclasses import dataclass

from extractors.closed_sets import CapacityKind, DealStatus, DealType
from extractors.resolution.identity import StoredMention, content_key, event_day, site_words

_EARLY = frozenset({DealStatus.RUMORED, DealStatus.IN_TALKS, DealStatus.LOI})
_SIGNED = frozenset({DealStatus.SIGNED, DealStatus.EXPANDED})
#: Plain numbers: comparing members of an enum a hundred thousand times a second is what resolution would cost.
INSTRUMENTS = {deal_type: number for number, deal_type in enumerate(DealType)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """A mention's figures, day, site and standing. `instrument` is the number of its type in INSTRUMENTS."""

    item: StoredMention
    key: tuple[str, ...]
    article: int
    pin: int | None
    provider: str | None
    customer: str | None
    instrument: int
    status: DealStatus
    is_early: bool
    is_signed: bool
    is_expanded: bool
    day: int | None
    told: int
    site: frozenset[str]
    value: tuple[float, ...]
    value_max: float | None
    capacity: float | None
    capacity_max: float | None
    kind: CapacityKind | None
    gpus: int | None
    term: float | None


def traits(item: StoredMention) -> Traits:
    """Read off a mention what is compared."""
    facts = item.mention
    values = (facts.value_usd, facts.value_original if facts.value_currency not in {None, "USD"} else None)
    return Traits(
        item=item,
        key=content_key(item),
        article=item.article_id,
        pin=item.pin,
        provider=item.provider_key,
        customer=item.customer_key,
        instrument=INSTRUMENTS[facts.deal_type],
        status=facts.status,
        is_early=facts.status in _EARLY,
        is_signed=facts.status in _SIGNED,
        is_expanded=facts.status is DealStatus.EXPANDED,
        day=event_day(item),
        told=item.told_at.toordinal(),
        site=site_words(facts.site),
        value=tuple(float(value) for value in values if value),
        value_max=float(facts.value_max_usd) if facts.value_max_usd else None,
        capacity=facts.capacity_mw or None,
        capacity_max=facts.capacity_max_mw or None,
        kind=facts.capacity_kind,
        gpus=facts.gpu_count or None,
        term=facts.term_years or None,
    )
