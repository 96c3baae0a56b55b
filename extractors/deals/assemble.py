"""Turn drafts and filled fields into mentions: the record of a deal with its evidence and confidence.

Knows the schema of a mention and how fields depend on each other (a maximum is no less than its base, options lengthen
a term); the choices themselves were made before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from extractors.closed_sets import CapacityKind, DealType, PartyKind, QuantityKind
from extractors.deals.direction import AI_SIDE
from extractors.models import Evidence, Mention, OtherParty
from extractors.quantities.term import option_count
from extractors.reading import Actor, Draft, Reading
from extractors.roles.assignment import Filled
from extractors.roles.places import Place, amount_of

_CENT = Decimal("0.01")
#: A shorter option is no extension of a contract.
_LEAST_YEARS = 0.5


@dataclass(slots=True)
class Facts:
    """The fields of one deal while they are gathered."""

    values: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, list[Evidence]] = field(default_factory=dict)

    def put(self, name: str, value: object, proof: Sequence[Evidence]) -> None:
        if value is not None:
            self.values[name] = value
            self.evidence.setdefault(name, []).extend(proof)


def make_mention(
    reading: Reading,
    draft: Draft,
    *,
    filled: Mapping[str, Filled],
    places: Sequence[Place],
    extra: Facts,
    deal_type: DealType,
) -> Mention:
    """Return the mention of one draft."""
    facts = Facts(dict(extra.values), {name: list(proof) for name, proof in extra.evidence.items()})
    for name, one in filled.items():
        _FILL[name](facts, one, [_proof(reading, place, one.role) for place in one.places[:3]])
    _terms(reading, facts, draft, filled, places)
    _capacity(facts, filled, places)
    _tidy(facts)
    for name, proof in draft.evidence.items():
        facts.evidence.setdefault(name, []).extend(proof)
    return Mention(
        primary=draft.primary,
        provider=draft.provider.name if draft.provider else None,
        customer=draft.customer.name if draft.customer else None,
        provider_kind=_kind(draft.provider, seller=True),
        customer_kind=_kind(draft.customer, seller=False),
        miner_hyperscaler=_counts(draft, deal_type),
        deal_type=deal_type,
        status=draft.status,
        other_parties=tuple(OtherParty(name=actor.name or "", role=role) for actor, role in draft.others),
        confidence=draft.confidence,
        evidence={name: tuple(proof) for name, proof in sorted(facts.evidence.items()) if proof},
        **facts.values,
    )


def _kind(actor: Actor | None, *, seller: bool) -> PartyKind:
    if actor is None:
        return PartyKind.OTHER if seller else PartyKind.UNDISCLOSED
    return actor.kind


def _counts(draft: Draft, deal_type: DealType) -> bool:
    """Tell whether one side is a miner and the other uses it for AI; an unnamed customer of compute counts."""
    if deal_type in (
        DealType.FINANCING,
        DealType.EQUITY_STAKE,
        DealType.LAND,
        DealType.POWER_SUPPLY,
        DealType.EQUIPMENT_PURCHASE,
    ):
        return False
    kinds = [actor.kind for actor in (draft.provider, draft.customer) if actor is not None]
    if PartyKind.MINER not in kinds:
        return False
    other = [kind for kind in kinds if kind is not PartyKind.MINER]
    if (
        deal_type in (DealType.HOSTING_LEASE, DealType.CLOUD_CONTRACT)
        and draft.provider is not None
        and draft.provider.kind is PartyKind.MINER
    ):
        return True
    return bool(set(other) & AI_SIDE)


def _proof(reading: Reading, place: Place, role: str) -> Evidence:
    figure = place.figure
    strongest = sorted(place.roles.features, key=lambda name: (-place.roles.features[name], name))[:2]
    return reading.evidence(
        place.line, figure.start, figure.end, "+".join([f"{figure.quantity.kind}.{role}", *strongest])
    )


def _number(value: float) -> Decimal:
    amount = Decimal(repr(value)).quantize(_CENT)
    return amount.to_integral_value() if amount == amount.to_integral_value() else amount.normalize()


def _value(facts: Facts, one: Filled, proof: Sequence[Evidence]) -> None:
    quantity = one.places[0].figure.quantity
    if quantity.value is None:
        return
    amount = _number(quantity.value)
    facts.put("value_original", amount, proof)
    facts.put("value_currency", quantity.currency or "USD", proof)
    if (quantity.currency or "USD") == "USD":
        facts.put("value_usd", amount, proof)
        facts.put("value_qualifier", quantity.qualifier, proof)


def _money(name: str) -> Any:
    def put(facts: Facts, one: Filled, proof: Sequence[Evidence]) -> None:
        quantity = one.places[0].figure.quantity
        if quantity.value is not None and (quantity.currency or "USD") == "USD":
            facts.put(name, _number(quantity.value), proof)

    return put


def _plain(name: str) -> Any:
    def put(facts: Facts, one: Filled, proof: Sequence[Evidence]) -> None:
        value = one.places[0].figure.quantity.value
        facts.put(name, None if value is None else round(value, 4), proof)

    return put


def _count(facts: Facts, one: Filled, proof: Sequence[Evidence]) -> None:
    value = one.places[0].figure.quantity.value
    facts.put("gpu_count", None if value is None else int(value), proof)


_FILL: Mapping[str, Any] = {
    "value": _value, "value_max": _money("value_max_usd"), "annual_value": _money("annual_value_usd"), "capex": _money("capex_usd"),
    "capacity": _plain("capacity_mw"), "capacity_max": _plain("capacity_max_mw"), "term": _plain("term_years"), "term_max": _plain("term_max_years"),
    "prepayment": _plain("prepayment_pct"), "noi_margin": _plain("noi_margin_pct"), "escalator": _plain("escalator_pct"), "count": _count,
}  # fmt: skip


def _extends(place: Place) -> bool:
    """Tell whether a place is an option to go on; "a 30-day option on more space" is a deadline."""
    quantity = place.figure.quantity
    return (
        quantity.kind is QuantityKind.TERM and place.roles.best == "option" and (quantity.value or 0.0) >= _LEAST_YEARS
    )


def _of_another(option: Place, places: Sequence[Place], base: float) -> bool:
    """Tell whether the sentence of an option states the term that it extends, and that is not the deal's."""
    stated = [
        place.figure.quantity.value or 0.0
        for place in places
        if place.line is option.line and place.figure.quantity.kind is QuantityKind.TERM and place.roles.best == "term"
    ]
    return bool(stated) and all(abs(value - base) > 0.03 * base for value in stated)


