"""Daily closes from Yahoo by way of yfinance, an optional extra. Best effort: Yahoo promises nothing.

yfinance is imported when the first price is asked for; whatever it raises means that there are no prices now.
"""

import importlib
import logging
import math
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from bot.errors import ConfigError
from bot.market.price_source import PricesError, UnreachableError

_TIMEOUT_S = 20


class YahooPrices:
    """Asks Yahoo. `symbol_of` turns EXCHANGE:SYMBOL into Yahoo's spelling."""

    name = "yahoo"

    def __init__(self, symbol_of: Callable[[str], str]) -> None:
        self._symbol_of = symbol_of

    def closes(self, symbol: str, first: date, last: date) -> Mapping[date, float]:
        """Return the closes of a share between two days, adjusted for splits and dividends."""
        yfinance = _yfinance()
        try:
            # Yahoo's end is the first day not wanted.
            table = yfinance.Ticker(self._symbol_of(symbol)).history(
                start=first.isoformat(),
                end=(last + timedelta(days=1)).isoformat(),
                auto_adjust=True,
                timeout=_TIMEOUT_S,
            )
            found = {stamp.date(): float(close) for stamp, close in table["Close"].items()}
        except Exception as error:
            raise UnreachableError(f"Yahoo gave no prices for {symbol} ({type(error).__name__}: {error})") from error
        usable = {day: close for day, close in found.items() if math.isfinite(close) and close > 0}
        if not usable:
            raise PricesError(f"Yahoo has no prices for {symbol} between {first} and {last}")
        return usable


def _yfinance() -> Any:
    try:
        module = importlib.import_module("yfinance")
    except ImportError as error:
        raise ConfigError(
            "settings",
            "market.prices",
            "prices from Yahoo need the extra `prices`",
            "Run `pip install yfinance`, or choose csv or none.",
        ) from error
    # It reports each failure at ERROR before raising; we say it once, in our own words.
    logging.getLogger("yfinance").setLevel(logging.CRITICAL)
    return module
