"""A permanent redirect is believed after seven days without a break, and never one to a page."""

from datetime import timedelta

import pytest

from bot.collector.redirects import is_adoption_due, watch_redirect
from db.feeds import FeedRow
from tests.bot.collector.rows import NOW, feed_row

NEW = "http://b.example/feed"


def watched(days: list[float], *, targets: list[str | None] | None = None, taken: bool = False) -> FeedRow:
    """The feed after having been redirected on these days."""
    feed = feed_row()
    for day, target in zip(days, targets or [NEW] * len(days), strict=True):
        feed = watch_redirect(feed, target, taken=taken, now=NOW + timedelta(days=day))
    return feed


@pytest.mark.parametrize(
    ("days", "adopted"),
    [
        pytest.param([0], False, id="once"),
        pytest.param([0, 1, 2, 3, 4, 5, 6], False, id="six days"),
        pytest.param([0, 1, 2, 3, 4, 5, 6, 7], True, id="seven days"),
        pytest.param([0, 2, 4, 6, 8], True, id="every other day is often enough"),
        pytest.param([0, 8], False, id="nobody looked in between"),
        pytest.param([0, 1, 2, 6, 7], False, id="a break starts the watch again"),
    ],
)
def test_adoption_takes_seven_days_without_a_break(days: list[float], adopted: bool) -> None:
    assert (watched(days).url == NEW) is adopted


def test_one_answer_without_redirect_starts_the_watch_again() -> None:
    targets = [NEW] * 4 + [None] + [NEW] * 4
    assert watched(list(range(9)), targets=targets).url == "http://a.example/feed"


def test_another_target_starts_the_watch_again() -> None:
    targets = [NEW] * 4 + ["http://c.example/"] + [NEW] * 4
    assert watched(list(range(9)), targets=targets).url == "http://a.example/feed"


def test_an_address_another_feed_has_is_not_adopted() -> None:
    feed = watched(list(range(9)), taken=True)
    assert (feed.url, feed.redirect_url) == ("http://a.example/feed", NEW)
    assert is_adoption_due(feed, NEW, now=NOW + timedelta(days=9))


def test_the_configured_address_is_remembered() -> None:
    assert watched(list(range(8))).configured_url == "http://a.example/feed"
