"""Learning which of several candidates is meant."""

import pytest

from extractors.learning.choice import Choice, fit_choice

NEAR, FAR = {"near": 1.0}, {"far": 1.0}


def test_the_feature_of_the_right_candidates_gets_the_weight() -> None:
    choices: list[Choice] = [[(NEAR, True), (FAR, False)], [(FAR, False), (NEAR, True), (FAR, False)]] * 10
    model = fit_choice(choices, label="owner", penalty=0.5)
    assert model.scores(NEAR)["owner"] > model.scores(FAR)["owner"] + 1.0


def test_two_right_candidates_share_a_choice() -> None:
    model = fit_choice([[(NEAR, True), (NEAR, True), (FAR, False)]] * 10, label="owner", penalty=0.5)
    assert model.scores(NEAR)["owner"] > model.scores(FAR)["owner"]


def test_a_choice_without_a_right_candidate_teaches_nothing() -> None:
    lesson: Choice = [(NEAR, True), (FAR, False)]
    assert fit_choice([lesson] * 5, label="owner", penalty=1.0) == fit_choice(
        [lesson] * 5 + [[(NEAR, False), (FAR, False)]], label="owner", penalty=1.0
    )
    with pytest.raises(ValueError, match="no choice has a right candidate"):
        fit_choice([[(NEAR, False)]], label="owner", penalty=1.0)


def test_refined_weights_stay_near_where_they_began() -> None:
    known = fit_choice([[(NEAR, True), (FAR, False)]] * 20, label="owner", penalty=0.5)
    refined = fit_choice([[({"big": 1.0}, True), ({}, False)]] * 2, label="owner", penalty=20.0, onto=known)
    assert refined.scores(NEAR)["owner"] > refined.scores(FAR)["owner"] + 1.0
