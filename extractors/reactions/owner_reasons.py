"""The reasons for a company being the owner of the shares that a percentage moves.

Candidates are whom the line names, whom the lines before it name, and whom the article is about; several may own one
move ("both gained 4%"). Does not know whether the percentage is a move at all.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.linear import Features
from extractors.parties.stances import Stance, stance_of
from extractors.reactions.movers import THE_SHARES, last_list, owns
from extractors.reactions.moves import MOVE, SHARE
from extractors.reactions.ways import WAY
from extractors.reading import Actant, Actor, Figure, Line

_RESPECTIVELY = re.compile(r"\brespectively\b")
_JOINT = re.compile(r"\b(?:both|each|all|apiece|alike|together)\b")
_BACK = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is known around one moving percentage when its owner is sought."""

    line: Line
    figure: Figure
    moving: Sequence[Figure]
    lines: Sequence[Line]
    ruled: frozenset[int]
    spoken: Actor | None
    lead: Actor | None
    last: frozenset[int]
    titled: frozenset[int]
    seen: Mapping[int, int]


def owner_candidates(scene: Scene) -> list[Actor]:
    """Return every company that may own the move, in the order in which the article names them."""
    found: dict[int, Actor] = {}
    for line in [*scene.lines[max(0, scene.line.index - _BACK) : scene.line.index], scene.line]:
        for one in line.actants:
            if one.actor.name:
                found.setdefault(one.actor.id, one.actor)
    for actor in (scene.spoken, scene.lead):
        if actor is not None and actor.name:
            found.setdefault(actor.id, actor)
    return list(found.values())


def owner_reasons(scene: Scene, actor: Actor) -> Features:
    """Return why one company may own the move."""
    line, figure = scene.line, scene.figure
    names = [f"kind:{actor.kind.value}", "ruled" if actor.id in scene.ruled else "notruled"]
    here = [one for one in line.actants if one.actor.id == actor.id]
    listed = [one for one in line.actants if one.actor.name and not one.implied and one.actor.id != actor.id]
    the_shares = bool(THE_SHARES.search(line.masked[line.breaks[line.clause(figure.start)] : figure.start]))
    bare = "bare" if not any(one.actor.name and one.end <= figure.start for one in line.actants) else "named"
    state = f"{bare}{'+shares' if the_shares else ''}"
    for flag, true in (
        ("spoken", scene.spoken is not None and scene.spoken.id == actor.id),
        ("lead", scene.lead is not None and scene.lead.id == actor.id),
        ("last", actor.id in scene.last),
        ("titled", actor.id in scene.titled),
        ("ticker", actor.ticker is not None),
    ):
        if true:
            names += [flag, f"{flag}|{state}", f"{flag}|{'here' if here else 'away'}"]
    names.append(f"seen:{min(scene.seen.get(actor.id, 0), 5)}|{'here' if here else 'away'}")
    if here:
        names += ["here", f"here|{state}"]
        names += _in_line(scene, actor, here, listed)
    else:
        names += ["away", f"away|{state}"]
        names += _before(scene, actor, state)
    return dict.fromkeys(names, 1.0)


def _in_line(scene: Scene, actor: Actor, here: Sequence[Actant], others: Sequence[Actant]) -> list[str]:
    line, figure = scene.line, scene.figure
    before = [one for one in here if one.end <= figure.start]
    nearest = max(before, key=lambda one: one.end) if before else min(here, key=lambda one: one.start)
    side = "before" if before else "after"
    low, high = min(nearest.end, figure.end), max(nearest.start, figure.start)
    between = line.masked[low:high]
    gap = between.count(" ")
    far = sum(gap > step for step in (1, 3, 6, 10, 18, 30))
    crossed = min(line.crossings(nearest.start, figure.start), 3)
    passed = [one for one in others if low <= one.start < high]
    rivals = [one for one in others if (one.end <= figure.start) == bool(before)]
    names = [side, f"{side}:far{far}", f"{side}:crossed{crossed}", f"{side}:passed{min(len(passed), 3)}"]
    names.append(f"{side}:only" if not others else f"{side}:alone" if not rivals else f"{side}:rivals")
    verb = "verb" if MOVE.search(between) else "way" if WAY.search(between) else "none"
    names += [
        f"{side}:far{far}:passed{min(len(passed), 2)}",
        f"{side}:{verb}:far{far}",
        f"{side}:{verb}:passed{min(len(passed), 2)}:crossed{crossed}",
        f"{side}:kind:{actor.kind.value}",
    ]
    names += [] if passed else _touching(side, between)
    names += _passed_over(scene, side, low, high)
    names += ["owns"] if any(owns(line, one) for one in here) else []
    names += [f"{side}:owns", f"{side}:owns:passed{min(len(passed), 2)}"] if owns(line, nearest) else []
    names += ["subject", f"{side}:subject"] if actor.id in line.subjects else []
    names += [flag for flag, true in (("modifier", nearest.modifier), ("implied", nearest.implied)) if true]
    stance = stance_of(line, nearest)
    names += [f"stance:{stance.value}"] if stance is not Stance.PARTY else []
    if 0 <= nearest.start - line.breaks[line.clause(nearest.start)] <= 4:
        names.append(f"{side}:opens")
    names.append("pre:" + _word_before(line, nearest.start))
    names.append("post:" + _word_after(line, nearest.end))
    return names + _chained(scene, nearest)


