"""The figures of an article at their places, with what each may measure: judged by hand, and as learned.

Knows no deal. The chances of the roles of money, power and terms are learned; of other kinds they follow the scores.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.closed_sets import QuantityKind
from extractors.judgement import Judgement
from extractors.linear import chances_of
from extractors.reading import Figure, Line
from extractors.roles.role_reasons import Scene, role_reasons
from extractors.roles.scoring import RoleScores, score_roles

#: kind, value, currency: what makes two figures the same amount
Amount = tuple[QuantityKind, float, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One figure at one place; `chances` sum to 1 over the roles it could play."""

    figure: Figure
    line: Line
    roles: RoleScores
    chances: Mapping[str, float]


def find_places(lines: Sequence[Line], judgement: Judgement) -> list[Place]:
    """Return every figure of the article with its roles, in reading order."""
    models = {
        QuantityKind.MONEY: judgement.money,
        QuantityKind.POWER: judgement.power,
        QuantityKind.TERM: judgement.terms,
    }
    scene = Scene(lines)
    places: list[Place] = []
    for line in lines:
        for figure in line.figures:
            roles = score_roles(line, figure)
            model = models.get(figure.quantity.kind)
            if model is None:
                chances: Mapping[str, float] = chances_of(dict(roles.scores)) if roles.scores else {}
            else:
                chances = model.chances(role_reasons(line, figure, roles, scene))
            places.append(Place(figure=figure, line=line, roles=roles, chances=chances))
    return places


def amount_of(place: Place) -> Amount:
    """Return what makes two figures the same amount."""
    quantity = place.figure.quantity
    return quantity.kind, round(quantity.value or 0.0, 6), quantity.currency
