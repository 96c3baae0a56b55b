"""The watches an operator sets in the settings: the console, webhooks, channels that hear alerts without asking.

They live beside those that people set on Discord, marked by their name; one that leaves the settings is disabled, not
deleted, so that its history stays.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.settings import Settings
from db.connection import Database
from db.watches import WatchDraft, add_watch, disable_watch, enable_watch, list_watches, replace_watch

CONSOLE = "console"
_MARK = "settings: "
_LEFT = "it is no longer in the settings"


def standing_watches(settings: Settings, *, with_console: bool) -> tuple[WatchDraft, ...]:
    """Return the watches the settings ask for; the console listens where Discord does not."""
    digest = settings.digest.send
    events = ("new", "change", "rumour") if settings.alerts.rumours else ("new", "change")
    digests = {str(channel) for channel in settings.discord.digest_channels}
    channels = [str(channel) for channel in settings.discord.alert_channels]
    drafts = [
        WatchDraft(
            name=f"{_MARK}{channel}",
            channel_id=channel,
            events=events,
            digest=digest if channel in digests else "none",
        )
        for channel in channels
    ]
    drafts += [
        WatchDraft(name=f"{_MARK}{channel}", channel_id=channel, events=(), digest=digest)
        for channel in sorted(digests - set(channels))
    ]
    drafts += [
        WatchDraft(name=f"{_MARK}{name}", webhook_setting=name, events=events, digest=digest)
        for name in settings.discord.webhooks
    ]
    drafts += [
        WatchDraft(name=f"{_MARK}operator {channel}", channel_id=str(channel), events=(), is_operator=True)
        for channel in settings.operator.channels
    ]
    if with_console:
        drafts.append(WatchDraft(name=f"{_MARK}{CONSOLE}", channel_id=CONSOLE, events=events))
    zone, at = settings.digest.timezone, settings.digest.at
    return tuple(replace(draft, time_zone=zone, digest_at=at) for draft in drafts)


def sync_standing_watches(db: Database, wanted: Sequence[WatchDraft], *, now: datetime) -> None:
    """Make the stored standing watches those that are wanted."""
    stored = {watch.name: watch for watch in list_watches(db) if watch.name.startswith(_MARK)}
    with db.atomic():
        for draft in wanted:
            known = stored.pop(draft.name, None)
            if known is None:
                add_watch(db, draft, now=now)
                continue
            replace_watch(db, known.id, draft)
            if known.disabled_reason == _LEFT:
                enable_watch(db, known.id)
        for watch in stored.values():
            disable_watch(db, watch.id, reason=_LEFT, now=now)
