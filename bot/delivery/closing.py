"""Targets that no longer take messages: their watches are closed, and somebody who can mend it is told once.

Told is another channel of the same server that still listens, else the operator's channels.
"""

from collections.abc import Iterator
from datetime import datetime

from bot.messages.limits import fit
from bot.messages.markdown import escape
from bot.messages.message import Embed, Message
from bot.messages.message_json import message_to_json
from bot.messages.render import AMBER
from db import outbox, watches
from db.connection import Database
from db.outbox import OutboxDraft, OutboxKind, OutboxRow
from db.watches import Watch


def closed(db: Database, row: OutboxRow) -> str | None:
    """Return why the row's watch no longer takes messages, None while it does."""
    watch = watches.get_watch(db, row.watch_id) if row.watch_id is not None else None
    return None if watch is None or watch.disabled_at is None else watch.disabled_reason or "the watch is closed"


def close_target(db: Database, row: OutboxRow, *, reason: str, now: datetime) -> None:
    """Stop every watch that writes to the row's target and tell who can mend it."""
    with db.atomic():
        shut = [watch for watch in watches.list_watches(db, enabled_only=True) if watch.target == row.target]
        for watch in shut:
            watches.disable_watch(db, watch.id, reason=reason, now=now)
        if shut:
            for draft in _notices(db, shut[0], reason, row):
                outbox.enqueue(db, draft, now=now)


def _notices(db: Database, shut: Watch, reason: str, row: OutboxRow) -> Iterator[OutboxDraft]:
    listening = watches.list_watches(db, enabled_only=True)
    here = [watch for watch in listening if shut.guild_id is not None and watch.guild_id == shut.guild_id][:1]
    embed = Embed(
        title="A channel no longer takes messages",
        colour=AMBER,
        description=f"{_place(shut)}: {escape(reason)}. Its watch is closed; mend the permissions, then run `/setup` there.",
        footer="sent once",
    )
    for watch in here or [watch for watch in listening if watch.is_operator]:
        yield OutboxDraft(
            kind=OutboxKind.NOTICE,
            target=watch.target,
            key=f"closed:{shut.target}:{row.id}",
            payload=message_to_json(Message(embeds=(fit(embed),))),
            name=f"closed: {shut.target}",
            watch_id=watch.id,
        )


def _place(watch: Watch) -> str:
    return f"<#{watch.channel_id}>" if watch.channel_id is not None else f"Webhook `{watch.webhook_setting}`"
