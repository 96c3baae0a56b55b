"""Read a bare ticker symbol as the company it belongs to: "(NASDAQ: ORRN) ... ORRN fell 3%".

Knows symbols the table or the article itself introduces, and letters that spell only one unknown name; knows no kinds.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.closed_sets import Where
from extractors.models import Company, PartySpan

#: A symbol as the subject of a price move: "MBAY closed 39% up", "MHAG: +3%".
_SYMBOL_MOVES = re.compile(
    r"(?<![\w$])(?!(?:NYSE|HPC|GPU|CEO|CFO|ETF|SEC|BTC|ETH|USD|AWS|IPO|NOI|EBITDA|ARR|TSX)\b)(?P<symbol>[A-Z]{3,5})(?:\.[A-Z]{1,2})?"
    r"(?=:?\s[+-]\d|\s(?:(?:was|is|has|had|finished|closed|ended)\s)?(?:\w+\s){0,3}?(?:up|down|higher|lower|rose|fell|gained|lost|jumped|climbed|popped|slid|dropped|shed|closed|finished|ended)\b)"
)


def join_symbols(parties: Sequence[PartySpan], symbols: Mapping[str, Company]) -> tuple[PartySpan, ...]:
    """Return the parties with a bare symbol ("HUT") read as its company, where that company is in the article."""
    present = {span.key for span in parties if span.key}

    def joined(span: PartySpan) -> PartySpan:
        company = symbols.get(span.text.strip("$")) if span.key is None else None
        if company is None or company.key not in present:
            return span
        return replace(span, key=company.key, name=company.name, kind=company.kind, rule="company.symbol")

    return tuple(joined(span) for span in parties)


def add_symbols(parties: Sequence[PartySpan], title: str, text: str) -> tuple[PartySpan, ...]:
    """Return the parties with every bare use of a symbol the article has introduced: "(NASDAQ: ORRN) … ORRN fell"."""
    owners: dict[str, PartySpan] = {}
    for span in parties:
        if span.ticker is not None and span.name is not None:
            owners.setdefault(span.ticker.symbol.split(".")[0], span)
    for symbol, span in _by_letters(parties, text):
        owners.setdefault(symbol, span)
    words = [re.escape(symbol) for symbol in owners if len(symbol) > 1]
    if not words:
        return tuple(parties)
    pattern = re.compile(rf"(?<![\w(:$.]){'(?:' + '|'.join(sorted(words)) + ')'}(?:\.[A-Z]{{1,2}})?(?![\w)])")
    added = [
        span
        for where, source in ((Where.TITLE, title), (Where.TEXT, text))
        for span in _bare(pattern, source, where, owners, parties)
    ]
    return tuple(sorted([*parties, *added], key=lambda span: (span.where is Where.TEXT, span.start)))


def _by_letters(parties: Sequence[PartySpan], text: str) -> Iterator[tuple[str, PartySpan]]:
    """Yield symbols never introduced, where a price moves and only one unknown name has their letters: MBAY, "Marrow Bay"."""
    unknown = {span.name: span for span in parties if span.key is None and span.name}
    for match in _SYMBOL_MOVES.finditer(text) if unknown else ():
        fitting = [span for name, span in unknown.items() if _spells(match["symbol"], name)]
        if len(fitting) == 1:
            yield match["symbol"], fitting[0]


def _spells(symbol: str, name: str) -> bool:
    """Tell whether a symbol's letters stand in a name in order, the first one first."""
    letters = iter(name.upper().replace(" ", ""))
    return symbol[0] == name[:1].upper() and all(letter in letters for letter in symbol)


def _bare(
    pattern: re.Pattern[str], source: str, where: Where, owners: Mapping[str, PartySpan], parties: Sequence[PartySpan]
) -> list[PartySpan]:
    taken = sorted((span.start, span.end) for span in parties if span.where is where)
    starts = [start for start, _ in taken]
    found: list[PartySpan] = []
    for match in pattern.finditer(source):
        at = bisect_right(starts, match.start())
        if any(start < match.end() and match.start() < end for start, end in taken[max(0, at - 1) : at + 1]):
            continue
        owner = owners[match[0].split(".")[0]]
        found.append(
            replace(
                owner,
                where=where,
                start=match.start(),
                end=match.end(),
                text=match[0],
                modifier=False,
                rule="company.symbol",
            )
        )
    return found
