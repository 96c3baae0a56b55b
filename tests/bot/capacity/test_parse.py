"""Questions in plain words."""

import pytest

from bot.capacity.parse import parse_question, what_if
from bot.capacity.question import QuestionError, read_question


@pytest.fixture
def read(rows):
    return lambda text: parse_question(text, gpu_names=rows.gpu_names())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "200 MW GB300 for 5 years at $9.7bn",
            {"mw_it": 200, "gpu_model": "GB300", "term_years": 5, "value_usd": 9.7e9},
            id="the-first-example",
        ),
        pytest.param(
            "15-year lease of 245 MW IT (330 MW gross) for $7.0 billion, $17.7bn with extensions, 3% escalator",
            {
                "use": "lease",
                "term_years": 15,
                "mw_it": 245,
                "mw_gross": 330,
                "value_usd": 7e9,
                "value_max_usd": 17.7e9,
                "escalator_pct": 3,
            },
            id="a-lease",
        ),
        pytest.param("76k GB300 GPUs, $5.8bn capex", {"gpu_count": 76_000, "gpu_model": "GB300", "capex_usd": 5.8e9}),
        pytest.param("at $2.40 per GPU-hour", {"price_usd_per_gpu_hour": 2.4}, id="price"),
        pytest.param("$2.40/GPU-h", {"price_usd_per_gpu_hour": 2.4}, id="price-short"),
        pytest.param("hashprice 55", {"hashprice_usd_per_ph_day": 55}, id="hashprice"),
        pytest.param("PUE 1.3", {"assumptions": {"pue": 1.3}}, id="pue"),
        pytest.param("$130/kW-month retrofit", {"rent_usd_per_kw_month": 130, "new_build": False}, id="rent"),
        pytest.param("$1.94bn a year", {"annual_value_usd": 1.94e9}, id="yearly"),
        pytest.param("NNN, 20% prepayment", {"lease_form": "triple_net", "prepayment_pct": 20}, id="forms"),
        pytest.param("mining on 100 MW gross", {"use": "mining", "mw_gross": 100}, id="mining"),
        pytest.param("about 76,000 GPUs", {"gpu_count": 76_000, "firmness": {"gpu_count": "approx"}}, id="about"),
        pytest.param("up to $14bn", {"value_usd": 14e9, "firmness": {"value_usd": "up_to"}}, id="up-to"),
    ],
)
def test_a_question_is_read(read, text, expected):
    found = read(text)
    assert found.answers == expected
    assert found.unread == ()
    read_question(found.answers)


def test_what_is_not_understood_is_given_back(read):
    assert read("200 MW of frobnication").unread == ("frobnication",)


def test_a_quantity_said_twice_is_refused(read):
    with pytest.raises(QuestionError, match="mw_it is said twice"):
        read("200 MW or 250 MW")


def test_a_what_if_price_takes_the_place_of_the_value(read):
    base = read("200 MW GB300 for 5 years at $9.7bn").answers
    changed = what_if(base, read("at $2.40 per GPU-hour").answers)
    assert changed["price_usd_per_gpu_hour"] == 2.4
    assert "value_usd" not in changed


def test_what_ifs_on_assumptions_add_up(read):
    changed = what_if({"mw_it": 10.0, "assumptions": {"pue": 1.2}}, read("wacc 9%").answers)
    assert changed["assumptions"] == {"pue": 1.2, "wacc_pct": 9.0}


def test_megawatts_without_a_basis_are_taken_as_it_load_and_said(read):
    assert read("200 MW lease").notes == (
        "200 MW is read as critical IT load; write “gross” for the power of the site",
    )
    assert read("200 MW gross").notes == read("245 MW IT").notes == ()
