"""Takes in articles in processes that are killed: `python ingest_process.py DATABASE KILLS SEED`.

Each round is the pipeline's transaction: article, mentions, deals, an outbox row and the entry's state together.
"""

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from db import articles, desk, entries, outbox
from db.connection import Database, open_database
from db.outbox import OutboxDraft, OutboxKind
from db.records import ArticleDraft, EntryState, SourceTier
from extractors.closed_sets import DealStatus, DealType, PartyKind, Where
from extractors.models import Evidence, Extraction, Mention

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def take_in(db: Database, entry_id: int, dice: random.Random) -> None:
    """Store one entry as an article, all or nothing."""
    miner, tenant = f"Miner {dice.randrange(5)}", f"Tenant {dice.randrange(5)}"
    amount = dice.randrange(1, 9)
    text = f"{miner} signed {tenant} for ${amount} billion, report {entry_id}."
    words = f"${amount} billion"
    start = text.index(words)
    told = NOW + timedelta(days=dice.randrange(300))
    mention = Mention(
        primary=True,
        provider=miner,
        customer=tenant,
        provider_kind=PartyKind.MINER,
        customer_kind=PartyKind.AI_LAB,
        miner_hyperscaler=True,
        deal_type=DealType.CLOUD_CONTRACT,
        status=DealStatus.SIGNED,
        value_usd=Decimal(amount * 10**9),
        evidence={
            "value_usd": (Evidence(where=Where.TEXT, start=start, end=start + len(words), text=words, rule="r"),)
        },
    )
    draft = ArticleDraft(
        entry_id=entry_id,
        feed_id=1,
        url=f"https://news.example/{entry_id}",
        canonical_url=None,
        title=f"{miner} signs {tenant}",
        text=text,
        published_at=told,
        fetched_at=told,
        language="en",
        publisher=f"Paper {entry_id % 7}",
        tier=SourceTier.NEWSWIRE,
    )
    with db.atomic():
        article_id = articles.insert_article(db, draft, now=told)
        extraction = Extraction(id=None, url=None, is_deal_article=True, deals=(mention,))
        for change in desk.store_reading(
            db, article_id=article_id, extraction=extraction, extractor_version="1", now=told
        ):
            message = OutboxDraft(
                kind=OutboxKind.ALERT,
                target="channel:1",
                key=f"alert:{change.after.id}",
                payload={},
                name=change.after.name,
                deal_id=change.after.id,
            )
            outbox.enqueue(db, message, now=told)
        entries.set_entry_state(db, entry_id, EntryState.DONE)


def work(path: str, dice: random.Random, ready: int) -> None:
    """Take in every entry that waits; tell the parent when it begins, and of each that is done."""
    db = open_database(path)
    os.write(ready, b"1")
    while waiting := entries.pending_entries(db, limit=20, now=NOW + timedelta(days=900)):
        for entry in waiting:
            take_in(db, entry.id, dice)
            os.write(ready, b"1")
    db.close()


def kill_one(path: str, dice: random.Random) -> None:
    """Let a child work for a moment, then kill it without warning."""
    started, ready = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(started)
        work(path, random.Random(dice.random()), ready)
        os._exit(0)
    # On a busy machine a moment may be too short for anything; now and then wait for one entry.
    for _ in range(dice.choice((1, 1, 2))):
        os.read(started, 1)
    time.sleep(dice.uniform(0, 0.08))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(started)
    os.close(ready)


def main(path: str, kills: str, seed: str) -> None:
    """Start and kill children one after the other."""
    dice = random.Random(seed)
    for _ in range(int(kills)):
        kill_one(path, dice)


if __name__ == "__main__":
    main(*sys.argv[1:])
