"""Which entries may alert, and which dates are believed."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.collector.documents import FeedDocument, FeedEntry
from bot.collector.entries import believable, draft_entries, may_alert
from bot.collector.options import CollectorOptions
from tests.bot.collector.rows import NOW, feed_row

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("published", "believed"),
    [
        pytest.param(NOW - HOUR, NOW - HOUR, id="an hour ago"),
        pytest.param(NOW + 5 * HOUR, NOW, id="a wrong zone becomes now"),
        pytest.param(NOW + timedelta(days=3), None, id="the future"),
        pytest.param(datetime(1970, 1, 1, tzinfo=UTC), None, id="the epoch"),
        pytest.param(datetime(1, 1, 1, tzinfo=UTC), None, id="year one"),
        pytest.param(None, None, id="none"),
    ],
)
def test_only_possible_dates_are_believed(published: datetime | None, believed: datetime | None) -> None:
    assert believable(published, now=NOW) == believed


@pytest.mark.parametrize(
    ("age_hours", "last_success_hours", "alerts"),
    [
        pytest.param(1, None, True, id="new feed, fresh entry"),
        pytest.param(100, None, False, id="new feed, old entry"),
        pytest.param(None, None, False, id="new feed, undated entry"),
        pytest.param(1, 1, True, id="known feed, fresh entry"),
        pytest.param(None, 1, True, id="known feed, undated entry"),
        pytest.param(100, 1, False, id="known feed, an old entry turns up"),
        pytest.param(1, 500, True, id="feed back after weeks, fresh entry"),
        pytest.param(300, 500, False, id="feed back after weeks, entry of the pause"),
        pytest.param(None, 500, False, id="feed back after weeks, undated entry"),
    ],
)
def test_a_new_or_returning_feed_floods_nobody(
    age_hours: float | None, last_success_hours: float | None, alerts: bool
) -> None:
    published = None if age_hours is None else NOW - age_hours * HOUR
    last = None if last_success_hours is None else NOW - last_success_hours * HOUR
    assert may_alert(published, feed_row(last_success_at=last), now=NOW, options=CollectorOptions()) is alerts


def test_the_start_of_the_watch_is_configurable() -> None:
    options = CollectorOptions(alert_after=NOW - HOUR)
    assert not may_alert(NOW - 2 * HOUR, feed_row(), now=NOW, options=options)
    feed = feed_row(alert_after=NOW - 3 * HOUR)
    assert not may_alert(NOW - 4 * HOUR, feed, now=NOW, options=CollectorOptions())
    assert may_alert(NOW - 2 * HOUR, feed, now=NOW, options=CollectorOptions())


def test_drafts_come_oldest_first_with_their_lag() -> None:
    entries = tuple(FeedEntry(guid=str(n), title=str(n), published_at=NOW - n * HOUR) for n in range(1, 4))
    drafts = draft_entries(FeedDocument(format="rss", entries=entries), feed_row(), now=NOW, options=CollectorOptions())
    assert [draft.title for draft in drafts] == ["3", "2", "1"]
    assert drafts[-1].lag_s == 3600


def test_the_first_fetch_measures_no_lag() -> None:
    document = FeedDocument(format="rss", entries=(FeedEntry(guid="1", published_at=NOW - HOUR),))
    (draft,) = draft_entries(document, feed_row(last_success_at=None), now=NOW, options=CollectorOptions())
    assert draft.lag_s is None
