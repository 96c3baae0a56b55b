"""The loopback world in a thread of its own, for tests of code that runs its own event loop."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.loopback.world import LoopbackWorld


@contextmanager
def running_world() -> Iterator[LoopbackWorld]:
    """Run a world until the block ends; put pages on it from the test."""
    world = LoopbackWorld()
    started = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def serve() -> None:
        async with world:
            started.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    started.wait(5)
    try:
        yield world
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(5)
        loop.close()
