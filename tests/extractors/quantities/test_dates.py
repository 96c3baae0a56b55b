"""Dates in every notation, resolved against the article's own date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.closed_sets import Precision, Where
from extractors.quantities.dates import find_dates
from extractors.text.normalise import normalise

PUBLISHED = date(2025, 11, 6)  # a Thursday


def read(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str]]:
    found = find_dates(normalise(text), Where.TEXT, published=published)
    return [(one.dates[0].date, one.dates[0].precision.value) for one in found]


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        pytest.param("November 3, 2025", "2025-11-03", "day", id="month day year"),
        pytest.param("Oct. 22, 2024", "2024-10-22", "day", id="short month"),
        pytest.param("3 November 2025", "2025-11-03", "day", id="day month year"),
        pytest.param("3rd of November", "2025-11-03", "day", id="ordinal"),
        pytest.param("2026-04-01", "2026-04-01", "day", id="ISO"),
        pytest.param("14/01/2025", "2025-01-14", "day", id="day first"),
        pytest.param("01/14/2025", "2025-01-14", "day", id="month first"),
        pytest.param("on 6/11/2025", "2025-11-06", "day", id="the reading nearest to the article"),
        pytest.param("on January 12", "2026-01-12", "day", id="missing year: nearest"),
        pytest.param("in December", "2025-12-01", "month", id="month alone"),
        pytest.param("May 2026", "2026-05-01", "month", id="month and year"),
        pytest.param("Q3 2026", "2026-07-01", "quarter", id="Q3 2026"),
        pytest.param("4Q25", "2025-10-01", "quarter", id="4Q25"),
        pytest.param("the fourth quarter of 2026", "2026-10-01", "quarter", id="words"),
        pytest.param("first quarter of next year", "2026-01-01", "quarter", id="next year"),
        pytest.param("the second half of 2026", "2026-07-01", "half", id="second half"),
        pytest.param("H1 2027", "2027-01-01", "half", id="H1"),
        pytest.param("2H26", "2026-07-01", "half", id="2H26"),
        pytest.param("early 2026", "2026-01-01", "half", id="early"),
        pytest.param("late 2027", "2027-07-01", "half", id="late"),
        pytest.param("mid-2027", "2027-01-01", "year", id="mid"),
        pytest.param("by the end of 2026", "2026-10-01", "quarter", id="end"),
        pytest.param("by year-end 2026", "2026-10-01", "quarter", id="year-end"),
        pytest.param("by year-end", "2025-10-01", "quarter", id="year-end of the article"),
        pytest.param("in 2028", "2028-01-01", "year", id="year"),
        pytest.param("by end of Q1 20263", "2026-01-01", "quarter", id="footnote glued to the year"),
        pytest.param("on Monday", "2025-11-03", "day", id="weekday back"),
        pytest.param("on Thursday", "2025-11-06", "day", id="weekday today"),
        pytest.param("next Monday", "2025-11-10", "day", id="weekday forward"),
        pytest.param("yesterday", "2025-11-05", "day", id="yesterday"),
        pytest.param("later this year", "2025-01-01", "year", id="this year"),
        pytest.param("next month", "2025-12-01", "month", id="next month"),
    ],
)
def test_reading(text: str, expected: str, precision: str) -> None:
    assert read(text) == [(expected, precision)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("a lease through 2041", "date.until", id="through"),
        pytest.param("runs until March 2030", "date.until", id="until"),
        pytest.param("due by Q2 2026", "date.by", id="by"),
        pytest.param("starting in 2026", "date.from", id="starting"),
        pytest.param("in fiscal 2026", "date.fiscal", id="fiscal"),
        pytest.param("in May 2026", "date", id="plain"),
    ],
)
def test_the_word_before_makes_the_rule(text: str, rule: str) -> None:
    (found,) = find_dates(text, Where.TEXT, published=PUBLISHED)
    assert found.rule == rule


def test_the_first_end_takes_the_year_of_the_second() -> None:
    assert read("from Q1 to Q3 of 2027") == [("2027-01-01", "quarter"), ("2027-07-01", "quarter")]


@pytest.mark.parametrize(
    "text",
    [
        "the tenant may extend",
        "They may, in the end, march on",
        "2,026 GPUs",
        "$2026",
        "2026 MW",
        "2048 H100",
        "31/31/2025",
        "version 2025.1",
    ],
)
def test_no_date(text: str) -> None:
    assert read(text) == []


def test_without_the_article_date_only_full_dates_are_read() -> None:
    assert read("on Monday, in May and on 3 June 2026", None) == [("2026-06-03", "day")]


@given(st.dates(min_value=date(2009, 1, 1), max_value=date(2059, 12, 31)))
def test_a_written_day_is_read_back(day: date) -> None:
    assert read(f"signed on {day:%B} {day.day}, {day.year} in Oslo") == [(day.isoformat(), Precision.DAY.value)]
