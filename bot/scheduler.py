"""The service's timetable on APScheduler: which job runs how often, each alone, each failure kept to itself.

A late job is run once, never dropped (`coalesce`, `misfire_grace_time`); a job that raises is logged and runs again at
its next time. Jobs are coroutines without arguments; what they do is not known here.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

_log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[object]]
#: A machine that slept runs each job once on waking, however long ago it was due (seconds).
GRACE_S = 86_400


class Timetable:
    """Jobs on the running event loop. `start` and `stop` once each."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_S}
        )
        self._running: set[asyncio.Task[object]] = set()

    def every(self, seconds: float, name: str, job: Job, *, at_once: int = 1) -> None:
        """Run a job every so many seconds; while `at_once` runs of it last, the next one waits."""
        self._scheduler.add_job(
            self._guarded(name, job), "interval", seconds=seconds, id=name, name=name, max_instances=at_once
        )

    def daily(self, hour: int, minute: int, name: str, job: Job) -> None:
        """Run a job once a day at a time in UTC."""
        self._scheduler.add_job(self._guarded(name, job), "cron", hour=hour, minute=minute, id=name, name=name)

    def _guarded(self, name: str, job: Job) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            task = asyncio.ensure_future(job())
            self._running.add(task)
            try:
                await task
            except asyncio.CancelledError:
                return
            except Exception:  # noqa: BLE001 - a job that fails runs again at its next time
                _log.exception("job failed", extra={"job": name})
            finally:
                self._running.discard(task)

        return run

    def start(self) -> None:
        """Begin; the first interval run comes one interval from now."""
        self._scheduler.start()

    async def stop(self, *, within_s: float) -> None:
        """Start no further run, cancel what runs and wait for it, at most so long."""
        self._scheduler.shutdown(wait=False)
        for task in tuple(self._running):
            task.cancel()
        if self._running:
            await asyncio.wait(tuple(self._running), timeout=within_s)
