"""Propose deals: for each line, which two parties deal with each other, in what instrument, and why we think so.

The pair model weighs every pair of parties of a line; the best pairs are taken so that a party serves one frame of the
line (a list of customers may share its provider). A party in none of them may still raise money, buy land or sign
alone: the solo model weighs that. The score of a frame grows with the log-odds that the line tells of the deal.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.closed_sets import DealType, PartyKind
from extractors.deals.candidates import Pair, alone_in, pairs_in, parties_of
from extractors.deals.direction import orient
from extractors.deals.pair_features import LISTED, OPERATORS
from extractors.deals.pair_reasons import pair_reasons
from extractors.deals.solo_frames import land_bought, money_raised
from extractors.deals.solo_reasons import solo_reasons
from extractors.deals.status import is_recap, read_status
from extractors.deals.triggers import find_triggers
from extractors.deals.weights import FRAME, FRAME_FLOOR
from extractors.judgement import Judgement
from extractors.linear import LinearModel, log_odds
from extractors.reading import Actant, Frame, Line, Trigger

_GIVES_MONEY = (DealType.FINANCING, DealType.EQUITY_STAKE)
#: Even odds are a score of 0.8, tenfold odds of 1.7: the scale on which frames were weighed by hand.
_EVEN, _SCALE = 0.8, 2.5
_NONE = "none"


def find_frames(line: Line, judgement: Judgement) -> tuple[Frame, ...]:
    """Return the frames of one line, best first."""
    if not line.actants:
        return ()
    parties = parties_of(line)
    candidates = [frame for pair in pairs_in(line) if (frame := _pair_frame(line, pair, judgement.pairs))]
    taken = list(_take(line, candidates, parties))
    used = {actor.id for frame in taken for actor in (frame.provider, frame.customer) if actor}
    triggers = find_triggers(line.masked)
    alone = (_solo_frame(line, actant, triggers, judgement.solo) for actant in alone_in(line, used))
    solo = sorted((frame for frame in alone if frame), key=lambda frame: -frame.score)[:1]
    busy = (actant for actant in parties if actant.actor.id in used and actant.actor.kind in OPERATORS)
    idle = [] if taken or solo else [actant for actant in parties if actant.actor.kind is PartyKind.MINER]
    return (*taken, *solo, *_loans(line, busy, triggers, taken), *_grounds(line, idle, triggers))


def _pair_frame(line: Line, pair: Pair, model: LinearModel) -> Frame | None:
    """Return what a line says of two parties, None if it most likely says nothing."""
    reasons = pair_reasons(line, pair)
    family, score = _verdict(model, reasons)
    if score < FRAME_FLOOR or (family is DealType.FINANCING and _lends_not_yet(pair, reasons)):
        return None
    provider, customer = orient(pair.one, pair.other, family=family, line=line)
    return _frame(
        line, family, score=score, features=_judged(reasons, family), reasons=model.reasons(reasons, family), triggers=pair.triggers,
        provider=provider, customer=customer,
    )  # fmt: skip


def _lends_not_yet(pair: Pair, reasons: Mapping[str, float]) -> bool:
    """Tell whether a line speaks of a loan, but of a guarantor's or of one hoped for: no lender has agreed to it."""
    told = any(trigger.family == "financing" for trigger in pair.triggers)
    return told and f"{DealType.FINANCING}:none" in reasons


def _verdict(model: LinearModel, reasons: Mapping[str, float]) -> tuple[DealType, float]:
    """Return the likeliest instrument and the score of there being a deal at all."""
    chances = model.chances(reasons)
    none = chances.pop(_NONE)
    family = max(chances, key=lambda name: (chances[name], name))
    return DealType(family), round(_EVEN + log_odds(1.0 - none) / _SCALE, 4)


def _judged(reasons: Mapping[str, float], family: DealType) -> list[str]:
    """Return the features with hand-set weights that spoke, by their bare names."""
    own = f"{family}:"
    names = (name.removeprefix("h:").removeprefix(own) for name in reasons if name.startswith(("h:", own)))
    return [name for name in names if name in FRAME]


def _frame(
    line: Line,
    family: DealType,
    *,
    score: float,
    features: Sequence[str],
    reasons: Sequence[str] = (),
    triggers: Sequence[Trigger],
    provider: Actant | None,
    customer: Actant | None,
) -> Frame:
    actants = [actant for actant in (provider, customer) if actant is not None]
    return Frame(
        line=line.index,
        provider=provider.actor if provider else None,
        customer=customer.actor if customer else None,
        family=family,
        score=score,
        features=tuple(features),
        reasons=tuple(reasons),
        triggers=tuple(triggers),
        status=read_status(line.masked)[0],
        recap=is_recap(line.masked),
        start=min(actant.start for actant in actants),
        end=max(actant.end for actant in actants),
    )


