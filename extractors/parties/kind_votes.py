"""What the sentences around an unknown name say of its trade: does it mine, does it provide, does it buy?

Words around a name and how much each counts; a company is weighed over all its mentions. Knows no article and takes
no decision (`kinds` does).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.models import PartySpan

#: Mentions of one name that are weighed; more say nothing new.
_MOST = 16
_REACH = 220
MINING = re.compile(
    r"""\b(?:(?:bitcoin|btc|crypto\w*|digital[- ]asset)[- ](?:min(?:es?|ers?|ing)|production|computers?|machines?|rigs?|sheds?|fleet|operations?|dig\w*|enterprise)
    |miners?\b|mining\b|mine[sd]?\s(?:bitcoin|btc)|still\shashes|hash\s?rate|hashprice|[ep]h/s|exahash|self-min\w+|asics?\b|halving|\d+\s(?:bitcoin|btc)\b|(?:production|producing|minting)\s(?:of\s)?bitcoin)""",
    re.IGNORECASE | re.VERBOSE,
)
#: The name itself is said to mine.
_MINES = re.compile(
    r"^(?:'s)?(?: \([^()\n]{1,40}\))?(?:,? (?:which|that|who))? (?:[\w-]+ ){0,2}?(?:mines? (?:bitcoin|btc|crypto|coins)|mined [\d,.]+|mining (?:fleet|business|operations?|capacity|revenue|machines)|hash ?rate|bitcoin (?:min\w+|production|machines|fleet|treasury|holdings))"
    r"|^,? (?:an?|the|once an?|formerly an?|which (?:is|was) an?) [^.;\n]{0,60}(?:bitcoin|crypto|btc|miner\b)",
    re.IGNORECASE,
)
_HOLDS = r"(?:site|campus|facility|mine|data cent\w+|halls?|property|buildings?|land|warehouses?|sheds?|shareholders|holders|board|directors|power|grid|sites)"
_PROVIDES = re.compile(
    rf"^(?:'s?)?(?: \([^()\n]{{1,40}}\))? (?:[\w-]+ ){{0,2}}?{_HOLDS}\b"
    r"|^(?: \([^()\n]{1,40}\))?,? (?:(?:will|would|is to|has agreed to|agreed to|also|said it will|has) ){0,3}(?:host|build|deliver|install|run|provide|make available|supply|hand over|contribute|convert|house|spend|borrow|add|let\b|rents? out|leas\w+ out|leas\w+ [^.;\n]{0,60} to\b|place|shares|stock|lost|shed|fell|rose|jumped|gained)",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\b(?:take-?over|acquisition|purchase|majority|buy-?out|control) of (?:the )?$|\b(?:bid|offer|approach) for (?:the )?$|\b(?:acquires?|acquired|acquiring|buys?|bought|buying|take over) $|(?:shares|stock|shareholders|investors|holders) (?:of|in) $|\bmerge[sd]? into $",
    re.IGNORECASE,
)
_CALLED_BUYER = re.compile(
    r"\b(?:tenant|customer|client|lessee|start-?up|lab|hyperscaler|offtaker|taker)s?,? $", re.IGNORECASE
)
_SOLD_TO = re.compile(
    r"\b(?:agreement|contract|deal|lease|pact|capacity|order|accord|talks|partnership|GPUs?|services?|MW|megawatts|letter of intent|cluster|compute|processors|space)\b[^.;\n]{0,50}? (?:to|for|by|from) (?:the )?$"
    r"|\b(?:bid|offer|takeover|approach|acquired|bought|majority)\b[^.;\n]{0,30}? (?:from|by) $",
    re.IGNORECASE,
)
_DEALT_WITH = re.compile(
    r"\b(?:agreement|contract|deal|lease|pact|accord|talks|partnership|letter of intent)\b[^.;\n]{0,30}? with (?:the )?$",
    re.IGNORECASE,
)
_BUYS = re.compile(
    r"^(?: \([^()\n]{1,40}\))?,? (?:(?:will|has|is|was|would|to|also|had|chosen|agreed|decided|can|may|could|now) ){0,4}(?:tak(?:es?|ing)\b(?! over)|rent(?:s|ed|ing)?\b(?! out)|pays?\b|prepa\w+|occup\w+|train\w*|uses?\b|using|exercis\w+|served notice|walk\w*|pulled out|moves? in|as tenant|acquir\w+|buy(?:s|ing)?\b|bought)"
    r"|^ (?:takeover|bid|offer|approach|merger|acquisition)\b|^,? (?:as tenant|the (?:tenant|customer))|^'s (?:bid|offer|approach|takeover|payments?|rent|order|GPUs?|models?|workloads?|clusters?)",
    re.IGNORECASE,
)
_BORDER = re.compile(r"[.!?]\s|\n")


@dataclass(slots=True)
class Ballot:
    """Votes for one name: that it mines coins, that it provides power or compute, buys them, or is dealt with."""

    seen: int = 0
    mines: int = 0
    provides: int = 0
    buys: int = 0
    meets: int = 0

    @property
    def for_miner(self) -> int:
        """Weigh all votes: a buyer beside the words of mining is still a buyer."""
        return 2 * self.mines + self.provides - 2 * self.buys

    @property
    def sign(self) -> str:
        """Name the side that most votes speak for."""
        votes = {"mines": self.mines, "provides": self.provides, "buys": self.buys + self.meets}
        most = max(votes.values())
        return next(side for side, number in votes.items() if number == most) if most else "silent"


def weigh(ballot: Ballot, span: PartySpan, source: str) -> None:
    """Add what the words around one mention say."""
    if ballot.seen >= _MOST:
        return
    ballot.seen += 1
    before, after = source[max(0, span.start - 90) : span.start], source[span.end : span.end + 120]
    sentence = sentence_around(source, span.start, span.end)
    ballot.mines += 2 * bool(_MINES.match(after)) + min(2 - min(ballot.mines, 2), bool(MINING.search(sentence)))
    ballot.provides += bool(_PROVIDES.match(after)) + 2 * bool(_TARGET.search(before)) + (span.ticker is not None)
    ballot.meets += bool(_DEALT_WITH.search(before))
    ballot.buys += 2 * bool(_CALLED_BUYER.search(before)) + bool(_SOLD_TO.search(before)) + bool(_BUYS.match(after))


def sentence_around(source: str, start: int, end: int) -> str:
    """Return the sentence that holds `start`..`end`, cut to a bounded length."""
    left = source[max(0, start - _REACH) : start]
    right = source[end : end + _REACH]
    begin = max((border.end() for border in _BORDER.finditer(left)), default=0)
    stop = _BORDER.search(right)
    return left[begin:] + source[start:end] + (right[: stop.start()] if stop else right)


def count_votes(names: Sequence[str], spans: Sequence[tuple[PartySpan, str]]) -> dict[str, Ballot]:
    """Return a ballot for each of `names`; `spans` come with the source they stand in."""
    ballots = {name: Ballot() for name in names}
    for span, source in spans:
        if span.name in ballots:
            weigh(ballots[span.name], span, source)
    return ballots
