"""The learned weights of all decisions, bundled: what a reader needs beside its tables.

Knows which models there are and their JSON form; what the features of each are, its room knows, and how they were
learned, `learning`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from extractors.linear import LinearModel, model_from_json, model_to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Weights of the decisions.

    `names`: is a capitalised name a company; `kinds`: of which kind is an unknown one; `pairs`: do two parties of a
    line deal, and in what; `solo`: does a party alone; `deals`: is a draft a deal of the article, and what the article
    is about; `moves`: is a percentage a share move, and which way; `owners`: whose; `money`, `power`, `terms`: what a
    number measures; `fills`: which number states a field of a deal; `sites`: is a place
    the deal's.
    """

    names: LinearModel
    kinds: LinearModel
    pairs: LinearModel
    solo: LinearModel
    deals: LinearModel
    moves: LinearModel
    owners: LinearModel
    money: LinearModel
    power: LinearModel
    terms: LinearModel
    fills: LinearModel
    sites: LinearModel


def judgement_from_json(record: Mapping[str, Any]) -> Judgement:
    """Read the bundle; KeyError, TypeError or ValueError where it is not one."""
    return Judgement(**{one.name: model_from_json(record[one.name]) for one in fields(Judgement)})


def judgement_to_json(judgement: Judgement) -> dict[str, Any]:
    return {one.name: model_to_json(getattr(judgement, one.name)) for one in fields(Judgement)}
