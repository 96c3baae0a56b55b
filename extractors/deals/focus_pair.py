"""Read a deal told over several sentences: the miner and the counterpart an article is about, joined line by line.

Threads, bullets and stories that say "the tenant" in one sentence and the megawatts in the next never name both parties
beside each other. If an article has one leading miner and one leading counterpart, lines that speak of a contract and its
size are frames of these two. Adds to what `frames` finds; where another customer of the miner is told, it abstains.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extractors.closed_sets import DealType, PartyKind, QuantityKind, Where
from extractors.deals.direction import AI_SIDE
from extractors.deals.status import is_recap, read_status
from extractors.deals.triggers import COMPUTE, find_triggers
from extractors.deals.weights import FRAME
from extractors.models import Quantity
from extractors.parties.stances import Stance, stance_of
from extractors.reading import Actant, Actor, Frame, Line, Trigger

#: How far into the article the news is told.
_NEWS = 14
_MOST_FRAMES = 4
#: A frame above this says plainly who deals with whom, and in what.
_PLAIN = 0.6
_TITLE_COUNTS = 3
_LEAST_EVIDENCE = 2
_BUYERS = (AI_SIDE - {PartyKind.CHIP_VENDOR}) | {PartyKind.UNDISCLOSED}
_THE_DEAL = re.compile(r"\b(?:the|this) (?:[\w-]+ )?(?:contract|lease|deal|agreement)\b")
_SIZES = {QuantityKind.POWER: 5.0, QuantityKind.MONEY: 5e7, QuantityKind.GPU: 100.0}


def find_focus_frames(lines: Sequence[Line], frames: Sequence[Frame]) -> list[Frame]:
    """Return further frames of the one pair an article is about; none if it is not plainly one."""
    news = [line for line in lines if line.index <= _NEWS]
    miner = _leading(news, frozenset({PartyKind.MINER}), named=True)
    buyer = _leading(news, _BUYERS, named=False)
    if miner is None or buyer is None or not _is_titled(news, miner, buyer) or _deals_otherwise(miner, buyer, frames):
        return []
    told = {frame.line for frame in frames if frame.customer is not None and frame.provider is not None}
    found = [frame for line in news if line.index not in told and (frame := _frame(line, miner, buyer)) is not None]
    both = {miner.id, buyer.id} <= {actant.actor.id for line in news[:1] for actant in line.actants}
    own = [frame for frame in frames if _is_pair(frame, miner, buyer)]
    best = max(own, key=lambda frame: frame.score, default=None)
    if best is not None and best.family is DealType.ACQUISITION and best.score > _PLAIN:
        found = [frame for frame in found if frame.family is DealType.ACQUISITION]
    return found[:_MOST_FRAMES] if len(found) + len(own) + both >= _LEAST_EVIDENCE else []


def _is_titled(lines: Sequence[Line], miner: Actor, buyer: Actor) -> bool:
    """Tell whether the headline, if there is one, names one of the two."""
    title = next((line for line in lines if line.where is Where.TITLE), None)
    return title is None or any(actant.actor.id in (miner.id, buyer.id) for actant in title.actants)


def _leading(lines: Iterable[Line], kinds: frozenset[PartyKind], *, named: bool) -> Actor | None:
    """Return the actor of `kinds` that is spoken of most, None if two come close."""
    counts: Counter[int] = Counter()
    actors: dict[int, Actor] = {}
    for line in lines:
        here = {actant.actor.id: actant for actant in line.actants if not actant.modifier and not _pronoun(actant)}
        for number, actant in here.items():
            if actant.actor.kind in kinds and (actant.actor.name or not named) and _takes_part(line, actant):
                counts[number] += _TITLE_COUNTS if line.where is Where.TITLE else 1
                actors[number] = actant.actor
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return actors[ranked[0][0]]


def _pronoun(actant: Actant) -> bool:
    return actant.text.lower() in {"it", "its"}


def _takes_part(line: Line, actant: Actant) -> bool:
    return stance_of(line, actant) is Stance.PARTY


def _deals_otherwise(miner: Actor, buyer: Actor, frames: Sequence[Frame]) -> bool:
    """Tell whether the miner is said to deal with somebody else, or the buyer with another miner."""
    for frame in frames:
        ids = {actor.id for actor in (frame.provider, frame.customer) if actor is not None}
        families = frame.family in (DealType.HOSTING_LEASE, DealType.ACQUISITION)
        if families and len(ids) == 2 and len(ids & {miner.id, buyer.id}) == 1 and frame.score > _PLAIN:
            return True
    return False


def _is_pair(frame: Frame, miner: Actor, buyer: Actor) -> bool:
    return {actor.id for actor in (frame.provider, frame.customer) if actor is not None} == {miner.id, buyer.id}


def _frame(line: Line, miner: Actor, buyer: Actor) -> Frame | None:
    """Return the frame a line adds for the pair, None if it tells of no contract with a size."""
    spots = [actant for actant in line.actants if actant.actor.id in (miner.id, buyer.id) and not actant.modifier]
    others = [
        actant
        for actant in line.actants
        if actant.actor.id not in (miner.id, buyer.id) and actant.actor.kind in _BUYERS | {PartyKind.MINER}
    ]
    triggers = find_triggers(line.masked)
    both = {miner.id, buyer.id} <= {actant.actor.id for actant in spots if not actant.implied}
    told = [(actant.start, actant.end) for actant in spots]
    told += [(noun.start(), noun.end()) for noun in _THE_DEAL.finditer(line.masked)]
    if not told and _is_dense(line):
        told = [(0, 0)]
    if not told or others or _is_older(line) or not (both or _has_size(line)):
        return None
    features = _features(buyer, triggers, dense=told == [(0, 0)])
    if features is None:
        return None
    family = DealType.ACQUISITION if "takeover-word" in features else DealType.HOSTING_LEASE
    return Frame(
        line=line.index,
        provider=miner,
        customer=buyer,
        family=family,
        score=round(sum(FRAME[feature] for feature in features), 4),
        features=tuple(features),
        triggers=triggers,
        status=read_status(line.masked)[0],
        start=min(start for start, _ in told),
        end=max(end for _, end in told),
    )


def _has_size(line: Line) -> bool:
    """Tell whether a line states what only a contract has: megawatts, millions, GPUs or years."""
    return any(_is_large(figure.quantity) for figure in line.figures)


def _is_large(quantity: Quantity) -> bool:
    least = _SIZES.get(quantity.kind)
    if least is not None and (quantity.value or 0.0) >= least and quantity.per is None:
        return True
    return quantity.kind is QuantityKind.TERM and quantity.rule == "term" and 2 <= (quantity.value or 0) <= 40


def _is_older(line: Line) -> bool:
    """Tell whether a line looks back; "a first contract" does not."""
    return is_recap(line.masked.replace("a first ", "a "))


def _is_dense(line: Line) -> bool:
    """Tell whether a line names nobody and is all figures of a contract: "$720M, 3 years, GPUs as a service"."""
    kinds = {figure.quantity.kind for figure in line.figures if _is_large(figure.quantity)}
    return not line.actants and len(kinds & {QuantityKind.MONEY, QuantityKind.POWER, QuantityKind.TERM}) > 1


def _features(buyer: Actor, triggers: Sequence[Trigger], *, dense: bool) -> list[str] | None:
    families = {trigger.family for trigger in triggers}
    if families & {"financing", "equity_stake", "power_supply", "land"}:
        return None
    features = ["bias", "implied-party", "focus-pair", "money-or-power"]
    features += ["years-in-line"] * dense + ["supply-chain" if buyer.kind in AI_SIDE else "unlike-kinds"]
    if families & COMPUTE:
        return [*features, "instrument"]
    if "acquisition" in families:
        return [*features, "instrument", "takeover-word"]
    if "deal" in families:
        return [*features, "deal-noun"]
    if dense:
        return features
    return [*features, "deal-verb"] if families & {"sign", "act"} else None
