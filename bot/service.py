"""`market-pulse run`: the service from start to stop.

Takes the lease, runs the timetable (collect, deliver, digest, upkeep), talks to Discord where there is a token, and
ends within five seconds of SIGTERM or Ctrl-C. What each job does is known elsewhere.
"""

import asyncio
import logging
import signal
from datetime import datetime, timedelta

from rich.console import Console

from bot.app import feed_specs, open_parts, price_source
from bot.clock import utc_now
from bot.collector.network_figures import update_network_figures
from bot.delivery.notices import announce_health
from bot.delivery.office import Delivery, open_delivery
from bot.errors import MarketPulseError
from bot.garbage import spare_what_stays
from bot.lease import RENEW_S, Lease
from bot.market.round import measure
from bot.pipeline import Parts, read_pending
from bot.scheduler import Timetable
from bot.settings import Settings
from bot.upkeep import keep_up
from db.runs import begin_run, finish_run

_log = logging.getLogger(__name__)

READ_S = 2.0
DELIVER_S = 2.0
#: So many rounds of the collector may overlap: one that waits for a slow server must not keep others waiting.
ROUNDS_AT_ONCE = 4
DIGEST_S = 60.0
#: mempool.space asks not to be polled more often than every ten minutes.
FIGURES_S = 600.0
#: Prices change once a day; what is asked when is decided by market.refresh_hours.
MEASURE_S = 3600.0
#: What is left of the five seconds after the jobs were told to stop.
STOP_WITHIN_S = 3.0


class Service:
    """The jobs of a running service and the event that ends it."""

    def __init__(self, settings: Settings, parts: Parts, delivery: Delivery, lease: Lease) -> None:
        self._settings = settings
        self._parts = parts
        self._delivery = delivery
        self._lease = lease
        self.stopping = asyncio.Event()
        self.failure: MarketPulseError | None = None

    def timetable(self) -> Timetable:
        """Say which job runs when."""
        table = Timetable()
        table.every(self._settings.collector.tick_seconds, "collect", self.collect, at_once=ROUNDS_AT_ONCE)
        table.every(READ_S, "read", self.read)
        table.every(DELIVER_S, "deliver", self.deliver)
        table.every(DIGEST_S, "digest", self.digest)
        table.every(FIGURES_S, "network figures", self.network_figures)
        if self._settings.market.prices != "none":
            table.every(MEASURE_S, "share moves", self.measure)
        table.every(RENEW_S, "lease", self.keep_lease)
        table.daily(3, 30, "upkeep", self.upkeep)
        return table

    def whereabouts(self) -> dict[str, object]:
        """Say where the database is, where alerts go and how often due feeds are looked for."""
        return {
            "database": str(self._parts.store.path),
            "alerts": "Discord" if self._settings.discord_token else "this terminal (DISCORD_TOKEN is not set)",
            "look_every_s": self._settings.collector.tick_seconds,
        }

    async def collect(self) -> None:
        """Ask the feeds that are due; rounds in which none was leave no trace."""
        now = utc_now()
        report = await self._parts.collector.update_feeds(now)
        if report.feeds:
            figures = {"feeds": report.feeds, "new_entries": report.new_entries, "troubles": len(report.troubles)}
            await self._record("collect", "feeds asked", figures, began=now)

    async def read(self) -> None:
        """Read the entries that wait; nothing to read leaves no trace."""
        now = utc_now()
        done = await read_pending(self._parts, clock=utc_now)
        figures = {
            "articles": done.articles,
            "deal_changes": done.deal_changes,
            "alerts": done.alerts,
            "skipped": done.skipped,
            "failed": done.failed,
        }
        if any(figures.values()):
            await self._record("read", "articles read", figures, began=now)

    async def _record(self, job: str, words: str, figures: dict[str, int], *, began: datetime) -> None:
        _log.info(words, extra=figures)
        run_id = await self._parts.store.run(begin_run, job, due_at=began, now=began)
        if run_id is not None:
            await self._parts.store.run(finish_run, run_id, outcome="ok", counts=figures, now=utc_now())

    async def deliver(self) -> None:
        """Send what waits in the outbox; an error that needs a person ends the service."""
        try:
            await self._delivery.deliver()
        except MarketPulseError as error:
            self.failure = error
            self.stopping.set()

    async def digest(self) -> None:
        """Write the digests that are due and the notices of feeds that changed their health."""
        await self._parts.store.run(announce_health, now=utc_now())
        await self._delivery.write_digests(now=utc_now())

    async def network_figures(self) -> None:
        """Fetch the bitcoin network's price, difficulty and fees for the capacity model."""
        await update_network_figures(self._parts.collector.visits, utc_now())

    async def measure(self) -> None:
        """Measure how shares moved on deals whose windows have closed meanwhile; without prices nothing happens."""
        wait = timedelta(hours=self._settings.market.refresh_hours)
        try:
            source = price_source(self._settings)
            if source is not None:
                await measure(self._parts.store, source, now=utc_now(), wait=wait)
        except MarketPulseError as error:
            _log.warning("share moves are not measured", extra={"reason": str(error)})

    async def upkeep(self) -> None:
        """Forget what is kept only for a time."""
        await keep_up(
            self._parts.store, keep_text=timedelta(days=self._settings.database.keep_text_days), now=utc_now()
        )

    async def keep_lease(self) -> None:
        """Renew the lease; without it this service must not go on."""
        if not await self._lease.keep():
            self.failure = MarketPulseError("another service took over this database; this one stops")
            self.stopping.set()


async def serve(settings: Settings) -> None:
    """Run until told to stop. Raises LeaseHeldError when another service uses the database."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with open_parts(settings, feeds=feed_specs(settings), now=utc_now()) as parts:
        lease = Lease(parts.store, clock=utc_now)
        await lease.take()
        try:
            async with open_delivery(settings, parts.store, console=Console(), now=utc_now()) as delivery:
                await _run(Service(settings, parts, delivery, lease), stop)
        finally:
            await lease.give_back()


async def _run(service: Service, stop: asyncio.Event) -> None:
    table = service.timetable()
    table.start()
    spare_what_stays()
    _log.info("service started", extra=service.whereabouts())
    first = asyncio.create_task(service.collect())
    stops = [asyncio.create_task(stop.wait()), asyncio.create_task(service.stopping.wait())]
    try:
        await asyncio.wait(stops, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (first, *stops):
            task.cancel()
        await asyncio.wait([first, *stops], timeout=STOP_WITHIN_S)
        await table.stop(within_s=STOP_WITHIN_S / 2)
        _log.info("service stopped")
    if service.failure is not None:
        raise service.failure
