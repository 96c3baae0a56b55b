"""Answers of the model: origins, drivers, what is missing, tensions, the date of the deal."""

import json

import numpy as np
import pytest

from bot.capacity.draws import RandomDraws, draw
from bot.capacity.estimate import estimate, to_json
from bot.capacity.question import STATED, Question, QuestionError, read_question
from bot.capacity.solve import Origin


def ask(rows, draws=2_000, **given):
    return estimate(read_question(given), rows, draws=draws)


def test_each_figure_says_where_it_comes_from(rows):
    found = ask(rows, use="lease", mw_it=200, term_years=15)
    assert found["mw_it"].origin is Origin.STATED
    assert found["value_usd"].origin is Origin.DERIVED
    assert found["escalator_pct"].origin is Origin.ASSUMED


def test_draws_meet_their_ten_fifty_and_ninety_points(rows):
    for key in ("rent_y1_musd_per_mw_year", "escalator_pct", "kw_it_gb300"):
        values = draw(rows[key], RandomDraws(seed=1, count=5_000))
        expected = [rows[key].low, rows[key].base, rows[key].high]
        assert np.quantile(values, [0.1, 0.5, 0.9]) == pytest.approx(expected, rel=1e-3)


def test_correlated_rows_move_together(rows):
    draws = RandomDraws(seed=1, count=20_000, correlations=rows.correlations)
    together = np.corrcoef(draws.scores("price_gb300"), draws.scores("capex_gb300"))[0, 1]
    apart = np.corrcoef(draws.scores("price_gb300"), draws.scores("capex_h100"))[0, 1]
    assert together == pytest.approx(0.6, abs=0.03)
    assert apart == pytest.approx(0.0, abs=0.03)


def test_two_scenarios_share_their_draws(rows):
    base = ask(rows, use="lease", mw_it=200, term_years=15)
    other = estimate(
        read_question({"use": "lease", "mw_it": 200, "term_years": 15, "assumptions": {"pue": 1.3}}),
        rows,
        draws=2_000,
        seed=base.seed,
    )
    assert other["value_usd"] == base["value_usd"]
    assert other["energy_mwh_year"].p50 > base["energy_mwh_year"].p50


def test_the_tornado_is_widest_first_and_shares_sum_to_one(rows):
    found = ask(rows, use="lease", mw_gross=200, term_years=15)
    swings = [driver.swing for driver in found.drivers]
    assert found.headline == "value_usd"
    assert swings == sorted(swings, reverse=True)
    assert {found.drivers[0].key, found.drivers[1].key} == {"rent_y1_musd_per_mw_year", "gross_per_it"}
    assert sum(driver.variance_share for driver in found.drivers) == pytest.approx(1, abs=0.02)
    assert found.top2_share > 0.5
    ends = sorted((found.drivers[0].result_low, found.drivers[0].result_high))
    assert ends[0] < found.headline_base < ends[1]


def test_the_tornado_explains_another_figure_on_request(rows):
    found = estimate(read_question({"use": "lease", "mw_it": 200}), rows, draws=500, target="irr")
    assert found.headline == "irr"
    assert "capex_dc_musd_per_mw_it" in {driver.key for driver in found.drivers[:2]}


def test_without_a_size_only_unit_prices_are_answered(rows):
    found = ask(rows, use="lease", term_years=15)
    assert "mw_it" in found.missing
    assert "value_usd" not in found.figures
    assert found["usd_per_mw_year"].p50 == pytest.approx(1.87e6, rel=0.02)


def test_an_empty_question_is_answered_with_what_is_missing(rows):
    assert ask(rows).missing


def test_numbers_that_disagree_are_reported(rows):
    found = ask(rows, use="cloud", mw_it=200, value_usd=9.7e9, term_years=5, annual_value_usd=2.5e9)
    assert any("disagree by" in line and "annual_value_usd" in line for line in found.warnings)


def test_a_total_with_options_is_never_the_base_value(rows):
    plain = ask(rows, use="lease", mw_it=200, term_years=10)
    option = ask(rows, use="lease", mw_it=200, term_years=10, value_max_usd=8.7e9)
    assert option["value_usd"].p50 == pytest.approx(plain["value_usd"].p50, rel=0.01)
    assert any("its term is not stated" in line for line in option.warnings)


def test_a_total_that_cannot_be_the_same_rent_is_set_aside(rows):
    found = ask(rows, use="lease", mw_it=25, term_years=10, term_max_years=15, value_usd=3e8, value_max_usd=3e9)
    assert found["escalator_pct"].origin is Origin.ASSUMED
    assert any("may add space or services" in line for line in found.warnings)


@pytest.mark.parametrize(
    ("firmness", "low", "high"),
    [
        pytest.param("approx", 0.94, 1.06, id="about"),
        pytest.param("at_least", 1.0, 1.11, id="over"),
        pytest.param("up_to", 0.90, 1.0, id="up-to"),
    ],
)
def test_how_firmly_a_number_is_stated_widens_it(rows, firmness, low, high):
    found = ask(rows, use="lease", mw_it=200, term_years=15, value_usd=5e9, firmness={"value_usd": firmness})
    assert low * 5e9 <= found["value_usd"].p10 < found["value_usd"].p90 <= high * 5e9


