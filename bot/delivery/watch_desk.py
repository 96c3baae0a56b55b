"""What happens to watches: added, listed, edited, removed, tested, and asked why. Database in, messages out."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta

from bot.delivery.announce import standing
from bot.delivery.news import judge
from bot.delivery.watch_requests import Wishes, apply_wishes, watch_words
from bot.delivery.watching import match, stages, style_of
from bot.discord.services import Services
from bot.errors import InputError
from bot.messages.digest import deal_line
from bot.messages.limits import MAX_DESCRIPTION, fit
from bot.messages.markdown import escape, join_lines
from bot.messages.message import Embed, Message
from bot.messages.render import AMBER, BLUE, DISCLAIMER, GREEN
from bot.messages.sourcing import best_source
from bot.messages.wording import moment, plural
from db import alert_messages, outbox, watches
from db.connection import Database
from db.deals import DealFilter, get_deal, list_deals
from db.records import DealRecord
from db.watches import Watch, WatchDraft

TEST_DAYS = 30
#: A channel's watches; more would be hard to tell apart.
MOST_WATCHES = 25


def setup(db: Database, *, guild_id: str, guild_name: str, channel_id: str, now: datetime) -> tuple[Watch, bool]:
    """Give a channel its sensible first watch; an existing one is kept. Return it and whether it is new."""
    present = watches.list_watches(db, channel_id=channel_id)
    if present:
        if present[0].disabled_at is not None:
            watches.enable_watch(db, present[0].id)
        return present[0], False
    draft = WatchDraft(name="deals", guild_id=guild_id, channel_id=channel_id, digest="weekly")
    return _add(db, draft, guild_name=guild_name, now=now), True


def add(db: Database, wishes: Wishes, *, guild_id: str, guild_name: str, channel_id: str, now: datetime) -> Watch:
    """Add a watch to a channel."""
    if len(watches.list_watches(db, guild_id=guild_id)) >= MOST_WATCHES:
        raise InputError(f"This server has {MOST_WATCHES} watches already; remove one with /watch remove.")
    draft = apply_wishes(WatchDraft(name="deals", guild_id=guild_id, channel_id=channel_id), wishes)
    return _add(db, draft, guild_name=guild_name, now=now)


def _add(db: Database, draft: WatchDraft, *, guild_name: str, now: datetime) -> Watch:
    with db.atomic():
        watches.guild_joined(db, str(draft.guild_id), name=guild_name, now=now)
        return watches.add_watch(db, draft, now=now)


def edit(db: Database, number: int, wishes: Wishes, *, guild_id: str) -> Watch:
    """Lay new wishes over a stored watch."""
    watch = own_watch(db, number, guild_id=guild_id)
    draft = WatchDraft(**{field.name: getattr(watch, field.name) for field in fields(WatchDraft)})
    return watches.replace_watch(db, watch.id, apply_wishes(draft, wishes))


def remove(db: Database, number: int, *, guild_id: str) -> Watch:
    """Delete a watch of this server."""
    watch = own_watch(db, number, guild_id=guild_id)
    watches.remove_watch(db, watch.id)
    return watch


def own_watch(db: Database, number: int, *, guild_id: str) -> Watch:
    """Return a watch of this server; other servers' watches do not exist here."""
    watch = watches.get_watch(db, number)
    if watch is None or watch.guild_id != guild_id:
        raise InputError(f"This server has no watch number {number}; /watch list shows them.")
    return watch


def _first_watch(db: Database, guild_id: str) -> Watch:
    found = watches.list_watches(db, guild_id=guild_id)
    if not found:
        raise InputError("No channel of this server listens yet; run /setup in the one that should.")
    return found[0]


def list_message(db: Database, *, guild_id: str) -> Message:
    """List a server's watches."""
    found = watches.list_watches(db, guild_id=guild_id)
    embed = Embed(
        title=plural(len(found), "watch").replace("watchs", "watches") if found else "No channel listens yet",
        colour=BLUE,
        description=join_lines(list(map(watch_line, found)), MAX_DESCRIPTION)
        if found
        else "Run /setup in the channel that should hear of deals.",
        footer=DISCLAIMER,
    )
    return Message(embeds=(fit(embed),))


