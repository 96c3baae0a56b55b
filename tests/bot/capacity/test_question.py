"""What a question may say, and what is refused with which reason."""

import json
from datetime import date

import pytest

from bot.capacity.question import Question, QuestionError, Use, read_question


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({"mw": 200}, "unknown key 'mw'", id="unknown-key"),
        pytest.param({"mw_it": "200"}, "must be a number", id="text-for-a-number"),
        pytest.param({"mw_it": True}, "must be a number", id="flag-for-a-number"),
        pytest.param({"mw_it": 0}, "must be more than zero", id="zero"),
        pytest.param({"value_usd": 9.7}, "check the unit", id="billions-for-dollars"),
        pytest.param({"mw_it": 2e8}, "check the unit", id="watts-for-megawatts"),
        pytest.param({"gpu_count": 10.5}, "whole number", id="half-a-gpu"),
        pytest.param({"mw_it": 250, "mw_gross": 200}, "critical IT load is part of", id="it-over-gross"),
        pytest.param({"term_years": 15, "term_max_years": 10}, "contains the base term", id="terms-swapped"),
        pytest.param({"value_usd": 9e9, "value_max_usd": 7e9}, "contains the base value", id="values-swapped"),
        pytest.param({"use": "storage"}, "lease, cloud or mining", id="use"),
        pytest.param({"as_of": "yesterday"}, "2026-05-31", id="date"),
        pytest.param({"new_build": "yes"}, "true or false", id="flag"),
        pytest.param({"lease_form": "oral"}, "triple_net", id="lease-form"),
        pytest.param({"assumptions": {"pue": [1, 2]}}, "low, base, high", id="two-points"),
        pytest.param({"firmness": {"mw_it": "maybe"}}, "firmness", id="firmness"),
    ],
)
def test_what_cannot_be_meant_is_refused(given, reason):
    with pytest.raises(QuestionError, match=reason):
        read_question(given)


def test_null_means_not_stated():
    assert read_question({"mw_it": None, "use": "lease"}) == Question(use=Use.LEASE)


def test_the_normalised_form_reads_back_to_the_same_question():
    asked = read_question(
        {
            "use": "cloud",
            "mw_it": 200,
            "gpu_model": "GB300",
            "as_of": "2025-11",
            "new_build": False,
            "firmness": {"mw_it": "approx"},
            "assumptions": {"pue": 1.3, "k_GB300": [2, 2.3, 2.6]},
        }
    )
    assert asked.as_of == date(2025, 11, 1)
    assert read_question(json.loads(json.dumps(asked.as_json()))) == asked


def test_the_seed_follows_the_question_alone():
    one, two = read_question({"mw_it": 200, "term_years": 5}), read_question({"term_years": 5.0, "mw_it": 200.0})
    assert one.seed() == two.seed() != read_question({"mw_it": 201}).seed()
