"""What the mentions of one deal come to: the facts shown, every claim, where sources disagree, how well it is proven.

    conclude(items, corrections={}) -> Conclusion

Fields that are one fact travel together: a value with its qualifier, amount and currency; a capacity with its basis.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from extractors.closed_sets import Qualifier
from extractors.models import Evidence, Mention, OtherParty
from extractors.resolution.identity import StoredMention, content_key, normal_name, same_party
from extractors.resolution.lifecycle import Step, status_of, steps
from extractors.resolution.shown import Camp, Statement, camps, independent

#: Figures that agree within these shares are one figure.
_TOLERANCE = {"term_years": 0.03, "term_max_years": 0.03}
_DEFAULT_TOLERANCE = 0.02

#: The leading field of a fact and those that follow it from the same claim.
_BUNDLES: dict[str, tuple[str, ...]] = {
    "value_original": ("value_currency", "value_qualifier"),
    "value_usd": ("value_qualifier", "value_original", "value_currency"),
    "value_max_usd": (),
    "term_years": (),
    "term_max_years": (),
    "announced_on": (),
    "delivery_start": (),
    "delivery_end": (),
    "capacity_mw": ("capacity_kind",),
    "capacity_max_mw": (),
    "gpu_count": (),
    "site": (),
    "annual_value_usd": (),
    "prepayment_pct": (),
    "noi_margin_pct": (),
    "escalator_pct": (),
    "lease_form": (),
    "capex_usd": (),
    "energy_source": (),
}
_NAMES = ("provider", "customer")
_CHOICES = ("deal_type", "miner_hyperscaler")
#: Fields whose disagreement is worth a reader's attention.
_DISPUTED = {
    *("value_usd", "value_original", "value_max_usd", "annual_value_usd", "term_years"),
    *("capacity_mw", "capacity_max_mw", "gpu_count", "customer", "provider", "deal_type"),
}
#: Who and what a deal is, an article that only recalls it says loosely.
_NAMED_BY_FOUNDERS = {"provider", "customer", "deal_type"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim of one mention, and whether it is among those shown."""

    field: str
    text: str
    item: StoredMention
    qualifier: Qualifier | None
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A field whose sources disagree: each value as text with its number of independent sources, the shown one first."""

    field: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What one group of mentions says."""

    facts: Mention
    said: tuple[Said, ...]
    disputes: tuple[Dispute, ...]
    steps: tuple[Step, ...]
    sources: int
    authority: int


def conclude(items: Sequence[StoredMention], *, corrections: Mapping[str, Any] | None = None) -> Conclusion:
    """Work out what the mentions of one deal say together; `corrections` (field -> value) override what they say."""
    ordered = sorted(items, key=content_key)
    sides = {field: _name_camps(ordered, field) for field in _NAMES}
    figures = {field: camps(_statements(ordered, field), _sameness(field)) for field in _BUNDLES}
    choices = {field: camps(_statements(ordered, field), _equal) for field in _CHOICES}
    everything: dict[str, list[Camp[Any]]] = {**sides, **figures, **choices}
    facts = _facts(ordered, everything)
    if corrections:
        facts = replace(facts, **corrections)
    return Conclusion(
        facts=facts,
        said=tuple(_said(everything)),
        disputes=tuple(_disputes(everything)),
        steps=steps(ordered),
        sources=independent(ordered),
        authority=min(item.authority for item in ordered),
    )


def _facts(ordered: Sequence[StoredMention], everything: Mapping[str, list[Camp[Any]]]) -> Mention:
    values: dict[str, Any] = {}
    evidence: dict[str, tuple[Evidence, ...]] = {}
    for field, found in everything.items():
        if not found:
            continue
        source = found[0].best.item.mention
        for name in (field, *_BUNDLES.get(field, ())):
            if getattr(source, name) is not None:
                values[name] = getattr(source, name)
            if name in source.evidence:
                evidence[name] = source.evidence[name]
    founders = [item for item in ordered if item.mention.primary] or list(ordered)
    return Mention(
        primary=any(item.mention.primary for item in ordered),
        provider=values.pop("provider", None),
        customer=values.pop("customer", None),
        provider_kind=_kind(everything["provider"], founders, "provider_kind"),
        customer_kind=_kind(everything["customer"], founders, "customer_kind"),
        status=status_of(ordered),
        gpu_models=_models(founders),
        other_parties=_others(founders),
        confidence=max(item.mention.confidence for item in founders),
        evidence=evidence,
        **values,
    )


