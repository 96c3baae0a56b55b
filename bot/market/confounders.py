"""What else may have moved a share around a deal: a financing, another deal, results. Named, never corrected for.

confounders(others, hours, sessions, event) -> tuple[Confounder, ...]      within five sessions, same day first

Pure. What counts as an other event is known to whoever reads the stored mentions.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.market.event_day import Announcement, Hours, event_day
from db.market_records import Cause, Confounder

#: As far as the widest window reaches.
REACH_SESSIONS = 5
_RESULTS = re.compile(
    r"\b(?:(?:first|second|third|fourth|full)[- ](?:fiscal[- ])?(?:quarter|year)|fiscal (?:year )?20\d\d|q[1-4])\b"
    r".*\b(?:results?|earnings|revenues?|loss|profit)\b"
    r"|\b(?:reports?|posts?|announces?)\b.*\b(?:quarterly|annual|q[1-4]|fiscal)\b.*"
    r"\b(?:results?|earnings|loss|profit|revenues?)\b|\bearnings (?:call|beat|miss|report)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another event of the same company, as stored mentions tell it."""

    cause: Cause
    name: str
    announced: Announcement
    slug: str | None = None


def confounders(
    others: Iterable[Other], *, hours: Hours, sessions: Sequence[date], event: date
) -> tuple[Confounder, ...]:
    """Return the other events whose own event day lies within the windows, nearest first."""
    found = set()
    for other in others:
        day = event_day(other.announced, hours, sessions)
        if day is not None and abs(away := sessions.index(day) - sessions.index(event)) <= REACH_SESSIONS:
            found.add(Confounder(cause=other.cause, name=other.name, sessions_away=away, slug=other.slug))
    return tuple(sorted(found, key=lambda c: (abs(c.sessions_away), c.sessions_away, c.cause, c.name)))


def tells_results(title: str) -> bool:
    """Tell whether an article's title announces a company's results."""
    return _RESULTS.search(title) is not None
