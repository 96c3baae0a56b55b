"""Why two parties of a line may deal with each other: the named features of a pair, by instrument.

Knows kinds, distance, clauses and the words between and around two names; the weights stand in `weights`, the choice
among pairs is made in `frames`.
"""

import re
from collections.abc import Sequence

from extractors.closed_sets import DealType, PartyKind, QuantityKind
from extractors.deals.direction import CHAIN
from extractors.deals.triggers import COMPUTE, SPECIFIC
from extractors.parties.stances import Stance, stance_of
from extractors.reading import NAME_MASK, Actant, Figure, Line, Trigger

#: instrument -> trigger families that speak of it
SPEAKS: dict[DealType, frozenset[str]] = {
    DealType.HOSTING_LEASE: COMPUTE,
    DealType.ACQUISITION: frozenset({"acquisition", "buy"}),
    DealType.FINANCING: frozenset({"financing", "equity_stake"}),
    DealType.EQUIPMENT_PURCHASE: frozenset({"buy"}),
    DealType.POWER_SUPPLY: frozenset({"power_supply"}),
    DealType.LAND: frozenset({"land"}),
}
OPERATORS = frozenset({PartyKind.MINER, PartyKind.DEVELOPER, PartyKind.NEOCLOUD, PartyKind.AI_LAB})
HARDWARE = re.compile(
    r"\b(?:gpus?|servers?|chips?|accelerators?|racks?|systems|hardware|units?|turbines?|generators?|transformers?|asics?|rigs)\b"
)
LISTED = re.compile(rf"^(?:,|,? (?:and|or|as well as))\s(?:{NAME_MASK}+(?:,|,? and) )*$")

_PLAIN = frozenset({Stance.PARTY, Stance.END_USER})
#: In a purchase the supplier, in a loan the lender is a party.
_DEALS_AS: dict[DealType, frozenset[Stance]] = {
    DealType.EQUIPMENT_PURCHASE: _PLAIN | {Stance.SUPPLIER},
    DealType.FINANCING: _PLAIN | {Stance.FINANCIER, Stance.INVESTOR, Stance.UNDERWRITER},
}
_TRIGGER_WITH = re.compile(
    r"\b(?:partnership|agreement|deal|contract|lease|venture|collaboration|memorandum of understanding|mou|pact|talks|alliance)s? with (?:the )?(?:[\w-]+ ){0,3}$"
)
_PRODUCT = re.compile(
    r"^(?:'s)? (?:[\w-]+ ){0,3}?(?:graphics|gpus?|chips?|hardware|servers?|platforms?|systems|architectures?|technology|accelerators?|cloud partner)\b"
)
_CONNECTOR = re.compile(
    r"(?:\b(?:with|to|from|for|by|of|between|at|into|and|under|lets?|gives?|sent|via)|,)\s(?:[\w&'./-]+\s){0,5}$"
)
_LIST_LEAD = re.compile(
    r"\b(?:with|from|for|to|by|including|like|at|as|involving|against)\s(?:the\s)?(?:[\w-]+\s){0,3}$"
)
_TAKEOVER = re.compile(
    r"\b(?:merger|merge[sd]?|take-?overs?|takes? over|taking over|took over|acquir\w+|acquisition|buyout|bid|majority (?:of|stake)|tender offer|(?:turn\w* down|reject\w*|declin\w*|rebuff\w*|spurn\w*|refus\w*) (?:[^.;]|\.(?=\d)){0,60}?(?:offer|proposal|approach)\b|purchase of (?=§)|(?:offer|approach) (?:for|by|from) (?=§)|rais\w+ (?:its |the |their )?offer|all-(?:share|stock|cash) (?:offer|approach))"
)
#: "acquires the Harrow site, lands a lease": what is bought is a place, not the other party.
_TAKES_PLACE = re.compile(
    r"\b(?:acquir\w+|acquisition of|buys?|bought|purchas\w+)\s[^.;§]{0,45}\b(?:sites?|land|acres|campus|facility|building|property|plant)\b(?!\s(?:of|from)\s(?:the\s)?§)"
)
BACKS = re.compile(r"backstop|guarant|credit enhancement|lease obligations")
_EXPECTED = re.compile(r"\b(?:expects?|expected|plans|intends|aims|hopes) to\b")
_SELLS = re.compile(r"\b(?:from|with|by)\s(?:the\s)?(?:[\w-]+\s){0,4}$")
_SUPPLIES = re.compile(r"^[^.;,]{0,40}\b(?:will |to |is |agreed to |would )?(?:suppl|provid|deliver|sell|sold|leas)\w*")
_ANALYSTS = re.compile(
    r"\b(?:overweight|underweight|price targets?|ratings?|analysts?|upgrad\w+|downgrad\w+|outperform)\b"
)
_RELATION = re.compile(
    r"\b(?:whose|its|main|key|largest|biggest|anchor|longtime|existing) (?:[\w-]+ )?(?:partner|client|customer|tenant|rival|backer)s?,? $|(?:the|an?|its|of) (?:[\w-]+ )?(?:partner|customer|client|tenant|landlord|host|rival|supplier)s? of $"
)