def _touching(side: str, between: str) -> list[str]:
    if side == "before" and re.fullmatch(r"(?:\s?\([^)]*\))?[\s:,|=(+\u2013\u2212-]*", between):
        return ["adjacent"]
    if side == "after" and re.fullmatch(r"(?: \w+)? (?:of|for|in|by|at)(?: \w+)? (?:shares (?:of|in) )?", between):
        return ["behind"]
    return []


def _passed_over(scene: Scene, side: str, low: int, high: int) -> list[str]:
    """Return what stands between a name and the figure."""
    between = scene.line.masked[low:high]
    moves = [one for one in scene.moving if one is not scene.figure and low <= one.start < high]
    found = {
        "move": bool(moves),
        "%": "%" in between,
        "verb": MOVE.search(between) is not None,
        "sharebetween": SHARE.search(between) is not None,
    }
    return [f"{side}:{name}" for name, true in found.items() if true]


def _word_before(line: Line, start: int) -> str:
    words = re.findall(r"[a-z']+|[^\w\s]", line.masked[max(0, start - 20) : start])
    return words[-1] if words else ""


def _word_after(line: Line, end: int) -> str:
    words = re.findall(r"[a-z']+|[^\w\s]", re.sub(r"^\s?\([^)]*\)", "", line.masked[end : end + 40]))
    return words[0] if words else ""


def _chained(scene: Scene, nearest: Actant) -> list[str]:
    """Return what a list "A, B and C" that holds the name says: in step with the figures, or moved as one?"""
    chain = chain_of(scene.line, nearest)
    if len(chain) < 2:
        return ["chain:none"]
    told = "respectively" if _RESPECTIVELY.search(scene.line.masked) else "plain"
    step = in_step(scene, chain)
    if step is not None:
        return [f"chain:{'in' if chain[step] is nearest else 'outof'}step|{told}"]
    if moves_as_one(scene, chain):
        return ["chain:one", "chain:one:" + ("last" if chain[-1] is nearest else "first")]
    return ["chain:inside", "chain:inside:" + ("last" if chain[-1] is nearest else "first")]


def chain_of(line: Line, nearest: Actant) -> list[Actant]:
    """Return the list "A, B and C" that holds a name."""
    names = [one for one in line.actants if not one.implied]
    for end in range(len(names), 0, -1):
        tried = last_list(line, names[:end])
        if any(one is nearest for one in tried):
            return tried
    return [nearest]


def in_step(scene: Scene, chain: Sequence[Actant]) -> int | None:
    """Return whose turn it is in a list of names with as many figures in the same order; None if there is no such."""
    line, most = scene.line, len(chain)
    behind = [one for one in scene.moving if one.start > chain[-1].end][:most]
    ahead = [one for one in scene.moving if one.end < chain[0].start][-most:]
    for run in (behind, ahead):
        if scene.figure in run and len(run) == most > 1 and _adjoin(line, run):
            return run.index(scene.figure)
    return None


def _adjoin(line: Line, run: Sequence[Figure]) -> bool:
    told = _RESPECTIVELY.search(line.masked) is not None
    gap = (
        r"[^;.]{1,30}" if told else r",? ?(?:and |, |[+\u2212-]|by |about |nearly |around |almost |some |roughly ){0,3}"
    )
    return all(re.fullmatch(gap, line.masked[one.end : other.start]) for one, other in pairwise(run))


def moves_as_one(scene: Scene, chain: Sequence[Actant]) -> bool:
    """Tell whether a list of names moves by one figure: "A, B and C each gained 4%"."""
    line, figure = scene.line, scene.figure
    behind = [one for one in scene.moving if one.start > chain[-1].end]
    if figure in behind:
        between = line.masked[chain[-1].end : figure.start]
        subject = (
            figure is behind[0]
            and between.count(" ") <= 14
            and not any(
                one.start >= chain[-1].end and one.end <= figure.start and not one.implied and one.actor.name
                for one in line.actants
            )
        )
        return subject and (
            _JOINT.search(line.masked) is not None or line.crossings(chain[-1].start, figure.start) == 0
        )
    between = line.masked[figure.end : chain[0].start]
    return (
        re.fullmatch(
            r"(?: (?:gains?|loss(?:es)?|drops?|falls?|rises?|jumps?|moves?|declines?|advances?))? (?:for|by|in|at|among)(?: the| both)? (?:shares (?:of|in) )?",
            between,
        )
        is not None
    )


def _before(scene: Scene, actor: Actor, state: str) -> list[str]:
    """Return where the lines before name a company that the line itself does not."""
    names: list[str] = []
    for back in range(1, _BACK + 1):
        index = scene.line.index - back
        if index < 0:
            break
        earlier = scene.lines[index]
        held = [one for one in earlier.actants if one.actor.id == actor.id]
        if not held:
            continue
        names += [f"back{back}", f"back{back}|{state}"]
        if actor.id in earlier.subjects:
            names.append(f"back{back}:subject|{state}")
        named = [one for one in earlier.actants if one.actor.name]
        if named and named[-1].actor.id == actor.id:
            names.append(f"back{back}:last")
        if len({one.actor.id for one in named}) == 1:
            names.append(f"back{back}:alone|{state}")
        if any(owns(earlier, one) for one in held):
            names.append(f"back{back}:owns")
        if earlier.paragraph == scene.line.paragraph:
            names.append(f"back{back}:paragraph")
        break
    return names or [f"far|{state}"]
