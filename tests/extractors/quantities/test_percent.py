"""Percentages, fractions and multiples."""

import pytest

from extractors.closed_sets import Qualifier, Where
from extractors.quantities.percent import find_percents
from extractors.text.normalise import normalise


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        pytest.param("22%", 22, "percent", id="sign"),
        pytest.param("22 per cent", 22, "percent", id="per cent"),
        pytest.param("22 percent", 22, "percent", id="percent"),
        pytest.param("22-percent", 22, "percent", id="hyphened"),
        pytest.param("3.5 pct", 3.5, "percent", id="pct"),
        pytest.param("twenty percent", 20, "percent", id="spelled"),
        pytest.param("fell -3.2% to", -3.2, "percent", id="printed minus"),
        pytest.param("+355%", 355, "percent", id="printed plus"),
        pytest.param("50 basis points", 0.5, "percent.basis_points", id="basis points"),
        pytest.param("two percentage points", 2, "percent.points", id="points"),
        pytest.param("a third of revenue", 100 / 3, "percent.fraction", id="a third"),
        pytest.param("two-thirds of it", 200 / 3, "percent.fraction", id="two thirds"),
        pytest.param("half of the site", 50, "percent.fraction", id="half of"),
        pytest.param("shares doubled", 100, "percent.multiple", id="doubled"),
        pytest.param("shares tripled", 200, "percent.multiple", id="tripled"),
        pytest.param("a 10x return", 1000, "percent.multiple", id="10x"),
    ],
)
def test_value(text: str, value: float, rule: str) -> None:
    (found,) = find_percents(normalise(text), Where.TEXT)
    assert (found.value, found.rule) == (pytest.approx(value), rule)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("85\u201390 %", 85, 90, id="en dash"),
        pytest.param("5% to 7%", 5, 7, id="sign twice"),
        pytest.param("17 \u2013 18%", 17, 18, id="spaced dash"),
    ],
)
def test_range(text: str, low: float, high: float) -> None:
    (found,) = find_percents(text, Where.TEXT)
    assert (found.value, found.value_high) == (low, high)


def test_a_list_is_no_range() -> None:
    assert [one.value for one in find_percents("fell 5 % and 7 %, respectively", Where.TEXT)] == [5, 7]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        pytest.param("nearly 30%", Qualifier.APPROX, id="nearly"),
        pytest.param("as much as 54%", Qualifier.UP_TO, id="as much as"),
        pytest.param("more than 30%", Qualifier.AT_LEAST, id="more than"),
        pytest.param("more than doubled", Qualifier.AT_LEAST, id="more than doubled"),
        pytest.param("30%", Qualifier.EXACT, id="none"),
    ],
)
def test_qualifier(text: str, qualifier: Qualifier) -> None:
    (found,) = find_percents(text, Where.TEXT)
    assert found.qualifier is qualifier


@pytest.mark.parametrize("text", ["a third party", "a quarter later", "300 MW", "five times square", "half past ten"])
def test_no_percentage(text: str) -> None:
    assert find_percents(text, Where.TEXT) == []
