"""What is kept only for a time, and let go of once a day: texts, fetch logs, run records, servers that were left."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.store import Store
from db.articles import forget_texts
from db.connection import Database, checkpoint
from db.entries import forget_contents
from db.feed_log import prune_fetch_log
from db.runs import forget_runs
from db.watches import purge_left_guilds

#: Records of the service's own work; long enough to look into a quarter's incidents.
KEEP_RECORDS = timedelta(days=90)
#: A server that removed the bot may bring it back and find its watches again for this long (promised in the README).
KEEP_LEFT_SERVERS = timedelta(days=30)


async def keep_up(store: Store, *, keep_text: timedelta, now: datetime) -> Mapping[str, int]:
    """Forget what is older than its time and return how many rows of each kind."""
    return await store.run(forget_old, keep_text=keep_text, now=now)


def forget_old(db: Database, *, keep_text: timedelta, now: datetime) -> Mapping[str, int]:
    """Do it in one transaction, then give the write-ahead log's space back."""
    with db.atomic():
        counts = {
            "texts": forget_texts(db, before=now - keep_text),
            "entry_contents": forget_contents(db, before=now - keep_text),
            "fetches": prune_fetch_log(db),
            "runs": forget_runs(db, before=now - KEEP_RECORDS),
            "servers": purge_left_guilds(db, before=now - KEEP_LEFT_SERVERS),
        }
    checkpoint(db)
    return counts
