"""The database at scale: views and commands, resolving one more mention, bytes per article.

Generated: 1,000,000 articles, 20,000 of them telling 5,000 deals with some 200,000 claims; quick: a twentieth.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from db import deals, desk
from db.connection import Database, open_database
from db.deals import DealFilter
from db.views import SORTS, read_view
from extractors.closed_sets import CapacityKind, DealStatus, DealType, Direction, PartyKind, Where
from extractors.models import Evidence, Extraction, Mention, Reaction

FULL = {"articles": 1_000_000, "deals": 5_000, "miners": 100}
QUICK = {"articles": 50_000, "deals": 250, "miners": 20}
TELLINGS = 4
START = datetime(2024, 1, 1, tzinfo=UTC)
#: A day half-way, for questions of the past.
PAST = START + timedelta(days=350)


def measure(*, quick: bool) -> dict[str, float]:
    """Return view_p95_ms, command_p95_ms, resolve_ms (resolution alone), store_ms (all of it), bytes_per_article."""
    size = QUICK if quick else FULL
    dice = random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        db = open_database(path)
        store_ms = fill(db, dice, size)
        resolve_ms = list(_resolve(db, dice, size))
        db.execute("ANALYZE")
        views = [_timed(_page(db, view, sort)) for view, sorts in SORTS.items() for sort in sorts for _ in range(5)]
        commands = [_timed(call) for call in _commands(db, dice, size)]
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        claims = db.execute("SELECT count(*) FROM claims").fetchone()[0]
        db.close()
        return {
            "view_p95_ms": _p95(views),
            "command_p95_ms": _p95(commands),
            "resolve_ms": statistics.median(resolve_ms),
            "resolve_p95_ms": _p95(resolve_ms),
            "store_ms": statistics.median(store_ms),
            "bytes_per_article": path.stat().st_size / size["articles"],
            "claims": float(claims),
        }


def fill(db: Database, dice: random.Random, size: dict[str, int]) -> list[float]:
    """Fill a database with articles and the deals they tell; return what the last tellings took each, in ms."""
    _articles(db, size["articles"])
    return _tell(db, dice, size)


def _articles(db: Database, count: int) -> None:
    """Store articles whose texts retention has deleted, as most of a large file's are."""
    with db.atomic():
        db.conn.executemany(
            "INSERT INTO articles (url, title, text_hash, word_count, published_at, fetched_at, language, publisher,"
            " tier) VALUES (?, ?, ?, 500, ?, ?, 'en', ?, 'newswire')",
            (
                (
                    f"https://news.example/2025/{number}/a-story-about-something",
                    f"Story {number} about markets, miners and machines",
                    f"{number:064x}",
                    when,
                    when,
                    f"Paper {number % 40}",
                )
                for number in range(count)
                for when in [(START + timedelta(seconds=60 * number)).strftime("%Y-%m-%dT%H:%M:%SZ")]
            ),
        )


def _tell(db: Database, dice: random.Random, size: dict[str, int]) -> list[float]:
    """Let articles tell the deals, in random order; return what the last ones took each, in ms."""
    stories = [_story(dice, size["miners"]) for _ in range(size["deals"])]
    told = [story for story in stories for _ in range(TELLINGS)]
    dice.shuffle(told)
    step = size["articles"] // len(told)
    took = []
    for at, mention in enumerate(told):
        article_id = at * step + 1
        move = Reaction(company=mention.provider or "", direction=Direction.UP, pct=float(dice.randrange(1, 40)))
        extraction = Extraction(
            id=None, url=None, is_deal_article=True, deals=(mention,), reactions=(move,) if at % 2 else ()
        )
        began = time.perf_counter()
        desk.store_reading(
            db, article_id=article_id, extraction=extraction, extractor_version="bench", now=START + timedelta(days=800)
        )
        took.append((time.perf_counter() - began) * 1000)
    return took[-500:]


def _resolve(db: Database, dice: random.Random, size: dict[str, int]) -> Iterator[float]:
    """Time the resolution alone that one more mention of known parties causes."""
    for _ in range(200):
        miner = dice.randrange(size["miners"])
        parties = frozenset({f"miner {miner}", f"tenant {(miner + dice.randrange(10)) % 60}"})
        yield _timed(lambda parties=parties: desk.regroup(db, {parties}, grown=True))


def _story(dice: random.Random, miners: int) -> Mention:
    miner = dice.randrange(miners)
    proof = Evidence(where=Where.TITLE, start=0, end=5, text="Story", rule="bench")
    fields = ("provider", "customer", "value_usd", "capacity_mw", "term_years", "status", "deal_type", "site")
    return Mention(
        primary=True,
        provider=f"Miner {miner}",
        customer=f"Tenant {(miner + dice.randrange(10)) % 60}" if dice.random() < 0.93 else None,
        provider_kind=PartyKind.MINER,
        customer_kind=PartyKind.HYPERSCALER,
        miner_hyperscaler=True,
        deal_type=dice.choice((DealType.HOSTING_LEASE, DealType.CLOUD_CONTRACT)),
        status=DealStatus.SIGNED,
        value_usd=Decimal(dice.randrange(50, 9000) * 10**6),
        capacity_mw=float(dice.randrange(10, 600)),
        capacity_kind=CapacityKind.IT,
        term_years=float(dice.randrange(3, 16)),
        site=f"Site {dice.randrange(400)}",
        evidence=dict.fromkeys(fields, (proof,)),
        confidence=0.9,
    )


def _commands(db: Database, dice: random.Random, size: dict[str, int]) -> Iterator[Callable[[], object]]:
    slugs = [row[0] for row in db.execute("SELECT slug FROM deals ORDER BY id")]
    for _ in range(20):
        miner = f"Miner {dice.randrange(size['miners'])}"
        slug = dice.choice(slugs)
        filters = (
            DealFilter(limit=10),
            DealFilter(company=miner, limit=10),
            DealFilter(sort="value", limit=10),
            DealFilter(sort="mw", since="2025-01-01", limit=10),
            DealFilter(text=f"{miner} lease", limit=10),
            DealFilter(as_of=PAST, limit=10),
            DealFilter(as_of=PAST, sort="value", company=miner, limit=10),
            DealFilter(as_of=PAST, sort="mw", statuses=("signed",), limit=10),
            DealFilter(as_of=PAST, sort="updated", text=f"{miner} lease", limit=10),
        )
        yield lambda slug=slug: deals.get_deal(db, slug)
        yield lambda slug=slug: deals.get_deal(db, slug, as_of=PAST)
        for wanted in filters:
            yield lambda wanted=wanted: deals.list_deals(db, wanted)
        yield lambda: deals.count_deals(db)
        yield lambda: deals.count_deals(db, DealFilter(as_of=PAST))


def _page(db: Database, view: str, sort: str) -> Callable[[], object]:
    return lambda: read_view(db, view, sort=sort, limit=50)


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]