def watch_line(watch: Watch) -> str:
    """Say a watch in a line with its number, its channel and, if it is closed, why."""
    closed = f"\n-# closed: {escape(watch.disabled_reason or '')}" if watch.disabled_at else ""
    role = f", mentions <@&{watch.role_id}>" if watch.role_id else ""
    return f"**{watch.id}** <#{watch.channel_id}> hears {escape(watch_words(watch))}{role}{closed}"


def test(db: Database, number: int, services: Services, *, guild_id: str) -> Message:
    """Show what the last 30 days would have sent to this watch."""
    watch = own_watch(db, number, guild_id=guild_id)
    now = services.clock()
    since = now - timedelta(days=TEST_DAYS)
    deals = list_deals(db, DealFilter(alerting_only=True, updated_since=since, limit=500))
    heard = [deal for deal in deals if deal.first_seen_at >= since and _would_hear(watch, deal, services, now)]
    style = style_of(watch)
    embed = Embed(
        title=f"{plural(len(heard), 'alert')} in the last {TEST_DAYS} days",
        author=f"Watch {watch.id}",
        colour=GREEN if heard else AMBER,
        description=join_lines([deal_line(deal, style=style) for deal in heard], MAX_DESCRIPTION)
        if heard
        else f"Nothing of {plural(len(deals), 'stored deal')} fits: it hears {escape(watch_words(watch))}.",
        footer=DISCLAIMER,
    )
    return Message(embeds=(fit(embed),))


def _would_hear(watch: Watch, deal: DealRecord, services: Services, now: datetime) -> bool:
    return match(watch, standing(deal, now=now), deal, min_confidence=services.min_confidence)


def why(db: Database, wanted: str, number: int | None, services: Services, *, guild_id: str) -> Message:
    """Say stage by stage why a deal was or was not sent to a watch, the server's first unless numbered."""
    watch = own_watch(db, number, guild_id=guild_id) if number is not None else _first_watch(db, guild_id)
    deal = get_deal(db, wanted)
    if deal is None:
        raise InputError(f"I have no deal “{wanted[:80]}”. Start typing a company and pick one from the list.")
    sent = alert_messages.message_of(db, deal.id, watch.target)
    lines = list(_why(watch, deal, services))
    rows = [row for row in outbox.list_outbox(db, deal_id=deal.id) if row.target == watch.target]
    lines += [
        f"{_tick(row.message_id is not None)} **message MP-{row.id}** {row.state.value}"
        + (f": {escape(row.reason)[:150]}" if row.reason else "")
        for row in rows
    ]
    embed = Embed(
        title=f"{'Sent' if sent else 'Not sent'} to watch {watch.id}",
        author=deal.name,
        colour=GREEN if sent else AMBER,
        description=join_lines(lines, MAX_DESCRIPTION),
        footer=f"first seen {moment(deal.first_seen_at, style=style_of(watch), clock=True)} · {DISCLAIMER}",
    )
    return Message(embeds=(fit(embed),))


def _why(watch: Watch, deal: DealRecord, services: Services) -> Iterator[str]:
    """Judge the deal as if it were read for the first time, when it was."""
    article = best_source(deal)
    verdict = judge(_First(deal), now=deal.first_seen_at, article=article, rules=services.rules)
    yield f"{_tick(verdict.event is not None)} **news** {escape(verdict.reason)}"
    event = verdict.event or standing(deal, now=deal.first_seen_at)
    published = article.published_at if article else None
    for stage in stages(watch, event, deal, published_at=published, min_confidence=services.min_confidence):
        yield f"{_tick(stage.passed)} **{stage.name}** {escape(stage.reason)}"


class _First:
    """A deal as the change that brought it."""

    def __init__(self, deal: DealRecord) -> None:
        self.before: DealRecord | None = None
        self.after = deal


def _tick(passed: bool) -> str:
    return "✅" if passed else "✖️"