def pair_features(line: Line, one: Actant, other: Actant, between: int) -> list[str]:
    """Return the features of a pair that hold for every instrument; `between` counts parties standing between them."""
    first, last = sorted((one, other), key=lambda actant: actant.start)
    features = ["bias", "implied-party" if one.implied or other.implied else "both-named"]
    features += ["pronoun"] * sum(actant.implied and actant.text.lower() in ("it", "its") for actant in (one, other))
    features += ["unnamed-party"] * any(actant.actor.name is None and not actant.implied for actant in (one, other))
    if _CONNECTOR.search(line.masked[max(0, last.start - 60) : last.start]):
        features.append("connector")
    features += ["party-between"] * between
    features += ["unknown-name"] * sum(
        actant.actor.kind is PartyKind.UNDISCLOSED and actant.actor.name is not None for actant in (one, other)
    )
    features += ["trigger-with"] * bool(_TRIGGER_WITH.search(line.masked[max(0, last.start - 70) : last.start]))
    features += ["product"] * sum(
        actant.actor.kind is PartyKind.CHIP_VENDOR and bool(_PRODUCT.match(line.masked[actant.end : actant.end + 50]))
        for actant in (one, other)
    )
    features += ["clause-border"] * min(3, line.crossings(first.start, last.start))
    if any(figure.quantity.kind in (QuantityKind.MONEY, QuantityKind.POWER) for figure in line.figures):
        features.append("money-or-power")
    features += ["years-in-line"] * has_years(line) + ["coordinated"] * _coordinated(line, first, last)
    features += ["analysts"] * (
        PartyKind.OTHER in (one.actor.kind, other.actor.kind) and bool(_ANALYSTS.search(line.masked))
    )
    features += ["relation"] * bool(_RELATION.search(line.masked[max(0, last.start - 40) : last.start]))
    return [*features, "headline"] if line.heading else features


def has_years(line: Line) -> bool:
    """Tell whether a line states a span of years that could be a term."""
    return any(
        figure.quantity.kind is QuantityKind.TERM
        and figure.quantity.rule == "term"
        and 2 <= (figure.quantity.value or 0) <= 40
        for figure in line.figures
    )


def _coordinated(line: Line, first: Actant, last: Actant) -> bool:
    """Tell whether two parties stand in one list behind a preposition: both deal with a third, not with each other."""
    if not LISTED.match(line.masked[first.end : last.start]):
        return False
    return bool(_LIST_LEAD.search(line.masked[max(0, first.start - 40) : first.start]))


def family_features(line: Line, one: Actant, other: Actant, family: DealType, triggers: Sequence[Trigger]) -> list[str]:
    """Return the features that speak for one instrument; empty where no word of the line speaks of it."""
    low, high = min(one.start, other.start) - 80, max(one.end, other.end) + 80
    clauses = {line.clause(one.start), line.clause(other.start)}
    near = {
        trigger.family for trigger in triggers if low <= trigger.start <= high and line.clause(trigger.start) in clauses
    }
    speaking = SPEAKS[family] - {"buy"}
    features = ["instrument"] if speaking & near else []
    if not features and any(trigger.family in speaking for trigger in triggers):
        features = ["instrument", "far-instrument"]
    if features and _nearer_instrument(max(one.start, other.start), triggers) not in (None, *SPEAKS[family]):
        features.append("other-instrument-nearer")
    features += ["deal-noun"] * ("deal" in near) + ["deal-verb"] * ("sign" in near) + ["act"] * ("act" in near)
    features += _by_family(line, one, other, family, near)
    stances = {stance_of(line, actant) for actant in (one, other)}
    if family is DealType.FINANCING and (
        Stance.GUARANTOR in stances or (Stance.UNDERWRITER in stances and _EXPECTED.search(line.masked))
    ):
        return []
    features += ["bystander"] * sum(
        stance_of(line, actant) not in _DEALS_AS.get(family, _PLAIN) for actant in (one, other)
    )
    return features if _has_instrument(line, features, family) else []


