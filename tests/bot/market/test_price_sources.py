"""The two price sources: what a CSV folder must look like, and that nothing from Yahoo can do harm."""

import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest

from bot.app import price_source
from bot.errors import ConfigError
from bot.market.csv_prices import CsvPrices
from bot.market.measuring import fetch
from bot.market.planning import Plan
from bot.market.price_source import PricesError, UnreachableError
from bot.market.tables import load_market_tables
from bot.market.yahoo_prices import YahooPrices
from bot.settings import load_settings

FIRST, LAST = date(2025, 11, 3), date(2025, 11, 5)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("NASDAQ-IREN.csv", "date,close\n2025-11-03,60\n2025-11-04,66\n", id="plain"),
        pytest.param("IREN.csv", "date,close\n2025-11-03,60\n2025-11-04,66\n", id="symbol-alone"),
        pytest.param("IREN.csv", "Close,Volume,Date\n66,1,2025-11-04\n60.0,,2025-11-03\n", id="any-order-and-case"),
        pytest.param("IREN.csv", "\ufeffdate,close\r\n2025-11-03,60\r\n2025-11-04,66\r\n", id="from-a-spreadsheet"),
        pytest.param("IREN.csv", "date,close\n2025-10-01,1\n2025-11-03,60\n2025-11-04,66\n2025-12-01,9\n", id="longer"),
        pytest.param("IREN.csv", "date,close\n2025-11-03 00:00:00,60\n2025-11-04 00:00:00,66\n", id="with-hours"),
    ],
)
def test_a_csv_folder(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = CsvPrices(tmp_path).closes("NASDAQ:IREN", FIRST, LAST)
    assert found == {date(2025, 11, 3): 60.0, date(2025, 11, 4): 66.0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(None, "no file NASDAQ-IREN.csv", id="missing"),
        pytest.param("day,price\n2025-11-03,60\n", "must name the columns date and close", id="columns"),
        pytest.param("date,close\n2025-11-03,60\n03/11/2025,61\n", "line 3: '03/11/2025' is no date", id="date"),
        pytest.param("date,close\n2025-11-03,sixty\n", "line 2: 'sixty' is no price", id="price"),
        pytest.param("date,close\n2025-11-03,0\n", "must be a positive number, not 0", id="zero"),
        pytest.param("date,close\n2025-11-03,nan\n", "must be a positive number, not nan", id="nan"),
        pytest.param("date,close\n2025-11-03,1\n2025-11-03,2\n", "2025-11-03 has two closes, 1 and 2", id="twice"),
        pytest.param("date,close\n2024-01-02,1\n", "no row between 2025-11-03 and 2025-11-05", id="other-days"),
        pytest.param("", "must name the columns", id="empty"),
    ],
)
def test_a_csv_that_cannot_be_used_says_why(tmp_path: Path, text: str | None, said: str) -> None:
    if text is not None:
        (tmp_path / "NASDAQ-IREN.csv").write_text(text, encoding="utf-8")
    with pytest.raises(PricesError, match=said):
        CsvPrices(tmp_path).closes("NASDAQ:IREN", FIRST, LAST)


class _Table:
    """The one thing we touch of a data frame."""

    def __init__(self, rows: Iterable[tuple[datetime, float]]) -> None:
        self._rows = dict(rows)

    def __getitem__(self, column: str) -> dict[datetime, float]:
        assert column == "Close"
        return self._rows


def yahoo(monkeypatch: pytest.MonkeyPatch, answer: object) -> list[tuple[str, dict[str, object]]]:
    """Stand a yfinance beside us that answers so; return what it is asked."""
    asked: list[tuple[str, dict[str, object]]] = []

    class Ticker:
        def __init__(self, symbol: str) -> None:
            self.symbol = symbol

        def history(self, **options: object) -> object:
            asked.append((self.symbol, options))
            if isinstance(answer, Exception):
                raise answer
            return answer

    module = ModuleType("yfinance")
    module.Ticker = Ticker  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "yfinance", module)
    return asked