def _take(line: Line, candidates: Sequence[Frame], parties: Sequence[Actant]) -> Iterator[Frame]:
    """Take the best frames so that each party serves one; customers in a list share their provider."""
    used: set[int] = set()
    chosen: list[Frame] = []
    for frame in sorted(candidates, key=lambda one: (-one.score, one.start, one.family)):
        ids = {actor.id for actor in (frame.provider, frame.customer) if actor}
        listed = any(_lists(line, frame, known, parties) for known in chosen)
        if (ids & used and not listed) or (not listed and any(_entangled(line, frame, known) for known in chosen)):
            continue
        if listed and frame.family is DealType.HOSTING_LEASE and "bystander" not in frame.features:
            shared = max(frame.score, chosen[0].score - 0.3)
            chosen.append(replace(frame, score=shared))
        else:
            chosen.append(frame)
        used |= ids
        yield chosen[-1]


def _entangled(line: Line, frame: Frame, known: Frame) -> bool:
    """Tell whether two frames of one instrument share a clause: one word cannot tell of two deals at once."""
    if frame.family is not known.family:
        return False
    first, last = sorted((frame, known), key=lambda one: one.start)
    return line.clause(last.start) <= line.clause(first.end)


def _lists(line: Line, frame: Frame, known: Frame, parties: Sequence[Actant]) -> bool:
    """Tell whether two frames share the provider and name customers that stand in one list."""
    if frame.family is not known.family or frame.provider != known.provider or frame.customer == known.customer:
        return False
    spots = sorted(
        (actant for actant in parties if actant.actor in (frame.customer, known.customer)),
        key=lambda actant: actant.start,
    )
    return len(spots) == 2 and bool(LISTED.match(line.masked[spots[0].end : spots[1].start]))


def _loans(line: Line, busy: Iterable[Actant], triggers: Sequence[Trigger], taken: Sequence[Frame]) -> Iterator[Frame]:
    """Propose a loan or land beside another deal of its line: "closes $1.4 billion facility for its lease with Cloudmere"."""
    families = {frame.family for frame in taken}
    for actant in busy:
        loan = money_raised(line, actant, triggers) if DealType.FINANCING not in families else []
        land = land_bought(line, triggers) if not families & {DealType.LAND, DealType.ACQUISITION} else []
        if loan:
            yield _beside(line, DealType.FINANCING, loan, triggers, provider=actant)
        if land:
            yield _beside(line, DealType.LAND, land, triggers, customer=actant)
        if loan or land:
            return


def _grounds(line: Line, idle: Sequence[Actant], triggers: Sequence[Trigger]) -> Iterator[Frame]:
    """Propose land that a miner plainly buys by itself: "has closed on 200 acres, paying $96 million"."""
    land = land_bought(line, triggers)
    if land and len({actant.actor.id for actant in idle}) == 1:
        yield _beside(line, DealType.LAND, land, triggers, customer=idle[0])


def _beside(
    line: Line,
    family: DealType,
    features: Sequence[str],
    triggers: Sequence[Trigger],
    *,
    provider: Actant | None = None,
    customer: Actant | None = None,
) -> Frame:
    score = round(sum(FRAME[feature] for feature in features), 4)
    return _frame(line, family, score=score, features=features, triggers=triggers, provider=provider, customer=customer)


def _solo_frame(line: Line, actant: Actant, triggers: Sequence[Trigger], model: LinearModel) -> Frame | None:
    """Return a deal of one party; who receives money or provides compute is the provider, who buys the customer."""
    reasons = solo_reasons(line, actant, triggers=triggers)
    family, score = _verdict(model, reasons)
    if score < FRAME_FLOOR:
        return None
    provides = family in _GIVES_MONEY or family is DealType.HOSTING_LEASE
    seller = _vendor(line) if family is DealType.EQUIPMENT_PURCHASE else None
    return _frame(
        line, family, score=score, features=["solo"], reasons=model.reasons(reasons, family), triggers=triggers,
        provider=actant if provides else seller, customer=None if provides else actant,
    )  # fmt: skip


def _vendor(line: Line) -> Actant | None:
    """Return the maker named with the goods: "1,080 Nvidia GPUs"."""
    return next(
        (actant for actant in line.actants if actant.modifier and actant.actor.kind is PartyKind.CHIP_VENDOR), None
    )
