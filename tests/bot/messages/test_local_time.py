"""Local times across clock changes and midnight."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.local_time import instant, last_due, previous_due, quiet_until


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        pytest.param("2026-03-04T22:30", "2026-03-05T06:00", id="evening"),
        pytest.param("2026-03-04T03:00", "2026-03-04T06:00", id="after-midnight"),
        pytest.param("2026-03-04T12:00", None, id="day"),
    ],
)
def test_quiet_hours_reach_over_midnight(now, until):
    found = quiet_until(at(now), start="23:00", end="07:00", zone="Europe/Berlin")
    assert found == (at(until) if until else None)


def test_daily_due_keeps_the_wall_time_across_the_clock_change():
    before = last_due(at("2026-03-28T12:00"), wall="08:00", zone="Europe/Berlin")
    after = last_due(at("2026-03-30T12:00"), wall="08:00", zone="Europe/Berlin")
    assert (before.hour, after.hour) == (7, 6)


def test_weekly_due_is_its_weekday():
    due = last_due(at("2026-03-04T12:00"), wall="08:00", zone="UTC", weekday=0)
    assert due == at("2026-03-02T08:00")
    assert previous_due(due, wall="08:00", zone="UTC", weekday=0) == at("2026-02-23T08:00")


def test_a_skipped_wall_time_is_the_jump():
    assert instant(datetime(2026, 3, 29, tzinfo=UTC).date(), "02:30", "Europe/Berlin") == at("2026-03-29T01:30")


@given(
    st.integers(0, 2 * 365 * 24 * 60),
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
)
def test_due_times_are_in_order_and_about_a_day_apart(minutes, zone):
    now = at("2026-01-01") + timedelta(minutes=minutes)
    due = last_due(now, wall="02:15", zone=zone)
    before = previous_due(due, wall="02:15", zone=zone)
    assert due <= now
    assert 22 <= (due - before).total_seconds() / 3600 <= 26
