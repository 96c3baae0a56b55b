"""What holds whatever the numbers are: the seventeen groups of laws the model obeys."""

import math
import tomllib
from datetime import date

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.capacity import finance, lease, mining
from bot.capacity.estimate import estimate, to_json
from bot.capacity.parse import parse_question
from bot.capacity.question import Question, QuestionError, read_question
from bot.capacity.relations import CLOUD, LEASE

mw = st.floats(1, 2_000)
kw_each = st.floats(0.5, 5)
years = st.floats(1, 30)
growth = st.floats(-0.05, 0.10)
money = st.floats(1e6, 1e11)
price = st.floats(0.5, 10)
share = st.floats(0.01, 0.99)
few = settings(max_examples=12, deadline=None)
many = settings(max_examples=60, deadline=None)

LEASE_BY_NAME = {relation.name: relation for relation in LEASE}
CLOUD_BY_NAME = {relation.name: relation for relation in CLOUD}


def ask(rows, **stated):
    return estimate(read_question(stated), rows, draws=400)


# 1 ------------------------------------------------------------------------------------------------------------------
@many
@given(mw, mw, kw_each, kw_each)
def test_01_gpus_rise_with_power_and_fall_with_density(one, two, light, heavy):
    count = CLOUD_BY_NAME["gpus"].solvers["gpu_count"]
    assert (count({"mw_it": one, "kw_it_per_gpu": light}) <= count({"mw_it": two, "kw_it_per_gpu": light})) == (
        one <= two
    )
    if light < heavy:
        assert count({"mw_it": one, "kw_it_per_gpu": light}) > count({"mw_it": one, "kw_it_per_gpu": heavy})


@few
@given(st.integers(20, 500), st.integers(2, 4))
def test_01_unit_prices_do_not_depend_on_size(rows, size, factor):
    small = ask(rows, use="cloud", mw_it=size, gpu_count=size * 400, value_usd=size * 5e7, term_years=5)
    large = ask(
        rows,
        use="cloud",
        mw_it=size * factor,
        gpu_count=size * 400 * factor,
        value_usd=size * 5e7 * factor,
        term_years=5,
    )
    for name in ("price_usd_per_gpu_hour", "usd_per_mw_year", "kw_it_per_gpu"):
        assert large[name].p50 == pytest.approx(small[name].p50, rel=1e-9)


# 2 ------------------------------------------------------------------------------------------------------------------
@many
@given(st.floats(5e5, 5e6), mw, years, growth)
def test_02_value_and_rent_are_inverse(rent, size, term, escalator):
    annuity = LEASE_BY_NAME["annuity"]
    known = {"mw_it": size, "escalated_years": lease.escalated_years(term, escalator)}
    value = annuity.solvers["value_usd"](known | {"rent_y1_usd_per_mw_year": rent})
    back = {name: annuity.solvers[name](known | {"value_usd": value}) for name in ("rent_y1_usd_per_mw_year",)}
    assert back["rent_y1_usd_per_mw_year"] == pytest.approx(rent, rel=1e-9)


@many
@given(st.data())
def test_02_every_relation_solves_back_for_each_of_its_quantities(data):
    relation = data.draw(st.sampled_from([r for r in (*LEASE, *CLOUD) if "escalator_pct" not in r.variables]))
    values = {name: data.draw(st.floats(0.1, 1e6)) for name in relation.variables}
    first = relation.variables[0]
    values[first] = relation.solvers[first]({k: v for k, v in values.items() if k != first})
    for name in relation.variables:
        again = relation.solvers[name]({k: v for k, v in values.items() if k != name})
        assert again == pytest.approx(values[name], rel=1e-9)
    assert relation.gap(values) == pytest.approx(0, abs=1e-9)


@few
@given(st.integers(50, 500), st.integers(5, 20), st.floats(80, 250))
def test_02_rent_a_kw_and_month_times_everything_is_the_value(rows, size, term, rent):
    found = ask(rows, use="lease", mw_it=size, term_years=term, rent_usd_per_kw_month=rent)
    assert found["value_usd"].p50 == pytest.approx(rent * 12_000 * size * term, rel=1e-9)


# 3 ------------------------------------------------------------------------------------------------------------------
@many
@given(years, growth)
def test_03_escalation(term, escalator):
    assert lease.escalation(term, 0.0) == pytest.approx(1.0)
    assert lease.escalation(1.0, escalator) == pytest.approx(1.0)
    assert lease.escalation(term, escalator + 0.01) >= lease.escalation(term, escalator) - 1e-12
    if abs(escalator) > 1e-6 and term > 1.01:
        assert (lease.escalation(term, escalator) > 1) == (escalator > 0)
        assert (lease.escalation(term + 1, escalator) > lease.escalation(term, escalator)) == (escalator > 0)


