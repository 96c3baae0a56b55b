"""What the operator is told without asking: feeds that changed their health. Once each, not every round."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.messages.limits import MAX_DESCRIPTION, fit
from bot.messages.markdown import escape, join_lines
from bot.messages.message import Embed, Message
from bot.messages.message_json import message_to_json
from bot.messages.render import AMBER, GREEN
from bot.messages.wording import moment, plural
from db.connection import Database
from db.feed_log import HealthChange, mark_announced, unannounced_changes
from db.feeds import Health
from db.outbox import OutboxDraft, OutboxKind, enqueue
from db.watches import list_watches

_log = logging.getLogger(__name__)


def announce_health(db: Database, *, now: datetime) -> int:
    """Write a notice of every untold change to the operator's channels, else to the log; return how many changes."""
    with db.atomic():
        changes = unannounced_changes(db)
        if not changes:
            return 0
        listening = [watch for watch in list_watches(db, enabled_only=True) if watch.is_operator]
        for watch in listening:
            draft = OutboxDraft(
                kind=OutboxKind.NOTICE,
                target=watch.target,
                key=f"health:{changes[0].id}-{changes[-1].id}",
                payload=message_to_json(health_message(changes)),
                name=f"feed health: {plural(len(changes), 'change')}",
                watch_id=watch.id,
            )
            enqueue(db, draft, now=now)
        for change in () if listening else changes:
            _log.warning(
                "feed health changed",
                extra={"feed": change.feed_title, "health": change.after.value, "reason": change.reason},
            )
        mark_announced(db, [change.id for change in changes], now=now)
    return len(changes)


def health_message(changes: Sequence[HealthChange]) -> Message:
    """Compose the notice of some changes of health."""
    worse = [change for change in changes if change.after is not Health.OK]
    embed = Embed(
        title=f"Feeds: {plural(len(worse), 'trouble')}" if worse else f"Feeds: {len(changes)} read well again",
        colour=AMBER if worse else GREEN,
        description=join_lines([_line(change) for change in changes], MAX_DESCRIPTION),
        footer="market-pulse feeds shows all",
    )
    return Message(embeds=(fit(embed),))


def _line(change: HealthChange) -> str:
    reason = f": {escape(change.reason)}" if change.reason else ""
    again = f", next try {moment(change.next_due_at, clock=True)}" if change.next_due_at else ""
    return f"• **{escape(change.feed_title)}** {change.before.value} → {change.after.value}{reason}{again}"
