"""How an amount and its change are written for people."""

import math

import pytest

from bot.capacity.figures import change


@pytest.mark.parametrize(
    ("before", "after", "unit", "words"),
    [
        pytest.param(100.0, 110.0, "MW", "+10.0%", id="share"),
        pytest.param(7.33, 4.13, "%", "-3.2 points", id="points"),
        pytest.param(-776e6, -1.63e9, "USD", "-$854.00M", id="deeper loss"),
        pytest.param(-1e6, 2e6, "USD", "+$3.00M", id="out of a loss"),
        pytest.param(2e6, -1e6, "USD", "-$3.00M", id="into a loss"),
        pytest.param(0.0, 5.0, "racks", "+5 racks", id="from nothing"),
        pytest.param(7.0, math.inf, "years", "–", id="never"),
    ],
)
def test_a_change_is_said_so_that_it_means_something(before: float, after: float, unit: str, words: str) -> None:
    assert change(before, after, unit) == words
