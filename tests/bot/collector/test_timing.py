"""When a feed is asked next, told by tables of answers."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collector.options import CollectorOptions
from bot.collector.timing import Wishes, max_age_s, next_after_failure, next_after_success, retry_after
from tests.bot.collector.rows import NOW, feed_row

OPTIONS = CollectorOptions(min_poll_minutes=2, max_poll_minutes=60, max_backoff_hours=24)


def minutes_to_next(wishes: Wishes | None = None, *, now: datetime = NOW, **feed: object) -> float:
    due = next_after_success(feed_row(**feed), wishes=wishes or Wishes(), now=now, options=OPTIONS, jitter=0)
    return (due - now).total_seconds() / 60


@pytest.mark.parametrize(
    ("wishes", "feed", "minutes"),
    [
        pytest.param(Wishes(), {}, 10, id="our own interval"),
        pytest.param(Wishes(max_age_s=1800), {}, 30, id="max-age is honoured"),
        pytest.param(Wishes(max_age_s=60), {}, 10, id="a shorter max-age hastens nothing"),
        pytest.param(Wishes(max_age_s=10**7), {}, 60, id="an absurd max-age is bounded"),
        pytest.param(Wishes(), {"ttl_minutes": 45.0}, 45, id="ttl is honoured"),
        pytest.param(Wishes(), {"poll_minutes": 0.5}, 2, id="nobody is asked more often than the bound"),
        pytest.param(Wishes(retry_after=timedelta(hours=3)), {}, 180, id="Retry-After on success too"),
        pytest.param(Wishes(), {"skip_hours": "12,13"}, 120, id="skipped hours are skipped"),
        pytest.param(Wishes(), {"skip_days": "0,1,2,3,4,5"}, 1440, id="skipped days, but a day at most"),
    ],
)
def test_the_next_visit_after_a_success(wishes: Wishes, feed: dict[str, object], minutes: float) -> None:
    assert minutes_to_next(wishes, **feed) == pytest.approx(minutes)


def test_feeds_configured_together_drift_apart() -> None:
    row = feed_row()
    dues = {
        next_after_success(row, wishes=Wishes(), now=NOW, options=OPTIONS, jitter=jitter) for jitter in (0, 0.5, 0.9)
    }
    assert len(dues) == 3
    assert NOW + timedelta(minutes=9) < min(dues) <= max(dues) == NOW + timedelta(minutes=10)


@pytest.mark.parametrize("jitter", [0, 0.5, 0.99])
@pytest.mark.parametrize("poll_minutes", [0.5, 2, 10, 30])
def test_no_jitter_breaks_a_promise(jitter: float, poll_minutes: float) -> None:
    """News is seen within the interval, the bound is kept, and no publisher is asked sooner than it wished."""
    row = feed_row(poll_minutes=poll_minutes)
    due = next_after_success(row, wishes=Wishes(), now=NOW, options=OPTIONS, jitter=jitter)
    assert NOW + timedelta(minutes=2) <= due <= NOW + timedelta(minutes=max(poll_minutes, 2))
    wished = next_after_success(row, wishes=Wishes(max_age_s=2400), now=NOW, options=OPTIONS, jitter=jitter)
    assert wished >= NOW + timedelta(minutes=40)


@given(failures=st.integers(1, 10_000), jitter=st.floats(0, 1, exclude_max=True))
def test_a_failing_feed_is_never_given_up_nor_hammered(failures: int, jitter: float) -> None:
    due = next_after_failure(feed_row(), failures, wishes=Wishes(), now=NOW, options=OPTIONS, jitter=jitter)
    assert NOW + timedelta(minutes=7) <= due <= NOW + timedelta(hours=24)


def test_waits_double_with_each_failure() -> None:
    waits = [
        next_after_failure(feed_row(), n, wishes=Wishes(), now=NOW, options=OPTIONS, jitter=0.5) - NOW
        for n in range(1, 6)
    ]
    assert waits == [timedelta(minutes=m) for m in (10, 20, 40, 80, 160)]


def test_retry_after_wins_over_a_shorter_backoff() -> None:
    wishes = Wishes(retry_after=timedelta(hours=30))
    due = next_after_failure(feed_row(), 1, wishes=wishes, now=NOW, options=OPTIONS, jitter=0)
    assert due == NOW + timedelta(hours=30)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param({}, None, id="none"),
        pytest.param({"Retry-After": "120"}, timedelta(minutes=2), id="seconds"),
        pytest.param({"Retry-After": "Mon, 03 Nov 2025 12:30:00 GMT"}, timedelta(minutes=30), id="date"),
        pytest.param(
            {"Retry-After": "Mon, 03 Nov 2025 18:30:00 GMT", "Date": "Mon, 03 Nov 2025 18:00:00 GMT"},
            timedelta(minutes=30),
            id="date on a clock six hours ahead",
        ),
        pytest.param({"Retry-After": "Mon, 03 Nov 2025 11:00:00 GMT"}, timedelta(0), id="date in the past"),
        pytest.param({"Retry-After": "soon"}, None, id="nonsense"),
        pytest.param({"Retry-After": "-5"}, None, id="negative"),
        pytest.param({"Retry-After": "9" * 40}, timedelta(seconds=10**8), id="huge"),
    ],
)
def test_retry_after_in_both_forms(headers: dict[str, str], expected: timedelta | None) -> None:
    assert retry_after(headers, now=NOW) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param({"Cache-Control": "public, max-age=600"}, 600, id="max-age"),
        pytest.param({"Cache-Control": "max-age=600", "Age": "100"}, 500, id="less its age"),
        pytest.param({"Cache-Control": "no-cache, max-age=600"}, None, id="no-cache"),
        pytest.param({"Cache-Control": "max-age=oops"}, None, id="nonsense"),
        pytest.param({"Expires": "Mon, 03 Nov 2025 12:10:00 GMT"}, 600, id="Expires"),
        pytest.param({"Expires": "0"}, None, id="Expires 0"),
        pytest.param({"Expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0, id="Expires in the past"),
        pytest.param({}, None, id="nothing"),
    ],
)
def test_freshness_is_read_from_the_headers(headers: dict[str, str], expected: float | None) -> None:
    assert max_age_s(headers, now=NOW) == expected


def test_now_is_a_monday_noon() -> None:
    assert datetime(2025, 11, 3, 12, tzinfo=UTC) == NOW
    assert NOW.weekday() == 0