@many
@given(st.floats(3, 20), st.floats(0.0, 0.08))
def test_03_escalator_is_found_again(term, escalator):
    base, extended = lease.escalated_years(term, escalator), lease.escalated_years(2 * term, escalator)
    assert lease.infer_escalator(base, term, extended, 2 * term) == pytest.approx(escalator, abs=1e-8)
    assert lease.term_from(base, escalator) == pytest.approx(term, rel=1e-7)


# 4 ------------------------------------------------------------------------------------------------------------------
@few
@given(st.integers(20, 1000))
def test_04_it_power_is_part_of_gross_and_energy_is_linear(rows, gross):
    found, double = ask(rows, use="lease", mw_gross=gross), ask(rows, use="lease", mw_gross=2 * gross)
    assert found["mw_it"].p90 <= gross
    assert found["gross_per_it"].p10 >= 1
    assert found["gross_per_it"].p50 >= rows["pue_liquid"].minimum >= 1
    one, two = (
        estimate(Question(mw_it=float(size)), rows, draws=200, seed=1)["energy_mwh_year"].p50
        for size in (gross, 2 * gross)
    )
    assert two == pytest.approx(2 * one, rel=1e-9)
    assert double["mw_gross"].p50 == 2 * gross


# 5 ------------------------------------------------------------------------------------------------------------------
@many
@given(price, kw_each)
def test_05_price_and_density_give_the_rent_of_a_kw(hour, each):
    size, count = 1.0, 1000 / each
    value = hour * count * 8766
    assert value / (12_000 * size) == pytest.approx(hour * 730.5 / each, rel=1e-12)
    assert pytest.approx(808, abs=0.5) == 2.912 * 730.5 / 2.632


# 6 ------------------------------------------------------------------------------------------------------------------
def test_06_fp8_is_twice_bf16_and_a_rack_is_its_gpus(rows):
    for gpu in rows.gpus.values():
        assert gpu.fp8_pflops == pytest.approx(2 * gpu.bf16_pflops, rel=0.002), gpu.name
    rack = rows.gpus["gb300"]
    assert rack.exaflops(72, fp8=True) == pytest.approx(0.36)
    assert rack.exaflops(72) == pytest.approx(0.18)
    assert 72 * rack.memory_gb / 1000 == pytest.approx(20.7, abs=0.1)


# 7 ------------------------------------------------------------------------------------------------------------------
conventional = st.lists(st.floats(0, 100), min_size=2, max_size=20).map(lambda income: [-50.0, *income])


@many
@given(conventional)
def test_07_npv_is_zero_at_the_irr_and_falls_with_the_rate(flows):
    assume(sum(flows) > 1)
    rate = finance.irr(flows)
    assume(not math.isnan(rate) and rate < 5)
    assert finance.npv(flows, rate) == pytest.approx(0, abs=1e-6)
    assert finance.irr_roots(flows)[0] == pytest.approx(rate, abs=1e-6)
    assert finance.npv(flows, 0.05) >= finance.npv(flows, 0.06)


@many
@given(conventional)
def test_07_payback_comes_exactly_when_the_sum_is_earned(flows):
    paid = finance.payback(flows)
    assert (paid <= len(flows) - 1) == (sum(flows) >= -1e-9 or paid <= len(flows) - 1)
    assert math.isinf(paid) == (max(np.cumsum(flows)) < 0)


@many
@given(money, st.floats(0.01, 0.3), st.integers(2, 10))
def test_07_prepayment_helps_only_through_time(total, rate, term):
    plain = [-total, *([total / term * 1.5] * term)]
    prepaid = 0.2 * total
    early = [plain[0] + prepaid, *(flow - prepaid / term for flow in plain[1:])]
    assert sum(early) == pytest.approx(sum(plain), abs=total * 1e-9)
    assert finance.npv(early, rate) > finance.npv(plain, rate)


@few
@given(st.integers(5, 50))
def test_07_prepayment_never_changes_the_value(rows, pct):
    stated = {"use": "cloud", "mw_it": 200, "gpu_model": "GB300", "gpu_count": 76_000, "term_years": 5}
    plain = estimate(read_question(stated | {"value_usd": 9.7e9}), rows, draws=300, seed=7)
    early = estimate(read_question(stated | {"value_usd": 9.7e9, "prepayment_pct": pct}), rows, draws=300, seed=7)
    assert early["value_usd"] == plain["value_usd"]
    assert early["npv_usd"].p50 > plain["npv_usd"].p50


