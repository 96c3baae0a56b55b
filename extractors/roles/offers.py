"""What the numbers of an article offer to its deals: every amount that could state a field, with the places that say it.

An amount is offered once to each deal and field, best place first. How good an offer is by hand-set weights, `score`
says; the learned choice reads it as one reason among others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.closed_sets import Qualifier
from extractors.deals.merge import group_of
from extractors.deals.weights import BIND
from extractors.linear import log_odds
from extractors.reading import Draft
from extractors.roles.binding import Binder
from extractors.roles.fields import FIELDS, KIND_OF, LEARNED_FIELDS
from extractors.roles.places import Amount, Place, amount_of
from extractors.roles.scoring import RoleScores

#: Roles that, once plain at one place, are not forgotten at the others.
_DISPROVES = (
    "value_max",
    "total",
    "backstop",
    "noi",
    "annual_value",
    "company_revenue",
    "market_cap",
    "backlog",
    "campus",
    "pipeline",
    "company",
)
#: Maxima are told in sentences of their own that seldom name a party: the deal in focus is theirs.
_MAXIMA = frozenset({"value_max", "term_max"})
#: Fields that a plain role already proves: a prepayment share belongs to the deal told, wherever it stands.
_PLAIN = frozenset({"prepayment", "noi_margin", "escalator"})
_WORST_FIT = -1.2
#: A "nine-figure" sum bounds an amount and states none.
_NO_AMOUNT = "money.figures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place of an offer: its tie to the deal, the best wanted role by hand, and how likely a wanted role is."""

    place: Place
    tie: float
    role: str
    fit: float
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An amount for a field of deal `draft`; `spots` best first, `score` by hand, `passable` if the hand would take it."""

    draft: int
    field: str
    amount: Amount
    spots: tuple[Spot, ...]
    score: float
    passable: bool
    capped: bool


class Ties:
    """The tie of every place to every deal of one article, measured once."""

    def __init__(self, drafts: Sequence[Draft], binder: Binder) -> None:
        self._drafts = drafts
        self._binder = binder
        self._features: dict[tuple[int, int, int], dict[str, float]] = {}

    def features(self, place: Place, number: int) -> Mapping[str, float]:
        key = (place.line.index, place.figure.start, number)
        if key not in self._features:
            self._features[key] = self._binder.features(place.figure, place.line, number)
        return self._features[key]

    def tie(self, place: Place, number: int) -> float:
        return sum(BIND[name] * value for name, value in self.features(place, number).items())

    def lead(self, place: Place, number: int) -> float:
        """Return how far the tie to one deal leads the best tie to another, 3.0 where there is no other."""
        others = [self.tie(place, other) for other in range(len(self._drafts)) if other != number]
        return self.tie(place, number) - max(others) if others else 3.0

    def in_focus(self, place: Place, number: int) -> bool:
        return self._binder.focus(place.line) == number


def offers_of(drafts: Sequence[Draft], places: Sequence[Place], ties: Ties) -> list[Offer]:
    """Return the offers of all amounts to all deals; where the hand decides, only those it would take."""
    amounts: dict[Amount, list[Place]] = {}
    for place in places:
        if place.figure.quantity.value is not None and place.figure.quantity.rule != _NO_AMOUNT:
            amounts.setdefault(amount_of(place), []).append(place)
    offers: list[Offer] = []
    for number, draft in enumerate(drafts):
        for field, roles in FIELDS[group_of(draft.family)].items():
            for amount, same in amounts.items():
                if amount[0] is KIND_OF[field]:
                    offer = _offer(number, field, roles, same=same, ties=ties)
                    if offer.passable or field in LEARNED_FIELDS:
                        offers.append(offer)
    return offers


def _offer(number: int, field: str, roles: Mapping[str, float], *, same: Sequence[Place], ties: Ties) -> Offer:
    capped = any(_capped(place) for place in same)
    spots: list[tuple[float, Spot]] = []
    for place in same:
        wanted = {"value": -0.6, **roles} if _ceiling(field, place) else roles
        role, fit = _fit(place.roles, wanted)
        tie = ties.tie(place, number)
        score = fit + (max(tie, 1.0) if field in _PLAIN else tie)
        if field == "value" and capped:
            score += BIND["up-to-is-no-commitment"]
        if field in _MAXIMA and ties.in_focus(place, number):
            score += max(0.0, BIND["maximum-in-focus"] - tie)
        chance = sum(place.chances.get(name, 0.0) for name in wanted)
        spots.append((round(score, 4), Spot(place=place, tie=tie, role=role, fit=fit, chance=chance)))
    amount = amount_of(same[0])
    learned = field in LEARNED_FIELDS
    spots.sort(key=lambda row: -(0.5 * row[0] + log_odds(row[1].chance) if learned else row[0]))
    best, first = max(row[0] for row in spots), spots[0][1]
    best += BIND["repeated"] * min(2, len(spots) - 1) - _told_otherwise(roles, same)
    kept = tuple(spot for score, spot in spots if score > 0.0) or (first,)
    return Offer(
        draft=number,
        field=field,
        amount=amount,
        spots=kept if kept[0] is first else (first, *(spot for spot in kept if spot is not first)),
        score=round(best, 4),
        passable=first.fit >= _WORST_FIT,
        capped=capped,
    )


def _capped(place: Place) -> bool:
    """Tell whether one place calls an amount a ceiling; a headline that repeats it does not make it firm."""
    return place.figure.quantity.qualifier is Qualifier.UP_TO or (
        place.roles.best == "value_max" and place.roles.margin("value_max") > 0.3
    )


def _ceiling(field: str, place: Place) -> bool:
    """Tell whether "worth up to $9bn" may state the maximum of a deal."""
    said = place.figure.quantity.qualifier is Qualifier.UP_TO
    return field == "value_max" and said and place.roles.best in ("value", "value_max")


def _told_otherwise(roles: Mapping[str, float], same: Sequence[Place]) -> float:
    """Return the handicap of an amount that another place plainly calls something else: a headline carries the maximum."""
    leads = [
        place.roles.margin(name)
        for place in same
        for name in _DISPROVES
        if name not in roles and place.roles.best == name
    ]
    return BIND["told-otherwise"] * max([0.0, *leads])


def _fit(scores: RoleScores, roles: Mapping[str, float]) -> tuple[str, float]:
    """Return the best of the wanted roles and how far it leads the roles not wanted, between -3 and 2."""
    role = max(roles, key=lambda name: (scores.of(name) + roles[name], name))
    rivals = [score for name, score in scores.scores if name not in roles]
    lead = scores.of(role) + roles[role] - max(rivals, default=0.0)
    return role, max(-3.0, min(2.0, lead))
