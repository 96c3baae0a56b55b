"""One round of measuring beside a running service: the database on its own thread, the price source on another."""

import asyncio
import logging
from datetime import datetime, timedelta

from bot.market.measuring import Outcome, fetch, record
from bot.market.planning import plan
from bot.market.price_source import PriceSource
from bot.market.tables import load_market_tables
from bot.store import Store

_log = logging.getLogger(__name__)


async def measure(store: Store, source: PriceSource, *, now: datetime, wait: timedelta) -> Outcome:
    """Measure what is due. Nothing is done while no share may be asked again."""
    tables = load_market_tables()
    wanted = await store.run(plan, tables, source=source.name, now=now, wait=wait)
    if not wanted.to_ask:
        return Outcome()
    fetched = await asyncio.to_thread(fetch, source, wanted)
    done = await store.run(record, tables, wanted, fetched, source=source.name, now=now)
    figures = {"measured": done.measured, "unmeasured": done.unmeasured, "without_prices": len(done.failures)}
    _log.info("share moves measured", extra=figures)
    return done