def test_an_older_lease_rents_lower_and_a_small_one_higher(rows):
    rents = {
        name: ask(rows, use="lease", **given)["rent_y1_usd_per_mw_year"].p50
        for name, given in {
            "usual": {"mw_it": 200, "term_years": 15},
            "early": {"mw_it": 200, "term_years": 15, "as_of": "2024-06-01"},
            "small": {"mw_it": 30, "term_years": 15},
            "refit": {"mw_it": 30, "term_years": 15, "new_build": False},
            "short": {"mw_it": 200, "term_years": 10},
        }.items()
    }
    assert rents["early"] < rents["usual"] < rents["short"] < rents["small"]
    assert rents["refit"] < rents["usual"]


def test_the_price_of_an_old_model_follows_its_date(rows):
    given = {"use": "cloud", "gpu_model": "H100", "gpu_count": 4096, "term_years": 3}
    prices = [
        ask(rows, as_of=day, **given)["price_usd_per_gpu_hour"].p50
        for day in ("2024-06-25", "2025-10-01", "2026-06-01")
    ]
    assert prices[1] < prices[2] < prices[0]


def test_an_assumption_of_the_question_takes_the_place_of_the_models(rows):
    found = ask(rows, use="cloud", mw_it=100, gpu_model="GB300", assumptions={"price_usd_per_gpu_hour": 2.4})
    assert found["price_usd_per_gpu_hour"].p50 == 2.4
    plain_pue = ask(rows, use="mining", mw_gross=10, assumptions={"pue": 1.1})
    assert plain_pue.assumptions["pue_mining"].base == 1.1


def test_network_figures_of_different_dates_warn(rows):
    found = ask(rows, use="mining", mw_gross=100, assumptions={"btc_usd": 90_000})
    assert any("different dates" in line for line in found.warnings)


def test_the_json_form_has_every_key_of_a_question(rows):
    plain = to_json(ask(rows, use="cloud", mw_it=200, gpu_model="GB300"))
    assert set(STATED) <= set(plain)
    assert plain["gpu_count"].keys() == {"p10", "p50", "p90", "unit", "from"}
    assert plain["assumptions"]["kw_it_gb300"]["source"]
    assert plain["value_max_usd"] is None
    json.dumps(plain, allow_nan=False)


def test_a_payback_that_never_comes_is_null(rows):
    plain = to_json(ask(rows, use="mining", mw_gross=100, hashprice_usd_per_ph_day=20))
    assert plain["payback_years"]["p50"] is None


def test_an_unknown_gpu_is_refused(rows):
    with pytest.raises(QuestionError, match="not known"):
        estimate(Question(gpu_model="Voodoo 2"), rows)


def test_a_lease_that_names_gpus_says_how_many_it_holds(rows):
    assert ask(rows, use="lease", mw_it=230, gpu_model="GB300")["gpu_count"].p50 == pytest.approx(100_000, rel=0.01)
    by_count = ask(rows, use="lease", gpu_count=100_000, gpu_model="GB300", term_years=15)
    assert by_count["mw_it"].p50 == pytest.approx(230, rel=0.01)
    assert not by_count.missing


def test_a_stated_price_far_from_all_others_is_flagged(rows):
    found = ask(rows, use="cloud", gpu_model="GB300", gpu_count=1000, price_usd_per_gpu_hour=9.0)
    assert any("far above GPU clouds" in line for line in found.warnings)


def test_a_rent_that_contradicts_the_value_is_reported(rows):
    found = ask(rows, use="lease", mw_it=200, term_years=10, value_usd=3.7e9, rent_usd_per_kw_month=100)
    assert any("disagree" in line for line in found.warnings)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(
            {"mw_it": 0.34, "value_usd": 8.7e10, "annual_value_usd": 7.8e5, "escalator_pct": 25}, id="endless"
        ),
        pytest.param({"use": "mining", "mw_it": 0.01, "price_usd_per_gpu_hour": 5}, id="mining-with-a-price"),
        pytest.param({"use": "mining", "mw_it": 0.3, "gpu_count": 9, "gpu_model": "H100"}, id="mining-with-gpus"),
        pytest.param({"gpu_count": 1, "value_usd": 1.8e9, "annual_value_usd": 2.8e5}, id="one-gpu-for-billions"),
        pytest.param({"use": "lease", "mw_it": 0.08, "gpu_count": 3_722_142, "capex_usd": 3e6}, id="gpus-in-a-closet"),
        pytest.param({"use": "lease", "mw_it": 10, "term_years": 0.1, "noi_margin_pct": -50}, id="a-month-at-a-loss"),
        pytest.param({"use": "cloud", "mw_it": 10, "term_years": 50, "prepayment_pct": 100}, id="all-in-advance"),
    ],
)
def test_odd_input_is_answered_without_nonsense_in_the_json(rows, given):
    json.dumps(to_json(ask(rows, draws=200, **given)), allow_nan=False)


def test_a_term_that_follows_from_a_slip_is_said(rows):
    found = ask(rows, use="lease", mw_it=10, value_usd=8.7e10, annual_value_usd=7.8e5)
    assert any("years follows from the stated numbers" in line for line in found.warnings)
