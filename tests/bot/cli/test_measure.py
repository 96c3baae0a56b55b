"""`measure`, run as a person runs it: with a folder of prices, without any, and beside a running service."""

import asyncio
import json
import threading
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from bot.cli.group import cli
from bot.market.csv_prices import CsvPrices
from bot.market.round import measure
from bot.service import Service
from bot.settings import load_settings
from db.companies import sync_companies
from extractors.closed_sets import PartyKind
from extractors.models import Company, Ticker

SLUG = "northgate-digital-redwood-ai-2026-03"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Prices of a fortnight around the deal: flat before, up a fifth on the day, flat after."""
    place = tmp_path / "prices"
    place.mkdir()
    days = [day for n in range(40) if (day := date(2026, 2, 14) + timedelta(days=n)).weekday() < 5]
    for share in ("NASDAQ-NGD", "BTC-USD"):
        rows = [f"{day},{50 if day < date(2026, 3, 4) else 60}" for day in days]
        (place / f"{share}.csv").write_text("date,close\n" + "\n".join(rows) + "\n")
    return place


@pytest.fixture
def told(store, tell):
    ticker = Ticker(exchange="NASDAQ", symbol="NGD")
    company = Company(key="northgate-digital", name="Northgate Digital", kind=PartyKind.MINER, tickers=(ticker,))
    store.call(sync_companies, [company])
    tell()
    return store


def run(store, *args):
    return CliRunner().invoke(cli, ["--db", str(store.path), *args])


def test_measure_prints_and_the_deal_shows_it(told, folder):
    done = run(told, "measure", "--csv", str(folder))
    assert done.exit_code == 0, done.output
    assert "+20% on 4 Mar 2026, close to close (bitcoin +20%)" in done.stdout.replace("\n", " ")
    assert "1 measured, 0 could not be; no prices of 11 shares" in done.stderr
    assert "Shares, measured" in run(told, "deal", SLUG).stdout
    assert json.loads(run(told, "deal", SLUG, "--json").stdout)["measured_reactions"][0]["event_day"] == "2026-03-04"


def test_one_deal_as_json(told, folder):
    done = run(told, "measure", SLUG, "--csv", str(folder), "--json")
    (record,) = map(json.loads, done.stdout.splitlines())
    assert record["slug"] == SLUG
    assert record["measured_reactions"][0]["moves"][0]["pct"] == pytest.approx(20)


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        pytest.param([], "no price source is set", id="no-source"),
        pytest.param(["no-such-deal", "--csv", "."], "no deal is called 'no-such-deal'", id="no-deal"),
    ],
)
def test_a_mistake_is_answered_in_a_sentence(told, args, sentence):
    done = run(told, "measure", *args)
    assert done.exit_code == 2
    assert sentence in done.stderr


async def test_the_service_measures_what_is_due_once(told, folder, now):
    later = now + timedelta(days=15)
    first = await measure(told, CsvPrices(folder), now=later, wait=timedelta(hours=12))
    assert (first.measured, len(first.failures)) == (1, 11)
    again = await measure(told, CsvPrices(folder), now=later + timedelta(hours=1), wait=timedelta(hours=12))
    assert (again.measured, again.unmeasured) == (0, 0)


async def test_a_hanging_source_holds_nobody_up(told, now):
    class Hanging:
        name = "yahoo"

        def closes(self, symbol, first, last):
            released.wait(30)
            return {}

    released = threading.Event()
    task = asyncio.create_task(measure(told, Hanging(), now=now, wait=timedelta(0)))
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, timeout=2)
    released.set()


async def test_a_source_that_cannot_be_used_is_said_and_stops_nothing(told, caplog, monkeypatch):
    monkeypatch.setenv("MARKET_PULSE_MARKET_PRICES", "csv")
    monkeypatch.setenv("MARKET_PULSE_MARKET_CSV_FOLDER", "/nowhere")
    settings = load_settings(None, database_path=told.path)
    service = Service(settings, SimpleNamespace(store=told), None, None)
    await service.measure()
    (record,) = [record for record in caplog.records if record.message == "share moves are not measured"]
    assert "/nowhere is no folder" in record.reason
