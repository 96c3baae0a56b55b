"""A process that does nothing but deliver, to be killed.

`deliver` is its life; `FastTime` a clock that this process and the server share, many times faster than the wall's, so
that outages longer than Discord's memory of nonces fit into seconds.
"""

import asyncio
import logging
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.delivery.outbox import Deliverer
from bot.discord.channel import DiscordChannel
from bot.discord.client import PulseClient, Supervisor
from bot.discord.services import Services
from bot.store import Store
from tests.loopback_discord.certificates import AUTHORITY
from tests.loopback_discord.wire import connector

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class FastTime:
    """The machine's monotonic clock, sped up: as an instant, as seconds and as a sleep."""

    started: float
    speed: float

    def seconds(self) -> float:
        return (time.monotonic() - self.started) * self.speed

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds())

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.speed)


def deliver(port: int, folder: Path, database: Path, clock: FastTime) -> None:
    """Deliver what the outbox holds until killed."""
    logging.disable()
    asyncio.run(_deliver(port, folder, database, clock))


async def _deliver(port: int, folder: Path, database: Path, clock: FastTime) -> None:
    trusting = ssl.create_default_context(cafile=str(folder / AUTHORITY))
    store = Store(database)
    supervisor = Supervisor(
        lambda: PulseClient(Services(store=store), connector=connector(port, trusting), guild_ready_timeout=0.05),
        "good-token",
        sleep=clock.sleep,
    )
    line = asyncio.create_task(supervisor.run())
    channel = DiscordChannel(supervisor, timeout_s=2.0, clock_s=clock.seconds)
    deliverer = Deliverer(store, {"channel": channel}, clock=clock.now, sleep=clock.sleep)
    while not line.done():
        await deliverer.deliver_due()
        await asyncio.sleep(0.02)
