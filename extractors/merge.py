"""Put frames together into deals: which frames speak of one deal, and which of another between the same two.

A deal's identity is its pair, its family of instrument and its time: what a line calls an earlier agreement, or a bid
since rejected, is another deal than the news, though between the same parties.
"""

import re
from collections.abc import Iterable, Sequence

from extractors.models import DealStatus, DealType, QuantityKind
from extractors.reading import Draft, Frame, Line
from extractors.triggers import COMPUTE

_FINANCE = frozenset({DealType.FINANCING, DealType.EQUITY_STAKE})
_DEAD = frozenset({DealStatus.REJECTED, DealStatus.TERMINATED})
#: An agreement named as older than the news, by its noun or its date.
_OLDER = re.compile(
    r"""\b(?: (?:earlier|previous|prior|initial|original|first|preceding)\s(?:[\w-]+\s){0,2}(?:agreement|contract|deal|lease|bid|offer|partnership)s?
    | previously\sannounced | announced\searlier | announced\sbefore | back\sin\s\w+ | only\sshortly\sbefore | had\salready\s(?:put|signed|agreed|announced)
    | last\syear's\s(?:[\w-]+\s){0,2}(?:bid|offer|deal|agreement) | since\srejected | dates?\sfrom\slast | goes\sback\sto\s20\d\d | agreement\s(?:made|signed|announced)\s(?:in|on)\s(?:january|february|march|april|may|june|july|august|september|october|november|december)
    | (?:agreement|contract|deal|lease)s?[^.;]{0,60}\b(?:that\swas|signed|announced)\s(?:with\s\u00a7+\s)?(?:in|on)\s(?:january|february|march|april|may|june|july|august|september|october|november|december)
    )""",
    re.VERBOSE,
)


def group_of(family: DealType) -> str:
    """Return the family of instrument in which two frames of one pair can be the same deal."""
    if family in COMPUTE:
        return "compute"
    return "finance" if family in _FINANCE else family.value


def merge_frames(frames: Iterable[Frame], lines: Sequence[Line]) -> list[Draft]:
    """Return the deals the frames speak of, in the order they are first told."""
    drafts: list[Draft] = []
    ordered = sorted(
        frames, key=lambda frame: (frame.customer is None or frame.provider is None, frame.line, frame.start)
    )
    for frame in ordered:
        home = _home(frame, drafts, lines)
        if home is None:
            home = Draft(
                provider=frame.provider, customer=frame.customer, family=frame.family, recap=_older(frame, lines)
            )
            drafts.append(home)
        home.frames.append(frame)
    for draft in drafts:
        draft.frames.sort(key=lambda frame: (frame.line, frame.start))
    return sorted(drafts, key=lambda draft: (draft.frames[0].line, draft.frames[0].start))


def _older(frame: Frame, lines: Sequence[Line]) -> bool:
    return _OLDER.search(lines[frame.line].masked) is not None


def _home(frame: Frame, drafts: Sequence[Draft], lines: Sequence[Line]) -> Draft | None:
    """Return the deal a frame belongs to, None if it opens a new one."""
    for draft in drafts:
        if (
            group_of(draft.family) == group_of(frame.family)
            and _same_parties(frame, draft)
            and _same_time(frame, draft, lines)
        ):
            return draft
    return None


def _same_parties(frame: Frame, draft: Draft) -> bool:
    ids = {actor.id for actor in (frame.provider, frame.customer) if actor is not None}
    if len(ids) == 2:
        return ids == draft.actors
    return ids <= draft.actors


def _same_time(frame: Frame, draft: Draft, lines: Sequence[Line]) -> bool:
    """Tell whether a frame can speak of a deal already told: no older agreement beside the news, no other amount."""
    if frame.customer is None or frame.provider is None:
        return _same_amount(frame, draft, lines)
    older = _older(frame, lines)
    if older == draft.recap:
        return True
    return older and not draft.recap and not _own_figures(frame, lines) and not _named_older(frame, lines)


def _named_older(frame: Frame, lines: Sequence[Line]) -> bool:
    return _OLDER.search(lines[frame.line].masked) is not None


def _own_figures(frame: Frame, lines: Sequence[Line]) -> bool:
    kinds = {figure.quantity.kind for figure in lines[frame.line].figures}
    return bool(kinds & {QuantityKind.MONEY, QuantityKind.POWER})


def _amounts(numbers: Iterable[int], lines: Sequence[Line]) -> set[float]:
    return {
        figure.quantity.value
        for number in numbers
        for figure in lines[number].figures
        if figure.quantity.kind is QuantityKind.MONEY and figure.quantity.value is not None
    }


def _same_amount(frame: Frame, draft: Draft, lines: Sequence[Line]) -> bool:
    """Tell whether a one-party frame repeats a deal: the same money, or none of its own."""
    if group_of(frame.family) == "compute":
        return not draft.recap
    own = _amounts([frame.line], lines)
    return not own or not _amounts(draft.lines, lines) or bool(own & _amounts(draft.lines, lines))
