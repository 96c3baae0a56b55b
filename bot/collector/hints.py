"""A publisher's wishes for polling, as feeds state them: ttl, skipHours, skipDays. Nonsense counts as no wish."""

from collections.abc import Iterable

_DAYS = {name: n for n, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}


def ttl_minutes(text: str) -> float | None:
    """Return a ttl in minutes, None when there is none to speak of."""
    text = text.strip()
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        return None
    return float(text) or None


def skip_hours(texts: Iterable[str]) -> frozenset[int]:
    """Return the hours (0 to 23, UTC) in which the publisher wants no visit; all of them count as none."""
    hours = {int(text) % 24 for t in texts if (text := t.strip()).isascii() and text.isdigit() and int(text[:4]) <= 24}
    return frozenset(hours) if len(hours) < 24 else frozenset()


def skip_days(texts: Iterable[str]) -> frozenset[int]:
    """Return the weekdays (Monday = 0) without visits; all of them count as none."""
    days = {_DAYS[key] for t in texts if (key := t.strip()[:3].lower()) in _DAYS}
    return frozenset(days) if len(days) < 7 else frozenset()
