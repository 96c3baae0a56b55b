"""What else moved a share: which other events fall into the windows, and which titles tell results."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.market.confounders import Other, confounders, tells_results
from bot.market.event_day import Announcement
from bot.market.tables import load_market_tables
from db.market_records import Cause

HOURS = load_market_tables().exchanges["NASDAQ"].hours
#: Two weeks without a holiday, Monday 3 to Friday 14 November 2025.
SESSIONS = [day for n in range(12) if (day := date(2025, 11, 3) + timedelta(days=n)).weekday() < 5]
EVENT = date(2025, 11, 6)


def other(at: str, cause: Cause = Cause.FINANCING) -> Other:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return Other(cause=cause, name=at, announced=Announcement(at=moment, time_known=True))


@pytest.mark.parametrize(
    ("at", "away"),
    [
        pytest.param("2025-11-06T12:00", 0, id="same-morning"),
        pytest.param("2025-11-05T21:30", 0, id="evening-before"),
        pytest.param("2025-11-06T21:30", 1, id="evening-of"),
        pytest.param("2025-11-03T12:00", -3, id="three-sessions-earlier"),
        pytest.param("2025-11-08T12:00", 2, id="weekend-after"),
        pytest.param("2025-11-13T12:00", 5, id="last-day-of-the-window"),
        pytest.param("2025-11-14T12:00", None, id="a-day-too-late"),
        pytest.param("2025-10-20T12:00", None, id="before-the-prices"),
    ],
)
def test_an_other_event_counts_by_its_own_event_day(at, away):
    found = confounders([other(at)], hours=HOURS, sessions=SESSIONS, event=EVENT)
    assert [c.sessions_away for c in found] == ([] if away is None else [away])


def test_the_nearest_comes_first_and_each_once():
    others = [other("2025-11-10T12:00"), other("2025-11-06T12:00", Cause.EARNINGS), other("2025-11-10T12:00")]
    found = confounders(others, hours=HOURS, sessions=SESSIONS, event=EVENT)
    assert [(c.cause, c.sessions_away) for c in found] == [(Cause.EARNINGS, 0), (Cause.FINANCING, 2)]


@pytest.mark.parametrize(
    ("title", "tells"),
    [
        pytest.param("Northgate Reports Third Quarter 2025 Results", True, id="quarter"),
        pytest.param("Northgate posts record Q3 revenue", True, id="q3"),
        pytest.param("Northgate Announces Fiscal 2026 Financial Results", True, id="fiscal-year"),
        pytest.param("Northgate shares slide after earnings miss", True, id="earnings-miss"),
        pytest.param("Northgate signs lease with Redwood AI", False, id="a-deal"),
        pytest.param("First quarter of the campus to open in May", False, id="a-quarter-that-is-no-result"),
        pytest.param("Northgate reports progress at its site", False, id="reports-something-else"),
    ],
)
def test_titles_that_tell_results(title, tells):
    assert tells_results(title) is tells
