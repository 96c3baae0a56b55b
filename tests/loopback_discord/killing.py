"""The fault run: alerts leave through bad weather from a process that is killed with SIGKILL at random moments.

Bad weather is 5 % of answers 5xx (half of them although the message was taken), cut connections before and after the
message was taken, storms of rate limits, gateway connections cut, closed and made invalid, and outages shorter and
longer than Discord's memory of nonces. Some channels cannot be read back. New alerts are written meanwhile.
"""

import asyncio
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.messages.message import Embed, Message
from bot.messages.message_json import message_to_json
from bot.store import Store
from db import outbox
from db.connection import Database
from db.outbox import OutboxDraft, OutboxKind, OutboxRow, OutboxState
from tests.loopback_discord import memory
from tests.loopback_discord.deliver_process import FastTime, deliver
from tests.loopback_discord.rest import failing, rate_limited
from tests.loopback_discord.server import LoopbackDiscord, loopback_discord

#: Thirty seconds a second: the nonce window is four seconds long, a new process needs about half of one.
SPEED = 30.0
#: So many of the twenty channels cannot be read back.
CLOSED_BOOKS = 2
LATENCY_S = 0.08
#: A server process from which the killed ones are forked, so that each is there within a moment.
_NURSERY = multiprocessing.get_context("forkserver")
_NURSERY.set_forkserver_preload(["tests.loopback_discord.deliver_process", "bot.cogs", "bot.discord.presses"])


class Weather:
    """Decides the fate of each call that concerns messages. All times in fast seconds."""

    def __init__(self, seconds: Callable[[], float], dice: random.Random) -> None:
        self._seconds, self._dice = seconds, dice
        self.struck: Counter[str] = Counter()
        self.is_over = False
        self._outages = list(_periods(dice, pause_s=(150, 350), lasting_s=((15, 60), (150, 240))))
        self._storms = list(_periods(dice, pause_s=(60, 200), lasting_s=((10, 40),)))

    def __call__(self, method: str, path: str):
        if self.is_over or "/messages" not in path:
            return None
        if _is_in(self._outages, self._seconds()):
            return self._strike("outage", self._dice.choice(("reset", "swallow")) if method == "POST" else "reset")
        if _is_in(self._storms, self._seconds()) and self._dice.random() < 0.5:
            return self._strike("429", rate_limited(0.05, everywhere=self._dice.random() < 0.2))
        return self._everyday(self._dice.random())

    def _everyday(self, roll: float):
        if roll < 0.025:
            return self._strike("5xx", failing(self._dice.choice((500, 502, 503, 504))))
        if roll < 0.05:
            return self._strike("5xx taken", "taken, but failing")
        if roll < 0.07:
            return self._strike("reset", "reset")
        return self._strike("swallow", "swallow") if roll < 0.09 else None

    def _strike(self, name: str, trouble: object) -> object:
        self.struck[name] += 1
        return trouble


def _periods(dice: random.Random, *, pause_s, lasting_s) -> Iterator[tuple[float, float]]:
    at = 0.0
    while at < 100_000:
        for shortest, longest in lasting_s:
            at += dice.uniform(*pause_s)
            end = at + dice.uniform(shortest, longest)
            yield at, end
            at = end


def _is_in(periods: list[tuple[float, float]], at: float) -> bool:
    return any(start <= at < end for start, end in periods)


def enqueue(db: Database, channels: tuple[int, ...], numbers: range, *, now) -> None:
    """Write alerts into the outbox, one channel after the other."""
    for number in numbers:
        message = Message(embeds=(Embed(title=f"alert {number}", colour=1, footer="f"),))
        target = f"channel:{channels[number % len(channels)]}"
        draft = OutboxDraft(
            kind=OutboxKind.ALERT, target=target, key=str(number), payload=message_to_json(message), name="n"
        )
        outbox.enqueue(db, draft, now=now)


def is_done(db: Database) -> bool:
    return not any(count_open(db))