def _terms(reading: Reading, facts: Facts, draft: Draft, filled: Mapping[str, Filled], places: Sequence[Place]) -> None:
    """Lengthen the initial term by the options told with the deal."""
    base = facts.values.get("term_years")
    if base is None or "term_max" in filled:
        return
    near = {number + step for number in draft.lines for step in (-1, 0, 1, 2)} | {
        place.line.index + step for place in filled["term"].places for step in (0, 1, 2)
    }
    for place in places:
        quantity = place.figure.quantity
        count = option_count(quantity) if _extends(place) else None
        if (
            count
            and quantity.value
            and (draft.primary or place.line.index in near)
            and not _of_another(place, places, base)
        ):
            facts.put("term_max_years", round(base + count * quantity.value, 4), [_proof(reading, place, "option")])
            return


def _capacity(facts: Facts, filled: Mapping[str, Filled], places: Sequence[Place]) -> None:
    """Name the basis of the megawatts, and read "an option on another 150 MW" as base plus option."""
    if "capacity" in filled:
        amount = amount_of(filled["capacity"].places[0])
        bases = [place.figure.quantity.basis for place in places if amount_of(place) == amount]
        kind = next(
            (basis for basis in (CapacityKind.IT, CapacityKind.GROSS) if basis in bases), CapacityKind.UNSPECIFIED
        )
        facts.put("capacity_kind", kind, facts.evidence["capacity_mw"][:1])
    if "capacity_max" in filled:
        features = filled["capacity_max"].places[0].roles.features
        base = facts.values.get("capacity_mw")
        most = facts.values.get("capacity_max_mw")
        if base and most and (features.get("further<", 0.0) > 0.2 or features.get("add<", 0.0) > 0.35 or most < base):
            facts.values["capacity_max_mw"] = base + most


def _tidy(facts: Facts) -> None:
    """Drop what contradicts: a maximum must exceed its base."""
    for low, high in (
        ("value_usd", "value_max_usd"),
        ("term_years", "term_max_years"),
        ("capacity_mw", "capacity_max_mw"),
    ):
        base, most = facts.values.get(low), facts.values.get(high)
        if base is not None and most is not None and most <= base:
            del facts.values[high]
            facts.evidence.pop(high, None)
