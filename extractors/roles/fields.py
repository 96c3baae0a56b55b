"""Which fields of a deal numbers can state, by group of instrument: the roles that state each, with a handicap."""

from collections.abc import Mapping

from extractors.closed_sets import QuantityKind

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
#: group -> field -> the roles of a number that can state it
FIELDS: Mapping[str, Mapping[str, Mapping[str, float]]] = {
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
KIND_OF: Mapping[str, QuantityKind] = {
    "value": QuantityKind.MONEY, "value_max": QuantityKind.MONEY, "annual_value": QuantityKind.MONEY, "capex": QuantityKind.MONEY,
    "capacity": QuantityKind.POWER, "capacity_max": QuantityKind.POWER, "term": QuantityKind.TERM, "term_max": QuantityKind.TERM,
    "prepayment": QuantityKind.PERCENT, "noi_margin": QuantityKind.PERCENT, "escalator": QuantityKind.PERCENT, "count": QuantityKind.GPU,
}  # fmt: skip
#: Fields that the learned choice fills; too few articles state the others to learn from.
LEARNED_FIELDS = frozenset({"value", "value_max", "capacity", "capacity_max", "term", "term_max"})
