"""Whose shares move: the subject of the clause, the owner of "shares of", the order of a "respectively" list.

Where a sentence names nobody, "the shares" are those of the listed company named last. Knows no directions or sizes.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.closed_sets import Direction, PartyKind, Where
from extractors.parties.stances import Stance, stance_of
from extractors.reading import NAME_MASK, Actant, Actor, Figure, Line

_OWNER_BEFORE = re.compile(
    r"\b(?:shares?|stocks?|price)\s(?:price\s)?(?:of|in|for)\s(?:the\s|rival\s|its\s|[\w-]+\s){0,4}$"
)
_OWNER_AFTER = re.compile(
    r"^(?:'s?|'s own)?\s?(?:\([^)]*\)\s?)?(?:corporation|corp\.?|inc\.?|holdings|class a\s)*\s?(?:\([^)]*\)\s?)?(?:shares?|stocks?|share price|stock price|common|price)\b"
)
UNLISTED = frozenset({PartyKind.OTHER, PartyKind.UNDISCLOSED})
THE_SHARES = re.compile(
    r"(?:\b(?:the|its|their) (?:[\w-]+ )?|^[^\w\u00a7]*)(?:shares?|stock|ticker)\b(?! (?:of|in) )[^.;\u00a7]*$|^they (?:had |have |are |were )"
)
#: "…, with shares rising 16%": shares of whom the sentence is about.
_BARE_SHARES = re.compile(
    r"\b(?:with|sending|sent|as|and|pushing|lifting|driving|after which) (?:shares|stock|the stock|the shares)\b[^.;,\u00a7]{0,20}$"
)
#: "mining stocks fell 9%" moves no one company.
_CROWD = re.compile(
    r"\b(?:miners?|mining|crypto|bitcoin|tech|ai|chip|energy|these|those|most|many|\w+) (?:stocks|shares of|equities|companies)\b|\bmarket cap of the\b|\bsector\b|\bindex\b|\bgroup of\b"
)
#: How much a company gains as referent of "the shares" by standing one, two or three lines back, and by its kind.
_RECENT = {1: 2.0, 2: 1.2, 3: 0.6}
_LISTED_AS = {
    PartyKind.MINER: 1.0, PartyKind.DEVELOPER: 0.5, PartyKind.OTHER: -2.0, PartyKind.UNDISCLOSED: -1.0,
    PartyKind.HYPERSCALER: -1.0, PartyKind.AI_LAB: -2.0,
}  # fmt: skip
_LEAD, _NEAR = 2.5, 3
#: How many lines from the start, and back from "the shares", are searched for whose shares were spoken of.
_TOP, _BACK = 4, 8
#: "…, stock jumps" in a headline is the stock of whom the headline is about, not of the name before the comma.
_BARE_STOCK = re.compile(r"(?:^|[,;:\u2013\u2014] |\band |\bas )(?:the )?(?:shares|stock|stock price|share price) $")
_WHOSE = re.compile(r"\bwhose (?:shares|stock)\b[^,;]{0,20}$")
_RESPECTIVELY = re.compile(r"\brespectively\b")
_EACH = re.compile(r"^\s?(?:each|apiece)\b")
_BOTH = re.compile(r"\bboth\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One share-price move as a line tells it."""

    actor: Actor
    direction: Direction
    line: Line
    start: int
    end: int
    figure: Figure | None = None
    rule: str = "reaction"


def spoken_of(lines: Sequence[Line], line: Line, lead: Actor | None) -> Actor | None:
    """Return whose shares "the shares" are.

    A company named in the last lines; rather the one the article is about, or whose shares it has spoken of before.
    """
    scores: dict[int, tuple[float, Actor]] = {} if lead is None else {lead.id: (_LEAD, lead)}
    for earlier in [*lines[: min(_TOP, line.index)], *lines[max(_TOP, line.index - _BACK) : line.index]]:
        for actant in earlier.actants:
            if actant.modifier or not actant.actor.name:
                continue
            score = _RECENT.get(line.index - earlier.index, 0.0) + _LISTED_AS.get(actant.actor.kind, 0.0)
            score += (1.0 if actant.actor.id in earlier.subjects else 0.0) - (0.5 if actant.implied else 0.0)
            score += _LEAD if lead is not None and actant.actor.id == lead.id else 0.0
            if owns(earlier, actant):
                score += 2.0
            elif line.index - earlier.index > _NEAR:
                continue
            known = scores.get(actant.actor.id)
            if known is None or known[0] <= score:
                scores[actant.actor.id] = score, actant.actor
    best = max(scores.values(), key=lambda row: row[0], default=None)
    return best[1] if best else None


def owns(line: Line, actant: Actant) -> bool:
    """Tell whether shares are said to be this company's: "shares of X", "X stock"."""
    return bool(
        _OWNER_AFTER.match(line.masked[actant.end : actant.end + 60])
        or _OWNER_BEFORE.search(line.masked[max(0, actant.start - 50) : actant.start])
    )


def main_actor(lines: Sequence[Line]) -> Actor | None:
    """Return the listed company an article is about: the only one in its headline, or else the one named most."""
    named = [
        [
            actant.actor
            for actant in line.actants
            if not actant.modifier and actant.actor.name and actant.actor.kind not in UNLISTED
        ]
        for line in lines
    ]
    titled = {actor.id: actor for actor in (named[0] if named and lines[0].where is Where.TITLE else [])}
    if len(titled) == 1:
        return next(iter(titled.values()))
    counts = Counter(actor.id for actors in named for actor in actors)
    if not counts:
        return None
    best = min(counts, key=lambda number: (-counts[number], number))
    return next(actor for actors in named for actor in actors if actor.id == best)