# 8 ------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("key", "sign"),
    [
        pytest.param("gpu_residual_pct", 1, id="residual"),
        pytest.param("price_gb300", 1, id="price"),
        pytest.param("cloud_ebitda_margin_pct", 1, id="margin"),
        pytest.param("capex_gb300", -1, id="gpu-cost"),
        pytest.param("capex_dc_musd_per_mw_it", -1, id="building"),
        pytest.param("wacc_cloud_pct", -1, id="wacc"),
    ],
)
def test_08_what_raises_and_what_lowers_the_net_present_value(rows, key, sign):
    stated = {"use": "cloud", "mw_it": 100, "gpu_model": "GB300", "term_years": 5}
    low, high = (
        estimate(read_question(stated | {"assumptions": {key: value}}), rows, draws=300, seed=3)["npv_usd"].p50
        for value in (rows[key].low, rows[key].high)
    )
    assert sign * (high - low) > 0


def test_08_paid_hours_and_power_price(rows):
    stated = {"use": "cloud", "mw_it": 100, "gpu_model": "GB300", "term_years": 5}
    idle, full = (
        estimate(read_question(stated | {"assumptions": {"utilisation": u}}), rows, draws=300, seed=3)["npv_usd"].p50
        for u in (0.7, 1.0)
    )
    assert full > idle
    cheap, dear = (
        estimate(read_question({"use": "mining", "mw_gross": 50, "power_usd_per_mwh": p}), rows, draws=300, seed=3)
        for p in (30, 60)
    )
    assert cheap["npv_usd"].p50 > dear["npv_usd"].p50


@many
@given(conventional, st.floats(0.5, 1000))
def test_08_the_rate_of_return_knows_no_currency(flows, exchange):
    assume(sum(flows) > 1)
    here, there = finance.irr(flows), finance.irr([flow * exchange for flow in flows])
    assert there == pytest.approx(here, abs=1e-7, nan_ok=True)


# 9 ------------------------------------------------------------------------------------------------------------------
@many
@given(st.floats(1e13, 1e15), st.floats(1e4, 5e5), st.floats(0, 1))
def test_09_hashprice_is_linear_in_price_and_reward_and_inverse_in_difficulty(difficulty, usd, fees):
    base = mining.hashprice(difficulty=difficulty, price_usd=usd, subsidy=3.125, fees_btc=fees)
    assert mining.hashprice(difficulty=difficulty, price_usd=2 * usd, subsidy=3.125, fees_btc=fees) == pytest.approx(
        2 * base
    )
    assert mining.hashprice(difficulty=2 * difficulty, price_usd=usd, subsidy=3.125, fees_btc=fees) == pytest.approx(
        base / 2
    )
    no_fees = mining.hashprice(difficulty=difficulty, price_usd=usd, subsidy=3.125)
    assert mining.hashprice(difficulty=difficulty, price_usd=usd, subsidy=1.5625) == pytest.approx(no_fees / 2)
    network_ph = mining.network_hashrate(difficulty) / 1e15
    assert no_fees * network_ph == pytest.approx(144 * 3.125 * usd)


def test_09_the_subsidy_halves():
    assert [mining.subsidy_btc(height) for height in (840_000, 1_049_999, 1_050_000, 1_260_000)] == [
        3.125,
        3.125,
        1.5625,
        0.78125,
    ]
    path = mining.hashprice_path(
        start=40.0,
        years=4,
        fee_share=0.0,
        price_growth=0.0,
        difficulty_growth=0.0,
        begins=date(2026, 4, 1),
        halving=date(2028, 4, 1),
    )
    assert path == pytest.approx([40, 40, 20, 20], rel=0.002)


# 10 -----------------------------------------------------------------------------------------------------------------
@many
@given(st.floats(9, 40), st.floats(10, 150), st.floats(1.0, 1.3), st.floats(0, 0.1))
def test_10_margin_is_zero_at_the_break_even(efficiency, power, pue, fee):
    fleet = mining.Fleet(j_per_th=efficiency, pue=pue, uptime=0.95, fee=fee, usd_per_mwh=power)
    assert fleet.margin_per_mw(fleet.breakeven()) == pytest.approx(0, abs=1e-3)
    assert fleet.hashprice_for(0.0) == pytest.approx(fleet.breakeven())
    assert mining.hashcost(j_per_th=2 * efficiency, usd_per_mwh=power) == pytest.approx(
        mining.hashcost(j_per_th=efficiency, usd_per_mwh=2 * power)
    )


# 11 -----------------------------------------------------------------------------------------------------------------
@few
@given(st.floats(20, 120))
def test_11_passed_through_power_leaves_the_operating_income(rows, power):
    stated = {"use": "lease", "mw_it": 100, "term_years": 15}
    plain = estimate(read_question(stated), rows, draws=300, seed=5)
    priced = estimate(read_question(stated | {"power_usd_per_mwh": power}), rows, draws=300, seed=5)
    assert priced["noi_usd"] == plain["noi_usd"]
    assert priced["npv_usd"] == plain["npv_usd"]


