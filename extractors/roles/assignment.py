"""Assign numbers to deals and fields, all at once: a number states one fact of one deal, a fact has one number.

Candidates are amounts (equal figures of an article count as one), scored by role and by tie to the deal; the best
candidate of the whole article is taken first, then the next that collides with none taken. Below the threshold a field
stays empty: a number whose role is unclear is no deal value.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.closed_sets import Qualifier, QuantityKind
from extractors.deals.merge import group_of
from extractors.deals.weights import BIND, SLOT_THRESHOLD
from extractors.reading import Draft, Figure, Line
from extractors.roles.binding import Binder
from extractors.roles.scoring import RoleScores, score_roles

#: group -> field -> the roles of a number that can state it, with a handicap each.
_COMPUTE: Mapping[str, Mapping[str, float]] = {
    "value": {"value": 0.0},
    "value_max": {"value_max": 0.0},
    "annual_value": {"annual_value": 0.0},
    "capex": {"capex": -0.3},
    "capacity": {"capacity": 0.0, "phase": -1.0},
    "capacity_max": {"capacity_max": 0.0},
    "term": {"term": 0.0},
    "term_max": {"term_max": 0.0},
    "prepayment": {"prepayment": 0.0},
    "noi_margin": {"noi_margin": 0.0},
    "escalator": {"escalator": 0.0},
    "count": {"count": 0.0},
}
_FIELDS: Mapping[str, Mapping[str, Mapping[str, float]]] = {
    "compute": _COMPUTE,
    "acquisition": {
        "value": {"value": 0.0, "equipment": -0.3, "stake": -0.5},
        "capacity": {"capacity": 0.0, "company": -0.2, "campus": -0.4, "total": -0.4},
        "count": {"count": 0.0},
    },
    "finance": {
        "value": {"financing": 0.0, "stake": 0.0, "value": -0.4},
        "value_max": {"value_max": 0.0},
        "term": {"term": -0.5},
    },
    "equipment_purchase": {"value": {"equipment": 0.3, "value": 0.0, "financing": -0.6}, "count": {"count": 0.3}},
    "power_supply": {
        "value": {"value": 0.0},
        "capacity": {"capacity": 0.2, "campus": -0.3, "pipeline": -0.5, "total": -0.7},
        "term": {"term": 0.0},
    },
    "land": {
        "value": {"value": 0.0, "equipment": 0.0},
        "capacity": {"capacity": 0.2, "campus": 0.0, "company": -0.3, "pipeline": -0.3},
        "term": {"term": 0.0},
    },
}
_KIND_OF: Mapping[str, QuantityKind] = {
    "value": QuantityKind.MONEY, "value_max": QuantityKind.MONEY, "annual_value": QuantityKind.MONEY, "capex": QuantityKind.MONEY,
    "capacity": QuantityKind.POWER, "capacity_max": QuantityKind.POWER, "term": QuantityKind.TERM, "term_max": QuantityKind.TERM,
    "prepayment": QuantityKind.PERCENT, "noi_margin": QuantityKind.PERCENT, "escalator": QuantityKind.PERCENT, "count": QuantityKind.GPU,
}  # fmt: skip
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One figure at one place, with the roles it could play."""

    figure: Figure
    line: Line
    roles: RoleScores


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A field of a deal and the places that state it, best first."""

    draft: int
    field: str
    places: tuple[Place, ...]
    score: float
    role: str


def find_places(lines: Sequence[Line]) -> list[Place]:
    """Return every figure of the article with its roles."""
    return [
        Place(figure=figure, line=line, roles=score_roles(line, figure)) for line in lines for figure in line.figures
    ]


def assign(drafts: Sequence[Draft], binder: Binder, places: Sequence[Place]) -> list[Filled]:
    """Return the fields that numbers state, best supported first."""
    candidates = sorted(
        _candidates(drafts, binder, places),
        key=lambda filled: (
            -filled.score,
            filled.draft,
            filled.field,
            filled.places[0].line.index,
            filled.places[0].figure.start,
        ),
    )
    taken: list[Filled] = []
    full: set[tuple[int, str]] = set()
    spent: set[tuple[QuantityKind, float, str | None]] = set()
    for filled in candidates:
        amount = amount_of(filled.places[0])
        if (filled.draft, filled.field) in full or amount in spent:
            continue
        full.add((filled.draft, filled.field))
        spent.add(amount)
        taken.append(filled)
    return taken


def amount_of(place: Place) -> tuple[QuantityKind, float, str | None]:
    """Return what makes two figures the same amount."""
    quantity = place.figure.quantity
    return quantity.kind, round(quantity.value or 0.0, 6), quantity.currency


def _candidates(drafts: Sequence[Draft], binder: Binder, places: Sequence[Place]) -> Iterator[Filled]:
    amounts: dict[tuple[QuantityKind, float, str | None], list[Place]] = {}
    for place in places:
        if place.figure.quantity.value is not None:
            amounts.setdefault(amount_of(place), []).append(place)
    for number, draft in enumerate(drafts):
        for field, roles in _FIELDS[group_of(draft.family)].items():
            for (kind, _, _), same in amounts.items():
                if kind is _KIND_OF[field] and (filled := _best(number, field, roles, same, binder)):
                    yield filled


def _best(number: int, field: str, roles: Mapping[str, float], same: Sequence[Place], binder: Binder) -> Filled | None:
    scored: list[tuple[float, int, str]] = []
    capped = any(_capped(place) for place in same)
    for index, place in enumerate(same):
        role, fit = _fit(place.roles, _roles_at(field, roles, place))
        tie = binder.tie(place.figure, place.line, number)
        score = fit + (max(tie, 1.0) if field in _PLAIN else tie)
        if field == "value" and capped:
            score += BIND["up-to-is-no-commitment"]
        if field in _MAXIMA and binder.focus(place.line) == number:
            score += max(0.0, BIND["maximum-in-focus"] - tie)
        scored.append((round(score, 4), index, role))
    scored.sort(key=lambda row: (-row[0], row[1]))
    best, index, role = scored[0]
    best += BIND["repeated"] * min(2, len(scored) - 1) - _told_otherwise(roles, same)
    if best < SLOT_THRESHOLD or _fit(same[index].roles, _roles_at(field, roles, same[index]))[1] < -1.2:
        return None
    ordered = tuple(same[position] for score, position, _ in scored if score > 0.0) or (same[index],)
    return Filled(draft=number, field=field, places=ordered, score=round(best, 4), role=role)


def _roles_at(field: str, roles: Mapping[str, float], place: Place) -> Mapping[str, float]:
    return {"value": -0.6, **roles} if _ceiling(field, place) else roles


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
