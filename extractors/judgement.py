"""The learned weights of all decisions, bundled: what a reader needs beside its tables.

Knows which models there are and their JSON form; what the features of each are, its room knows, and how they were
learned, `learning`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extractors.linear import LinearModel, model_from_json, model_to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Weights of the decisions: do two parties of a line deal, does a party alone, is a draft a deal of the article."""

    pairs: LinearModel
    solo: LinearModel
    deals: LinearModel


def judgement_from_json(record: Mapping[str, Any]) -> Judgement:
    """Read the bundle; KeyError, TypeError or ValueError where it is not one."""
    return Judgement(
        pairs=model_from_json(record["pairs"]),
        solo=model_from_json(record["solo"]),
        deals=model_from_json(record["deals"]),
    )


def judgement_to_json(judgement: Judgement) -> dict[str, Any]:
    return {
        "pairs": model_to_json(judgement.pairs),
        "solo": model_to_json(judgement.solo),
        "deals": model_to_json(judgement.deals),
    }
