"""The reasons for and against a percentage being a share move, upwards or downwards.

Words around it, the word of movement next to it, what the subject of its clause is, and what the rules make of it.
Does not know whose share it is.
"""

import re
from collections.abc import Sequence

from extractors.linear import Features, count
from extractors.reactions.moves import MOVE, NOT_MOVE_AFTER, NOT_SHARE, SHARE, direction_of, read_session
from extractors.reactions.share_verbs import verb_of
from extractors.reactions.sighting import Words
from extractors.reactions.signs import signed, signed_alone
from extractors.reactions.ways import WAY, way_of
from extractors.reading import NAME_MASK, Figure, Line

_STEPS = (0.5, 2.0, 5.0, 10.0, 20.0, 40.0, 99.0)
_SIGN = re.compile(r"(?P<up>\+|plus )\s?$|(?P<down>[\u2013\u2212-]|minus )\s?$")
_SHARES = re.compile(r"\b(?:shares?|stocks?|price)\b")


def move_reasons(line: Line, words: Words, figure: Figure, lines: Sequence[Line]) -> Features:
    """Return why a percentage may be a share move (labels "up", "down") or not ("none")."""
    names = ["at:" + ("title" if line.index == 0 else "heading" if line.heading else "text")]
    names += _around(words, figure)
    names += _verbs(line, figure)
    names += _subject(line, figure)
    names += [f"signed:{move.direction}" for move in (*signed(line, [figure]), *signed_alone(line, [figure], None))]
    names += _figure(figure)
    names += _context(line, lines)
    return {name: min(value, 2.0) for name, value in count(names).items()}


def _around(words: Words, figure: Figure) -> list[str]:
    before, after = words.before(figure.start, 8), words.after(figure.end, 7)
    names = [f"l{place}:{word}" for place, word in enumerate(before[:3], 1)]
    names += [f"r{place}:{word}" for place, word in enumerate(after[:3], 1)]
    names += [f"l:{word}" for word in before] + [f"r:{word}" for word in after]
    names.append("l12:" + " ".join(before[1::-1]))
    names.append("r12:" + " ".join(after[:2]))
    names.append("lr:" + " _ ".join([*before[:1], *after[:1]]))
    return names


def _verbs(line: Line, figure: Figure) -> list[str]:
    names: list[str] = []
    verb = verb_of(line, figure)
    names.append("rule:" + (direction_of(verb).value if verb else "none"))
    low, high = max(0, figure.start - 120), min(len(line.masked), figure.end + 50)
    before = [match for match in MOVE.finditer(line.masked, low, high) if match.end() <= figure.start]
    after = list(MOVE.finditer(line.masked, figure.end, high))
    for side, match in (("<", before[-1] if before else None), (">", after[0] if after else None)):
        if match is None:
            names.append(side + "none")
            continue
        gap = figure.start - match.end() if side == "<" else match.start() - figure.end
        way = direction_of(match).value
        crossed = line.crossings(match.start(), figure.start)
        between = line.masked[match.end() : figure.start] if side == "<" else line.masked[figure.end : match.start()]
        near = "0" if gap <= 1 else "1" if gap < 12 else "2" if gap < 30 else "3"
        names += [f"{side}{way}", f"{side}{way}:{near}", f"{side}{way}:c{min(crossed, 2)}", f"{side}word:{match[0]}"]
        if "%" in between:
            names.append(f"{side}%between")
        if NOT_SHARE.search(between):
            names.append(f"{side}otherbetween")
    names += _ways(line, figure)
    sign = _SIGN.search(line.masked[max(0, figure.start - 7) : figure.start])
    text = line.text[max(0, figure.start - 1) : figure.start + 1]
    if sign is not None or text[-1:] in "+-\u2212\u2013":
        up = "+" in text or (sign is not None and sign["up"])
        names += ["sign", "sign:" + ("up" if up else "down")]
    if NOT_MOVE_AFTER.match(line.masked[figure.end : figure.end + 80]):
        names.append("notmove")
    return names


def _ways(line: Line, figure: Figure) -> list[str]:
    """Return what the words of the wide list next to a figure say, on either side and within its clause."""
    names: list[str] = []
    start = line.breaks[line.clause(figure.start)]
    low, high = max(0, figure.start - 100), min(len(line.masked), figure.end + 40)
    before = list(WAY.finditer(line.masked, low, figure.start))
    after = list(WAY.finditer(line.masked, figure.end, high))
    for side, near in (("<", before[::-1]), (">", after)):
        for place, match in enumerate(near[:2]):
            gap = figure.start - match.end() if side == "<" else match.start() - figure.end
            step = "0" if gap <= 1 else "1" if gap < 12 else "2" if gap < 30 else "3"
            names += [f"{side}way{place}:{way_of(match).value}:{step}"]
            if not place:
                names += [f"{side}way:{way_of(match).value}", f"{side}way:{match[0]}"]
    ways = {way_of(match).value for match in before if match.start() >= start}
    ways |= {way_of(match).value for match in after if line.clause(match.start()) == line.clause(figure.start)}
    names.append("ways:" + "+".join(sorted(ways)))
    return names


