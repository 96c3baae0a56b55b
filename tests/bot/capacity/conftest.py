"""The shipped assumptions, read once."""

import tomllib
from pathlib import Path

import pytest

from bot.capacity.assumptions import Assumptions
from bot.capacity.calibration import Case, read_cases
from bot.valuation.model_tables import load_assumptions

CONFIG = Path(__file__).parents[3] / "config"


@pytest.fixture(scope="session")
def rows() -> Assumptions:
    return load_assumptions()


@pytest.fixture(scope="session")
def cases() -> dict[str, Case]:
    table = tomllib.loads((CONFIG / "validation_deals.toml").read_text(encoding="utf-8"))["deal"]
    return {case.key: case for case in read_cases(table)}
