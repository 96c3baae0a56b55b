"""A process beside the service for what takes long: reading thousands of deals, reckoning, drawing.

Python runs one thread at a time, so a drawing on a worker thread still holds the event loop up. Here it does not, and
the process is nice: it yields to the one that answers. What is asked again while it waits is worked once. Knows no
command, no chart.
"""

import asyncio
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from bot.store import Store
from db.connection import Database, open_database

P = ParamSpec("P")
T = TypeVar("T")
#: How much the process yields to others, as `nice` counts.
NICE = 5

_db: Database | None = None


class Worker(Protocol):
    """Runs `function(db, *args, now=now)` off the event loop."""

    async def run(self, function: Callable[..., T], *args: Any, now: datetime) -> T: ...


class OnStore:
    """Works on the database's own thread: for tests, and where another process does not pay."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def run(self, function: Callable[..., T], *args: Any, now: datetime) -> T:
        """Work at once."""
        return await self._store.run(partial(function, now=now), *args)


def _start(path: Path) -> None:
    global _db  # noqa: PLW0603 - one connection per process, opened when the process starts
    if hasattr(os, "nice"):
        os.nice(NICE)
    _db = open_database(path, read_only=True)


def _work(function: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    if _db is None:
        raise RuntimeError("the workshop was not opened")
    return function(_db, *args, **kwargs)


class Workshop:
    """Works in a process that starts at the first order; `close` ends it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pool: ProcessPoolExecutor | None = None
        self._orders: dict[tuple[Any, ...], asyncio.Task[Any]] = {}
        self._is_closed = False

    async def run(self, function: Callable[..., T], *args: Any, now: datetime) -> T:
        """Return what the function returns; an order that waits already is joined."""
        key = (function, *args)
        order = self._orders.get(key)
        if order is None:
            order = self._orders[key] = asyncio.create_task(self._order(partial(function, now=now), *args))
            order.add_done_callback(lambda _: self._orders.pop(key, None))
        result: T = await asyncio.shield(order)
        return result

    async def _order(self, function: Callable[..., T], *args: Any) -> T:
        try:
            return await self._submit(function, *args)
        except BrokenProcessPool:  # it was killed, perhaps for its memory; a new one may fare better
            if self._is_closed:
                raise
            self._end_process()
            return await self._submit(function, *args)

    async def _submit(self, function: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._started(), partial(_work, function, *args))

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # spawn, not fork: this process runs threads that a fork would copy half-locked.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, context, initializer=_start, initargs=(self._path,))
        return self._pool

    def close(self) -> None:
        """End the process without waiting for what it does; harmless when called twice."""
        self._is_closed = True
        for order in self._orders.values():
            order.cancel()
        self._end_process()

    def _end_process(self) -> None:
        if self._pool is not None:
            for process in list((self._pool._processes or {}).values()):
                process.terminate()
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