def _subject(line: Line, figure: Figure) -> list[str]:
    start = line.breaks[line.clause(figure.start)]
    clause, whole = line.masked[start : figure.start], line.masked[: figure.start]
    names: list[str] = []
    for label, piece in (("clause", clause), ("line", whole[-160:])):
        share, other = list(SHARE.finditer(piece)), list(NOT_SHARE.finditer(piece))
        last = [("share", share[-1].start())] if share else []
        last += [("other", other[-1].start())] if other else []
        last += [("name", piece.rindex(NAME_MASK))] if NAME_MASK in piece else []
        order = [name for name, _ in sorted(last, key=lambda row: -row[1])]
        names.append(f"{label}:" + ">".join(order))
        if order[:1] == ["other"]:
            names += [f"{label}last:other", f"{label}last:{other[-1][0]}"]
        if other:
            names.append(f"{label}other:{other[-1][0]}")
    names += _mover(line, figure)
    if SHARE.search(line.masked, figure.end):
        names.append("shareafter")
    if SHARE.search(line.masked):
        names.append("share")
    held = [one for one in line.actants if one.end <= figure.start]
    if held:
        nearest = max(held, key=lambda one: one.end)
        gap = line.masked[nearest.end : figure.start].count(" ")
        names += [
            f"name:{'0' if gap <= 2 else '1' if gap <= 5 else '2' if gap <= 10 else '3'}",
            f"namekind:{nearest.actor.kind.value}",
        ]
        if nearest.actor.id < 0:
            names.append("stranger")
        if nearest.actor.ticker:
            names.append("listed")
    else:
        names.append("name:none")
    opening = re.match(r"\W*(the |its |their )?(\w+)", line.masked)
    names.append("opens:" + (opening[0].strip() if opening else ""))
    return names


_THING = re.compile(
    rf"(?P<other>{NOT_SHARE.pattern}|\b(?:etf|fund|basket|coins?|tokens?|stocks as a group|sector|peers|group|index|market|futures|crypto|cryptocurrenc\w+|tesla|gold|oil|miners|mining stocks|stocks)\b)|(?P<share>\b(?:shares?|stock|ticker|price)\b)|(?P<name>{NAME_MASK}+)|(?P<they>\b(?:it|they|its|their)\b)"
)


def _mover(line: Line, figure: Figure) -> list[str]:
    """Return what kind of thing stands before the word of movement that is nearest to the figure, and opens the line."""
    low = max(0, figure.start - 110)
    ways = list(WAY.finditer(line.masked, low, figure.start))
    at = ways[-1].start() if ways else figure.start
    things = [(match.lastgroup or "", match[0]) for match in _THING.finditer(line.masked[:at][-160:])]
    start = line.breaks[line.clause(at)]
    own = [(match.lastgroup or "", match[0]) for match in _THING.finditer(line.masked[start:at])]
    names: list[str] = []
    for label, found in (("mover", things), ("own", own)):
        kinds = [kind for kind, _ in found]
        names.append(f"{label}:" + ">".join(kinds[:-3:-1]))
        names.append(f"{label}first:" + (kinds[0] if kinds else "none"))
        if kinds and kinds[-1] == "other":
            names.append(f"{label}is:{found[-1][1]}")
    if not own and things:
        names.append("elliptic:" + things[0][0])
    opening = _THING.search(line.masked[:60])
    names.append("openswith:" + (opening.lastgroup or "" if opening else "none"))
    return names


def _figure(figure: Figure) -> list[str]:
    value = abs(figure.quantity.value or 0.0)
    names = [f"size:{sum(value > step for step in _STEPS)}", f"said:{figure.quantity.rule}"]
    names.append(f"how:{figure.quantity.qualifier.value}")
    if value != int(value):
        names.append("broken")
    if (figure.quantity.value or 0.0) < 0:
        names.append("negative")
    return names


def _context(line: Line, lines: Sequence[Line]) -> list[str]:
    names = ["session:" + read_session(line.masked).value]
    for back in (1, 2):
        if line.index >= back:
            earlier = lines[line.index - back].masked
            moving = bool(MOVE.search(earlier)) and bool(_SHARES.search(earlier))
            names.append(f"prev{back}:{'move' if moving else 'share' if SHARE.search(earlier) else 'none'}")
    return names
