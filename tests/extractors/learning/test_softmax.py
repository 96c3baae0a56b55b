"""Fitting a linear model to examples."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.learning.softmax import Example, fit


def examples(rule: str, count: int = 40) -> list[Example]:
    """Return examples whose label follows one feature among noise."""
    return [
        Example({rule: 1.0, f"noise{number % 3}": 1.0} if number % 2 else {f"noise{number % 3}": 1.0}, label)
        for number, label in enumerate(["no", "yes"] * (count // 2))
    ]


def test_the_feature_that_decides_gets_the_weight() -> None:
    model = fit(examples("with"), penalty=1.0)
    assert model.chances({"with": 1.0})["yes"] > 0.8
    assert model.chances({"noise1": 1.0})["yes"] < 0.2


def test_a_penalty_makes_it_careful() -> None:
    bold, careful = (fit(examples("with"), penalty=penalty).chances({"with": 1.0})["yes"] for penalty in (0.1, 30.0))
    assert careful < bold


def test_a_rare_feature_is_left_out() -> None:
    rare = [*examples("with"), Example({"once": 1.0}, "yes")]
    assert "once" not in fit(rare, penalty=1.0).weights


def test_the_same_examples_give_the_same_model() -> None:
    assert fit(examples("with"), penalty=1.0) == fit(examples("with"), penalty=1.0)


def test_one_label_teaches_nothing() -> None:
    with pytest.raises(ValueError, match="nothing to learn"):
        fit([Example({"with": 1.0}, "yes")] * 5, penalty=1.0)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sets(st.sampled_from("abcdef"), min_size=1), st.booleans()), min_size=8, max_size=30))
def test_any_examples_give_finite_chances(rows: list[tuple[set[str], bool]]) -> None:
    seen = [Example(dict.fromkeys(names, 1.0), str(label)) for names, label in rows]
    if len({example.label for example in seen}) < 2:
        return
    chances = fit(seen, penalty=1.0, seen_at_least=1).chances({"a": 1.0})
    assert sum(chances.values()) == pytest.approx(1.0)


def test_refined_weights_stay_near_where_they_began() -> None:
    known = fit(examples("with"), penalty=1.0)
    refined = fit(examples("new", 8), penalty=50.0, onto=known)
    assert refined.chances({"with": 1.0})["yes"] > 0.7
    alone = fit(examples("new", 8), penalty=50.0)
    assert "with" not in alone.weights
