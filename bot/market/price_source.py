"""Where daily closes come from: the shape of a price source, and how it says that it has none.

A source may fail at any time and for any share; whoever asks goes on with what it has.
"""

from collections.abc import Mapping
from datetime import date
from typing import Protocol


class PricesError(Exception):
    """A source has no prices for a share; the text says why, in words for the operator."""


class UnreachableError(PricesError):
    """The source itself does not answer; the next share will fare no better."""


class PriceSource(Protocol):
    """Gives daily closes, adjusted for splits and dividends."""

    @property
    def name(self) -> str:
        """Return what the database calls the source."""

    def closes(self, symbol: str, first: date, last: date) -> Mapping[date, float]:
        """Return the closes of EXCHANGE:SYMBOL or BTC-USD by the exchange's own days, both ends included.

        Raises PricesError where there are none. Blocks; never call it on the event loop.
        """
