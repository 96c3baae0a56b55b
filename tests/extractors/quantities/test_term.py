"""Spans of time and what their words make of them."""

import pytest

from extractors.closed_sets import Qualifier, Where
from extractors.quantities.term import find_terms, option_count
from extractors.text.normalise import normalise


def read(text: str) -> list[tuple[float | None, str]]:
    return [(one.value, one.rule) for one in find_terms(normalise(text), Where.TEXT)]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        pytest.param("a 15-year lease", 15, id="15-year"),
        pytest.param("10\u2011year", 10, id="no-break hyphen"),
        pytest.param("fifteen years", 15, id="spelled"),
        pytest.param("a decade", 10, id="a decade"),
        pytest.param("two decades", 20, id="two decades"),
        pytest.param("half a decade", 5, id="half a decade"),
        pytest.param("a 24-month contract", 2, id="months"),
        pytest.param("180 days", 180 / 365.25, id="days"),
        pytest.param("12 Year Contract", 12, id="headline capitals"),
        pytest.param("a 20-plus-year lease", 20, id="plus"),
        pytest.param("over 12 years", 12, id="over is a preposition"),
        pytest.param("a 3.5-year term", 3.5, id="fraction"),
        pytest.param("a one-year deal", 1, id="one-year"),
        pytest.param("15 yrs", 15, id="yrs"),
        pytest.param("a decade-long lease", 10, id="decade-long"),
    ],
)
def test_length(text: str, years: float) -> None:
    ((found, rule),) = read(text)
    assert (found, rule) == (pytest.approx(years), "term")


@pytest.mark.parametrize(
    ("text", "years", "rule"),
    [
        pytest.param("three five-year options", 5, "term.option.x3", id="count and length"),
        pytest.param("two five-year extension options", 5, "term.option.x2", id="extension options"),
        pytest.param("two additional five-year terms", 5, "term.option.x2", id="additional terms"),
        pytest.param("a five-year renewal option", 5, "term.option.x1", id="one option"),
        pytest.param("two renewal options of five years each", 5, "term.option.x2", id="of … each"),
        pytest.param("three options to renew, five years each", 5, "term.option.x3", id="options, each"),
        pytest.param("may extend three times, for five years each", 5, "term.option.x3", id="times, each"),
        pytest.param("may renew twice, by five years on each occasion", 5, "term.option.x2", id="on each occasion"),
        pytest.param("if it uses both extensions, five years apiece", 5, "term.option.x2", id="both, apiece"),
        pytest.param("three leases, ten years each", 10, "term", id="leases are no options"),
        pytest.param("an option to extend for ten years", 10, "term.option.x1", id="option to extend"),
        pytest.param("renewable for a further five years", 5, "term.option.x1", id="renewable for"),
        pytest.param("two years ago", 2, "term.ago", id="ago"),
        pytest.param("the past three years", 3, "term.past", id="past"),
        pytest.param("within 18 months", 1.5, "term.within", id="deadline"),
        pytest.param("over the next five years", 5, "term.within", id="next"),
    ],
)
def test_rule(text: str, years: float, rule: str) -> None:
    assert read(text) == [(pytest.approx(years), rule)]


def test_base_term_and_options_stay_apart() -> None:
    found = read("a ten-year initial term plus two five-year extension options")
    assert found == [(10.0, "term"), (5.0, "term.option.x2")]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("10- to 15-year leases", 10, 15, id="hanging hyphen"),
        pytest.param("10 to 15 years", 10, 15, id="to"),
        pytest.param("between 10 and 15 years", 10, 15, id="between"),
    ],
)
def test_range(text: str, low: float, high: float) -> None:
    (found,) = find_terms(text, Where.TEXT)
    assert (found.value, found.value_high) == (low, high)


def test_multi_year_has_no_value() -> None:
    assert read("a multi-year contract") == [(None, "term.vague")]


def test_up_to_is_kept_and_over_is_not() -> None:
    (most,) = find_terms("up to 20 years", Where.TEXT)
    (plain,) = find_terms("over 20 years", Where.TEXT)
    assert (most.qualifier, plain.qualifier) == (Qualifier.UP_TO, Qualifier.EXACT)


def test_option_count_is_none_for_a_base_term() -> None:
    base, options = find_terms("15 years with three five-year options", Where.TEXT)
    assert (option_count(base), option_count(options)) == (None, 3)


@pytest.mark.parametrize(
    "text", ["a year", "per year", "$5m a year", "30-year-old site", "yearly", "300 MW", "in 2026"]
)
def test_no_term(text: str) -> None:
    assert read(text) == []
