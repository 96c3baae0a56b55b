"""Company names in a question: those of the shipped table, and those that only the stored deals know.

Typed names come in any case and shortened ("Copperline" for Copperline Digital), tickers in capitals or with a dollar
sign: in lower case too many of them are plain words (any, can, be, gpus).
"""

import re
from collections.abc import Iterable, Sequence

from extractors.models import Company

#: Last words of a name that people leave out.
_SUFFIX = re.compile(
    r"[ ,]+(?:ai|cloud|compute|corp\.?|data|data cent(?:er|re)s?|digital|energy|group|holdings?|inc\.?|infrastructure|labs?"
    r"|limited|ltd\.?|miners?|mining|networks?|platforms?|power|systems|technolog(?:y|ies))$",
    re.IGNORECASE,
)
#: A shortened name or a ticker in lower case is taken as a name from this length on.
_LEAST = 4
#: Tickers of that length that are words of questions.
_WORDS = frozenset({"gpus", "coin", "prop", "trin", "peng"})


class CompanyIndex:
    """Finds company names in a question, longest name first. Ambiguous words count as names here."""

    def __init__(self, companies: Sequence[Company], parties: Iterable[str] = ()) -> None:
        self._companies = companies
        self._names: dict[str, str] = {}
        self._tickers: dict[str, str] = {}
        for company in companies:
            for name in _typed_names(company):
                self._names.setdefault(name.casefold(), company.name)
            for ticker in company.tickers:
                if len(ticker.symbol) > 1:
                    self._tickers.setdefault(ticker.symbol, company.name)
        self._add_parties(parties)
        self._pattern = _any_of([*self._names, *self._low_tickers()])
        self._ticker_pattern = _any_of([*self._tickers, *(f"${symbol.lower()}" for symbol in self._tickers)])

    def with_parties(self, parties: Iterable[str]) -> "CompanyIndex":
        """Return an index that knows these names too, such as the parties of the stored deals."""
        return CompanyIndex(self._companies, parties)

    def _add_parties(self, parties: Iterable[str]) -> None:
        unknown = sorted({party for party in parties if party.casefold() not in self._names})
        for party in unknown:
            self._names[party.casefold()] = party
        for party in unknown:
            short = _SUFFIX.sub("", party)
            if len(short) >= _LEAST:
                self._names.setdefault(short.casefold(), party)

    def _low_tickers(self) -> list[str]:
        low = (symbol.lower() for symbol in self._tickers if len(symbol) >= _LEAST)
        return [symbol for symbol in low if symbol not in _WORDS]

    def find(self, text: str) -> tuple[str, ...]:
        """Return the common names of the companies in the text, in order, each once."""
        hits = [(hit.start(), self._name_of(hit.group("name"))) for hit in _hits(self._pattern, text.casefold())]
        hits += [(hit.start(), self._name_of(hit.group("name"))) for hit in _hits(self._ticker_pattern, text)]
        return tuple(dict.fromkeys(name for _, name in sorted(hits)))

    def without_names(self, text: str) -> str:
        """Return the text with every known name, ticker and its possessive blotted out."""
        spans = [hit.span() for hit in (*_hits(self._pattern, text.casefold()), *_hits(self._ticker_pattern, text))]
        for start, end in spans:
            text = text[:start] + "·" * (end - start) + text[end:]
        return text

    def _name_of(self, typed: str) -> str:
        return self._names.get(typed.casefold()) or self._tickers[typed.lstrip("$").upper()]


def _typed_names(company: Company) -> list[str]:
    former = [name.name for name in company.former_names]
    return [company.name, *company.aliases, *former, *company.brands]


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted(set(names), key=lambda name: (-len(name), name))
    if not ordered:
        return None
    return re.compile(r"(?<!\w)(?P<name>" + "|".join(map(re.escape, ordered)) + r")(?:['’]s)?(?!\w)")


def _hits(pattern: re.Pattern[str] | None, text: str) -> list[re.Match[str]]:
    return list(pattern.finditer(text)) if pattern else []
