"""Who provides and who buys: a supply-chain order, with syntax only where it cannot tell.

In compute deals space and power flow miner -> developer -> neocloud -> hyperscaler -> AI lab, whatever the verb says
("the miner leases a data centre" may be the landlord speaking). Acquisitions, loans and purchases are read from verbs.
"""

import re

from extractors.closed_sets import DealType, PartyKind
from extractors.deals.triggers import COMPUTE
from extractors.reading import Actant, Line

#: Position in the supply chain of compute. `other` buys from everyone in it.
CHAIN: dict[PartyKind, float] = {
    PartyKind.MINER: 0.0,
    PartyKind.DEVELOPER: 1.0,
    PartyKind.NEOCLOUD: 2.0,
    PartyKind.CHIP_VENDOR: 2.8,
    PartyKind.HYPERSCALER: 3.0,
    PartyKind.AI_LAB: 4.0,
    PartyKind.OTHER: 3.5,
    PartyKind.UNDISCLOSED: 3.6,
}
#: Parties that buy compute of a miner so that the deal counts as one between miner and AI.
AI_SIDE = frozenset({PartyKind.HYPERSCALER, PartyKind.NEOCLOUD, PartyKind.AI_LAB, PartyKind.CHIP_VENDOR})

_TARGET_BEFORE = re.compile(
    r"(?:(?:acquir\w+|buy(?:s|ing)?|bought|purchas\w+|take(?:s|n)? over|taking over|took over|takeover of|acquisition of|purchase of|merger of|majority of|control of|bid for|offer for|stake in|interest in|shares of)\s(?:the |a |an |all of |french |canadian )?(?:[^.;,§]{0,40}\s)?)$"
)
_BUYER_BEFORE = re.compile(
    r"(?:acquired|bought|purchased|taken over|bid|offer|proposal|takeover|object of|sold|pass\w*|given?s?)\b[^.;]{0,60}(?:by|from|to|of)\s(?:the )?(?:[^.;,§]{0,25}\s)?$|(?:merger|merge[sd]?|merging)\b[^.;]{0,30}(?:with|into)\s$|stock deal for\s$"
)
_SELLER_BEFORE = re.compile(
    r"(?:buy|purchase|acqui|order|bought|deal|assets|site)\w*\b[^.;]{0,80}\b(?:from|of)\s(?:the )?(?:[^.;,§]{0,25}\s)?$"
)
_BUYER_AFTER = re.compile(
    r"^(?:'s)?\s?(?:\([^)]*\)\s?)?(?:to|will|would|has|had|may|could|is to|is|agreed to|wants? to|said it|plans? to)?\s?(?:also |potentially |recently |then )*(?:[$\w.-]+ ){0,3}?(?:acquir|buy|bought|purchas|tak(?:es?|en|ing) over|took over|bid|offer|pay|proposal)"
)
_TARGET_AFTER = re.compile(
    r"^(?:'s)?\s(?:shareholders|stockholders|board|investors|directors)|^ (?:is|was|has been|being) (?:acquired|bought|taken over|the object)|^'s (?:business|assets|mining)"
)


def orient(one: Actant, other: Actant, *, family: DealType, line: Line) -> tuple[Actant, Actant]:
    """Return (provider, customer) of two parties of a line."""
    if family in COMPUTE:
        return _by_chain(one, other, line)
    if family is DealType.ACQUISITION:
        return (one, other) if _target(one, line) >= _target(other, line) else (other, one)
    if family in (DealType.FINANCING, DealType.EQUITY_STAKE):
        return (one, other) if _receives(one, line) >= _receives(other, line) else (other, one)
    if family in (DealType.EQUIPMENT_PURCHASE, DealType.POWER_SUPPLY, DealType.LAND):
        return (other, one) if _buys(one) >= _buys(other) else (one, other)
    return _by_chain(one, other, line)


def _by_chain(one: Actant, other: Actant, line: Line) -> tuple[Actant, Actant]:
    left, right = CHAIN[one.actor.kind], CHAIN[other.actor.kind]
    if left != right:
        return (one, other) if left < right else (other, one)
    return _by_order(one, other, line)


def _by_order(one: Actant, other: Actant, line: Line) -> tuple[Actant, Actant]:
    """Read a tie from word order: who "leases to" or "provides" stands first, who "buys from" stands last."""
    first, last = sorted((one, other), key=lambda actant: actant.start)
    between = line.masked[first.end : last.start]
    if (
        re.search(r"\b(?:from|by|rents?|buys?|taps|leases? from|uses?|for which|lets)\b", between)
        or "tied to" in between
    ):
        return last, first
    return first, last


def _target(actant: Actant, line: Line) -> float:
    """Score how much a party looks like the one being bought."""
    before, after = line.masked[max(0, actant.start - 110) : actant.start], line.masked[actant.end : actant.end + 60]
    score = -0.4 * CHAIN[actant.actor.kind]
    score += 2.0 * bool(_TARGET_BEFORE.search(before)) - 2.5 * bool(_BUYER_BEFORE.search(before))
    score += 3.0 * bool(_SELLER_BEFORE.search(before))
    return score - 3.0 * bool(_BUYER_AFTER.search(after)) + 1.5 * bool(_TARGET_AFTER.search(after))


def _receives(actant: Actant, line: Line) -> float:
    """Score how much a party looks like the one that gets the money: operators do, investors give."""
    before, after = line.masked[max(0, actant.start - 60) : actant.start], line.masked[actant.end : actant.end + 60]
    score = {
        PartyKind.MINER: 2.0,
        PartyKind.DEVELOPER: 2.0,
        PartyKind.NEOCLOUD: 1.5,
        PartyKind.AI_LAB: 1.0,
        PartyKind.OTHER: -1.0,
        PartyKind.HYPERSCALER: -1.0,
    }.get(actant.actor.kind, 0.0)
    score += 1.5 * bool(re.search(r"\b(?:into|in|of)\s(?:the )?$", before)) - 1.5 * bool(
        re.search(r"\b(?:from|by|with)\s(?:the )?$", before)
    )
    return score - 1.5 * bool(
        re.search(
            r"^ (?:invests?|invested|is putting|had earlier put|put|lends?|leads?|has invested|will invest)", after
        )
    )


def _buys(actant: Actant) -> float:
    """Score how much a party looks like the buyer of equipment, power or land: miners and clouds do."""
    return {
        PartyKind.MINER: 2.0,
        PartyKind.NEOCLOUD: 1.5,
        PartyKind.DEVELOPER: 1.2,
        PartyKind.AI_LAB: 1.0,
        PartyKind.CHIP_VENDOR: -2.0,
    }.get(actant.actor.kind, 0.0)
