"""A linear model adds up named reasons."""

import math

import pytest

from extractors.linear import LinearModel, count, log_odds, model_from_json, model_to_json

MODEL = LinearModel(labels=("no", "yes"), bias=(0.5, 0.0), weights={"with": (0.0, 2.0), "rival": (1.0, -1.0)})


def test_scores_add_up_weights_by_strength() -> None:
    assert MODEL.scores({"with": 0.5, "rival": 1.0}) == {"no": 1.5, "yes": 0.0}


def test_an_unknown_feature_says_nothing() -> None:
    assert MODEL.scores({"never seen": 1.0}) == {"no": 0.5, "yes": 0.0}


def test_chances_sum_to_one_and_follow_the_scores() -> None:
    chances = MODEL.chances({"with": 1.0})
    assert sum(chances.values()) == pytest.approx(1.0)
    assert log_odds(chances["yes"]) == pytest.approx(1.5)


def test_log_odds_are_bounded() -> None:
    assert math.isfinite(log_odds(0.0))
    assert log_odds(1.0) == pytest.approx(-log_odds(0.0))


def test_a_model_survives_its_json() -> None:
    assert model_from_json(model_to_json(MODEL)) == MODEL


def test_names_are_counted() -> None:
    assert count(["a", "b", "a"]) == {"a": 2.0, "b": 1.0}