def count_open(db: Database) -> tuple[int, int]:
    """Return how many rows wait and how many are under way."""
    counts = outbox.count_by_state(db)
    return counts.get(OutboxState.PENDING, 0), counts.get(OutboxState.SENDING, 0)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a run: the rows, how often each marker stands on Discord, the order of each channel.

    `under_way` counts the rows that were being sent when their process was killed, `recognised` the messages that
    Discord knew by their nonce.
    """

    rows: list[OutboxRow]
    seen: Counter[str]
    order: list[list[int]]
    struck: Counter[str]
    kills: int
    under_way: int
    recognised: int
    objections: list[str]

    def count(self, state: OutboxState) -> int:
        return sum(row.state is state for row in self.rows)

    @property
    def wrong(self) -> list[str]:
        """Say which rows are neither sent and there once, nor uncertain and there once or not at all."""
        allowed = {OutboxState.SENT: {1}, OutboxState.UNCERTAIN: {0, 1}}
        return [
            f"MP-{row.id} {row.state} ({row.reason}), there {self.seen[f'MP-{row.id}']} times"
            for row in self.rows
            if self.seen[f"MP-{row.id}"] not in allowed.get(row.state, set())
        ]

    @property
    def out_of_order(self) -> int:
        return sum(ids != sorted(ids) for ids in self.order)


@dataclass(kw_only=True)
class Run:
    """One fault run against one server."""

    discord: LoopbackDiscord
    store: Store
    folder: Path
    clock: FastTime
    weather: Weather
    dice: random.Random
    under_way: int = 0

    async def brave(self, *, alerts: int, kills: int) -> None:
        """Write all alerts, a few a life; kill each process at a random moment, let the last one finish in peace."""
        for life in range(kills):
            await self._life(range(alerts * life // kills, alerts * (life + 1) // kills))
        self.weather.is_over = True
        process = await self._born()
        while not await self.store.run(is_done):  # noqa: ASYNC110 - the rows are another process's
            await asyncio.sleep(0.1)
        await self._kill(process)

    async def _life(self, numbers: range) -> None:
        process = await self._born()
        middle = (numbers.start + numbers.stop) // 2
        for part in (range(numbers.start, middle), range(middle, numbers.stop)):
            await self.store.run(enqueue, self.discord.memory.channels, part, now=self.clock.now())
            await asyncio.sleep(self.dice.uniform(0.1, 0.6))
            await self._cut_the_line()
        await self._kill(process)
        self.under_way += (await self.store.run(count_open))[1]
        if self.dice.random() < 0.04:  # long enough for Discord to forget every nonce
            await self.clock.sleep(self.dice.uniform(1.1, 2) * memory.NONCE_S)

    async def _cut_the_line(self) -> None:
        gateway = self.discord.gateway
        roll = self.dice.random()
        if roll < 0.1:
            gateway.abort_all()
        elif roll < 0.2:
            await gateway.ask_to_reconnect()
        elif roll < 0.3:
            gateway.refuse_resume = roll < 0.22
            await gateway.close_all(4000)

    async def _born(self):
        process = _NURSERY.Process(
            target=deliver, args=(self.discord.port, self.folder, self.store.path, self.clock), daemon=True
        )
        await asyncio.to_thread(process.start)
        return process

    async def _kill(self, process) -> None:
        process.kill()
        await asyncio.to_thread(process.join)


async def brave(folder: Path, *, alerts: int, kills: int, seed: int = 7, within_s: float) -> Outcome:
    """Send alerts to twenty channels, killing the sender again and again, and say what came of it."""
    dice = random.Random(seed)
    store = Store(folder / "outbox.db")
    clock = FastTime(started=time.monotonic(), speed=SPEED)
    try:
        async with loopback_discord(folder) as discord, asyncio.timeout(within_s):
            discord.memory.clock = clock.seconds
            discord.memory.unreadable = set(discord.memory.channels[-CLOSED_BOOKS:])
            discord.rest.latency_s = lambda: dice.uniform(0, LATENCY_S)
            weather = discord.rest.fault = Weather(clock.seconds, dice)
            run = Run(discord=discord, store=store, folder=folder, clock=clock, weather=weather, dice=dice)
            await run.brave(alerts=alerts, kills=kills)
            rows = await store.run(outbox.list_outbox, limit=alerts)
    finally:
        store.close()
    messages = {channel: discord.memory.in_channel(channel) for channel in discord.memory.channels}
    return Outcome(
        rows=rows,
        seen=Counter(marker_of(message) for found in messages.values() for message in found),
        order=[[int(marker_of(message)[3:]) for message in found] for found in messages.values()],
        struck=weather.struck,
        kills=kills,
        under_way=run.under_way,
        recognised=discord.memory.recognised,
        objections=discord.rest.objections,
    )


def marker_of(message: memory.Message) -> str:
    """Return the row's marker at the start of a message's footer."""
    return message.body["embeds"][0]["footer"]["text"].split()[0]
