"""Propose deals: for each line, which two parties deal with each other, in what instrument, and why we think so.

Every pair of parties of a line is scored with named features; the best pairs are taken so that a party serves one
frame of the line (a list of customers may share its provider). Loans, land and power may have one party only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from extractors.closed_sets import DealType, PartyKind, QuantityKind, Where
from extractors.deals.direction import orient
from extractors.deals.pair_features import (
    LISTED,
    OPERATORS,
    SPEAKS,
    family_features,
    has_years,
    pair_features,
)
from extractors.deals.solo_frames import land_bought, money_raised, solo_features
from extractors.deals.status import is_recap, read_status
from extractors.deals.triggers import find_triggers
from extractors.deals.weights import FRAME, FRAME_FLOOR
from extractors.parties.stances import Stance, stance_of
from extractors.reading import Actant, Frame, Line, Trigger

_WITH = re.compile(r"\b(?:with|to|from|for)\s(?:the\s)?(?:[\w-]+\s){0,3}$")
_ASIDE = frozenset({Stance.PARENT, Stance.EXAMPLE, Stance.SOURCE})
_GIVES_MONEY = (DealType.FINANCING, DealType.EQUITY_STAKE)


def find_frames(line: Line) -> tuple[Frame, ...]:
    """Return the frames of one line, best first."""
    triggers = find_triggers(line.masked)
    if not _may_tell(line, triggers):
        return ()
    parties = _with_topic(line, _parties(line))
    candidates = [
        frame for one, other in combinations(parties, 2) for frame in _pair_frames(line, one, other, triggers, parties)
    ]
    taken = list(_take(line, candidates, parties))
    used = {actor.id for frame in taken for actor in (frame.provider, frame.customer) if actor}
    alone = (actant for actant in parties if actant.actor.id not in used)
    solo = [frame for actant in alone for frame in _solo_frames(line, actant, triggers)][:1]
    busy = (actant for actant in parties if actant.actor.id in used and actant.actor.kind in OPERATORS)
    return (*taken, *solo, *_loans(line, busy, triggers, taken))


def _may_tell(line: Line, triggers: Sequence[Trigger]) -> bool:
    """Tell whether a line can speak of a deal: a deal's word, or an act of supply with a number, or a span of years."""
    kinds = {figure.quantity.kind for figure in line.figures}
    if any(trigger.family not in ("sign", "act") for trigger in triggers) or has_years(line):
        return True
    return bool(triggers) and bool(kinds & {QuantityKind.POWER, QuantityKind.MONEY})


def _parties(line: Line) -> list[Actant]:
    """Return the best actant of each actor: by name before by pronoun, and the first of its kind."""
    best: dict[int, Actant] = {}
    for actant in line.actants:
        if actant.modifier:
            continue
        known = best.get(actant.actor.id)
        if known is None or (known.implied and not actant.implied):
            best[actant.actor.id] = actant
    return sorted(best.values(), key=lambda actant: actant.start)[:12]


def _with_topic(line: Line, parties: list[Actant]) -> list[Actant]:
    """Add who is being spoken of where a line names only the other side: "a joint venture with Cloudmere"."""
    if len(parties) != 1 or line.topic is None or line.topic == parties[0].actor or line.where is Where.TITLE:
        return parties
    if not _WITH.search(line.masked[max(0, parties[0].start - 40) : parties[0].start]):
        return parties
    return [Actant(actor=line.topic, start=0, end=0, text="", implied=True, definite=True), parties[0]]


def _closest(line: Line, one: Actant, other: Actant) -> tuple[Actant, Actant]:
    """Return the mentions of two actors that stand closest: in one clause, by name, side by side."""
    ones = [actant for actant in line.actants if actant.actor == one.actor and not actant.modifier][:6] or [one]
    others = [actant for actant in line.actants if actant.actor == other.actor and not actant.modifier][:6] or [other]

    several = len(ones) * len(others) > 1

    def cost(pair: tuple[Actant, Actant]) -> tuple[float, int, int]:
        a, b = pair
        away = 1.5 * line.crossings(a.start, b.start) + abs(a.start - b.start) / 150.0
        aside = sum(stance_of(line, one) in _ASIDE for one in pair) if several else 0
        return away + 1.2 * (a.implied + b.implied) + 2.0 * aside, a.start, b.start

    return min(((a, b) for a in ones for b in others), key=cost)


def _pair_frames(
    line: Line, one: Actant, other: Actant, triggers: Sequence[Trigger], parties: Sequence[Actant]
) -> Iterator[Frame]:
    one, other = _closest(line, one, other)
    low, high = sorted((one.start, other.start))
    between = sum(
        low < actant.start < high and stance_of(line, actant) not in _ASIDE
        for actant in parties
        if actant.actor not in (one.actor, other.actor)
    )
    shared = pair_features(line, one, other, between)
    if PartyKind.MINER not in (one.actor.kind, other.actor.kind) and any(
        actant.actor.kind is PartyKind.MINER for actant in parties
    ):
        shared.append("bypasses-miner")
    for family in SPEAKS:
        own = family_features(line, one, other, family, triggers)
        if own:
            provider, customer = orient(one, other, family=family, line=line)
            yield _frame(
                line, family, features=[*shared, *own], triggers=triggers, provider=provider, customer=customer
            )


def _frame(
    line: Line,
    family: DealType,
    *,
    features: Sequence[str],
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
        score=round(sum(FRAME[feature] for feature in features), 4),
        features=tuple(features),
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
        if frame.score < FRAME_FLOOR:
            break
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
            yield _frame(line, DealType.FINANCING, features=loan, triggers=triggers, provider=actant, customer=None)
        if land:
            yield _frame(line, DealType.LAND, features=land, triggers=triggers, provider=None, customer=actant)
        if loan or land:
            return


def _solo_frames(line: Line, actant: Actant, triggers: Sequence[Trigger]) -> Iterator[Frame]:
    """Propose deals with one party; who receives money or provides compute is the provider, who buys the customer."""
    for family, features in solo_features(line, actant, triggers):
        provides = family in _GIVES_MONEY or family is DealType.HOSTING_LEASE
        seller = _vendor(line) if family is DealType.EQUIPMENT_PURCHASE else None
        frame = _frame(
            line,
            family,
            features=features,
            triggers=triggers,
            provider=actant if provides else seller,
            customer=None if provides else actant,
        )
        if frame.score >= FRAME_FLOOR:
            yield frame


def _vendor(line: Line) -> Actant | None:
    """Return the maker named with the goods: "1,080 Nvidia GPUs"."""
    return next(
        (actant for actant in line.actants if actant.modifier and actant.actor.kind is PartyKind.CHIP_VENDOR), None
    )
