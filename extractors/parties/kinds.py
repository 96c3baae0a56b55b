"""What kind of company an unknown name is, where the whole article tells though no phrase beside the name does.

If an article speaks of mining but knows no miner of its own, the unknown company that mines, or provides rather than
buys, is the miner; an unknown buyer is what the article calls its buyer ("the lab", "the cloud company"). Known and
described companies keep their kinds.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.closed_sets import PartyKind, Where
from extractors.models import Company, PartySpan
from extractors.parties.kind_votes import MINING, Ballot, count_votes

#: Trades that never dig coins, whatever stands beside them.
_NO_MINER = re.compile(
    r"\b(?:Bank|Bancorp|Capital|Securities|Partners|Asset|Management|Advisors|Realty|Pharma\w*|Foods|Equity|Ventures|Construction|Gold|Lithium|Copper|Silver|Pensions|Fund|University|Utilities|Renewables|Wind|Solar|Electric|Logistics|Insurance|Technologies of)\b|&$"
)
#: A hint in the name counts against being the miner by so much: labs hardly ever mine, "Compute" is anybody's word.
_AGAINST = {PartyKind.AI_LAB: 4, PartyKind.CHIP_VENDOR: 6, PartyKind.NEOCLOUD: 1}
#: A symbol as the subject of a price move: "MBAY closed 39% up", "MHAG: +3%".
_SYMBOL_MOVES = re.compile(
    r"(?<![\w$])(?!(?:NYSE|HPC|GPU|CEO|CFO|ETF|SEC|BTC|ETH|USD|AWS|IPO|NOI|EBITDA|ARR|TSX)\b)(?P<symbol>[A-Z]{3,5})(?:\.[A-Z]{1,2})?"
    r"(?=:?\s[+-]\d|\s(?:(?:was|is|has|had|finished|closed|ended)\s)?(?:\w+\s){0,3}?(?:up|down|higher|lower|rose|fell|gained|lost|jumped|climbed|popped|slid|dropped|shed|closed|finished|ended)\b)"
)
_OPEN = frozenset({PartyKind.UNDISCLOSED, PartyKind.OTHER})
_BUYERS: tuple[tuple[PartyKind, re.Pattern[str]], ...] = (
    (
        PartyKind.HYPERSCALER,
        re.compile(r"\b(?:hyperscaler|tech(?:nology)? giant|cloud giant|search giant)\b", re.IGNORECASE),
    ),
    (
        PartyKind.NEOCLOUD,
        re.compile(
            r"\bneocloud|\b(?:AI|GPU|the|a|newer|compute)[- ]clouds?\b(?! (?:contract|service|capacity|deal|revenue|business))|\bcloud (?:provider|company|start-?up|operator|firm|specialist|platform)|\bbuilder of GPU",
            re.IGNORECASE,
        ),
    ),
    (
        PartyKind.AI_LAB,
        re.compile(
            r"\b(?:the|a|an|AI|French|German|\w+ish) (?:AI )?lab\b|\bAI (?:model|start-?up|developer)|\bmodel (?:maker|developer|builder)|language models?\b|\bchatbot",
            re.IGNORECASE,
        ),
    ),
)
#: Enough votes for a miner where nobody else is one; more where the article knows another miner.
_ENOUGH, _MORE, _SURE = 2, 3, 5
#: A miner named so often is no mere background.
_OFTEN = 3


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


def infer_kinds(parties: Sequence[PartySpan], title: str, text: str) -> tuple[PartySpan, ...]:
    """Return the parties, with one unknown company made the miner if the article needs one, and its buyer told."""
    open_names = sorted({span.name for span in parties if span.name and _is_open(span)})
    if not open_names or not (MINING.search(text) or MINING.search(title)):
        return tuple(parties)
    placed = [(span, title if span.where is Where.TITLE else text) for span in parties]
    ballots = count_votes(open_names, placed)
    kinds = {span.name: span.kind for span in parties if span.name in ballots}
    miner = _miner(parties, ballots, kinds)
    named = {} if miner is None else {miner: PartyKind.MINER}
    if named or any(span.kind is PartyKind.MINER for span in parties):
        named = _buyers(ballots, kinds, source=f"{title}\n{text}") | named
    return tuple(replace(span, kind=named[span.name]) if span.name in named else span for span in parties)


def _is_open(span: PartySpan) -> bool:
    """Tell whether nothing but its own name says what a company does."""
    return span.key is None and (span.kind in _OPEN or span.rule.endswith(".hinted"))


def _miner(parties: Sequence[PartySpan], ballots: Mapping[str, Ballot], kinds: Mapping[str, PartyKind]) -> str | None:
    """Return the open name that is the article's miner, None if it has one already or nobody looks like one."""
    miners = Counter(span.name for span in parties if span.kind is PartyKind.MINER and span.name)
    if any(name in ballots for name in miners):
        return None
    lead = any(span.kind is PartyKind.MINER and span.name and _leads(span) for span in parties)
    titled = {span.name for span in parties if span.where is Where.TITLE}
    scores = {
        name: ballot.for_miner - _AGAINST.get(kinds[name], 0) + min(ballot.seen, 4) // 2 + (name in titled)
        for name, ballot in ballots.items()
        if not _NO_MINER.search(name)
    }
    if not scores or lead:
        return None
    best = min(scores, key=lambda name: (-scores[name], name))
    least = _ENOUGH if not miners else _MORE if best in titled and max(miners.values()) < _OFTEN else _SURE
    return best if scores[best] >= least and (ballots[best].mines or not miners or least == _MORE) else None


def _leads(span: PartySpan) -> bool:
    """Tell whether a party stands in the headline or opens the text."""
    return span.where is Where.TITLE or span.start < 300


def _buyers(ballots: Mapping[str, Ballot], kinds: Mapping[str, PartyKind], *, source: str) -> dict[str, PartyKind]:
    """Return the kind of each unknown company that buys: what the article calls a buyer, if it calls one so."""
    called = next((kind for kind, pattern in _BUYERS if pattern.search(source)), None)
    if called is None:
        return {}
    return {
        name: called
        for name, ballot in ballots.items()
        if ballot.buys + ballot.meets > ballot.provides and kinds[name] is PartyKind.UNDISCLOSED
    }
