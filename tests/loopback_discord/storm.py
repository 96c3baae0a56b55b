"""Bad weather between the deliverer and Discord, for tests and benchmarks: errors, lost answers, outages, kills.

Time runs sixty times faster for the deliverer and for the server's memory of nonces alike, so that outages longer
than the nonce window fit into seconds.
"""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.delivery.outbox import Deliverer
from bot.discord.channel import DiscordChannel
from bot.discord.client import PulseClient, Supervisor
from bot.discord.services import Services
from bot.messages.message import Embed, Message
from bot.messages.message_json import message_to_json
from bot.store import Store
from db import outbox
from db.outbox import OutboxDraft, OutboxKind, OutboxRow, OutboxState
from tests.loopback_discord.rest import failing, rate_limited
from tests.loopback_discord.server import loopback_discord

SPEED = 60.0
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


class FastTime:
    """The loop's clock, sped up, as an instant, as seconds and as a sleep."""

    def __init__(self):
        self._start = asyncio.get_running_loop().time()

    def seconds(self):
        return (asyncio.get_running_loop().time() - self._start) * SPEED

    def now(self):
        return NOON + timedelta(seconds=self.seconds())

    async def sleep(self, seconds):
        await asyncio.sleep(seconds / SPEED)


class Storm:
    """Decides the fate of each call. `outages` are (start, end) in fast seconds."""

    def __init__(self, time, seed, outages):
        self.random, self.time, self.outages = random.Random(seed), time, outages
        self.struck = Counter()
        self.over = False

    def __call__(self, method, path):
        if self.over or "/messages" not in path:
            return None
        if any(start <= self.time.seconds() < end for start, end in self.outages):
            return self._strike(self.random.choice(["reset", "swallow"]) if method == "POST" else "reset")
        roll = self.random.random()
        for share, trouble in ((0.02, "reset"), (0.04, "swallow"), (0.065, 503), (0.09, 429)):
            if roll < share:
                return self._strike(trouble)
        return None

    def _strike(self, trouble):
        self.struck[trouble] += 1
        if trouble == 429:
            return rate_limited(0.01)
        return failing(trouble) if isinstance(trouble, int) else trouble


def enqueue_all(db, channels, count, *, now=NOON):
    for number in range(count):
        message = Message(embeds=(Embed(title=f"alert {number}", colour=1, footer="f"),))
        target = f"channel:{channels[number % len(channels)]}"
        draft = OutboxDraft(
            kind=OutboxKind.NOTICE, target=target, key=str(number), payload=message_to_json(message), name="n"
        )
        outbox.enqueue(db, draft, now=now)


def is_done(db):
    open_states = (OutboxState.PENDING, OutboxState.SENDING)
    return not any(outbox.count_by_state(db).get(state) for state in open_states)


async def weather(discord, storm, store, line, time, *, kills):
    """Start and kill deliverers until nothing is open; cut the gateway now and then."""
    for life in range(10_000):
        deliverer = Deliverer(store, {"channel": DiscordChannel(line, timeout_s=2.0)}, clock=time.now, sleep=time.sleep)
        work = asyncio.create_task(deliverer.deliver_due())
        await asyncio.wait({work}, timeout=storm.random.uniform(0.01, 0.15) if life < kills else 1.0)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        if life % 15 == 7:
            discord.gateway.abort_all()
        storm.over = life > kills * 2
        if await store.run(is_done):
            return
        await asyncio.sleep(0.01)


@dataclass(frozen=True)
class Outcome:
    """What came of a storm: the rows, how often each marker stands on Discord, the order per channel."""

    rows: list[OutboxRow]
    seen: Counter
    order: list[list[int]]
    struck: Counter

    def count(self, state: OutboxState) -> int:
        return sum(row.state is state for row in self.rows)

    @property
    def wrong(self) -> list[int]:
        """Rows said to be sent that are not there exactly once, and uncertain ones that are there twice."""
        return [
            row.id
            for row in self.rows
            if (row.state is OutboxState.SENT and self.seen[f"MP-{row.id}"] != 1) or self.seen[f"MP-{row.id}"] > 1
        ]


async def brave(
    folder: Path, *, alerts: int, kills: int, readable: bool = True, seed: int = 7, within_s: float = 50
) -> Outcome:
    """Send alerts to twenty channels through a storm."""
    store = Store(folder / "storm.db")
    async with loopback_discord(folder) as discord:
        time = FastTime()
        discord.memory.clock = time.seconds
        if not readable:
            discord.memory.unreadable = set(discord.memory.channels)
        storm = discord.rest.fault = Storm(time, seed=seed, outages=[(30, 90), (120, 300)])
        await store.run(enqueue_all, discord.memory.channels, alerts)
        supervisor = Supervisor(
            lambda: PulseClient(Services(store=store), connector=discord.connector(), guild_ready_timeout=0.05),
            "good-token",
            sleep=lambda _: asyncio.sleep(0.01),
        )
        connection = asyncio.create_task(supervisor.run())
        async with asyncio.timeout(within_s):
            await weather(discord, storm, store, supervisor, time, kills=kills)
        connection.cancel()
        await asyncio.gather(connection, return_exceptions=True)
        rows = await store.run(outbox.list_outbox, limit=alerts)
        seen = Counter(marker_of(message) for message in discord.memory.messages)
        order = [[int(marker_of(m)[3:]) for m in discord.memory.in_channel(c)] for c in discord.memory.channels]
    store.close()
    return Outcome(rows=rows, seen=seen, order=order, struck=storm.struck)


def marker_of(message) -> str:
    return message.body["embeds"][0]["footer"]["text"].split()[0]
