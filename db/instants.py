"""How an instant is written in the database: ISO-8601 in UTC, to the second, ending in Z. Sorts as text."""

from datetime import UTC, datetime


def to_text(instant: datetime | None) -> str | None:
    """Write an aware datetime as `2025-11-03T12:00:00Z`; None stays None."""
    return None if instant is None else instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_text(text: str | None) -> datetime | None:
    """Read what `to_text` wrote; None stays None."""
    return None if text is None else datetime.fromisoformat(text)
