"""Everything that may tell which amount states a field of a deal, or that none does: the features of the fill model.

Each feature counts for all fields together and, under the field's name, for that field alone.
"""

from collections.abc import Iterator, Mapping, Sequence

from extractors.closed_sets import Qualifier, Where
from extractors.deals.merge import group_of
from extractors.deals.weights import SLOT_THRESHOLD
from extractors.linear import log_odds
from extractors.reading import Draft
from extractors.roles.offers import Offer, Ties
from extractors.roles.places import Place
from extractors.text.stems import step

#: A role this likely is named as a rival.
_RIVAL = 0.25
_CHANCE_STEPS = (-3.0, -1.5, -0.5, 0.5, 1.5, 3.0)


def fill_reasons(offer: Offer, rivals: Sequence[Offer], drafts: Sequence[Draft], ties: Ties) -> dict[str, float]:
    """Return the features of one offer among `rivals`, all offers to the same field of the same deal, itself included."""
    draft, best = drafts[offer.draft], offer.spots[0]
    chance = _best_chance(offer)
    features = {
        "chance": chance / 3.0,
        "hand": max(-1.0, min(1.5, (offer.score - SLOT_THRESHOLD) / 3.0)),
        "tie": best.tie / 4.0,
        "lead": max(-1.0, min(1.0, ties.lead(best.place, offer.draft) / 3.0)),
        **{f"t:{name}": value for name, value in ties.features(best.place, offer.draft).items() if value},
    }
    for name in (
        *_standing(offer, rivals, chance),
        *_other_roles(offer),
        *_context(offer, draft, best.place, ties),
    ):
        features[name] = 1.0
    return _by_field(offer.field, features)


def unfilled_reasons(field: str, rivals: Sequence[Offer], draft: Draft) -> dict[str, float]:
    """Return the features of stating nothing, given what is offered."""
    best = max((_best_chance(offer) for offer in rivals), default=-4.0)
    names = {
        "unfilled",
        f"unfilled:{group_of(draft.family)}",
        f"unfilled:{'primary' if draft.primary else 'background'}",
        f"unfilled:of{step(len(rivals), 0, 1, 2, 4)}",
        f"unfilled:best{step(best, *_CHANCE_STEPS)}",
    }
    return _by_field(field, dict.fromkeys(names, 1.0))


def _by_field(field: str, features: Mapping[str, float]) -> dict[str, float]:
    return {**features, **{f"{field}:{name}": value for name, value in features.items()}}


def _best_chance(offer: Offer) -> float:
    return log_odds(max(spot.chance for spot in offer.spots)) if offer.spots else -4.0


def _standing(offer: Offer, rivals: Sequence[Offer], chance: float) -> Iterator[str]:
    """Yield how an offer compares with the others."""
    yield f"chance:{step(chance, *_CHANCE_STEPS)}"
    yield f"hand:{step(offer.score, 0.0, 1.0, SLOT_THRESHOLD, 3.0, 4.5)}"
    likelier = sum(_best_chance(other) > chance for other in rivals)
    better = sum(other.score > offer.score for other in rivals)
    yield f"likelier:{min(3, likelier)}"
    yield f"better:{min(3, better)}"
    if likelier == better == 0:
        yield "best"
    if rivals and offer.amount[1] == max(other.amount[1] for other in rivals):
        yield "largest"
    if rivals and offer.amount[1] == min(other.amount[1] for other in rivals):
        yield "smallest"
    yield f"rivals:{step(len(rivals), 1, 2, 4)}"


def _other_roles(offer: Offer) -> Iterator[str]:
    """Yield what the amount may measure instead, here and at its other places."""
    for index, spot in enumerate(offer.spots):
        for role, chance in spot.place.chances.items():
            if chance >= _RIVAL:
                yield f"{'here' if index == 0 else 'there'}:{role}"
    yield f"places:{min(3, len(offer.spots))}"
    yield f"role:{offer.spots[0].role}"


def _context(offer: Offer, draft: Draft, place: Place, ties: Ties) -> Iterator[str]:
    group = group_of(draft.family)
    yield f"group:{group}"
    yield f"{'primary' if draft.primary else 'background'}"
    yield f"{group}:{'primary' if draft.primary else 'background'}"
    yield f"lead:{step(ties.lead(place, offer.draft), -2.0, -0.5, 0.0, 0.5, 2.0)}"
    gap = min((place.line.index - told for told in draft.lines), key=abs, default=99)
    yield f"gap:{step(gap, -2, -1, 0, 1, 2, 4, 8)}"
    if any(spot.place.line.where is Where.TITLE for spot in offer.spots):
        yield "headline"
    if offer.capped:
        yield "capped"
    if place.figure.quantity.qualifier is Qualifier.UP_TO:
        yield "up-to"
    if place.figure.quantity.per:
        yield f"per:{place.figure.quantity.per}"
    if draft.recap:
        yield "recap"
