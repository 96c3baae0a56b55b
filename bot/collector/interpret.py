"""What an answer is, before anybody parses it: a body to read, nothing new, a block, a farewell, a fault. Pure."""

from datetime import datetime, timedelta

from bot.collector.charset import decode
from bot.collector.decide import Outcome, Seen
from bot.collector.fetch import Answer, Trouble
from bot.collector.parse import is_challenge
from bot.collector.timing import Wishes, max_age_s, retry_after

_BLOCKING = frozenset({401, 402, 403, 407, 451})
_BUSY = frozenset({429, 503})
#: How long a host is left alone that says 429 without saying for how long.
_DEFAULT_PAUSE = timedelta(minutes=15)
_LONGEST_PAUSE = timedelta(days=1)


def wishes_of(answer: Answer, *, now: datetime) -> Wishes:
    """Read what the headers ask of the next visit."""
    return Wishes(
        max_age_s=max_age_s(answer.headers, now=now),
        retry_after=retry_after(answer.headers, now=now) if answer.status in {301, 304, 200, *_BUSY} else None,
    )


def without_body(answer: Answer, *, now: datetime) -> Seen | None:
    """Return what was seen when there is no feed to parse in the answer; None when there may be one."""
    wishes = wishes_of(answer, now=now)
    if answer.trouble:
        outcome = Outcome.BLOCKED if answer.trouble is Trouble.REFUSED else Outcome.FAILED
        return Seen(outcome=outcome, now=now, reason=answer.reason, wishes=wishes)
    if answer.status == 304:
        return Seen(
            outcome=Outcome.NOT_MODIFIED,
            now=now,
            etag=answer.headers.get("ETag"),
            last_modified=answer.headers.get("Last-Modified"),
            wishes=wishes,
            permanent_url=answer.permanent_url,
        )
    if answer.status == 200:
        return None
    outcome, reason = _refusal(answer)
    return Seen(outcome=outcome, now=now, reason=reason, wishes=wishes)


def _refusal(answer: Answer) -> tuple[Outcome, str]:
    status = answer.status or 0
    if is_challenged(answer):
        return Outcome.BLOCKED, f"a challenge page for browsers instead of a feed (status {status})"
    if status == 410:
        return Outcome.GONE, "the publisher has retired it (410 Gone)"
    if status in _BLOCKING:
        return Outcome.BLOCKED, f"the server refuses us (status {status})"
    if status == 429:
        return Outcome.FAILED, "too many requests for the server (status 429)"
    if status == 404:
        return Outcome.FAILED, "not found (status 404); the address may have changed"
    return Outcome.FAILED, f"the server answered with status {status}"


def is_challenged(answer: Answer) -> bool:
    """Tell whether the answer is a bot challenge, by Cloudflare's header or by the page."""
    if answer.headers.get("cf-mitigated", "").strip().lower() == "challenge":
        return True
    if answer.status not in {401, 403, 429, 503} or not answer.body:
        return False
    return is_challenge(decode(answer.body[:50_000], answer.headers.get("Content-Type", "")))


def host_pause(answer: Answer, *, now: datetime) -> datetime | None:
    """Return until when the whole host is to be left alone: after 429, and after 503 that says how long."""
    if answer.status not in _BUSY:
        return None
    wished = retry_after(answer.headers, now=now)
    if wished is None and answer.status == 503:
        return None
    return now + min(wished if wished is not None else _DEFAULT_PAUSE, _LONGEST_PAUSE)
