"""Which word of movement governs a percentage, and whether what moves is a share.

Knows verbs, subjects and look-alikes (notes that convert above a close, gains compared with a market's); does not know
whose share it is.
"""

import re

from extractors.reactions.moves import JUMP_NOUN, MOVE, NOT_MOVE_AFTER, NOT_SHARE, PARTICLE, SHARE
from extractors.reading import NAME_MASK, Actant, Figure, Line

_REACH = 75
#: A verb behind its percentage stands close: "40% in two days … had lost it all" is not governed by "lost".
_BEHIND = 32
#: A multiple is a move only where the shares themselves are its subject: "the stock has doubled".
_DOUBLED = re.compile(r"\b(?:shares?|stocks?|share price|stock price)\b[^.;,]{0,30}$|^they [^.;,]{0,20}$")
#: "They had already gained 160%": the shares of the sentence before.
_THEY = re.compile(r"^(?:they|it)\b(?! (?:mined?|produced?|used|raised|grew|owns?|holds?)\b)")
_SHORT = 40
#: Where a share is traded moves nothing: "the best stock on the Nasdaq, up 44%".
_VENUE = re.compile(r"\b(?:on|listed on|of) (?:the |new york's )?nasdaq\b")
#: "…, which had sold its coins, closed 3% higher": what the aside speaks of does not move.
_ASIDE = (", which ", ", who ")
#: What belongs to the figure right before it, whatever verb stands earlier: "and is 8% lower".
_ADVERB = re.compile(r"(?:higher|lower|up|down|firmer|softer|stronger|weaker|above|below|to the good)\b")
_AGAINST = re.compile(r"\b(?:against|versus|vs\.?|compared with|compared to) (?:a |about |the )?$")
#: "The notes convert at $27, 32.5% above Wednesday's close": what notes do is no move of the share.
_NOTES = re.compile(
    r"\b(?:notes?|bonds?|convertibles?|debentures?) (?:\w+ ){0,2}(?:pay|carry|carries|convert|yield|mature|price)\w*\b"
)
_HALVED = re.compile(r" (?:its |their |the |early )?(?:gains?|losses|advance|rise)\b")


def verb_of(line: Line, figure: Figure) -> re.Match[str] | None:
    """Return the word of movement that governs a percentage, None if it is no share move."""
    if (
        _AGAINST.search(line.masked[max(0, figure.start - 16) : figure.start])
        or NOT_MOVE_AFTER.match(line.masked[figure.end : figure.end + 80])
        or (
            figure.quantity.rule == "percent.multiple"
            and (not _DOUBLED.search(line.masked[: figure.start]) or _HALVED.match(line.masked, figure.end))
        )
    ):
        return None
    best: tuple[float, re.Match[str]] | None = None
    for match in MOVE.finditer(line.masked, max(0, figure.start - 110), min(len(line.masked), figure.end + 60)):
        before = match.end() <= figure.start
        if match[0] == "up" and PARTICLE.search(line.masked[max(0, match.start() - 14) : match.start()]):
            continue
        gap = figure.start - match.end() if before else match.start() - figure.end
        cost = gap + 30.0 * line.crossings(match.start(), figure.start) + (0.0 if before else 12.0)
        if gap == 1 and not before and _ADVERB.match(match[0]):
            cost = -1.0
        if (
            0 <= gap <= (_REACH + 40 if before else _BEHIND)
            and cost <= _REACH + 40
            and (best is None or cost < best[0])
        ):
            best = (cost, match)
    if best is None:
        return None
    verb = best[1]
    return verb if _is_share_move(line, figure, verb) else None


def _is_share_move(line: Line, figure: Figure, verb: re.Match[str]) -> bool:
    """Tell whether what moves is a share: a share word in the sentence, or a company as the subject."""
    low = min(verb.start(), figure.start)
    clause_start = line.breaks[line.clause(low)]
    subject = _VENUE.sub(" ", line.masked[clause_start:low])
    if line.masked[:clause_start].endswith(_ASIDE):
        subject = subject.partition(", ")[2] or subject
    if JUMP_NOUN.match(line.masked, figure.end) or (_THEY.match(subject) and low < _SHORT):
        return True
    between = line.masked[verb.end() : figure.start]
    if _NOTES.search(subject) or (NOT_SHARE.search(between) and not SHARE.search(between)):
        return False
    other = list(NOT_SHARE.finditer(subject))
    share = list(SHARE.finditer(subject))
    if other and (not share or other[-1].start() > share[-1].start()):
        return bool(re.search(NAME_MASK, subject[other[-1].end() :]))
    after = re.split(r"[,;]", line.masked[figure.end : figure.end + 45])[0]
    if re.match(
        rf"^\s(?:rise|gain|drop|fall|jump|decline|increase|surge|slide|pop|rally|loss|leap)?\s?(?:in|of|for|to)\s(?!the\sshares|shares|extended|early|late|pre|after|morning|its\s(?:stock|shares)|{NAME_MASK}|(?:the\s)?stock|\$)",
        after,
    ) and NOT_SHARE.search(after):
        return False
    near = line.masked[max(0, clause_start - 60) : figure.end + 90]
    return bool(SHARE.search(near)) or any(_subject(line, actant, low) for actant in line.actants)


def _subject(line: Line, actant: Actant, low: int) -> bool:
    """Tell whether a company stands so close before a move that it is its subject; a stranger is here as one anyway."""
    between = line.masked[actant.end : low]
    words = between.count(" ")
    return actant.end <= low and (words <= 4 or (words <= 12 and (actant.actor.id < 0 or "%" in between)))
