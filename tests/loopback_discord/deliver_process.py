"""A process that does nothing but deliver, to be killed: python -m tests.loopback_discord.deliver_process PORT FOLDER DB."""

import asyncio
import ssl
import sys
from pathlib import Path

from bot.delivery.outbox import Deliverer
from bot.discord.channel import DiscordChannel
from bot.discord.client import PulseClient, Supervisor
from bot.discord.services import Services
from bot.store import Store
from tests.loopback_discord.certificates import AUTHORITY
from tests.loopback_discord.wire import connector


async def main(port: int, folder: Path, database: Path) -> None:
    trusting = ssl.create_default_context(cafile=str(folder / AUTHORITY))
    store = Store(database)
    supervisor = Supervisor(
        lambda: PulseClient(Services(store=store), connector=connector(port, trusting), guild_ready_timeout=0.05),
        "good-token",
    )
    line = asyncio.create_task(supervisor.run())
    deliverer = Deliverer(store, {"channel": DiscordChannel(supervisor)})
    while not line.done():
        await deliverer.deliver_due()
        await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
