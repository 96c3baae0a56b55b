"""The bot under load and in a storm, over TLS and real sockets against a loopback Discord in a thread of its own.

Load: fifty interactions a second while articles are extracted beside it. Storm: alerts to twenty channels through
errors, lost answers, rate limits, outages longer than the nonce window and a deliverer that is killed again and again.
"""

import asyncio
import statistics
import tempfile
import threading
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from bot.app import extractor_parts
from bot.discord.client import PulseClient, Supervisor
from bot.discord.services import Services
from bot.readers import Readers
from bot.settings import load_settings
from bot.store import Store
from db.outbox import OutboxState
from extractors.models import Article
from tests.loopback_discord.server import loopback_discord
from tests.loopback_discord.storm import brave

RATE = 50
COMMANDS = (("deals", None), ("status", None), ("help", None), ("feeds", None), ("league", None))
HEARTBEAT_S = 2.0
_TEXT = (
    "Northgate Digital said it will lease 120 MW of critical IT load to Redwood AI for ten years, worth $2.1 billion. "
    * 20
)


def measure(*, quick: bool) -> dict[str, float]:
    """Measure both; times in milliseconds, alerts in pieces."""
    with tempfile.TemporaryDirectory() as name:
        load = asyncio.run(_load(Path(name), seconds=3 if quick else 30))
        alerts, kills = (60, 10) if quick else (1000, 200)
        outcome = asyncio.run(brave(Path(name), alerts=alerts, kills=kills, within_s=50 if quick else 240))
    return load | {
        "storm_alerts": float(alerts),
        "storm_kills": float(kills),
        "storm_lost_or_doubled": float(len(outcome.wrong)),
        "storm_uncertain": float(outcome.count(OutboxState.UNCERTAIN)),
    }


async def _load(folder: Path, *, seconds: float) -> dict[str, float]:
    store = Store(folder / "load.db")
    async with _server_thread(folder) as (discord, elsewhere):
        supervisor = Supervisor(
            lambda: PulseClient(Services(store=store), connector=discord.connector(), guild_ready_timeout=0.1),
            "good-token",
        )
        tasks = [asyncio.create_task(supervisor.run()), asyncio.create_task(_extract())]
        while not (supervisor.client and supervisor.client.is_ready()):  # noqa: ASYNC110 - a foreign client
            await asyncio.sleep(0.02)
        stalls: list[float] = []
        tasks.append(asyncio.create_task(_watch_loop(stalls)))
        began, beats = asyncio.get_running_loop().time(), discord.gateway.heartbeats
        waits = await elsewhere(_ask(discord, seconds))
        took = asyncio.get_running_loop().time() - began
        due = int(took / HEARTBEAT_S) - 1
        late = max(0, due - (discord.gateway.heartbeats - beats))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    store.close()
    return {
        "answers_per_s": len(waits) / took,
        "first_answer_median_ms": statistics.median(waits) * 1000,
        "first_answer_p99_ms": statistics.quantiles(waits, n=100)[98] * 1000,
        "heartbeat_late": float(late),
        "loop_stall_ms": max(stalls, default=0.0) * 1000,
    }


async def _ask(discord: Any, seconds: float) -> list[float]:
    """Press commands at a steady rate and return how long each first answer took. Runs on the server's loop."""
    loop = asyncio.get_running_loop()
    asked: dict[str, float] = {}
    start = loop.time()
    for number in range(int(seconds * RATE)):
        await asyncio.sleep(max(0.0, start + number / RATE - loop.time()))
        name, group = COMMANDS[number % len(COMMANDS)]
        at = loop.time()
        asked[await discord.command(name, group=group)] = at
    with suppress(TimeoutError):
        async with asyncio.timeout(10):
            while len(discord.memory.answered_at) < len(asked):  # noqa: ASYNC110 - the server's tables have no event
                await asyncio.sleep(0.01)
    return [discord.memory.answered_at.get(token, loop.time()) - at for token, at in asked.items()]


async def _watch_loop(stalls: list[float]) -> None:
    loop = asyncio.get_running_loop()
    while True:
        before = loop.time()
        await asyncio.sleep(0.005)
        stalls.append(loop.time() - before - 0.005)


async def _extract() -> None:
    """Keep the extractor's processes busy, as a round of the collector does."""
    readers = Readers(extractor_parts(load_settings(None, database_path=None)), workers=1)
    try:
        while True:
            await readers.read([Article(title="Northgate leases 120 MW", text=_TEXT)] * 8)
    finally:
        readers.close()


@asynccontextmanager
async def _server_thread(folder: Path):
    """Run the loopback Discord on another thread's loop; yield it and a way to run coroutines there."""
    started: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    home = asyncio.get_running_loop()
    stop = threading.Event()

    async def serve() -> None:
        async with loopback_discord(folder, heartbeat_s=HEARTBEAT_S) as discord:
            home.call_soon_threadsafe(started.set_result, (discord, asyncio.get_running_loop()))
            while not stop.is_set():  # noqa: ASYNC110 - the event belongs to another thread
                await asyncio.sleep(0.05)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    discord, loop = await started

    async def elsewhere(coroutine: Any) -> Any:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(coroutine, loop))

    try:
        yield discord, elsewhere
    finally:
        stop.set()
        await asyncio.to_thread(thread.join)
