"""The composition root: builds the parts of the program from the settings. The only place that knows them all.

Nothing is built at import, and each function imports only what it builds, so that a small command stays fast.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import DatabaseError, FetchError

if TYPE_CHECKING:
    from bot.delivery.news import Rules
    from bot.market.price_source import PriceSource
    from bot.pipeline import Parts
    from bot.readers import ExtractorParts
    from bot.settings import Settings
    from bot.store import Store
    from db.feeds import FeedSpec
    from db.history_rows import HistoryRow
    from extractors.models import Article
    from extractors.pipeline import Extractor


def extractor_parts(settings: "Settings") -> "ExtractorParts":
    """Gather what an extractor is built from: companies, GPU names, the parser's folder."""
    from bot.catalog import load_companies, load_gpu_models
    from bot.judgement_file import load_judgement
    from bot.readers import ExtractorParts

    model_path = Path(settings.extractors.parser_model) if settings.extractors.parser_model else bundled_parser()
    return ExtractorParts(
        companies=load_companies(),
        gpus=load_gpu_models(),
        judgement=load_judgement(),
        model_path=model_path,
        names_model=settings.extractors.model,
    )


def bundled_parser() -> Path | None:
    """Return the folder of the parser that ships with the program, None where it is missing."""
    import extractors

    folder = Path(extractors.__file__).parent / "model" / "parser"
    return folder if folder.is_dir() else None


def build_extractor(settings: "Settings") -> "Extractor":
    """Build an extractor in this process."""
    return extractor_parts(settings).build()


def open_store(settings: "Settings") -> "Store":
    """Open the database on its own thread; a file that cannot be used is a DatabaseError."""
    import sqlite3

    from bot.store import Store
    from db.errors import DeskError

    try:
        return Store(settings.database_path)
    except DeskError as error:
        raise DatabaseError(str(error)) from error
    except (sqlite3.Error, OSError) as error:
        path = settings.database_path
        raise DatabaseError(f"{path} cannot be opened ({error}); check the path and its permissions") from error


def fetch_article(url: str, settings: "Settings") -> "Article":
    """Fetch one page that a person asks for and return its article. Raises FetchError, or InputError without a text.

    robots.txt speaks to robots; here a person opens one page, so it is not asked. Forbidden networks stay forbidden.
    """
    return asyncio.run(_fetch_article(url, settings))


async def _fetch_article(url: str, settings: "Settings") -> "Article":
    from bot.collector.charset import decode
    from bot.collector.fetch import PAGE_TYPES, fetch, open_session
    from bot.inputs import article_from_html

    options = settings.collector.options()
    async with open_session(options) as session:
        answer = await fetch(session, url, max_bytes=options.max_page_bytes, accept=PAGE_TYPES)
    if answer.trouble is not None:
        raise FetchError(url, answer.reason)
    if answer.status is None or answer.status >= 400:
        raise FetchError(url, f"the server answered {answer.status}; check the address or try again later")
    return article_from_html(decode(answer.body, answer.headers.get("Content-Type", "")), place=url, url=url)


def feed_specs(settings: "Settings") -> "list[FeedSpec]":
    """Return the feeds to follow: the shipped ones and the operator's own, less those switched off."""
    from bot.catalog import load_feeds

    specs = list(load_feeds())
    if settings.collector.extra_feeds:
        specs += load_feeds(Path(settings.collector.extra_feeds).expanduser())
    wanted, unwanted = set(settings.collector.groups), set(settings.collector.disabled)
    return [spec for spec in specs if (not wanted or spec.group in wanted) and spec.key not in unwanted]


def history_rows(settings: "Settings") -> "tuple[HistoryRow, ...] | None":
    """Return the deals of the past that the database is to hold, None when the operator wants none imported."""
    from bot.history_file import load_history

    return load_history() if settings.database.history else None


def alert_rules(settings: "Settings") -> "Rules":
    """Return the operator's thresholds of what is news."""
    from bot.delivery.news import Rules

    return Rules(
        max_age=timedelta(hours=settings.alerts.max_age_hours),
        material_share=Decimal(str(settings.alerts.material_change_pct)) / 100,
    )


def price_source(settings: "Settings") -> "PriceSource | None":
    """Return where daily closes come from, None where share moves shall not be measured."""
    from bot.errors import ConfigError
    from bot.market.csv_prices import CsvPrices
    from bot.market.tables import load_market_tables
    from bot.market.yahoo_prices import YahooPrices

    if settings.market.prices == "none":
        return None
    if settings.market.prices == "yahoo":
        return YahooPrices(load_market_tables().yahoo_symbol)
    folder = Path(settings.market.csv_folder).expanduser()
    if not (settings.market.csv_folder and folder.is_dir()):
        raise ConfigError(
            "settings", "market.csv_folder", f"{folder} is no folder", "Name the folder of the CSV files."
        )
    return CsvPrices(folder)


@asynccontextmanager
async def open_parts(settings: "Settings", *, feeds: "list[FeedSpec]", now: datetime) -> "AsyncIterator[Parts]":
    """Open what a round of the service works with, and close it again: database, session, collector, readers."""
    from bot.collector.collector import Collector
    from bot.collector.fetch import open_session
    from bot.delivery.announce import announce
    from bot.history import take_in
    from bot.pipeline import Parts
    from bot.readers import Readers
    from bot.valuation.model_tables import load_assumptions
    from bot.valuation.valuing import value_record
    from db.companies import sync_companies
    from db.desk import rekey
    from db.feeds import sync_feed_specs
    from extractors.gate import Gate
    from extractors.pipeline import EXTRACTOR_VERSION

    history = history_rows(settings)
    store = open_store(settings)
    parts = extractor_parts(settings)
    gate = Gate(parts.companies)
    readers = Readers(parts, workers=settings.extractors.workers)
    try:
        if await store.run(sync_companies, parts.companies):
            await store.run(rekey, now=now)
        value = partial(value_record, assumptions=load_assumptions())
        if history is not None:
            await store.run(take_in, history, value=value, now=now)
        await store.run(sync_feed_specs, feeds, now=now)
        options = settings.collector.options()
        async with open_session(options) as session:
            yield Parts(
                store=store,
                collector=Collector(
                    session=session,
                    store=store,
                    options=options,
                    worth_a_visit=lambda entry: gate.is_relevant(entry.title, entry.content),
                ),
                readers=readers,
                extractor_version=EXTRACTOR_VERSION,
                value=value,
                announce=partial(announce, rules=alert_rules(settings), min_confidence=settings.alerts.min_confidence),
                batch_size=settings.extractors.batch_size,
            )
    finally:
        readers.close()
        store.close()
