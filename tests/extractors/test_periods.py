"""What a partial date covers, and when two of them can mean the same time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.closed_sets import Precision
from extractors.models import PartialDate
from extractors.periods import first_day, is_later, last_day, overlap, quarter_of


def when(day: str, precision: str) -> PartialDate:
    return PartialDate(date=day, precision=Precision(precision))


@pytest.mark.parametrize(
    ("day", "precision", "last"),
    [
        ("2026-02-03", "day", "2026-02-03"),
        ("2028-02-01", "month", "2028-02-29"),
        ("2026-10-01", "quarter", "2026-12-31"),
        ("2026-07-01", "half", "2026-12-31"),
        ("2026-01-01", "year", "2026-12-31"),
    ],
)
def test_the_last_day(day: str, precision: str, last: str) -> None:
    assert last_day(when(day, precision)).isoformat() == last


@pytest.mark.parametrize(
    ("new", "old", "later"),
    [
        pytest.param(when("2026-10-01", "quarter"), when("2026-07-01", "half"), False, id="a-finer-word"),
        pytest.param(when("2026-07-01", "half"), when("2026-01-01", "half"), True, id="the-next-half"),
        pytest.param(when("2026-01-01", "year"), when("2026-01-01", "quarter"), False, id="a-vaguer-word"),
        pytest.param(when("2026-01-01", "quarter"), when("2026-07-01", "half"), False, id="earlier"),
    ],
)
def test_later_means_after_the_end(new: PartialDate, old: PartialDate, later: bool) -> None:
    assert is_later(new, old) is later


@given(st.dates(date(2000, 1, 1), date(2100, 12, 1)))
def test_a_day_lies_in_its_quarter(day: date) -> None:
    quarter = quarter_of(day)
    assert first_day(quarter) <= day <= last_day(quarter)
    assert last_day(quarter) + timedelta(days=1) == first_day(quarter_of(last_day(quarter) + timedelta(days=1)))
    assert overlap(quarter, PartialDate(date=day.isoformat(), precision=Precision.DAY))
