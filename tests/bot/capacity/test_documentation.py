"""docs/capacity.md and the README say what the model says today."""

from pathlib import Path

import pytest

from bot.capacity.calibration import calibrate, summarise
from bot.capacity.question import STATED
from bot.capacity.side_by_side import (
    calibration_table,
    epoch_gpus,
    inferencex_gpus,
    side_by_side,
    static_breakeven_days,
    static_mining_margin,
)

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "capacity.md"
README = ROOT / "README.md"


def test_the_calibration_table_is_todays(rows, cases):
    table = calibration_table(summarise(calibrate(list(cases.values()), rows)))
    assert table in PAGE.read_text(encoding="utf-8")
    assert table in README.read_text(encoding="utf-8")


def test_the_side_by_side_table_is_todays(rows):
    table = side_by_side(rows)
    assert table in PAGE.read_text(encoding="utf-8")
    assert table in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", [*STATED, "use", "gpu_model", "new_build", "lease_form", "as_of", "firmness"])
def test_every_key_of_a_question_is_documented(key):
    assert f"`{key}`" in PAGE.read_text(encoding="utf-8")


def test_the_public_formulas():
    assert epoch_gpus(site_mw=100, tdp_w=700, pue=1.25) == pytest.approx(62_794, rel=1e-4)
    assert inferencex_gpus(site_mw=1, utility_kw_per_gpu=1.73) == pytest.approx(578.03, rel=1e-4)
    assert static_mining_margin(petahash=1, hashprice=40, hashcost_usd=20, fee=0.0) == pytest.approx(7305)
    assert static_breakeven_days(usd_per_th=20, hashprice=40, hashcost_usd=20, fee=0.0) == 1000
