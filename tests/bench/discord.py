"""The bot under load: fifty interactions a second for thirty seconds over TLS and real sockets, beside everything else.

The whole service runs here on a desk of many deals: the collector fetches feeds without pause, the extractor reads
what is new, deals are stored and alerted. Discord with its crowd and the feeds are processes of their own, so that
what is measured is this process. Two fifths of the interactions are people typing, a tenth asks for a picture.

answers_per_s, first_answer_median_ms, first_answer_p99_ms   the first answer, a deferral included (target 1,000)
typing_p99_ms         what is offered while somebody types (target 300)
last_answer_after_s   how long after the last question the last deferred answer came, pictures and all
heartbeat_late        heartbeats more than half a second late
loop_stall_ms         the longest time this event loop did not get round (target 100)
articles_read, alerts_sent   what the service did meanwhile
alert_p99_s           from an alert's row in the outbox to its message, to the second (target 5)
load_per_core         the machine's load at the end; above 1 others compete for the cores and the figures are theirs too
"""

import asyncio
import json
import os
import random
import ssl
import statistics
import sys
import tempfile
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.app import open_parts
from bot.catalog import FeedSpec
from bot.delivery.office import open_delivery
from bot.demo import demo_settings
from bot.garbage import spare_what_stays
from bot.pipeline import Parts, read_pending
from bot.settings import Settings, load_settings
from db.connection import Database, open_database
from db.records import SourceTier
from tests.bench._collector_run import Stalls
from tests.bench.db import fill
from tests.loopback_discord.certificates import AUTHORITY
from tests.loopback_discord.wire import connector

RATE = 50
ROOT = Path(__file__).parents[2]
QUICK = {"articles": 400, "deals": 100, "miners": 20}
FULL = {"articles": 4_000, "deals": 1_000, "miners": 40}


def measure(*, quick: bool) -> dict[str, float]:
    """Measure one run; times in milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        return asyncio.run(_load(Path(name), seconds=5 if quick else 30, quick=quick))


async def _load(folder: Path, *, seconds: float, quick: bool) -> dict[str, float]:
    settings = _settings(folder)
    await asyncio.to_thread(_fill, settings.database_path, QUICK if quick else FULL)
    now = datetime.now(UTC)
    papers = 20 if quick else 80
    async with (
        _process("tests.bench._newsroom", papers) as newsroom,
        _process("tests.bench._discord_crowd", folder, RATE, 5) as crowd,
    ):
        port = int(await crowd.stdout.readline())
        feeds = _feeds(papers, int(await newsroom.stdout.readline()))
        trusting = await asyncio.to_thread(ssl.create_default_context, cafile=str(folder / AUTHORITY))
        async with (
            open_parts(settings, feeds=feeds, now=now - timedelta(days=7)) as parts,
            open_delivery(
                settings, parts.store, console=Console(file=StringIO()), now=now - timedelta(days=7),
                connector=lambda: connector(port, trusting),
            ) as delivery,
        ):  # fmt: skip
            done = Work(parts, delivery)
            tasks = [asyncio.create_task(work()) for work in (done.collect, done.read, done.deliver)]
            await done.warm.wait()
            before = await parts.store.run(_articles)
            spare_what_stays()
            async with Stalls() as stalls:
                crowd.stdin.write(f"{seconds}\n".encode())
                told = json.loads(await crowd.stdout.readline())
            read = await parts.store.run(_articles) - before
            waits = await parts.store.run(_alert_waits)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    return _figures(told, stalls) | {"articles_read": float(read), "alert_p99_s": _p99(waits)}


def _figures(told: dict[str, Any], stalls: Stalls) -> dict[str, float]:
    waits = [wait for kind in told["waits"].values() for wait in kind]
    if told["objections"]:
        print(told["objections"])
    return {
        "answers_per_s": (len(waits) - told["unanswered"]) / told["asking_s"],
        "first_answer_median_ms": statistics.median(waits) * 1000,
        "first_answer_p99_ms": _p99(waits) * 1000,
        "typing_p99_ms": _p99(told["waits"]["typing"]) * 1000,
        "unanswered": float(told["unanswered"] + told["broken"]),
        "last_answer_after_s": told["all_told_s"],
        "heartbeat_late": float(sum(late > 0.5 for late in told["beats_late_s"])),
        "heartbeat_late_ms": max(told["beats_late_s"], default=0.0) * 1000,
        "loop_stall_ms": stalls.longest_s * 1000,
        "alerts_sent": float(told["alerts"]),
        "load_per_core": os.getloadavg()[0] / (os.cpu_count() or 1),
    }


def _alert_waits(db: Database) -> list[float]:
    """Return how many seconds each alert lay in the outbox."""
    sent = db.execute("SELECT created_at, finished_at FROM outbox WHERE state = 'sent' AND kind = 'alert'")
    return [(datetime.fromisoformat(end) - datetime.fromisoformat(begin)).total_seconds() for begin, end in sent]


def _articles(db: Database) -> int:
    return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98]


class Work:
    """What the service does beside answering, without the pauses that it makes otherwise."""

    def __init__(self, parts: Parts, delivery: Any) -> None:
        self._parts, self._delivery = parts, delivery
        self.warm = asyncio.Event()

    async def collect(self) -> None:
        while True:
            await self._parts.collector.update_feeds(datetime.now(UTC), scheduled=False)
            await asyncio.sleep(0.5)

    async def read(self) -> None:
        while True:
            await read_pending(self._parts, clock=lambda: datetime.now(UTC))
            await asyncio.sleep(0.1)

    async def deliver(self) -> None:
        while True:
            if await self._delivery.deliver():
                self.warm.set()
            await asyncio.sleep(1)


def _settings(folder: Path) -> Settings:
    os.environ["DISCORD_TOKEN"] = "good-token"
    settings = demo_settings(load_settings(None, database_path=None), folder)
    return settings.model_copy(
        update={"discord": settings.discord.model_copy(update={"alert_channels": (500, 501), "digest_channels": ()})}
    )


def _fill(path: Path, size: dict[str, int]) -> None:
    db = open_database(path)
    fill(db, random.Random(5), size)
    db.close()


def _feeds(count: int, port: int) -> list[FeedSpec]:
    return [
        FeedSpec(
            key=f"paper{n}", title=f"Paper {n}", url=f"http://127.0.0.1:{port}/feed/{n}", group="news",
            tier=SourceTier.TRADE_PRESS, poll_minutes=10, homepage="", url_source="bench",
        )
        for n in range(count)
    ]  # fmt: skip


@asynccontextmanager
async def _process(module: str, *arguments: object):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *map(str, arguments),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=ROOT, limit=1 << 24,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.stdin.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), 5)
        if process.returncode is None:
            process.kill()
