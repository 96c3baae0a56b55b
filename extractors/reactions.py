"""How the market answered: share-price moves with their company, size, session and whether the deal drove them.

Looks at every percentage that a verb of movement governs and asks whose share it is: the subject of the clause, the
owner of "shares of", the order of a "respectively" list, or else the company the article is about. Moves told only in
words or prices count where no percentage tells the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.models import Direction, QuantityKind, Reaction, Session
from extractors.moves import MOVE, NOT_MOVE_AFTER, NOT_SHARE, SHARE, direction_of, read_session
from extractors.reading import NAME_MASK, Actant, Actor, Figure, Line, Reading
from extractors.stances import Stance, stance_of

_REACH = 75
_OWNER_BEFORE = re.compile(
    r"\b(?:shares?|stocks?|price)\s(?:price\s)?(?:of|in|for)\s(?:the\s|rival\s|its\s|[\w-]+\s){0,4}$"
)
_OWNER_AFTER = re.compile(
    r"^(?:'s?|'s own)?\s?(?:\([^)]*\)\s?)?(?:corporation|corp\.?|inc\.?|holdings|class a\s)*\s?(?:\([^)]*\)\s?)?(?:shares?|stocks?|share price|stock price|common|price)\b"
)
_RESPECTIVELY = re.compile(r"\brespectively\b")
_EACH = re.compile(r"^\s?(?:each|apiece)\b")
_BOTH = re.compile(r"\bboth\b")


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
        if MOVE.search(line.masked):
            moves += _with_percent(line, topic)
    sized = {(move.actor.id, move.direction) for move in moves}
    for line in reading.lines:
        moves += [move for move in _without_percent(line, moves) if (move.actor.id, move.direction) not in sized]
    return tuple(_unique(_reaction(reading, move, party_ids) for move in moves))


def _with_percent(line: Line, topic: Actor | None) -> Iterator[_Move]:
    percents = [
        figure for figure in line.figures if figure.quantity.kind is QuantityKind.PERCENT and figure.quantity.value
    ]
    moving = [(figure, verb) for figure in percents if (verb := _verb_of(line, figure)) is not None]
    listed = _respective(line, [figure for figure, _ in moving])
    for figure, verb in moving:
        owners = listed.get(figure.start) or _owners(line, figure, verb, topic)
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


def _direction(figure: Figure, verb: re.Match[str]) -> Direction:
    value = figure.quantity.value or 0.0
    return Direction.DOWN if value < 0 else direction_of(verb)


def _verb_of(line: Line, figure: Figure) -> re.Match[str] | None:
    """Return the word of movement that governs a percentage, None if it is no share move."""
    if NOT_MOVE_AFTER.search(line.masked, figure.end) and NOT_MOVE_AFTER.match(line.masked[figure.end :]):
        return None
    best: tuple[float, re.Match[str]] | None = None
    for match in MOVE.finditer(line.masked, max(0, figure.start - 110), min(len(line.masked), figure.end + 60)):
        before = match.end() <= figure.start
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


def _respective(line: Line, figures: Sequence[Figure]) -> dict[int, tuple[Actor, ...]]:
    """Pair the companies and percentages of a "respectively" sentence in their order."""
    if len(figures) < 2 or not _RESPECTIVELY.search(line.masked):
        return {}
    end = figures[0].start
    names = [actant for actant in line.actants if actant.end <= end and not actant.implied]
    chain = _last_list(line, names)
    last = figures[-len(chain) :] if len(chain) <= len(figures) else figures
    return {figure.start: (actant.actor,) for actant, figure in zip(chain[-len(last) :], last, strict=False)}


def _last_list(line: Line, names: Sequence[Actant]) -> list[Actant]:
    """Return the longest list "A, B and C" that ends with the last of the names."""
    chain: list[Actant] = []
    for actant in reversed(names):
        if chain:
            between = line.masked[actant.end : chain[-1].start]
            if not re.fullmatch(
                r"(?:\s?\([^)]*\))?(?:,|,? and|,? as well as)\s(?:shares of |rival |peers? )?", between
            ):
                break
        chain.append(actant)
    return chain[::-1]


def _owners(line: Line, figure: Figure, verb: re.Match[str], topic: Actor | None) -> tuple[Actor, ...]:
    low = min(verb.start(), figure.start)
    named = [actant for actant in line.actants if stance_of(line, actant) is not Stance.SOURCE]
    before = [actant for actant in named if actant.end <= low]
    chain = _last_list(line, [actant for actant in before if not actant.implied])
    if len(chain) > 1 and (
        _EACH.match(line.masked[figure.end : figure.end + 10]) or _BOTH.search(line.masked) or _joint(line, chain, low)
    ):
        return tuple(actant.actor for actant in chain)
    best: tuple[float, Actor] | None = None
    for actant in named:
        score = _owner_score(line, actant, low, max(verb.end(), figure.end))
        if score > 0.0 and (best is None or score > best[0]):
            best = (score, actant.actor)
    if best is not None:
        return (best[1],)
    return (topic,) if topic is not None else ()


def _joint(line: Line, chain: Sequence[Actant], low: int) -> bool:
    """Tell whether a list is the subject of the verb itself: "A and B fell 5 %"."""
    return line.masked[chain[-1].end : low].count(" ") <= 4 and line.clause(chain[0].start) == line.clause(low)


def _owner_score(line: Line, actant: Actant, low: int, high: int) -> float:
    score = 0.0
    if _OWNER_AFTER.match(line.masked[actant.end : actant.end + 60]):
        score += 3.0
    if _OWNER_BEFORE.search(line.masked[max(0, actant.start - 50) : actant.start]):
        score += 3.0
    crossed = line.crossings(actant.start, low)
    if actant.end <= low:
        score += 2.0 - (low - actant.end) / 80.0 - 0.8 * crossed
    else:
        score -= 0.8 + max(0, actant.start - high) / 60.0 + 0.5 * crossed
    if actant.actor.id in line.subjects:
        score += 0.8
    if actant.implied:
        score -= 0.3
    return score - (1.5 if actant.modifier and not actant.definite else 0.0)


def _without_percent(line: Line, moves: Sequence[_Move]) -> Iterator[_Move]:
    """Yield the moves a line tells in words or prices only."""
    done = {line.clause(move.start) for move in moves if move.line is line}
    for match in MOVE.finditer(line.masked):
        clause = line.clause(match.start())
        if clause in done or not _stock_subject(line, match):
            continue
        scored = [
            (score, actant.actor)
            for actant in line.actants
            if (score := _owner_score(line, actant, match.start(), match.end())) > 1.0
        ]
        if not scored:
            continue
        done.add(clause)
        actor = max(scored, key=lambda pair: pair[0])[1]
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
