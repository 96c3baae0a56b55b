"""The delivering process is killed with SIGKILL while a message is under way; every alert arrives once, in order."""

import asyncio
import random
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from bot.store import Store
from db import outbox
from db.outbox import OutboxState
from tests.loopback_discord.server import loopback_discord
from tests.loopback_discord.storm import enqueue_all, is_done, marker_of

ROOT = Path(__file__).parents[2]
ALERTS, KILLS = 40, 2


class Trap:
    """Holds the answer to chosen posts back, so that the process dies after Discord took the message."""

    def __init__(self, discord, chosen):
        self.sprung, self.left = asyncio.Event(), sorted(chosen, reverse=True)
        self.posts, self._handle = 0, discord.rest.handle
        discord.rest.handle = self.handle

    async def handle(self, request):
        answer = await self._handle(request)
        if request.method == "POST":
            self.posts += 1
            if self.left and self.posts >= self.left[-1]:
                self.left.pop()
                self.sprung.set()
                await asyncio.sleep(1.0)
        return answer


async def live(port: int, folder: Path, database: Path, until) -> None:
    """Run one delivering process and kill it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.loopback_discord.deliver_process", str(port), str(folder), str(database), cwd=ROOT
    )
    try:
        await until
    finally:
        process.kill()
        await process.wait()


async def delivered(store: Store) -> None:
    while not await store.run(is_done):  # noqa: ASYNC110 - the rows are another process's
        await asyncio.sleep(0.1)


async def test_a_killed_process_loses_and_doubles_nothing(tmp_path):
    store, database = Store(tmp_path / "killed.db"), tmp_path / "killed.db"
    async with loopback_discord(tmp_path) as discord, asyncio.timeout(55):
        trap = Trap(discord, random.Random(3).sample(range(2, ALERTS), KILLS))
        await store.run(enqueue_all, discord.memory.channels[:4], ALERTS, now=datetime.now(UTC))
        for _ in range(KILLS):
            trap.sprung.clear()
            await live(discord.port, tmp_path, database, trap.sprung.wait())
        await live(discord.port, tmp_path, database, delivered(store))
        seen = Counter(map(marker_of, discord.memory.messages))
        rows = await store.run(outbox.list_outbox, limit=ALERTS)
    store.close()
    assert trap.posts >= ALERTS + KILLS  # each death left a message that was sent again with its nonce
    assert {row.state for row in rows} == {OutboxState.SENT}
    assert [row.id for row in rows if seen[f"MP-{row.id}"] != 1] == []
    for channel in discord.memory.channels[:4]:
        ids = [int(marker_of(message)[3:]) for message in discord.memory.in_channel(channel)]
        assert ids == sorted(ids)
