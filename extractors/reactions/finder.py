"""How the market answered: share-price moves with their company, size, session and whether the deal drove them.

Percentages are weighed by `learned`. Moves told only in words or prices are read by rules, and count where no percentage
tells the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.closed_sets import PartyKind, QuantityKind, Session
from extractors.judgement import Judgement
from extractors.models import Reaction
from extractors.reactions.learned import learned_moves
from extractors.reactions.movers import Move, main_actor, spoken_of, stock_owner
from extractors.reactions.moves import MOVE, NOT_SHARE, SHARE, direction_of, read_session
from extractors.reactions.price_moves import price_move
from extractors.reactions.sighting import percents_of
from extractors.reactions.signs import SIGN
from extractors.reactions.tape import Tape, protagonist
from extractors.reading import NAME_MASK, Actor, Line, Reading

#: "X (XX) finished unchanged", "X, as ever, was a touch softer": a name as the subject of how its share trades.
_TRADED = re.compile(
    rf"{NAME_MASK}(?:,[^,]{{3,60}},)?(?: at first, then)? (?:closed|ended|finished|traded|drifted|edged|ticked|was(?: a touch| slightly| little)?)(?: the (?:day|session|week))? $|{NAME_MASK} rose at first, then closed $"
)
_PLAIN = re.compile(r"(?:higher|lower|firmer|softer|weaker|stronger|up|down)$|(?:\w+ )?(?:flat|unchanged|changed)$")


def find_reactions(reading: Reading, judgement: Judgement) -> tuple[Reaction, ...]:
    """Return every share-price move of an article whose deals are settled, each once."""
    lines, lead = share_lines(reading)
    moves = list(learned_moves(lines, lead, judgement))
    sized = {(move.actor.id, move.direction) for move in moves}
    for line in lines:
        spoken = spoken_of(lines, line, lead) if MOVE.search(line.masked) else None
        moves += [
            move for move in _without_percent(line, moves, spoken) if (move.actor.id, move.direction) not in sized
        ]
        if all(move.line is not line for move in moves) and (told := _in_prices(line)) is not None:
            moves += [told] if (told.actor.id, told.direction) not in sized else []
    parties = frozenset(actor for draft in reading.drafts if draft.primary for actor in draft.actors)
    return tuple(_unique(_reaction(reading, move, parties) for move in moves))


def share_lines(reading: Reading) -> tuple[list[Line], Actor | None]:
    """Return the lines with every owner of shares among their actants, and the company the article is about."""
    primary = (draft.provider for draft in reading.drafts if draft.primary)
    topic = next((actor for actor in primary if actor and actor.name), None) or main_actor(reading.lines)
    tape = Tape(reading)
    return [tape.read(line) if _may_move(line) else line for line in reading.lines], protagonist(reading, topic)


def _may_move(line: Line) -> bool:
    return bool(
        MOVE.search(line.masked) or SIGN.search(line.masked) or price_move(line) is not None or percents_of(line)
    )


def _without_percent(line: Line, moves: Sequence[Move], spoken: Actor | None) -> Iterator[Move]:
    """Yield the moves a line tells in words or prices only."""
    done = {line.clause(move.start) for move in moves if move.line is line}
    for match in MOVE.finditer(line.masked):
        clause = line.clause(match.start())
        if clause in done or not _stock_subject(line, match):
            continue
        actor = stock_owner(line, match, spoken)
        if actor is not None and not (line.heading and line.index and actor.kind is PartyKind.UNDISCLOSED):
            done.add(clause)
            yield Move(
                actor=actor,
                direction=direction_of(match),
                line=line,
                start=match.start(),
                end=match.end(),
                rule="reaction.words",
            )


def _in_prices(line: Line) -> Move | None:
    """Return the move a line tells in two prices, whose owner it names."""
    told = price_move(line)
    if told is None:
        return None
    earlier, later, direction = told
    low, high = sorted([earlier, later], key=lambda figure: figure.start)
    named = [one for one in line.actants if one.end <= low.start and not one.modifier and one.actor.name]
    if not named or (
        NOT_SHARE.search(line.masked, named[0].end, low.start) and not SHARE.search(line.masked[: low.start])
    ):
        return None
    owner = next((one for one in named if one.actor.id in line.subjects), named[0])
    return Move(
        actor=owner.actor, direction=direction, line=line, start=low.start, end=high.end, rule="reaction.prices"
    )


def _stock_subject(line: Line, verb: re.Match[str]) -> bool:
    """Tell whether "shares" or "stock" stands right before the verb as its subject."""
    before = re.sub(r"\([^)]*\) ?", "", line.masked[max(0, verb.start() - 60) : verb.start()])[-45:]
    if _TRADED.search(before) and _PLAIN.match(verb[0]):
        return True
    return bool(
        re.search(
            r"\b(?:shares?|stocks?|stock price|share price|ticker)\b(?![^.;]{0,30}\b(?:warrants|offering|common|per|each|of stock)\b)[^.;,]{0,30}$",
            before,
        )
    ) and not re.search(r"\b(?:could|may|might|would|if|whether|can)\b", before)


def _reaction(reading: Reading, move: Move, party_ids: frozenset[int]) -> Reaction:
    quantity = move.figure.quantity if move.figure else None
    around = _around(move)
    session = read_session(around)
    if session is Session.UNSPECIFIED:
        session = (
            read_session(move.line.masked)
            if len([f for f in move.line.figures if f.quantity.kind is QuantityKind.PERCENT]) < 2
            else session
        )
    prices = [
        figure.quantity.value
        for figure in move.line.figures
        if figure.quantity.kind is QuantityKind.MONEY
        and (figure.quantity.value or 0.0) < 5000
        and move.line.clause(figure.start) == move.line.clause(move.start)
    ]
    if move.rule == "reaction.prices" and (told := price_move(move.line)) is not None:
        prices = [told[0].quantity.value, told[1].quantity.value]
    two = len(prices) == 2 and quantity is None
    return Reaction(
        company=move.actor.name or "",
        ticker=move.actor.ticker.symbol if move.actor.ticker else None,
        direction=move.direction,
        pct=abs(quantity.value) if quantity and quantity.value is not None else None,
        qualifier=quantity.qualifier if quantity else None,
        session=session,
        deal_related=move.actor.id in party_ids and session not in (Session.YEAR, Session.MONTH),
        price_from=prices[0] if two else None,
        price_to=prices[1] if two else None,
        evidence=(reading.evidence(move.line, move.start, move.end, move.rule),),
    )


def _around(move: Move) -> str:
    clause = move.line.clause(move.start)
    ends = (*move.line.breaks[1:], len(move.line.masked))
    return move.line.masked[move.line.breaks[clause] : ends[clause]]


def _unique(reactions: Iterator[Reaction]) -> Iterator[Reaction]:
    """Drop repeats: the same company, direction and size told twice, keeping the ticker and session told anywhere."""
    kept: list[Reaction] = []
    for reaction in reactions:
        if not reaction.company:
            continue
        for index, known in enumerate(kept):
            if _same(known, reaction):
                kept[index] = replace(
                    known,
                    session=reaction.session if known.session is Session.UNSPECIFIED else known.session,
                    evidence=known.evidence + reaction.evidence,
                )
                break
        else:
            kept.append(reaction)
    yield from kept


def _same(one: Reaction, other: Reaction) -> bool:
    if one.company != other.company or one.direction is not other.direction:
        return False
    if one.pct is None or other.pct is None:
        return one.pct is other.pct
    return abs(one.pct - other.pct) <= 0.02 * max(one.pct, other.pct)
