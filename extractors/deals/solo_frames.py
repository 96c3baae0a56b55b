"""Deals told with one party: a loan, land, power, a building bought, GPUs ordered, a contract with nobody named.

Knows the words and figures that make such a line a deal rather than talk; knows no pairs.
"""

import re
from collections.abc import Iterator, Sequence

from extractors.closed_sets import DealType, PartyKind, QuantityKind
from extractors.deals.pair_features import BACKS, HARDWARE, OPERATORS, SPEAKS
from extractors.deals.triggers import COMPUTE
from extractors.parties.stances import Stance, stance_of
from extractors.reading import Actant, Line, Trigger

_DONE = re.compile(
    r"\b(?:rais(?:ed|es|ing)|complet\w+|clos(?:ed|es)|secur(?:ed|es)|obtain(?:ed|s)|receiv(?:ed|es)|pric(?:ed|es)|bought|buys|acquir(?:ed|es)|purchas(?:ed|es)|purchase (?:by|of)"
    r"|sign(?:ed|s)|agreed|announc\w+|lin(?:ed|es) up|draw\w*|enter(?:ed|s|ing)\b|has issued|issued|leas(?:ed|es)|lands?|landed|wins?|won|plans to raise|will|wants to add|lock in|final|unveil\w*|launch\w*|upsiz\w+|intends to (?:offer|raise)|offers|execut(?:ed|es))\b"
)
_PLACE = re.compile(
    r"(?:bought|acquired|purchased|buys|acquires|purchases|acquisition of) (?:an? |the |its )?[^.;§]{0,40}(?:data cent|site|building|facility|campus|plant|property)"
)
#: A miner that leases ground or power is a tenant itself.
_GROUND = re.compile(
    r"\bground lease|\bacres?\b|\blease[sd]?\b[^.;]{0,60}\bfrom (?:the |an? )|\bport authority|\bauthority\b|\bcounty\b[^.;]{0,40}\blease|\blandlord|\brights to develop|\blease\b[^.;]{0,40}\bto secure\b|\bsecur(?:es?|ed|ing) (?:up to )?[\d.,]+ ?-?(?:mw|gw|megawatts?|gigawatts?)\b(?![^.;]{0,60}\b(?:tenant|customer|hosting|colocation))"
)
_LAND = re.compile(
    r"\b(?:bought|buys?|acquir(?:e|ed|es|ing)|acquisition of|purchas(?:ed|es|e of)|(?:closed|closes) on|takes? (?:fee simple )?title to|became the owner of)\s[^.;§]{0,40}\b(?:acres?|hectares?|land)\b"
)
_INSTRUMENTS = (
    DealType.FINANCING,
    DealType.LAND,
    DealType.POWER_SUPPLY,
    DealType.ACQUISITION,
    DealType.EQUIPMENT_PURCHASE,
)
_WANTED: dict[DealType, frozenset[QuantityKind]] = {
    DealType.FINANCING: frozenset({QuantityKind.MONEY}),
    DealType.EQUIPMENT_PURCHASE: frozenset({QuantityKind.MONEY, QuantityKind.GPU}),
    DealType.ACQUISITION: frozenset({QuantityKind.MONEY, QuantityKind.POWER}),
}
_ANY = frozenset({QuantityKind.POWER, QuantityKind.MONEY, QuantityKind.TERM})


def solo_features(line: Line, actant: Actant, triggers: Sequence[Trigger]) -> Iterator[tuple[DealType, list[str]]]:
    """Yield (instrument, features) for each deal the line may tell of one party alone."""
    if actant.actor.kind not in OPERATORS or stance_of(line, actant) is not Stance.PARTY:
        return
    if actant.actor.kind is not PartyKind.MINER and (actant.actor.name is None or actant.implied):
        return
    features = ["bias", "solo", *(["headline"] if line.heading else [])]
    features += ["done-verb"] if _DONE.search(line.masked) else ["generic"]
    for instrument in _INSTRUMENTS:
        speaking = [trigger for trigger in triggers if trigger.family in SPEAKS[instrument]]
        if (
            speaking
            and _fits(line, instrument)
            and not (instrument is DealType.FINANCING and BACKS.search(line.masked))
        ):
            family = DealType.LAND if instrument is DealType.ACQUISITION else instrument
            yield family, [*features, "instrument", "both-named", *_figure_near(line, instrument, speaking)]
    speaking = [trigger for trigger in triggers if trigger.family in COMPUTE - {"partnership"}]
    families = {trigger.family for trigger in triggers}
    if not speaking or not families & {"deal", "sign"} or actant.actor.kind is not PartyKind.MINER:
        return
    near = _figure_near(line, DealType.HOSTING_LEASE, speaking)
    ground = _GROUND.search(line.masked) is not None
    if not ground or "land" not in families:
        yield (
            DealType.LAND if ground else DealType.HOSTING_LEASE,
            [*features, "instrument", *(["both-named"] if near else []), *near],
        )


def money_raised(line: Line, actant: Actant, triggers: Sequence[Trigger]) -> list[str]:
    """Return the features of a loan told of a party that also stands in another deal of the line; empty if none is."""
    for trigger in triggers:
        if (
            trigger.family != "financing"
            or trigger.start < actant.end
            or line.clause(trigger.start) != line.clause(actant.start)
        ):
            continue
        sums = [figure for figure in line.figures if figure.quantity.kind is QuantityKind.MONEY]
        touching = any(
            -3 <= trigger.start - figure.end <= 25 or -3 <= figure.start - trigger.end <= 12 for figure in sums
        )
        if touching and _DONE.search(line.masked, actant.end, trigger.end + 1):
            return ["bias", "both-named", "instrument", "done-verb", "figure-near"]
    return []


def land_bought(line: Line, triggers: Sequence[Trigger]) -> list[str]:
    """Return the features of land bought in a line that also tells of another deal; empty if none is."""
    match = _LAND.search(line.masked)
    if match is None or not any(trigger.family == "land" for trigger in triggers):
        return []
    near = any(
        figure.quantity.kind is QuantityKind.MONEY and abs(figure.start - match.end()) < 110 for figure in line.figures
    )
    return ["bias", "both-named", "instrument", "done-verb", *(["figure-near"] if near else [])]


def _fits(line: Line, instrument: DealType) -> bool:
    if instrument is DealType.EQUIPMENT_PURCHASE:
        return HARDWARE.search(line.masked) is not None
    return instrument is not DealType.ACQUISITION or _PLACE.search(line.masked) is not None


def _figure_near(line: Line, instrument: DealType, triggers: Sequence[Trigger]) -> list[str]:
    wanted = _WANTED.get(instrument, _ANY)
    for figure in line.figures:
        if figure.quantity.kind in wanted and any(abs(figure.start - trigger.start) < 80 for trigger in triggers):
            return ["figure-near"]
    return []
