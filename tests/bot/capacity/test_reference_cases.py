"""Published totals, index points and the worked example that the model must reproduce."""

import pytest

from bot.capacity.compare import compare
from bot.capacity.estimate import estimate
from bot.capacity.finance import irr
from bot.capacity.mining import hashcost, hashprice, shutdown_price
from bot.capacity.question import Question, Use, read_question


def ask(rows, **given):
    return estimate(read_question(given), rows, draws=4_000)


@pytest.mark.parametrize(
    ("base", "term", "term_max", "escalator", "published"),
    [
        pytest.param(3.7e9, 10, 20, 3.0, 8.7e9, id="wulf-lake-mariner"),
        pytest.param(3.0e9, 10, 20, 3.0, 7.0e9, id="cifr-barber-lake"),
        pytest.param(7.0e9, 15, 30, 3.0, 17.7e9, id="hut-river-bend"),
        pytest.param(9.8e9, 15, 30, 3.0, 25.1e9, id="hut-beacon-point"),
        pytest.param(7.5e9, 15, 30, 2.4, 18.2e9, id="apld-polaris-forge-3"),
        pytest.param(0.311e9, 10, 25, 3.0, 1.0e9, id="riot-rockdale"),
    ],
)
def test_extension_totals_follow_from_the_base(rows, base, term, term_max, escalator, published):
    found = ask(
        rows, use="lease", mw_it=200, value_usd=base, term_years=term, term_max_years=term_max, escalator_pct=escalator
    )
    assert found["value_max_usd"].p50 == pytest.approx(published, rel=0.02)


@pytest.mark.parametrize(
    ("case", "low", "high"),
    [
        pytest.param("wulf-fluidstack-2025-08", 2.9, 3.5, id="wulf"),
        pytest.param("cifr-fluidstack-2025-09", 2.9, 3.5, id="cifr"),
        pytest.param("hut-river-bend-2025-12", 2.8, 3.1, id="hut"),
        pytest.param("apld-pf3-2026-05", 2.3, 2.5, id="apld"),
    ],
)
def test_an_undisclosed_escalator_is_inferred(rows, cases, case, low, high):
    found = estimate(cases[case].question, rows, draws=500)
    assert low <= found["escalator_pct"].p50 <= high
    assert any("inferred" in line for line in found.warnings)


@pytest.mark.parametrize(
    ("difficulty", "price", "reward", "index"),
    [
        pytest.param(101.65e12, 87_235, 3.28, 55.97, id="2024-11-12"),
        pytest.param(88.40e12, 64_000, 3.172, 45.79, id="2024-09-25"),
        pytest.param(152e12, 91_000, 3.147, 38.2, id="2025-11"),
    ],
)
def test_hashprice_is_within_two_percent_of_the_index(difficulty, price, reward, index):
    found = hashprice(difficulty=difficulty, price_usd=price, subsidy=3.125, fees_btc=reward - 3.125)
    assert found == pytest.approx(index, rel=0.02)


def test_hashprice_in_bitcoin_follows_from_difficulty_alone():
    """3 November 2025: 0.00040577 BTC by the index; the difficulty then was 155.97T, the fees about 0.6 %."""
    found = hashprice(difficulty=155.97e12, price_usd=1.0, subsidy=3.125, fees_btc=0.019)
    assert found == pytest.approx(0.00040577, rel=0.02)


def test_shutdown_prices_stand_as_the_efficiencies():
    ratio = shutdown_price(difficulty=142.9e12, j_per_th=17.5, usd_per_mwh=80, subsidy=3.125) / shutdown_price(
        difficulty=142.9e12, j_per_th=9.5, usd_per_mwh=80, subsidy=3.125
    )
    assert ratio == pytest.approx(76_353 / 41_448, rel=0.001)


def test_an_old_machine_is_under_water_above_six_cents():
    assert hashcost(j_per_th=21.5, usd_per_mwh=60) == pytest.approx(30.96)


def test_the_same_megawatt_in_three_uses(rows):
    base = compare(Question(), rows, draws=500).base
    expected = {
        "mining_sunk": {"revenue": 0.674, "cash_margin": 0.279, "capex": 0.0, "after_capital": 0.279},
        "mining_new": {"capex": 1.58, "capital_charge": 0.505, "after_capital": -0.226},
        "lease": {"revenue": 1.053, "cash_margin": 1.037, "cash_margin_average": 1.286, "capex": 8.39},
        "gpu_cloud": {"revenue": 7.60, "cash_margin": 6.23, "capex": 30.9, "capital_charge": 6.37},
    }
    for use, figures in expected.items():
        for name, millions in figures.items():
            assert base[use][name] / 1e6 == pytest.approx(millions, rel=0.01), (use, name)
    assert base["lease"]["capital_charge"] / 1e6 == pytest.approx(0.855, rel=0.01)
    assert base["lease"]["after_capital"] / 1e6 == pytest.approx(0.183, abs=0.005)
    assert base["gpu_cloud"]["after_capital"] / 1e6 == pytest.approx(-0.14, abs=0.01)


