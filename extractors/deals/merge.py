"""Put frames together into deals: which frames speak of one deal, and which of another between the same two.

A deal's identity is its pair, its family of instrument and its time: what a line calls an earlier agreement, or a bid
since rejected, is another deal than the news, though between the same parties.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.closed_sets import DealStatus, DealType, QuantityKind, Where
from extractors.deals.triggers import COMPUTE
from extractors.deals.weights import DRAFT_FLOOR
from extractors.reading import Draft, Frame, Line

#: No article tells of more; the bound keeps the time of endless texts linear.
_MOST_DEALS = 40
_FINANCE = frozenset({DealType.FINANCING, DealType.EQUITY_STAKE})
_DEAD = frozenset({DealStatus.REJECTED, DealStatus.TERMINATED})
#: An agreement named as older than the news, by its noun or its date.
_OLDER = re.compile(
    r"""\b(?: (?:earlier|previous|prior|original|preceding|(?:our|their|that)\sfirst)\s(?:[\w-]+\s){0,2}(?:agreement|contract|deal|lease|bid|offer|partnership)s?
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
    drafts = [draft for draft in drafts if combined_evidence(draft, lines) >= DRAFT_FLOOR]
    drafts = _absorb_unnamed(_absorb_partnerships(drafts))
    for draft in drafts:
        _settle_direction(draft)
        draft.frames.sort(key=lambda frame: (frame.line, frame.start))
    return sorted(drafts, key=lambda draft: (draft.frames[0].line, draft.frames[0].start))[:_MOST_DEALS]


def _absorb_partnerships(drafts: list[Draft]) -> list[Draft]:
    """Fold a "partnership" into the deal that the same two have: a lender called a partner is still the lender."""
    kept: list[Draft] = []
    for draft in drafts:
        families = {trigger.family for frame in draft.frames for trigger in frame.triggers}
        vague = group_of(draft.family) == "compute" and not families & (COMPUTE - {"partnership"})
        home = next(
            (
                one
                for one in drafts
                if one is not draft and one.actors == draft.actors and group_of(one.family) == "finance"
            ),
            None,
        )
        if vague and home is not None and not draft.recap:
            home.frames += draft.frames
        else:
            kept.append(draft)
    return kept


def _absorb_unnamed(drafts: list[Draft]) -> list[Draft]:
    """Fold "a bitcoin miner and Bigsoft" into the deal that names the miner: the same partner, the same kind."""
    kept: list[Draft] = []
    for draft in drafts:
        home = next((one for one in drafts if one is not draft and _names_more(one, draft)), None)
        if _describes_itself(draft):
            continue
        if home is not None:
            home.frames += [replace(frame, provider=home.provider, customer=home.customer) for frame in draft.frames]
        else:
            kept.append(draft)
    return kept


def _describes_itself(draft: Draft) -> bool:
    """Tell whether an unnamed party is of the very kind of the named one: "the latest deal for a cloud provider"."""
    one, other = draft.provider, draft.customer
    return one is not None and other is not None and one.kind is other.kind and (one.name is None or other.name is None)


def _names_more(one: Draft, other: Draft) -> bool:
    if group_of(one.family) != group_of(other.family) or one.recap != other.recap:
        return False
    for full, bare, same, twin in (
        (one.provider, other.provider, one.customer, other.customer),
        (one.customer, other.customer, one.provider, other.provider),
    ):
        unnamed = bare is not None and bare.name is None
        if unnamed and bare and full and full.name and full.kind is bare.kind and same is not None and same == twin:
            return True
    return False


def _settle_direction(draft: Draft) -> None:
    """Let the frames vote who provides, each with its score."""
    if draft.provider is None or draft.customer is None:
        return
    votes = sum(0.1 + max(0.0, frame.score) for frame in draft.frames if frame.provider == draft.provider)
    against = sum(0.1 + max(0.0, frame.score) for frame in draft.frames if frame.provider == draft.customer)
    if against > votes:
        draft.provider, draft.customer = draft.customer, draft.provider


def combined_evidence(draft: Draft, lines: Sequence[Line]) -> float:
    """Return how likely at least one of the lines tells of this deal, from 0 to 1; a headline repeated counts once."""
    doubt = 1.0
    title_told = any(lines[frame.line].where is Where.TITLE for frame in draft.frames)
    for frame in draft.frames:
        if not (title_told and lines[frame.line].repeats_title):
            doubt *= 1.0 - 1.0 / (1.0 + math.exp(-2.5 * (frame.score - 0.8)))
    return 1.0 - doubt


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
