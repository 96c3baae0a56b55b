"""How well known deals are predicted from their other facts: the floor the model must hold."""

import pytest

from bot.capacity.calibration import Case, Score, calibrate, summarise
from bot.capacity.question import read_question


@pytest.fixture(scope="module")
def scores(rows, cases):
    return calibrate(list(cases.values()), rows, draws=1_000)


def test_the_median_error_is_below_ten_percent(scores):
    for line in summarise(scores):
        assert line.median_error < 0.10, line


def test_the_band_covers_between_75_and_90_percent(scores):
    assert 0.75 <= summarise(scores)[-1].coverage <= 0.90


def test_a_deal_is_predicted_without_its_own_value(rows):
    one = Case(
        key="x", name="x", question=read_question({"use": "lease", "mw_it": 200, "term_years": 15, "value_usd": 9e9})
    )
    two = Case(key="x", name="x", question=one.question.having(value_usd=5e9))
    assert calibrate([one], rows, draws=200)[0].p50 == calibrate([two], rows, draws=200)[0].p50


def test_the_medians_come_from_the_other_deals(rows):
    dear = [
        Case(
            key=str(i),
            name="",
            question=read_question({"use": "lease", "mw_it": 200, "term_years": 15, "value_usd": 1e10}),
        )
        for i in range(5)
    ]
    left_out = calibrate(dear, rows, draws=200)[0].p50
    as_published = calibrate(dear, rows, leave_one_out=False, draws=200)[0].p50
    assert left_out == pytest.approx(1e10, rel=0.02)
    assert as_published < 6e9


def test_a_summary_of_nothing_is_empty():
    assert summarise([]) == ()


def test_error_and_coverage_of_one_score():
    score = Score(case="x", use="lease", target="value_usd", p10=0.9, p50=1.1, p90=1.2, actual=1.0)
    assert score.error == pytest.approx(0.1)
    assert score.covered
