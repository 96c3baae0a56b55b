"""The dates that feeds write, right and wrong."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collector.dates import parse_date

NINE = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 03 Nov 2025 09:00:00 GMT", "Mon, 3 Nov 2025 09:00:00 +0000", "03 Nov 2025 04:00 EST",
        "Mon, 03 Nov 2025 10:00:00 +0100", "Mon, 03 Nov 2025 10:00:00 CET", "Mon,03 Nov 2025 09:00:00 Z",
        "Monday, 03 November 2025 09:00:00 GMT", "Mon, 03-Nov-25 09:00:00 GMT", "Sun, 03 Nov 2025 09:00:00 UT",
        "2025-11-03T09:00:00Z", "2025-11-03T10:00:00+01:00", "2025-11-03T10:00:00.123+0100", "2025-11-03 09:00:00",
        "2025-11-03T09:00Z", "2025/11/03 09:00", "2025-11-03t09:00:00z",
        "November 3, 2025 4:00 AM EST", "Nov 3, 2025, 9:00 am", "Nov. 3, 2025 at 9:00 a.m. UTC",
        "  Mon, 03  Nov 2025\n09:00:00 GMT ", "2025-11-03T04:00:00-05", "Mon, Nov 3, 2025 09:00 GMT",
    ],
)  # fmt: skip
def test_the_same_instant_in_many_spellings(text: str) -> None:
    assert parse_date(text) == NINE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-11-03", datetime(2025, 11, 3, tzinfo=UTC)),
        ("2025-11", datetime(2025, 11, 1, tzinfo=UTC)),
        ("2025", datetime(2025, 1, 1, tzinfo=UTC)),
        ("20251103", datetime(2025, 11, 3, tzinfo=UTC)),
        ("2025-11-03T24:00:00Z", datetime(2025, 11, 4, tzinfo=UTC)),
        ("Mon, 03 Nov 99 09:00:00 GMT", datetime(1999, 11, 3, 9, tzinfo=UTC)),
    ],
)
def test_lesser_precision(text: str, expected: datetime) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [None, "", "yesterday", "03/11/2025", "Mon, 31 Feb 2025 09:00:00 GMT", "2025-13-40", "0000-00-00", "9" * 500],
)
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert parse_date(text) is None


@given(st.text(max_size=100))
def test_no_text_raises(text: str) -> None:
    found = parse_date(text)
    assert found is None or found.tzinfo is UTC
