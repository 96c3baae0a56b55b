"""Rows, overrides and short names."""

import pytest

from bot.capacity.assumptions import RowOrigin, Shape, read_row
from bot.capacity.question import QuestionError

ROW = {"label": "x", "unit": "ratio", "low": 1, "base": 2, "high": 3, "as_of": "2026-06", "grade": "B", "source": "s"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"low": 2.5}, "not in order", id="order"),
        pytest.param({"low": float("nan")}, "finite", id="nan"),
        pytest.param({"low": -1.0}, "more than zero", id="ratio-below-zero"),
        pytest.param({"maximum": 2.5}, "plausible", id="beyond-its-limit"),
    ],
)
def test_a_faulty_row_is_refused(change, reason):
    with pytest.raises(QuestionError, match=reason):
        read_row("x", ROW | change)


def test_a_row_without_source_is_refused():
    with pytest.raises(QuestionError, match="lacks its source"):
        read_row("x", {key: value for key, value in ROW.items() if key != "source"})


@pytest.mark.parametrize(
    ("name", "given", "key", "base"),
    [
        pytest.param("rent_y1", 1.6, "rent_y1_musd_per_mw_year", 1.6, id="short-name"),
        pytest.param("escalator", 0.025, "escalator_pct", 2.5, id="share-to-percent"),
        pytest.param("k_GB300", 2.5, "kw_it_gb300", 2.5, id="density-of-a-model"),
        pytest.param("p_GB300", 2.4, "price_gb300", 2.4, id="price-of-a-model"),
        pytest.param("capex_H100", 45, "capex_h100", 45, id="cost-of-a-model"),
        pytest.param("Hashprice", 55, "hashprice_usd_per_ph_day", 55, id="any-case"),
        pytest.param("pue", 1.3, "pue_air", 1.3, id="group"),
        pytest.param("wacc", 0.09, "wacc_lease_pct", 9, id="group-of-short-names"),
    ],
)
def test_an_override_finds_its_row(rows, name, given, key, base):
    changed = rows.override({name: given})[key]
    assert changed.base == pytest.approx(base)
    assert changed.shape is Shape.POINT
    assert changed.origin is RowOrigin.OVERRIDE
    assert rows[key].origin is RowOrigin.DEFAULT


def test_a_range_keeps_its_shape(rows):
    changed = rows.override({"rent_y1": (1.2, 1.5, 2.0)})["rent_y1_musd_per_mw_year"]
    assert (changed.low, changed.base, changed.high, changed.shape) == (1.2, 1.5, 2.0, Shape.LOGNORMAL)


def test_an_unknown_name_is_refused_with_the_nearest(rows):
    with pytest.raises(QuestionError, match=r"did you mean 'escalator"):
        rows.override({"escalater": 3})


def test_an_absurd_override_is_refused(rows):
    with pytest.raises(QuestionError, match="check the unit"):
        rows.override({"gross_per_it": 14.3})


@pytest.mark.parametrize("name", ["GB300", "gb300 nvl72", "GB300s", "gb-300"])
def test_a_gpu_is_found_by_any_of_its_names(rows, name):
    assert rows.gpu(name).name == "GB300"


def test_an_unknown_gpu_is_refused_with_the_known_ones(rows):
    with pytest.raises(QuestionError, match=r"known are H100"):
        rows.gpu("GTX 1080")
