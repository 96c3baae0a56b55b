"""ok, quiet, failing, gone, blocked: what it takes to get there and back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.collector.decide import Outcome, Seen, rhythm_hours, settle
from bot.collector.documents import FeedDocument
from bot.collector.options import CollectorOptions
from db.feeds import FeedRow, Health
from tests.bot.collector.rows import NOW, feed_row

OPTIONS = CollectorOptions()


def after(feed: FeedRow, *outcomes: Outcome, reason: str = "status 500") -> FeedRow:
    """The feed after fetches of these outcomes, an hour apart."""
    for n, outcome in enumerate(outcomes):
        document = FeedDocument(format="rss") if outcome is Outcome.NEW else None
        seen = Seen(outcome=outcome, now=NOW + timedelta(hours=n), reason=reason, document=document)
        feed = settle(feed, seen, options=OPTIONS, jitter=0)
    return feed


F, B, OK, GONE = Outcome.FAILED, Outcome.BLOCKED, Outcome.NEW, Outcome.GONE


@pytest.mark.parametrize(
    ("outcomes", "health"),
    [
        pytest.param([F], Health.OK, id="one failure is weather"),
        pytest.param([F, F, F], Health.FAILING, id="three are a fault"),
        pytest.param([B, B, B], Health.BLOCKED, id="three refusals are a block"),
        pytest.param([F, F, F, OK], Health.OK, id="a success ends it"),
        pytest.param([F, F, OK, F, F], Health.OK, id="a success starts the count again"),
        pytest.param([F, F, F, B], Health.BLOCKED, id="the latest kind of fault is shown"),
        pytest.param([GONE], Health.GONE, id="410 is believed at once"),
        pytest.param([GONE, OK], Health.OK, id="a check may bring it back"),
    ],
)
def test_health_follows_the_outcomes(outcomes: list[Outcome], health: Health) -> None:
    assert after(feed_row(), *outcomes).health is health


def test_a_feed_that_never_worked_is_reported_at_once() -> None:
    feed = after(feed_row(last_success_at=None), F, reason="an HTML page, not a feed")
    assert (feed.health, feed.health_reason) == (Health.FAILING, "an HTML page, not a feed")


def test_a_gone_feed_is_not_asked_again() -> None:
    assert after(feed_row(), GONE).next_due_at is None


def test_since_is_the_start_of_the_state() -> None:
    feed = after(feed_row(), F, F, F, F, F)
    assert feed.health_since == NOW + timedelta(hours=2)
    assert feed.failures == 5


@pytest.mark.parametrize(
    ("gap_hours", "silent_days", "health"),
    [
        pytest.param(1, 3, Health.OK, id="an hourly feed over a long weekend"),
        pytest.param(1, 5, Health.QUIET, id="an hourly feed, five days"),
        pytest.param(24, 7, Health.OK, id="a daily feed, a week"),
        pytest.param(24, 9, Health.QUIET, id="a daily feed, nine days"),
        pytest.param(720, 100, Health.OK, id="a monthly feed, three months"),
        pytest.param(None, 80, Health.OK, id="unknown rhythm, 80 days"),
        pytest.param(None, 100, Health.QUIET, id="unknown rhythm, 100 days"),
    ],
)
def test_quiet_is_silence_beyond_the_feeds_own_rhythm(
    gap_hours: float | None, silent_days: int, health: Health
) -> None:
    feed = feed_row(typical_gap_hours=gap_hours, last_entry_at=NOW - timedelta(days=silent_days))
    settled = after(feed, Outcome.NOT_MODIFIED)
    assert settled.health is health
    assert bool(settled.health_reason) is (health is Health.QUIET)


def test_rhythm_is_the_longer_of_the_usual_gaps() -> None:
    hours = [0, 1, 2, 3, 4, 5, 6, 70]
    assert rhythm_hours([NOW + timedelta(hours=h) for h in hours]) == pytest.approx(1)
    assert rhythm_hours([NOW, NOW]) is None


def test_a_304_keeps_the_validators_and_a_200_replaces_them() -> None:
    feed = feed_row(etag='"1"', last_modified="yesterday")
    assert after(feed, Outcome.NOT_MODIFIED).etag == '"1"'
    assert after(feed, Outcome.NEW).etag is None
    assert after(replace(feed, body_hash="x"), Outcome.SAME).body_hash == "x"
