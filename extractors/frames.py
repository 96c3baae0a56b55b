"""Propose deals: for each line, which two parties deal with each other, in what instrument, and why we think so.

Every pair of parties of a line is scored with named features; the best pairs are taken so that a party serves one
frame of the line (a list of customers may share its provider). Loans, land and power may have one party only.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from extractors.direction import CHAIN, orient
from extractors.models import DealType, PartyKind, QuantityKind
from extractors.reading import NAME_MASK, Actant, Frame, Line, Trigger
from extractors.stances import Stance, stance_of
from extractors.status import is_recap, read_status
from extractors.triggers import COMPUTE, find_triggers
from extractors.weights import FRAME, FRAME_THRESHOLD

_CONNECTOR = re.compile(
    r"(?:\b(?:with|to|from|for|by|of|between|at|into|and|under|lets?|gives?|sent|via)|,)\s(?:[\w&'./-]+\s){0,5}$"
)
_LISTED = re.compile(rf"^(?:,|,? (?:and|or|as well as))\s(?:{NAME_MASK}+(?:,|,? and) )*$")
_HARDWARE = re.compile(
    r"\b(?:gpus?|servers?|chips?|accelerators?|racks?|systems|hardware|units?|turbines?|generators?|transformers?|asics?|rigs)\b"
)
_DONE = re.compile(
    r"\b(?:rais(?:ed|es|ing)|complet\w+|clos(?:ed|es)|secur(?:ed|es)|obtain(?:ed|s)|receiv(?:ed|es)|pric(?:ed|es)|bought|acquir(?:ed|es)|purchas(?:ed|es)|sign(?:ed|s)|agreed|announc\w+|lin(?:ed|es) up|draw\w*|enter\w* into|has issued|issued|leas(?:ed|es)|lands?|landed|wins?|won|plans to raise|will)\b"
)
_FINANCE = (DealType.FINANCING, DealType.EQUITY_STAKE)
#: instrument -> trigger families that speak of it
_SPEAKS: dict[DealType, frozenset[str]] = {
    DealType.HOSTING_LEASE: COMPUTE,
    DealType.ACQUISITION: frozenset({"acquisition", "buy"}),
    DealType.FINANCING: frozenset({"financing", "equity_stake"}),
    DealType.EQUIPMENT_PURCHASE: frozenset({"buy"}),
    DealType.POWER_SUPPLY: frozenset({"power_supply"}),
    DealType.LAND: frozenset({"land"}),
}
_OPERATORS = frozenset({PartyKind.MINER, PartyKind.DEVELOPER, PartyKind.NEOCLOUD, PartyKind.AI_LAB})
_SOLO = (DealType.FINANCING, DealType.LAND, DealType.POWER_SUPPLY, DealType.ACQUISITION, DealType.EQUIPMENT_PURCHASE)


def find_frames(line: Line) -> tuple[Frame, ...]:
    """Return the frames of one line, best first."""
    triggers = find_triggers(line.masked)
    if not any(trigger.family != "sign" for trigger in triggers) and not _rents(line, triggers):
        return ()
    parties = _parties(line)
    candidates = [
        frame for one, other in combinations(parties, 2) for frame in _pair_frames(line, one, other, triggers, parties)
    ]
    taken = list(_take(line, candidates, parties))
    used = {actor.id for frame in taken for actor in (frame.provider, frame.customer) if actor}
    taken += [
        frame for actant in parties if actant.actor.id not in used for frame in _solo_frames(line, actant, triggers)
    ][:1]
    return tuple(taken)


def _rents(line: Line, triggers: Sequence[Trigger]) -> bool:
    return bool(triggers) and any(
        figure.quantity.kind in (QuantityKind.POWER, QuantityKind.MONEY) for figure in line.figures
    )


def _parties(line: Line) -> list[Actant]:
    """Return the best actant of each actor: by name before by pronoun, and the first of its kind."""
    best: dict[int, Actant] = {}
    for actant in line.actants:
        if actant.modifier:
            continue
        known = best.get(actant.actor.id)
        if known is None or (known.implied and not actant.implied):
            best[actant.actor.id] = actant
    return sorted(best.values(), key=lambda actant: actant.start)


def _pair_frames(
    line: Line, one: Actant, other: Actant, triggers: Sequence[Trigger], parties: Sequence[Actant]
) -> Iterator[Frame]:
    shared = _shared_features(line, one, other, parties)
    for family in _SPEAKS:
        features = [*shared, *_family_features(line, one, other, family, triggers)]
        if (
            "instrument" not in features
            and not ("deal-noun" in features and family is DealType.HOSTING_LEASE)
            and "buy-verb" not in features
        ):
            continue
        provider, customer = orient(one, other, family=family, line=line)
        yield _frame(line, family, features=features, triggers=triggers, provider=provider, customer=customer)


def _frame(
    line: Line,
    family: DealType,
    *,
    features: Sequence[str],
    triggers: Sequence[Trigger],
    provider: Actant | None,
    customer: Actant | None,
) -> Frame:
    status = read_status(line.masked)[0]
    actants = [actant for actant in (provider, customer) if actant is not None]
    return Frame(
        line=line.index,
        provider=provider.actor if provider else None,
        customer=customer.actor if customer else None,
        family=family,
        score=round(sum(FRAME[feature] for feature in features), 4),
        features=tuple(features),
        triggers=tuple(triggers),
        status=status,
        recap=is_recap(line.masked),
        start=min(actant.start for actant in actants),
        end=max(actant.end for actant in actants),
    )


def _shared_features(line: Line, one: Actant, other: Actant, parties: Sequence[Actant]) -> list[str]:
    first, last = sorted((one, other), key=lambda actant: actant.start)
    features = ["bias", "implied-party" if one.implied or other.implied else "both-named"]
    features += ["pronoun"] * sum(actant.implied and actant.text.lower() in ("it", "its") for actant in (one, other))
    if _CONNECTOR.search(line.masked[max(0, last.start - 60) : last.start]):
        features.append("connector")
    features += ["party-between"] * sum(
        first.end <= actant.start < last.start for actant in parties if actant not in (one, other)
    )
    features += ["clause-border"] * min(3, line.crossings(first.start, last.start))
    features += ["bystander"] * sum(
        stance_of(line, actant) not in (Stance.PARTY, Stance.END_USER) for actant in (one, other)
    )
    if any(figure.quantity.kind in (QuantityKind.MONEY, QuantityKind.POWER) for figure in line.figures):
        features.append("money-or-power")
    return [*features, "headline"] if line.heading else features


def _family_features(
    line: Line, one: Actant, other: Actant, family: DealType, triggers: Sequence[Trigger]
) -> list[str]:
    low, high = min(one.start, other.start) - 70, max(one.end, other.end) + 70
    near = [trigger.family for trigger in triggers if low <= trigger.start <= high]
    features = ["instrument"] if _SPEAKS[family] - {"buy"} & set(near) else []
    features += ["deal-noun"] * ("deal" in near) + ["deal-verb"] * ("sign" in near)
    kinds = {one.actor.kind, other.actor.kind}
    return features + _kind_features(line, kinds, family, near, others=CHAIN[one.actor.kind] != CHAIN[other.actor.kind])


def _kind_features(
    line: Line, kinds: set[PartyKind], family: DealType, near: Sequence[str], *, others: bool
) -> list[str]:
    outsider = bool(kinds & {PartyKind.OTHER, PartyKind.UNDISCLOSED})
    if family is DealType.HOSTING_LEASE:
        if kinds == {PartyKind.MINER}:
            return ["two-miners"]
        return ["unlike-kinds"] if outsider and others else ["supply-chain"] if others else ["same-kind"]
    if family is DealType.FINANCING:
        money_side = kinds & {PartyKind.OTHER, PartyKind.HYPERSCALER, PartyKind.CHIP_VENDOR}
        return ["investor-and-operator"] if money_side and kinds & _OPERATORS else ["no-investor"]
    if family is DealType.EQUIPMENT_PURCHASE:
        sells = kinds & {PartyKind.CHIP_VENDOR, PartyKind.OTHER} and kinds & _OPERATORS
        fits = "buy" in near and bool(_HARDWARE.search(line.masked))
        return ["seller-and-buyer", "buy-verb"] if sells and fits else ["no-investor"]
    if family is DealType.ACQUISITION:
        return ["buy-verb"] if "buy" in near and "acquisition" not in near and not _HARDWARE.search(line.masked) else []
    return ["seller-and-buyer"] if outsider else ["no-investor"]


def _take(line: Line, candidates: Sequence[Frame], parties: Sequence[Actant]) -> Iterator[Frame]:
    """Take the best frames so that each party serves one; customers in a list share their provider."""
    used: set[int] = set()
    chosen: list[Frame] = []
    for frame in sorted(candidates, key=lambda frame: (-frame.score, frame.start, frame.family)):
        if frame.score < FRAME_THRESHOLD:
            break
        ids = {actor.id for actor in (frame.provider, frame.customer) if actor}
        if ids & used and not any(_lists(line, frame, known, parties) for known in chosen):
            continue
        used |= ids
        chosen.append(frame)
        yield frame


def _lists(line: Line, frame: Frame, known: Frame, parties: Sequence[Actant]) -> bool:
    """Tell whether two frames share the provider and name customers that stand in one list."""
    if frame.family is not known.family or frame.provider != known.provider or frame.customer == known.customer:
        return False
    spots = sorted(
        (actant for actant in parties if actant.actor in (frame.customer, known.customer)),
        key=lambda actant: actant.start,
    )
    return len(spots) == 2 and bool(_LISTED.match(line.masked[spots[0].end : spots[1].start] or "!"))


def _solo_frames(line: Line, actant: Actant, triggers: Sequence[Trigger]) -> Iterator[Frame]:
    """Propose a deal with one party: a loan, land, power, a building; or a contract whose customer is not named."""
    if actant.actor.kind not in _OPERATORS or stance_of(line, actant) is not Stance.PARTY:
        return
    features = ["bias", "solo", *(["headline"] if line.heading else [])]
    features += ["done-verb"] if _DONE.search(line.masked) else ["generic"]
    for family in _SOLO:
        speaking = [trigger for trigger in triggers if trigger.family in _SPEAKS[family]]
        if not speaking or (family is DealType.EQUIPMENT_PURCHASE and not _HARDWARE.search(line.masked)):
            continue
        if family is DealType.ACQUISITION and not _buys_a_place(line):
            continue
        named = [*features, "instrument", "both-named", *_figure_near(line, family, speaking)]
        seller = family in _FINANCE
        frame = _frame(
            line,
            family,
            features=named,
            triggers=triggers,
            provider=actant if seller else None,
            customer=None if seller else actant,
        )
        if frame.score >= FRAME_THRESHOLD:
            yield frame
            return
    families = {trigger.family for trigger in triggers}
    if families & (COMPUTE - {"partnership"}) and "deal" in families and actant.actor.kind is PartyKind.MINER:
        frame = _frame(
            line,
            DealType.HOSTING_LEASE,
            features=[*features, "instrument", "deal-noun"],
            triggers=triggers,
            provider=actant,
            customer=None,
        )
        if frame.score >= 0.0:
            yield frame


def _buys_a_place(line: Line) -> bool:
    return bool(
        re.search(
            r"(?:bought|acquired|purchased|buys|acquires|purchases|acquisition of) (?:an? |the |its )?[^.;§]{0,40}(?:data cent|site|building|facility|campus|plant|property)",
            line.masked,
        )
    )


def _figure_near(line: Line, family: DealType, triggers: Sequence[Trigger]) -> list[str]:
    wanted = {
        DealType.FINANCING: {QuantityKind.MONEY},
        DealType.EQUIPMENT_PURCHASE: {QuantityKind.MONEY, QuantityKind.GPU},
        DealType.ACQUISITION: {QuantityKind.MONEY, QuantityKind.POWER},
    }.get(family, {QuantityKind.POWER, QuantityKind.MONEY, QuantityKind.TERM})
    for figure in line.figures:
        if figure.quantity.kind in wanted and any(abs(figure.start - trigger.start) < 80 for trigger in triggers):
            return ["figure-near"]
    return []
