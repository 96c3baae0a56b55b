"""Assign numbers to deals and fields, all at once: a number states one fact of one deal, a fact has one number.

For each field of each deal the learned choice weighs every amount of the article, and that none states it; a field
seldom stated is decided by hand-set weights. The likeliest filling of the whole article is taken first, then the next
that collides with none taken. What is not likely stays empty: a number whose role is unclear is no deal value.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.deals.weights import SLOT_THRESHOLD
from extractors.linear import LinearModel, chances_of
from extractors.reading import Draft
from extractors.roles.binding import Binder
from extractors.roles.fields import LEARNED_FIELDS
from extractors.roles.fill_reasons import fill_reasons, unfilled_reasons
from extractors.roles.offers import Offer, Ties, offers_of
from extractors.roles.places import Amount, Place

#: The label of the fill model.
FILL = "fill"
#: A filling less likely than this is left out.
_LIKELY = 0.35
_UNFILLED = "unfilled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A field of a deal and the places that state it, best first; `score` is how likely it does (0 to 1)."""

    draft: int
    field: str
    places: tuple[Place, ...]
    score: float
    role: str


def assign(drafts: Sequence[Draft], binder: Binder, places: Sequence[Place], fills: LinearModel) -> list[Filled]:
    """Return the fields that numbers state, likeliest first."""
    taken: list[Filled] = []
    full: set[tuple[int, str]] = set()
    spent: set[Amount] = set()
    for chance, offer in _weighed(drafts, binder, places, fills):
        if (offer.draft, offer.field) in full or offer.amount in spent:
            continue
        full.add((offer.draft, offer.field))
        spent.add(offer.amount)
        taken.append(
            Filled(
                draft=offer.draft,
                field=offer.field,
                places=tuple(spot.place for spot in offer.spots),
                score=chance,
                role=offer.spots[0].role,
            )
        )
    return taken


def by_field(offers: Sequence[Offer]) -> dict[tuple[int, str], list[Offer]]:
    """Return the offers to each field of each deal."""
    groups: dict[tuple[int, str], list[Offer]] = {}
    for offer in offers:
        groups.setdefault((offer.draft, offer.field), []).append(offer)
    return groups


def _weighed(
    drafts: Sequence[Draft], binder: Binder, places: Sequence[Place], fills: LinearModel
) -> list[tuple[float, Offer]]:
    """Return the offers worth taking with their chances, likeliest first."""
    ties = Ties(drafts, binder)
    weighed: list[tuple[float, Offer]] = []
    for (number, field), rivals in by_field(offers_of(drafts, places, ties)).items():
        if field not in LEARNED_FIELDS:
            weighed += [(_chance_by_hand(offer), offer) for offer in rivals if offer.score >= SLOT_THRESHOLD]
            continue
        scores = {_UNFILLED: fills.scores(unfilled_reasons(field, rivals, drafts[number]))[FILL]}
        for index, offer in enumerate(rivals):
            scores[str(index)] = fills.scores(fill_reasons(offer, rivals, drafts, ties))[FILL]
        chances = chances_of(scores)
        weighed += [
            (chances[str(index)], offer) for index, offer in enumerate(rivals) if chances[str(index)] >= _LIKELY
        ]
    return sorted(weighed, key=lambda row: (-round(row[0], 6), row[1].draft, row[1].field, _first(row[1])))


def _first(offer: Offer) -> tuple[int, int]:
    place = offer.spots[0].place
    return place.line.index, place.figure.start


def _chance_by_hand(offer: Offer) -> float:
    """Return the score of a hand-set decision on the scale of chances: even odds at the threshold."""
    return 1.0 / (1.0 + math.exp(SLOT_THRESHOLD - offer.score))
