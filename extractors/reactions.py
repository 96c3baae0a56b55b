"""How the market answered: share-price moves with their company, size, session and whether the deal drove them.

Looks at every percentage that a verb of movement governs and asks `movers` whose share it is. Moves told only in
words or prices count where no percentage tells the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.models import Direction, QuantityKind, Reaction, Session
from extractors.movers import owners_of, respective, spoken_of, stock_owner
from extractors.moves import JUMP_NOUN, MOVE, NOT_MOVE_AFTER, NOT_SHARE, PARTICLE, SHARE, direction_of, read_session
from extractors.reading import NAME_MASK, Actor, Figure, Line, Reading

_REACH = 75
#: A multiple is a move only where the shares themselves are its subject: "the stock has doubled".
_DOUBLED = re.compile(r"\b(?:shares?|stocks?|share price|stock price)\b[^.;,]{0,30}$")
_SIGN = re.compile(r"(?:^|[\s(§])[+-]\s?\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    actor: Actor
    direction: Direction
    line: Line
    start: int
    end: int
    figure: Figure | None = None
    rule: str = "reaction"


def find_reactions(reading: Reading, *, topic: Actor | None, party_ids: frozenset[int]) -> tuple[Reaction, ...]:
    """Return every share-price move of the article, each once."""
    moves: list[_Move] = []
    for line in reading.lines:
        if MOVE.search(line.masked) or _SIGN.search(line.masked):
            moves += _with_percent(line, spoken_of(reading.lines, line, topic))
    sized = {(move.actor.id, move.direction) for move in moves}
    for line in reading.lines:
        spoken = spoken_of(reading.lines, line, topic) if MOVE.search(line.masked) else None
        moves += [
            move for move in _without_percent(line, moves, spoken) if (move.actor.id, move.direction) not in sized
        ]
    return tuple(_unique(_reaction(reading, move, party_ids) for move in moves))


def _with_percent(line: Line, topic: Actor | None) -> Iterator[_Move]:
    percents = [
        figure for figure in line.figures if figure.quantity.kind is QuantityKind.PERCENT and figure.quantity.value
    ]
    signed = list(_signed(line, percents))
    yield from signed
    told = {move.figure for move in signed}
    moving = [
        (figure, verb) for figure in percents if figure not in told and (verb := _verb_of(line, figure)) is not None
    ]
    listed = respective(line, [figure for figure, _ in moving])
    for figure, verb in moving:
        owners = listed.get(figure.start) or owners_of(line, figure, verb, topic)
        direction = _direction(figure, verb)
        for actor in owners:
            yield _Move(
                actor=actor,
                direction=direction,
                line=line,
                start=min(figure.start, verb.start()),
                end=max(figure.end, verb.end()),
                figure=figure,
                rule="reaction.percent",
            )


def _signed(line: Line, percents: Sequence[Figure]) -> Iterator[_Move]:
    """Yield moves written as a sign behind a name or ticker: "$ORRN +15%"."""
    for figure in percents:
        sign = next((char for char in line.text[max(0, figure.start - 2) : figure.start + 1] if char in "+-\u2212"), "")
        owner = next((actant for actant in reversed(line.actants) if actant.end <= figure.start), None)
        if (
            sign
            and owner is not None
            and re.fullmatch(r"[\s$():.,|+-]*(?:[a-z]{2,5}\)?\$?)?[\s$():|+-]*", line.masked[owner.end : figure.start])
        ):
            direction = Direction.UP if sign == "+" else Direction.DOWN
            yield _Move(
                actor=owner.actor,
                direction=direction,
                line=line,
                start=owner.start,
                end=figure.end,
                figure=figure,
                rule="reaction.sign",
            )


def _direction(figure: Figure, verb: re.Match[str]) -> Direction:
    value = figure.quantity.value or 0.0
    return Direction.DOWN if value < 0 else direction_of(verb)


def _verb_of(line: Line, figure: Figure) -> re.Match[str] | None:
    """Return the word of movement that governs a percentage, None if it is no share move."""
    if NOT_MOVE_AFTER.match(line.masked[figure.end : figure.end + 80]) or (
        figure.quantity.rule == "percent.multiple" and not _DOUBLED.search(line.masked[: figure.start])
    ):
        return None
    best: tuple[float, re.Match[str]] | None = None
    for match in MOVE.finditer(line.masked, max(0, figure.start - 110), min(len(line.masked), figure.end + 60)):
        before = match.end() <= figure.start
        if match[0] == "up" and PARTICLE.search(line.masked[max(0, match.start() - 14) : match.start()]):
            continue
        gap = figure.start - match.end() if before else match.start() - figure.end
        cost = gap + 30.0 * line.crossings(match.start(), figure.start) + (0.0 if before else 12.0)
        if gap >= 0 and cost <= _REACH + 40 and (best is None or cost < best[0]):
            best = (cost, match)
    if best is None:
        return None
    verb = best[1]
    return verb if _is_share_move(line, figure, verb) else None


def _is_share_move(line: Line, figure: Figure, verb: re.Match[str]) -> bool:
    """Tell whether what moves is a share: a share word in the sentence, or a company as the subject."""
    low = min(verb.start(), figure.start)
    clause_start = line.breaks[line.clause(low)]
    subject = line.masked[clause_start:low]
    if _jump_noun(line, figure):
        return True
    between = line.masked[verb.end() : figure.start]
    if NOT_SHARE.search(between) and not SHARE.search(between):
        return False
    other = list(NOT_SHARE.finditer(subject))
    share = list(SHARE.finditer(subject))
    if other and (not share or other[-1].start() > share[-1].start()):
        return bool(re.search(NAME_MASK, subject[other[-1].end() :]))
    after = line.masked[figure.end : figure.end + 45]
    if re.match(
        rf"^\s(?:rise|gain|drop|fall|jump|decline|increase|surge|slide|pop|rally|loss|leap)?\s?(?:in|of|for|to)\s(?!the\sshares|shares|its\s(?:stock|shares)|{NAME_MASK}|(?:the\s)?stock|\$)",
        after,
    ) and NOT_SHARE.search(after):
        return False
    near = line.masked[max(0, clause_start - 60) : figure.end + 90]
    return bool(SHARE.search(near)) or any(
        actant.end <= low and line.masked[actant.end : low].count(" ") <= 4 for actant in line.actants
    )


def _jump_noun(line: Line, figure: Figure) -> bool:
    """Tell whether a market noun follows at once: "a 40% pop"."""
    return JUMP_NOUN.match(line.masked, figure.end) is not None


def _without_percent(line: Line, moves: Sequence[_Move], spoken: Actor | None) -> Iterator[_Move]:
    """Yield the moves a line tells in words or prices only."""
    done = {line.clause(move.start) for move in moves if move.line is line}
    for match in MOVE.finditer(line.masked):
        clause = line.clause(match.start())
        if clause in done or not _stock_subject(line, match):
            continue
        actor = stock_owner(line, match, spoken)
        if actor is not None:
            done.add(clause)
            yield _Move(
                actor=actor,
                direction=direction_of(match),
                line=line,
                start=match.start(),
                end=match.end(),
                rule="reaction.words",
            )


def _stock_subject(line: Line, verb: re.Match[str]) -> bool:
    """Tell whether "shares" or "stock" stands right before the verb as its subject."""
    before = line.masked[max(0, verb.start() - 45) : verb.start()]
    return bool(
        re.search(
            r"\b(?:shares?|stocks?|stock price|share price)\b(?![^.;]{0,30}\b(?:warrants|offering|common|per|each|of stock)\b)[^.;,]{0,30}$",
            before,
        )
    ) and not re.search(r"\b(?:could|may|might|would|if|whether|can)\b", before)


def _reaction(reading: Reading, move: _Move, party_ids: frozenset[int]) -> Reaction:
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


def _around(move: _Move) -> str:
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
