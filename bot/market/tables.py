"""config/market.toml, read and validated: exchanges with their hours, early closes, peer baskets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.errors import ConfigError
from bot.market.event_day import Hours
from bot.settings import config_dir
from bot.settings_model import TimeOfDay, TimeZone
from bot.toml_file import load_toml
from extractors.closed_sets import PartyKind

#: Bitcoin in dollars, as both price sources call it.
BTC = "BTC-USD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Where a share is traded. Exchanges of one calendar trade on the same days."""

    code: str
    calendar: str
    hours: Hours
    yahoo_suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """The shares a company of some kind is compared with, as EXCHANGE:SYMBOL."""

    shares: tuple[str, ...]
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketTables:
    """The whole file."""

    exchanges: Mapping[str, Exchange]
    baskets: Mapping[PartyKind, Basket]

    def exchange_of(self, symbol: str) -> Exchange | None:
        """Return the exchange of EXCHANGE:SYMBOL, None where it is not listed."""
        return self.exchanges.get(symbol.partition(":")[0])

    def yahoo_symbol(self, symbol: str) -> str:
        """Return what Yahoo calls a share."""
        exchange = self.exchange_of(symbol)
        return symbol if exchange is None else f"{symbol.partition(':')[2]}{exchange.yahoo_suffix}"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _ExchangeRow(_Row):
    calendar: str
    zone: TimeZone
    close: TimeOfDay
    yahoo_suffix: str = ""
    source: str


class _EarlyRow(_Row):
    day: date
    close: TimeOfDay


class _EarlyCloses(_Row):
    source: str
    days: tuple[_EarlyRow, ...]


def _share(text: str) -> str:
    exchange, colon, symbol = text.partition(":")
    if not (exchange and colon and symbol):
        raise ValueError('must be written "EXCHANGE:SYMBOL", such as "NASDAQ:IREN"')
    return text


class _BasketRow(_Row):
    source: str
    at_least: int = Field(ge=1)
    shares: tuple[Annotated[str, AfterValidator(_share)], ...]


class _MarketFile(_Row):
    exchanges: dict[str, _ExchangeRow]
    early_closes: dict[str, _EarlyCloses]
    peers: dict[PartyKind, _BasketRow]


@cache
def load_market_tables(folder: Path | None = None) -> MarketTables:
    """Read market.toml; a row that cannot be used is a ConfigError."""
    file = load_toml((folder or config_dir()) / "market.toml")
    try:
        rows = _MarketFile(**_parsed_days(file.data))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        keys = tuple(str(part) for part in first["loc"])
        reason = first["msg"].removeprefix("Value error, ")
        raise ConfigError(file.path, file.place(*keys[:3]), reason, "Correct the row.") from error
    exchanges = {
        code: _exchange(code, row, rows.early_closes.get(row.calendar)) for code, row in rows.exchanges.items()
    }
    unknown = [share for row in rows.peers.values() for share in row.shares if share.partition(":")[0] not in exchanges]
    if unknown:
        raise ConfigError(file.path, "peers", f"{unknown[0]} is traded nowhere", "Add its exchange, or correct it.")
    baskets = {kind: Basket(shares=row.shares, at_least=row.at_least) for kind, row in rows.peers.items()}
    return MarketTables(exchanges=exchanges, baskets=baskets)


def _parsed_days(data: dict[str, Any]) -> dict[str, Any]:
    return {"exchanges": {}, "early_closes": {}, "peers": {}} | data


def _exchange(code: str, row: _ExchangeRow, early: _EarlyCloses | None) -> Exchange:
    days = {item.day: time.fromisoformat(item.close) for item in early.days} if early else {}
    hours = Hours(zone=ZoneInfo(row.zone), close=time.fromisoformat(row.close), early=days)
    return Exchange(code=code, calendar=row.calendar, hours=hours, yahoo_suffix=row.yahoo_suffix)
