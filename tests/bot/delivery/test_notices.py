"""The operator hears of a feed's change of health once, in the channel of the settings or in the log."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.delivery.notices import announce_health
from bot.delivery.standing_watches import standing_watches, sync_standing_watches
from bot.messages.message_json import message_from_json
from bot.settings import load_settings
from db.connection import Database, open_database
from db.feed_log import HealthChange, record_health_change
from db.feeds import Health, add_feed
from db.outbox import list_outbox
from db.records import SourceTier
from db.watches import list_watches

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    opened = open_database(tmp_path / "notices.db")
    feed = add_feed(
        opened,
        url="https://example.org/feed",
        title="Example Wire",
        group="wires",
        tier=SourceTier.NEWSWIRE,
        poll_minutes=2,
        now=NOW,
    )
    feed_id = feed if isinstance(feed, int) else feed.id
    change = HealthChange(
        feed_id=feed_id,
        feed_title="Example Wire",
        changed_at=NOW,
        before=Health.OK,
        after=Health.FAILING,
        reason="the server answered with status 500",
        next_due_at=NOW,
    )
    record_health_change(opened, change)
    return opened


def operator_hears(db: Database, *channels: int) -> None:
    settings = load_settings(None, database_path=None)
    operator = settings.operator.model_copy(update={"channels": channels})
    wanted = standing_watches(settings.model_copy(update={"operator": operator}), with_console=False)
    sync_standing_watches(db, wanted, now=NOW)


def test_a_change_is_told_once_in_the_operators_channel(db: Database) -> None:
    operator_hears(db, 42)
    assert [announce_health(db, now=NOW) for _ in range(2)] == [1, 0]
    (row,) = list_outbox(db)
    assert row.target == "channel:42"
    (embed,) = message_from_json(row.payload).embeds
    assert "Example Wire" in embed.description
    assert "status 500" in embed.description


def test_without_a_channel_the_log_is_told(db: Database, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        announce_health(db, now=NOW)
    assert "feed health changed" in caplog.text
    assert list_outbox(db) == []


def test_a_channel_that_leaves_the_settings_falls_silent_and_comes_back(db: Database) -> None:
    operator_hears(db, 42)
    operator_hears(db)
    assert [watch.disabled_at is None for watch in list_watches(db)] == [False]
    operator_hears(db, 42)
    assert [watch.disabled_at is None for watch in list_watches(db)] == [True]
