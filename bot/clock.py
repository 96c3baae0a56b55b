"""The program's clock. Decisions take `now` as a parameter; only the shell asks for it, here."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time, aware and in UTC."""
    return datetime.now(UTC)