def respective(line: Line, figures: Sequence[Figure]) -> dict[int, tuple[Actor, ...]]:
    """Pair the companies and percentages of a "respectively" sentence in their order."""
    if len(figures) < 2:
        return {}
    names = [actant for actant in line.actants if not actant.implied]
    before = last_list(line, [actant for actant in names if actant.end <= figures[-1].start])
    after = last_list(line, [actant for actant in names if actant.start >= figures[-1].end])
    chain = before if len(before) > 1 else after
    if len(chain) < 2:
        return {}
    listed = [figure for figure in figures if chain is after or figure.start > chain[-1].end][-len(chain) :]
    if not (_RESPECTIVELY.search(line.masked) or _paired(line, chain, listed)):
        return {}
    return {figure.start: (actant.actor,) for actant, figure in zip(chain, listed, strict=False)}


def _paired(line: Line, chain: Sequence[Actant], figures: Sequence[Figure]) -> bool:
    """Tell whether as many figures as names stand in one list: "A and B slipped, by 4% and 9%"."""
    return len(chain) == len(figures) and all(
        re.fullmatch(r",? ?(?:and |, )?", line.masked[one.end : other.start]) for one, other in pairwise(figures)
    )


def last_list(line: Line, names: Sequence[Actant]) -> list[Actant]:
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


def owners_of(line: Line, figure: Figure, verb: re.Match[str], topic: Actor | None) -> tuple[Actor, ...]:
    """Return the companies whose shares a percentage moves; none where a crowd moves."""
    named = [actant for actant in line.actants if stance_of(line, actant) is not Stance.SOURCE]
    low = _before_which(figure, verb, named)
    before = [actant for actant in named if actant.end <= low]
    subject = line.masked[line.breaks[line.clause(low)] : low]
    if not before and _CROWD.search(subject):
        return ()
    chain = last_list(line, [actant for actant in before if not actant.implied])
    if len(chain) > 1 and (
        _EACH.match(line.masked[figure.end : figure.end + 10]) or _BOTH.search(line.masked) or _joint(line, chain, low)
    ):
        return tuple(actant.actor for actant in chain)
    owner = (
        _of_the_shares(line, before, low, topic)
        or _elided(figure, verb, before, low)
        or _best(line, named, low, max(verb.end(), figure.end))
    )
    return (owner,) if owner else (topic,) if topic else ()


def _of_the_shares(line: Line, before: Sequence[Actant], low: int, topic: Actor | None) -> Actor | None:
    """Return whose "the shares" or bare "shares" are: whom the sentence, or else the text before it, is about."""
    if THE_SHARES.search(line.masked[line.breaks[line.clause(low)] : low]) and not _near_owner(line, before, low):
        listed = [actant.actor for actant in before if actant.actor.kind not in UNLISTED]
        return listed[-1] if listed else topic
    if _BARE_SHARES.search(line.masked[max(0, low - 40) : low]) and before:
        return next((actant.actor for actant in before if actant.actor.kind is PartyKind.MINER), before[0].actor)
    return None


def _elided(figure: Figure, verb: re.Match[str], before: Sequence[Actant], low: int) -> Actor | None:
    """Return the new name before a figure whose verb stands earlier: "A gained 2.8% and B 1.8%"."""
    if not low == figure.start > verb.end():
        return None
    return next((actant.actor for actant in reversed(before) if not actant.implied), None)


def _best(line: Line, named: Sequence[Actant], low: int, high: int) -> Actor | None:
    scored = [(_owner_score(line, actant, low, high), actant.actor) for actant in named]
    positive = [(score, actor) for score, actor in scored if score > 0.0]
    return max(positive, key=lambda pair: pair[0])[1] if positive else None


def _before_which(figure: Figure, verb: re.Match[str], named: Sequence[Actant]) -> int:
    """Return the place before which the owner stands: the verb, or the figure where a new name follows the verb."""
    low = min(verb.start(), figure.start)
    elided = any(verb.end() <= actant.start and actant.end <= figure.start and not actant.implied for actant in named)
    return figure.start if elided else low


def _near_owner(line: Line, before: Sequence[Actant], low: int) -> bool:
    """Tell whether a company that can be listed stands in the clause of "the shares"."""
    clause = line.clause(low)
    return any(line.clause(actant.start) == clause and actant.actor.kind not in UNLISTED for actant in before)


def _joint(line: Line, chain: Sequence[Actant], low: int) -> bool:
    """Tell whether a list is the subject of the verb itself: "A and B fell 5 %"."""
    return line.masked[chain[-1].end : low].count(" ") <= 4 and line.clause(chain[0].start) == line.clause(low)


def _owner_score(line: Line, actant: Actant, low: int, high: int) -> float:
    score = 0.0
    if owns(line, actant):
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


def stock_owner(line: Line, verb: re.Match[str], spoken: Actor | None) -> Actor | None:
    before = line.masked[: verb.start()]
    if spoken is not None and _BARE_STOCK.search(before):
        return spoken
    if (whose := _WHOSE.search(before)) and not re.search(rf"{NAME_MASK}(?: \([^)]*\))?, $", before[: whose.start()]):
        return None
    scored = [
        (score, actant.actor)
        for actant in line.actants
        if (score := _owner_score(line, actant, verb.start(), verb.end())) > 1.0
    ]
    if scored:
        return max(scored, key=lambda pair: pair[0])[1]
    return spoken if THE_SHARES.search(line.masked[line.breaks[line.clause(verb.start())] : verb.start()]) else None