# 12 -----------------------------------------------------------------------------------------------------------------
@few
@given(st.sampled_from(["lease", "cloud", "mining"]), st.integers(20, 800))
def test_12_points_are_in_order(rows, use, size):
    for name, figure in ask(rows, use=use, mw_gross=size, gpu_model="GB300").figures.items():
        if not math.isnan(figure.p50):
            assert figure.p10 <= figure.p50 <= figure.p90, name


def test_12_no_width_in_no_width_out(rows):
    points = {row.key: row.base for row in rows.rows.values()}
    found = estimate(Question(mw_it=100.0, term_years=15.0, assumptions=points), rows, draws=300)
    assert all(figure.p10 == figure.p90 for figure in found.figures.values())


@few
@given(st.floats(1.0, 1.5))
def test_12_a_wider_assumption_never_narrows_the_answer(rows, wider):
    row = rows["rent_y1_musd_per_mw_year"]
    bands = []
    for factor in (1.0, wider):
        override = (row.low / factor, row.base, row.high * factor)
        asked = Question(mw_it=200.0, term_years=15.0, assumptions={row.key: override})
        figure = estimate(asked, rows, draws=2_000, seed=11)["value_usd"]
        bands.append(figure.p90 - figure.p10)
    assert bands[1] >= bands[0] * (1 - 1e-6)


# 13 and 14 are published totals: test_reference_cases.py ----------------------------------------------------------


# 15 -----------------------------------------------------------------------------------------------------------------
@few
@given(st.integers(20, 500))
def test_15_the_same_question_gives_the_same_bytes(rows, size):
    one, two = (repr(to_json(ask(rows, use="cloud", mw_it=size, gpu_model="GB300"))) for _ in range(2))
    assert one == two


def test_15_without_live_figures_only_the_label_differs(rows):
    asked = read_question({"use": "mining", "mw_gross": 100})
    values = {key: rows[key].base for key in ("btc_usd", "difficulty_t", "fee_share_pct")}
    live = estimate(asked, rows.live(values, as_of="2026-06-07 12:00 UTC", source="mempool.space"), draws=300)
    again = estimate(asked, rows, draws=300)
    assert any("live 2026-06-07 12:00 UTC" in line for line in live.warnings)
    assert any("default as of 2026-05-25" in line for line in again.warnings)
    assert again.figures == estimate(asked, rows.live({}, as_of="", source=""), draws=300).figures


# 16 -----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("200 MW", "200,000 kW", id="power"),
        pytest.param("1.2 GW", "1200 MW", id="gigawatt"),
        pytest.param("$9.7bn", "$9,700 million", id="money"),
        pytest.param("$865M", "$0.865 billion", id="millions"),
        pytest.param("17.5 J/TH", "17.5 W/TH", id="efficiency"),
        pytest.param("hashprice 55", "hashprice $0.055/TH/day", id="hashprice"),
        pytest.param("$45/MWh", "4.5 cents/kWh", id="cents"),
        pytest.param("$45/MWh", "$0.045 per kWh", id="dollars-a-kwh"),
        pytest.param("5 years", "60 months", id="term"),
        pytest.param("76k GPUs", "76,000 GPUs", id="count"),
    ],
)
def test_16_units_are_normalised(one, other):
    left, right = parse_question(one).answers, parse_question(other).answers
    assert _flat(left) == pytest.approx(_flat(right))


def _flat(answers):
    nested = answers.get("assumptions", {})
    return {key: value for key, value in answers.items() if isinstance(value, float)} | nested


# 17 -----------------------------------------------------------------------------------------------------------------
@few
@given(st.integers(1, 5_000))
def test_17_gpus_are_whole_and_racks_apart(rows, count):
    found = ask(rows, use="cloud", gpu_model="GB300", gpu_count=count)
    assert found["gpu_count"].p50 == count
    assert found["racks"].p50 == math.ceil(count / 72)
    by_power = ask(rows, use="cloud", gpu_model="GB300", mw_it=10.3)["gpu_count"]
    assert by_power.p50 == int(by_power.p50)


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), 1e30])
@pytest.mark.parametrize("name", ["mw_it", "gpu_count", "term_years", "value_usd", "price_usd_per_gpu_hour"])
def test_17_impossible_numbers_are_refused_with_the_reason(name, value):
    with pytest.raises(QuestionError, match=name):
        read_question({name: value})


def test_every_row_says_unit_date_grade_and_source(rows):
    for row in rows.rows.values():
        assert all((row.unit, row.source, row.label)), row.key
        assert row.grade[0] in "ABCD", row.key
        assert tomllib.loads(f'day = "{row.as_of}"')["day"][:2] == "20", row.key