def _kind(named: Sequence[Camp[Any]], founders: Sequence[StoredMention], field: str) -> Any:
    """Take the kind from whoever the shown name comes from; unnamed, from the best source."""
    if named:
        return getattr(named[0].best.item.mention, field)
    ranked = camps(_statements(founders, field), _equal)
    return ranked[0].best.value


def _models(founders: Sequence[StoredMention]) -> tuple[str, ...]:
    ranked = sorted((item for item in founders if item.mention.gpu_models), key=lambda item: item.authority)
    best = [item for item in ranked if item.authority == ranked[0].authority]
    return tuple(dict.fromkeys(model for item in best for model in item.mention.gpu_models))


def _others(founders: Sequence[StoredMention]) -> tuple[OtherParty, ...]:
    found: dict[tuple[str, str], OtherParty] = {}
    for item in founders:
        for party in item.mention.other_parties:
            found.setdefault((normal_name(party.name), party.role.value), party)
    return tuple(found[key] for key in sorted(found))


def _name_camps(ordered: Sequence[StoredMention], field: str) -> list[Camp[Any]]:
    """Gather the names of one side; a renamed company is one, shown under the name its claim uses."""
    keyed = [
        Statement(value=getattr(item, f"{field}_key"), item=item, qualifier=None, key=content_key(item))
        for item in ordered
        if getattr(item.mention, field) is not None
    ]
    return camps(keyed, same_party)


def _statements(ordered: Sequence[StoredMention], field: str) -> list[Statement[Any]]:
    return [
        Statement(value=value, item=item, qualifier=_qualifier(item.mention, field), key=content_key(item))
        for item in ordered
        if (value := getattr(item.mention, field)) is not None
    ]


def _qualifier(facts: Mention, field: str) -> Qualifier | None:
    return facts.value_qualifier if field in {"value_usd", "value_original"} else None


def _sameness(field: str) -> Any:
    tolerance = _TOLERANCE.get(field, _DEFAULT_TOLERANCE)

    def same(x: Any, y: Any) -> bool:
        if isinstance(x, int | float | Decimal) and isinstance(y, int | float | Decimal):
            return abs(float(x) - float(y)) <= tolerance * max(abs(float(x)), abs(float(y)))
        return bool(_plain(x) == _plain(y))

    return same


def _equal(x: Any, y: Any) -> bool:
    return bool(x == y)


def _plain(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _said(everything: Mapping[str, list[Camp[Any]]]) -> list[Said]:
    return [
        Said(
            field=field,
            text=said_text(statement.item.mention, field),
            item=statement.item,
            qualifier=statement.qualifier,
            shown=at == 0,
        )
        for field, found in everything.items()
        for at, camp in enumerate(found)
        for statement in camp.statements
    ]


def _disputes(everything: Mapping[str, list[Camp[Any]]]) -> list[Dispute]:
    return [
        Dispute(
            field=field,
            values=tuple((_disputed_text(camp.best.item.mention, field), camp.sources) for camp in found),
        )
        for field, found in everything.items()
        if field in _DISPUTED and len(found) > 1 and not _is_explained(field, found, everything)
    ]


def _is_explained(field: str, found: Sequence[Camp[Any]], everything: Mapping[str, list[Camp[Any]]]) -> bool:
    """Tell whether rivals disagree in words only: the maximum called the base, the same amount in its own currency,
    a passing remark that calls a cloud contract a lease.
    """
    if field == "value_original":
        return bool(everything["value_usd"])
    if field in _NAMED_BY_FOUNDERS:
        return not any(statement.item.mention.primary for camp in found[1:] for statement in camp.statements)
    shown = found[0].best.item.mention
    if field != "value_usd" or shown.value_max_usd is None:
        return False
    return all(abs(camp.best.value - shown.value_max_usd) <= shown.value_max_usd / 50 for camp in found[1:])


def said_text(facts: Mention, field: str) -> str:
    """Write a stated value as a program reads it back: plain numbers, ISO dates, closed-set values."""
    value = getattr(facts, field)
    if hasattr(value, "precision"):
        return f"{value.date} ({value.precision.value})"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return str(value)


def _disputed_text(facts: Mention, field: str) -> str:
    text = said_text(facts, field)
    if field == "capacity_mw" and facts.capacity_kind is not None and facts.capacity_kind.value != "unspecified":
        return f"{text} MW {'IT' if facts.capacity_kind.value == 'it' else 'gross'}"
    if field == "value_original" and facts.value_currency:
        return f"{facts.value_currency} {text}"
    return text
