"""Plays the past through a watch in a database in memory, with the very code that resolves and announces live.

    play(steps, watch, …) -> Iterator[PastAlert]

What the operator merged, split or corrected later is left out: it was not known then.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.delivery.announce import announce
from bot.delivery.news import DEFAULT_RULES, Rules
from bot.messages.message import Message
from bot.messages.message_json import message_from_json
from bot.replay.steps import Step
from db import articles, outbox, watches
from db.companies import sync_companies
from db.connection import Database, open_memory
from db.desk import DealChange, store_reading
from db.history import import_row
from db.history_pages import pages_of
from db.mentions import of_history
from db.outbox import OutboxKind, OutboxRow
from db.records import ArticleDraft, SourceTier
from db.replay import StoredReading
from db.watches import WatchDraft
from extractors.models import Company, PartialDate

if TYPE_CHECKING:
    from bot.pipeline import Valuer


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAlert:
    """An alert that would have been sent. `kind` is new, change, rumour or reaction; `day` says how exact `at` is."""

    at: datetime
    day: PartialDate | None
    kind: str
    is_reply: bool
    deal: str
    message: Message
    held_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Under which terms the past is played: from when to when, the operator's rules, how deals are valued."""

    start: datetime
    end: datetime
    rules: Rules = DEFAULT_RULES
    min_confidence: float = 0.0
    value: "Valuer | None" = None


def play(
    steps: Iterable[Step], watch: WatchDraft, terms: Terms, *, companies: Iterable[Company] = ()
) -> Iterator[PastAlert]:
    """Yield what the watch would have been sent, oldest first. What was told before the start is known, not news."""
    db = open_memory()
    try:
        sync_companies(db, companies)
        # A name of its own for the channel: nothing here can be sent.
        listening = replace(watch, guild_id=None, channel_id="replay", webhook_setting=None, starts_at=terms.start)
        watches.add_watch(db, listening, now=terms.start)
        stored: dict[int, int] = {}
        for step in steps:
            if step.at >= terms.end:
                return
            yield from _play_step(db, step, stored, terms)
    finally:
        db.close()


def _play_step(db: Database, step: Step, stored: dict[int, int], terms: Terms) -> Iterator[PastAlert]:
    with db.atomic():
        article_id, changes = _store(db, step, stored)
        for change in changes:
            if terms.value is not None:
                terms.value(db, change.after, step.at)
        told = [
            change.after.id
            for change in changes
            if announce(db, change, article_id, step.at, rules=terms.rules, min_confidence=terms.min_confidence)
        ]
    for deal_id in told:
        # A deal is told once in a step: its newest row is what this step brought.
        newest = max(outbox.list_outbox(db, deal_id=deal_id), key=lambda row: row.id)
        yield _alert(newest, step)


def _store(db: Database, step: Step, stored: dict[int, int]) -> tuple[int, tuple[DealChange, ...]]:
    if step.reading is not None:
        return _store_article(db, step.reading, stored)
    assert step.row is not None  # noqa: S101 - a step is a row or an article
    changes = import_row(db, step.row, pages_of([step.row]), now=step.at, tier=SourceTier.NEWSWIRE)
    told = [row.item for row in of_history(db, step.row.id)]
    return max(told, key=lambda item: (item.told_at, -item.article_id)).article_id, changes


def _store_article(db: Database, reading: StoredReading, stored: dict[int, int]) -> tuple[int, tuple[DealChange, ...]]:
    article = reading.article
    draft = ArticleDraft(
        entry_id=None,
        feed_id=None,
        url=article.url,
        canonical_url=article.canonical_url,
        title=article.title,
        text=article.text or "",
        published_at=article.published_at,
        fetched_at=reading.told_at,
        language=article.language,
        publisher=article.publisher,
        tier=article.tier,
    )
    copied = None if article.duplicate_of is None else stored.get(article.duplicate_of)
    article_id = articles.insert_article(db, draft, now=reading.told_at, duplicate_of=copied)
    stored[article.id] = article_id
    changes = store_reading(
        db, article_id=article_id, extraction=reading.extraction, extractor_version="replay", now=reading.told_at
    )
    return article_id, changes


def _alert(row: OutboxRow, step: Step) -> PastAlert:
    kind, _, deal = row.name.partition(": ")
    return PastAlert(
        at=step.at,
        day=step.day,
        kind=kind,
        is_reply=row.kind is OutboxKind.REPLY,
        deal=deal,
        message=message_from_json(row.payload),
        held_until=row.not_before,
    )
