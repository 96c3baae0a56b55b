"""Daily closes from a folder of CSV files, one per share.

IREN on Nasdaq is read from NASDAQ-IREN.csv, or from IREN.csv where the symbol alone is clear; bitcoin from
BTC-USD.csv. The first line names the columns; `date` (YYYY-MM-DD, the exchange's own day) and `close` (a plain
number, adjusted for splits and dividends) are needed, in any order and spelling of case; others are passed over.
Rows may come in any order; a day that stands there twice with different closes, or a close that is no positive
number, makes the file unusable, for a wrong price is worse than none.
"""

import csv
import math
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.market.price_source import PricesError


class CsvPrices:
    """Reads a folder; a file is read anew each time it is asked for."""

    name = "csv"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def closes(self, symbol: str, first: date, last: date) -> Mapping[date, float]:
        """Return the closes of a share between two days."""
        path = self._file(symbol)
        found: dict[date, float] = {}
        for line, day, close in _rows(path):
            if found.setdefault(day, close) != close:
                raise PricesError(f"{path.name}, line {line}: {day} has two closes, {found[day]:g} and {close:g}")
        within = {day: close for day, close in found.items() if first <= day <= last}
        if not within:
            raise PricesError(f"{path.name} has no row between {first} and {last}")
        return within

    def _file(self, symbol: str) -> Path:
        names = (f"{symbol.replace(':', '-')}.csv", f"{symbol.partition(':')[2] or symbol}.csv")
        for name in names:
            if (path := self._folder / name).is_file():
                return path
        raise PricesError(f"no file {names[0]} in {self._folder}")


def _rows(path: Path) -> Iterator[tuple[int, date, float]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = {str(name).strip().lower(): name for name in reader.fieldnames or ()}
            if not {"date", "close"} <= columns.keys():
                raise PricesError(f"{path.name}: the first line must name the columns date and close")
            for row in reader:
                day, close = row[columns["date"]], row[columns["close"]]
                yield reader.line_num, _day(path, reader.line_num, day), _close(path, reader.line_num, close)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PricesError(f"{path.name} cannot be read ({error})") from error


def _day(path: Path, line: int, text: str | None) -> date:
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError as error:
        raise PricesError(f"{path.name}, line {line}: {text!r} is no date such as 2025-11-03") from error


def _close(path: Path, line: int, text: str | None) -> float:
    try:
        close = float((text or "").strip())
    except ValueError as error:
        raise PricesError(f"{path.name}, line {line}: {text!r} is no price") from error
    if not (math.isfinite(close) and close > 0):
        raise PricesError(f"{path.name}, line {line}: a close must be a positive number, not {text}")
    return close