def _large(figure: Figure) -> bool:
    """Tell whether a figure has the size of a contract: 5 MW, $50 million, 100 GPUs."""
    least = {QuantityKind.POWER: 5.0, QuantityKind.MONEY: 5e7, QuantityKind.GPU: 100.0}.get(figure.quantity.kind, 0.0)
    return (figure.quantity.value or 0.0) >= least and figure.quantity.per is None


def _nearer_instrument(at: int, triggers: Sequence[Trigger]) -> str | None:
    """Return the family of the instrument named last before the second party: "land for $9m and a lease with Cloudmere"."""
    named = [trigger for trigger in triggers if trigger.family in SPECIFIC and trigger.end <= at + 1]
    return named[-1].family if named else None


def _has_instrument(line: Line, features: Sequence[str], family: DealType) -> bool:
    """Tell whether a line speaks of an instrument: by its word, or by what only a contract has (signed megawatts, years)."""
    if "instrument" in features or "buy-verb" in features:
        return True
    if family is not DealType.HOSTING_LEASE:
        return False
    kinds = {figure.quantity.kind for figure in line.figures if _large(figure)}
    signed = ("deal-verb" in features or "act" in features) and bool(
        kinds & {QuantityKind.POWER, QuantityKind.GPU, QuantityKind.MONEY}
    )
    return (
        "deal-noun" in features
        or signed
        or (has_years(line) and bool(kinds & {QuantityKind.MONEY, QuantityKind.POWER}))
    )


def _by_family(line: Line, one: Actant, other: Actant, family: DealType, near: set[str]) -> list[str]:
    kinds = {one.actor.kind, other.actor.kind}
    if family is DealType.HOSTING_LEASE:
        return _compute(one, other, kinds, near)
    if family is DealType.FINANCING:
        return _finance(line, kinds)
    if family is DealType.ACQUISITION:
        return _acquisition(line, near)
    sells = bool(
        kinds & {PartyKind.CHIP_VENDOR, PartyKind.OTHER, PartyKind.DEVELOPER, PartyKind.UNDISCLOSED}
        and kinds & OPERATORS
    )
    if not sells or not _sold(line, one, other):
        return ["no-investor"]
    if family is DealType.EQUIPMENT_PURCHASE:
        return ["seller-and-buyer", "buy-verb"] if "buy" in near and HARDWARE.search(line.masked) else ["no-investor"]
    return ["seller-and-buyer"]


def _compute(one: Actant, other: Actant, kinds: set[PartyKind], near: set[str]) -> list[str]:
    if kinds == {PartyKind.MINER}:
        return ["two-miners"]
    features = ["joint-venture"] if "joint_venture" in near else []
    if PartyKind.CHIP_VENDOR in kinds and "hosting_lease" not in near:
        features.append("vendor")
    if CHAIN[one.actor.kind] == CHAIN[other.actor.kind]:
        return [*features, "same-kind"]
    return [*features, "unlike-kinds" if kinds & {PartyKind.OTHER, PartyKind.UNDISCLOSED} else "supply-chain"]


def _finance(line: Line, kinds: set[PartyKind]) -> list[str]:
    money_side = kinds & {PartyKind.OTHER, PartyKind.HYPERSCALER, PartyKind.CHIP_VENDOR, PartyKind.UNDISCLOSED}
    fits = money_side and kinds & OPERATORS and not BACKS.search(line.masked)
    return ["investor-and-operator"] if fits else ["no-investor"]


def _acquisition(line: Line, near: set[str]) -> list[str]:
    if _TAKES_PLACE.search(line.masked):
        return ["place-bought"]
    if _TAKEOVER.search(line.masked):
        return ["takeover-word"]
    return ["buy-verb"] if "buy" in near and not HARDWARE.search(line.masked) else []


def _sold(line: Line, one: Actant, other: Actant) -> bool:
    """Tell whether one of two parties is said to sell or supply: "from X", "X will supply"."""
    seller = min((one, other), key=lambda actant: actant.actor.kind in OPERATORS - {PartyKind.DEVELOPER})
    before, after = line.masked[max(0, seller.start - 50) : seller.start], line.masked[seller.end : seller.end + 60]
    return bool(_SELLS.search(before) or _SUPPLIES.match(after))
