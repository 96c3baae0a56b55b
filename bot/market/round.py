"""One round of measuring beside a running service: the database on its own thread, the price source on another."""

import asyncio
import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.market.measuring import Outcome, fetch, record
from bot.market.planning import plan
from bot.market.price_source import PriceSource
from bot.market.tables import load_market_tables
from bot.store import Store

_log = logging.getLogger(__name__)
T = TypeVar("T")


async def measure(store: Store, source: PriceSource, *, now: datetime, wait: timedelta) -> Outcome:
    """Measure what is due. Nothing is done while no share may be asked again."""
    tables = load_market_tables()
    wanted = await store.run(plan, tables, source=source.name, now=now, wait=wait)
    if not wanted.to_ask:
        return Outcome()
    fetched = await _aside(lambda: fetch(source, wanted))
    done = await store.run(record, tables, wanted, fetched, source=source.name, now=now)
    for share, reason in done.failures.items():
        _log.warning("no prices", extra={"share": share, "reason": reason})
    figures = {"measured": done.measured, "unmeasured": done.unmeasured, "without_prices": len(done.failures)}
    _log.info("share moves measured", extra=figures)
    return done


async def _aside(work: Callable[[], T]) -> T:
    """Do something slow on a thread that nobody waits for at the end of the service.

    A pool's threads are joined on exit, and a price source may hang for its whole timeout.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.done():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except Exception as caught:  # noqa: BLE001 - raised again where it is waited for
            error = caught
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, name="market-pulse-prices", daemon=True).start()
    return await done
