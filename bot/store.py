"""The one thread that owns the database connection, so that the event loop never waits for SQLite.

It knows nothing of tables: callers hand it functions of this process's `db` room.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from db.connection import Database, open_database

P = ParamSpec("P")
T = TypeVar("T")


class Store:
    """Runs functions `f(db, ...)` one after the other on the thread that opened the database."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="market-pulse-db")
        self._db: Database = self._executor.submit(open_database, path, read_only=read_only).result()

    async def run(self, function: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `function(db, *args, **kwargs)` and return what it returns."""
        call = partial(function, self._db, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._executor, call)

    def call(self, function: Callable[Concatenate[Database, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do the same from code that runs no event loop."""
        return self._executor.submit(partial(function, self._db, *args, **kwargs)).result()

    def close(self) -> None:
        """Close the connection and end the thread; harmless when called twice."""
        try:
            self._executor.submit(self._db.close).result()
        except RuntimeError:
            return
        self._executor.shutdown()
