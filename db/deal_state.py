"""A deal's row as its mentions tell it: facts, name, day, keys, proof, disagreement. Pure.

state_columns(items, conclusion, tiers) -> dict of columns      what `deals` and `deal_versions` both hold
shown_claims(items, conclusion, *, corrected) -> (mention id, field)…      the claims that say what is shown
deal_name(facts) -> str                                          first_day(facts, items) -> ISO day
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from db.deal_rows import fact_columns
from db.records import SourceTier
from db.tiers import evidence_tier
from extractors.closed_sets import PartyKind
from extractors.models import Mention
from extractors.resolution.claims import said_text
from extractors.resolve import Conclusion, StoredMention, party_key


def state_columns(
    items: Sequence[StoredMention], conclusion: Conclusion, tiers: Mapping[int, SourceTier]
) -> dict[str, Any]:
    """Return the columns that follow from some mentions; `tiers` are those of their articles."""
    facts = conclusion.facts
    keys = _keys(facts, items)
    return fact_columns(facts) | {
        "name": deal_name(facts),
        "provider_key": keys[0],
        "customer_key": keys[1],
        "day": first_day(facts, items),
        "evidence_tier": evidence_tier(conclusion, tiers),
        "source_count": conclusion.sources,
        "article_count": len(tiers),
        "conflicts": json.dumps([[dispute.field, dispute.values] for dispute in conclusion.disputes]),
        "is_history": int(set(tiers.values()) == {SourceTier.HISTORY}),
    }


def shown_claims(
    items: Sequence[StoredMention], conclusion: Conclusion, *, corrected: Collection[str]
) -> Iterator[tuple[int, str]]:
    """Yield the claims (mention, field) that say what the deal shows; a corrected field may have none."""
    facts = conclusion.facts
    for said in conclusion.said:
        if said.shown and (said.field not in corrected or said.text == said_text(facts, said.field)):
            yield said.item.id, said.field
    for item in items:
        if item.mention.status is facts.status:
            yield item.id, "status"
        if item.mention.gpu_models and set(item.mention.gpu_models) <= set(facts.gpu_models):
            yield item.id, "gpu_models"


def deal_name(facts: Mention) -> str:
    """Name a deal by its sides."""
    return f"{_side(facts.provider, facts.provider_kind)} – {_side(facts.customer, facts.customer_kind)}"


def _side(name: str | None, kind: PartyKind) -> str:
    if name:
        return name
    return (
        "unnamed party"
        if kind in {PartyKind.UNDISCLOSED, PartyKind.OTHER}
        else f"unnamed {kind.value.replace('_', ' ')}"
    )


def first_day(facts: Mention, items: Sequence[StoredMention]) -> str:
    """Return the day a deal was announced, else the day of the first article."""
    if facts.announced_on is not None:
        return facts.announced_on.date
    return min(item.told_at for item in items).astimezone(UTC).date().isoformat()


def _keys(facts: Mention, items: Sequence[StoredMention]) -> tuple[str | None, str | None]:
    """Return the keys of the shown names: those of the mention that uses the name, else the name's own."""
    known = {item.mention.provider: item.provider_key for item in items}
    known |= {item.mention.customer: item.customer_key for item in items}
    return (
        known.get(facts.provider) or party_key(facts.provider, {}),
        known.get(facts.customer) or party_key(facts.customer, {}),
    )
