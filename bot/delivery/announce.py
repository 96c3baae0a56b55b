"""From a changed deal to outbox rows: who hears it, as an alert, a reply or a silent edit of the sent alert.

Runs inside the transaction that stores the article, so an alert exists exactly when its deal does. Knows the rows of
watches and outbox; decides nothing about what is news and sends nothing.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.delivery.news import AGREED, DEFAULT_RULES, RUMOURED, Change, EventKind, NewsEvent, Rules, decide
from bot.delivery.watching import held_until, match, style_of
from bot.messages.message import Message
from bot.messages.message_json import message_to_json, rendering_hash
from bot.messages.render import alert_message, merged_message
from db import outbox
from db.alert_messages import AlertMessage, messages_of, messages_of_merged
from db.articles import get_article
from db.connection import Database
from db.deals import get_deal, records
from db.outbox import OutboxDraft, OutboxKind
from db.records import DealRecord, Source
from db.watches import Watch, list_watches

#: A sent alert is edited at once in its first hour, then at most once in a while.
EDIT_FREELY_FOR = timedelta(hours=1)
EDIT_EVERY = timedelta(minutes=15)


class StoredChange(Change, Protocol):
    """A change with the numbers of the deals that went into this one just now."""

    @property
    def merged(self) -> tuple[int, ...]: ...


def announce(
    db: Database,
    change: StoredChange,
    article_id: int,
    now: datetime,
    *,
    rules: Rules = DEFAULT_RULES,
    min_confidence: float = 0.0,
) -> int:
    """Write the outbox rows of one deal change and return how many alerts and replies there are."""
    deal = get_deal(db, change.after.id) or change.after  # again: its estimate was stored after the change was made
    article = get_article(db, article_id)
    source = next((s for s in deal.sources if s.article_id == article_id), None)
    alerting = article is None or article.alerting
    event = decide(_Again(change.before, deal), now=now, article=source, alerting=alerting, rules=rules)
    for merged in records(db, change.merged):
        # What a deal that went into this one had said already is no news.
        known = decide(_Again(merged, deal), now=now, article=source, alerting=alerting, rules=rules)
        event = event if known is not None else None
    told = 0
    if event is not None:
        drafts = alert_drafts(db, deal, event, source, now=now, min_confidence=min_confidence)
        told = sum(outbox.enqueue(db, draft, now=now) is not None for draft in drafts)
    for draft in edit_drafts(db, deal, now=now):
        outbox.enqueue(db, draft, now=now)
    return told


class _Again:
    """The same change with the deal as it stands now."""

    def __init__(self, before: DealRecord | None, after: DealRecord) -> None:
        self.before, self.after = before, after


def alert_drafts(
    db: Database, deal: DealRecord, event: NewsEvent, source: Source | None, *, now: datetime, min_confidence: float
) -> Iterator[OutboxDraft]:
    """Yield one draft per channel that hears the event; a second one for a known deal is a reply."""
    known = {row.target for row in outbox.list_outbox(db, deal_id=deal.id) if row.kind is OutboxKind.ALERT}
    published = source.published_at if source is not None else None
    for watch in list_watches(db, enabled_only=True):
        if match(watch, event, deal, published_at=published, min_confidence=min_confidence):
            message = alert_message(deal, event, style=style_of(watch))
            if watch.role_id is not None:
                message = replace(message, role_id=int(watch.role_id))
            kind = OutboxKind.REPLY if watch.target in known else OutboxKind.ALERT
            yield _draft(deal, watch, message, kind=kind, event=event, now=now)


def _draft(
    deal: DealRecord, watch: Watch, message: Message, *, kind: OutboxKind, event: NewsEvent, now: datetime
) -> OutboxDraft:
    key = f"alert:{deal.id}" if kind is OutboxKind.ALERT else f"reply:{deal.id}:{event.kind.value}:{_mark(event)}"
    return OutboxDraft(
        kind=kind,
        target=watch.target,
        key=key,
        payload=message_to_json(message),
        name=f"{event.kind.value}: {deal.name}",
        watch_id=watch.id,
        deal_id=deal.id,
        not_before=held_until(watch, now=now),
    )


def _mark(event: NewsEvent) -> str:
    """Tell one material change of a deal from the next."""
    moved = [f"{c.field}={c.before}>{c.after}" for c in event.changes]
    moved += [f"{r.reaction.company}:{r.reaction.session.value}:{r.reaction.direction.value}" for r in event.reactions]
    return hashlib.sha256("|".join(moved).encode()).hexdigest()[:12]


def edit_drafts(db: Database, deal: DealRecord, *, now: datetime) -> Iterator[OutboxDraft]:
    """Yield an edit for every sent alert that would read differently now: the deal's own, and those of deals that
    went into it, which point to it.
    """
    watches = {watch.id: watch for watch in list_watches(db)}
    own = {sent.target: sent for sent in messages_of(db, deal.id)}
    for sent in (*own.values(), *messages_of_merged(db, deal.id)):
        watch = watches.get(sent.watch_id) if sent.watch_id is not None else None
        if watch is None or watch.disabled_at is not None or sent.deleted_at is not None:
            continue
        if sent.deal_id == deal.id:
            message = alert_message(deal, standing(deal, now=now), style=style_of(watch))
        else:
            message = merged_message(deal, jump=_jump(watch, own.get(sent.target)), style=style_of(watch))
        if rendering_hash(message) != sent.rendering_hash:
            yield OutboxDraft(
                kind=OutboxKind.EDIT,
                target=sent.target,
                key=f"edit:{sent.deal_id}",
                payload=message_to_json(message),
                name=f"edit: {deal.name}",
                watch_id=watch.id,
                deal_id=sent.deal_id,
                not_before=_edit_after(sent, now=now),
            )


def write_edits(db: Database, changes: Iterable[Change], *, now: datetime) -> int:
    """Bring sent alerts in line with deals that a person corrected, merged or split; announce nothing."""
    fresh = (deal for change in changes if (deal := get_deal(db, change.after.id)) is not None)
    drafts = [draft for deal in fresh for draft in edit_drafts(db, deal, now=now)]
    return sum(outbox.enqueue(db, draft, now=now) is not None for draft in drafts)


def _jump(watch: Watch, sent: AlertMessage | None) -> str | None:
    """Return the address of a message in its Discord channel; a webhook's is not known."""
    if sent is None or watch.guild_id is None or watch.channel_id is None:
        return None
    return f"https://discord.com/channels/{watch.guild_id}/{watch.channel_id}/{sent.message_id}"


def standing(deal: DealRecord, *, now: datetime) -> NewsEvent:
    """Return the event under which a deal's card is shown when nothing just happened."""
    status = deal.facts.status
    kind = EventKind.NEW if status in AGREED else EventKind.RUMOUR if status in RUMOURED else EventKind.CHANGE
    return NewsEvent(kind=kind, at=now)


def _edit_after(sent: AlertMessage, *, now: datetime) -> datetime | None:
    if now - sent.sent_at <= EDIT_FREELY_FOR or sent.edited_at is None:
        return None
    return max(now, sent.edited_at + EDIT_EVERY)
