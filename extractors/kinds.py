"""What kind of company an unknown name is, where the whole article tells though no phrase beside the name does.

If an article speaks of mining but knows no miner, the unknown company beside the words of mining is the miner; of two
unknown companies, the one called tenant, customer, lab or cloud buys. Known companies keep their kinds.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.models import Company, PartyKind, PartySpan, Where

_MINING = re.compile(
    r"\b(?:bitcoin|btc|crypto\w*)?[- ]?(?:miners?|mining|hash ?rate|hashprice|exahash|eh/s|rigs|asics?|self-mined|halving)\b",
    re.IGNORECASE,
)
_OPERATES = re.compile(
    r"^(?:'s)? (?:[\w-]+ ){0,3}?(?:site|campus|facility|mine|data cent|shares|stock|hash|miners|rigs|will (?:host|build|deliver)|shed|fell|rose|leas)",
    re.IGNORECASE,
)
_BUYS = re.compile(
    r"\b(?:tenant|customer|client|lessee|startup|start-up|lab|cloud (?:company|provider|platform|firm)|hyperscaler|offtaker)s?,? $",
    re.IGNORECASE,
)
_BESIDE = 130
_OPEN = frozenset({PartyKind.UNDISCLOSED, PartyKind.OTHER})


def join_symbols(parties: Sequence[PartySpan], symbols: Mapping[str, Company]) -> tuple[PartySpan, ...]:
    """Return the parties with a bare symbol ("HUT") read as its company, where that company is in the article."""
    present = {span.key for span in parties if span.key}

    def joined(span: PartySpan) -> PartySpan:
        company = symbols.get(span.text.strip("$")) if span.key is None else None
        if company is None or company.key not in present:
            return span
        return replace(span, key=company.key, name=company.name, kind=company.kind, rule="company.symbol")

    return tuple(joined(span) for span in parties)


def infer_kinds(parties: Sequence[PartySpan], title: str, text: str) -> tuple[PartySpan, ...]:
    """Return the parties, with one unknown company made the miner if the article needs one."""
    if any(span.kind is PartyKind.MINER and span.name for span in parties) or not _MINING.search(text):
        return tuple(parties)
    votes: Counter[str] = Counter()
    for span in parties:
        if span.key is None and span.name and span.kind in _OPEN:
            votes[span.name] += _votes(span, title if span.where is Where.TITLE else text)
    if not votes:
        return tuple(parties)
    best, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
    if count < 2:
        return tuple(parties)
    return tuple(
        replace(span, kind=PartyKind.MINER) if span.name == best and span.key is None else span for span in parties
    )


def _votes(span: PartySpan, source: str) -> int:
    around = source[max(0, span.start - _BESIDE) : span.end + _BESIDE]
    before, after = source[max(0, span.start - 40) : span.start], source[span.end : span.end + 60]
    score = len(_MINING.findall(around)) > 0
    return (
        int(score)
        + int(_OPERATES.match(after) is not None)
        + int(span.where is Where.TITLE)
        - 2 * int(_BUYS.search(before) is not None)
    )