def test_yahoo_is_asked_in_its_own_spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    new_york = ZoneInfo("America/New_York")
    rows = [(datetime(2025, 11, day, tzinfo=new_york), close) for day, close in ((3, 60.0), (4, float("nan")))]
    asked = yahoo(monkeypatch, _Table(rows))
    found = YahooPrices(load_market_tables().yahoo_symbol).closes("TSX:HUT", FIRST, LAST)
    assert found == {date(2025, 11, 3): 60.0}
    symbol, options = asked[0]
    assert symbol == "HUT.TO"
    assert (options["start"], options["end"], options["auto_adjust"]) == ("2025-11-03", "2025-11-06", True)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(ConnectionError("no route"), id="no-network"),
        pytest.param(KeyError("Close"), id="changed-format"),
        pytest.param(None, id="nothing"),
        pytest.param(_Table([]), id="unknown-share"),
    ],
)
def test_whatever_yahoo_does_is_no_prices(monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
    yahoo(monkeypatch, answer)
    with pytest.raises(PricesError, match="NASDAQ:IREN"):
        YahooPrices(str).closes("NASDAQ:IREN", FIRST, LAST)


def test_a_source_that_is_down_is_left_alone() -> None:
    class Down:
        name = "yahoo"
        asked = 0

        def closes(self, symbol: str, first: date, last: date) -> Mapping[date, float]:
            self.asked += 1
            raise UnreachableError("no route")

    source = Down()
    wanted = Plan(to_ask={f"NASDAQ:S{n}": (FIRST, LAST) for n in range(9)})
    assert set(fetch(source, wanted).failures.values()) == {"no route", "not asked: yahoo does not answer"}
    assert source.asked == 3


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yfinance", None)
    with pytest.raises(ConfigError, match="pip install yfinance"):
        YahooPrices(str).closes("NASDAQ:IREN", FIRST, LAST)


def test_the_setting_chooses_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert price_source(load_settings(None, database_path=None)) is None
    monkeypatch.setenv("MARKET_PULSE_MARKET_PRICES", "csv")
    with pytest.raises(ConfigError, match=r"market\.csv_folder"):
        price_source(load_settings(None, database_path=None))
    monkeypatch.setenv("MARKET_PULSE_MARKET_CSV_FOLDER", str(tmp_path))
    assert isinstance(price_source(load_settings(None, database_path=None)), CsvPrices)
    monkeypatch.setenv("MARKET_PULSE_MARKET_PRICES", "yahoo")
    assert isinstance(price_source(load_settings(None, database_path=None)), YahooPrices)


def test_bitcoin_keeps_its_name() -> None:
    tables = load_market_tables()
    spelled = [tables.yahoo_symbol(share) for share in ("BTC-USD", "NASDAQ:IREN", "TSXV:DMGI", "LSE:ARB")]
    assert spelled == ["BTC-USD", "IREN", "DMGI.V", "ARB.L"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param(
            '[exchanges.X]\ncalendar = "x"\nzone = "Mars"\nclose = "16:00"\nsource = "s"', "time zone", id="zone"
        ),
        pytest.param('[peers.miner]\nsource = "s"\nat_least = 1\nshares = ["IREN"]', "EXCHANGE:SYMBOL", id="share"),
        pytest.param('[peers.miner]\nsource = "s"\nat_least = 1\nshares = ["X:IREN"]', "traded nowhere", id="exchange"),
        pytest.param('[peers.digger]\nsource = "s"\nat_least = 1\nshares = []', "peers.digger", id="kind"),
    ],
)
def test_a_wrong_row_of_the_table_is_named(tmp_path: Path, row: str, said: str) -> None:
    (tmp_path / "market.toml").write_text(row, encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        load_market_tables(tmp_path)