def test_both_crossover_hashprices_are_named(rows):
    found = compare(Question(), rows, draws=500).crossovers_base
    assert found["cash_y1"] == pytest.approx(78, rel=0.01)
    assert found["after_capital_y1"] == pytest.approx(31, rel=0.012)
    assert found["after_capital_average"] == pytest.approx(44, rel=0.012)


@pytest.mark.parametrize(
    ("residual", "expected"),
    [pytest.param(0.0, 8.6, id="none"), pytest.param(0.15, 14.3, id="15%"), pytest.param(0.25, 17.4, id="25%")],
)
def test_return_of_the_founding_deal(residual, expected):
    income = 1.94 * 0.85 - 130 * 12_000 * 200 / 1e9
    prepaid = 0.2 * 9.7
    flows = [-5.8 + prepaid, income, income, *([income - prepaid / 3] * 3)]
    flows[-1] += residual * 5.8
    assert 100 * irr(flows) == pytest.approx(expected, abs=0.1)


def test_gpus_of_the_founding_deal_lie_within_the_band(rows):
    by_power = ask(rows, use="cloud", mw_it=200, gpu_model="GB300")["gpu_count"]
    by_both = ask(rows, use="cloud", mw_it=200, gpu_model="GB300", value_usd=9.7e9, term_years=5)["gpu_count"]
    assert by_power.p10 <= 76_000 <= by_power.p90
    assert by_both.p10 <= 76_000 <= by_both.p90
    assert by_both.p90 - by_both.p10 < by_power.p90 - by_power.p10


def test_the_founding_deal_prices_its_gpu_hour(rows):
    found = ask(rows, use="cloud", gpu_model="GB300", gpu_count=76_000, mw_it=200, value_usd=9.7e9, term_years=5)
    assert found["price_usd_per_gpu_hour"].p50 == pytest.approx(2.912, abs=0.001)
    assert found["rent_usd_per_kw_month"].p50 == pytest.approx(808, abs=1)
    assert found["usd_per_mw_year"].p50 == pytest.approx(9.70e6)


def test_a_lease_far_above_all_others_is_flagged(rows):
    found = ask(rows, use="lease", mw_it=20, term_years=10, value_usd=1.2e9, new_build=False)
    assert found.z_scores["rent_y1_usd_per_mw_year"] > 3
    assert any("6.0 M$/MW-year is far above leases" in line for line in found.warnings)


def test_gpus_that_cannot_fit_are_named(rows):
    found = ask(rows, use="cloud", mw_it=200, gpu_model="GB300", gpu_count=400_000)
    assert any("200 MW cannot hold 400,000 GB300" in line for line in found.warnings)


def test_gross_power_of_a_campus(rows):
    assert ask(rows, use="lease", mw_it=300)["mw_gross"].p50 == pytest.approx(429, rel=0.01)


def test_a_lease_on_gross_power_is_predicted(rows):
    found = ask(rows, use="lease", mw_gross=300, term_years=15, as_of="2025-11-03")["value_usd"]
    assert found.p10 <= 5.5e9 <= found.p90


def test_phases_add_up_to_the_total(cases):
    phases = [cases[key].question.value_usd for key in ("apld-pf1-2025-05", "apld-pf1-2025-08")]
    assert sum(phases) == 11e9


def test_a_published_crossover_is_the_cash_definition(rows):
    """Published crossovers of 60 to 70 $/PH/day for 20 J/TH leave capital out."""
    found = compare(Question(assumptions={"fleet_j_per_th": 20.0}), rows, draws=500)
    assert found.crossovers_base["after_capital_y1"] < 60 < found.crossovers_base["cash_y1"]
    assert found.base["lease"]["cash_margin"] / 1e6 == pytest.approx(1.04, rel=0.01)


def test_use_is_read_from_what_is_stated(rows):
    assert ask(rows, mw_it=100, gpu_model="B300").use is Use.CLOUD
    assert ask(rows, mw_it=100, value_usd=2.5e9, term_years=15).use is Use.LEASE
    assert ask(rows, mw_gross=100, hashprice_usd_per_ph_day=40).use is Use.MINING
