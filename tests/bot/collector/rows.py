"""Feed rows for tests of pure decisions."""

from datetime import UTC, datetime

from db.feeds import FeedRow
from db.records import SourceTier

NOW = datetime(2025, 11, 3, 12, 0, tzinfo=UTC)


def feed_row(**values: object) -> FeedRow:
    """A healthy feed polled every ten minutes, changed as asked."""
    defaults: dict[str, object] = {
        "id": 1,
        "url": "http://a.example/feed",
        "configured_url": "http://a.example/feed",
        "title": "A",
        "publisher": "A",
        "group_name": "test",
        "tier": SourceTier.TRADE_PRESS,
        "poll_minutes": 10.0,
        "added_at": NOW,
        "health_since": NOW,
        "last_success_at": NOW,
    }
    return FeedRow(**{**defaults, **values})  # type: ignore[arg-type]
