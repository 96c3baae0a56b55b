"""What was agreed: vote over the words of a deal's lines for the instrument of the deal.

The distinction that decides every comparison is lease or colocation of space and power against GPUs as a service. The
instrument words of headline and news lines weigh most; a bare "deal" leaves the choice to what is delivered.
"""

import re
from collections.abc import Sequence

from extractors.closed_sets import DealType, PartyKind
from extractors.reading import Draft, Line

_SPACE = re.compile(
    r"\b(?:critical it|it load|data cent(?:er|re)s?|colocation|hosting|host(?:s|ed)?|tenants?|campus|megawatts?|mw\b|power and space|infrastructure|rent|facility|noi|square f)"
)
_CLOUD = re.compile(
    r"\b(?:gpus?|cloud (?:services|contract|computing|deal|capacity|provider agreement)|gpu cloud|ai cloud|compute capacity|computing power|computing (?:resources|deal)|gb\d00|h\d00s?|b\d00s?|clusters?)\b"
)
_LEASE = re.compile(r"\bleas\w+|colocation|co-location|hosting|\bhost\b|landlord|tenan\w+|rent(?:s|ed)?\b")
_CLOUD_DEAL = re.compile(
    r"(?:gpu |ai |hpc )*(?:cloud|compute|computing|gpu|gpu cloud)(?: computing| services?| infrastructure| capacity)? (?:contract|deal|agreement|services|order)s?(?!,? (?:and \w+ )?(?:provider|platform|firm|compan|division|unit|arm|operator|specialist|giant|group))|(?:contract|deal|agreement)s? (?:to (?:provide|supply|deliver) |for |on )(?![^.;]{0,40}(?:\bmw\b|megawatt))[^.;]{0,30}(?:gpus?|cloud|compute)\b(?! (?:provider|platform|firm|compan|division))|(?:gpu|cloud) services(?! (?:provider|platform|firm|compan|division|unit|arm|giant))|bare[- ]metal|rent\w*(?: out)? (?:[\w-]+ ){0,2}gpus|use (?:[\w-]+ ){0,2}gpus"
)
#: Megawatts handed over are space and power, whoever fills them.
_MEGAWATTS = re.compile(
    r"\b\d[\d.,]*[- ]?(?:mw|megawatts?) (?:of )?(?:critical|it |capacity|data cent|high-performance|colocation|power)"
)
_JOINT = re.compile(r"joint venture|jointly (?:own|develop)|own equal halves")
_PARTNER = re.compile(
    r"partner(?:ship|ed|s)?\b|collaborat|alliance|memorandum of understanding|\bmou\b|team(?:s|ed)? up|strategic"
)
_GROUND = re.compile(r"\b(?:acres?|hectares?|land|parcels?|leas\w+|purchase option)\b")
_BOUGHT = re.compile(r"\b(?:bought|buys?|acquir\w+|acquisition|purchas\w+)\b")
_STAKE = re.compile(
    r"\bstake\b|common stock|shares? of|private investment in public equity|equity|invest(?:s|ed|ment|ing)\b"
)
_DEBT = re.compile(r"\bloans?\b|notes?\b|bonds?\b|credit|debt|facilit|financing|borrow|convertible|lender|term sheet")


def decide_type(draft: Draft, lines: Sequence[Line]) -> tuple[DealType, str]:
    """Return the type of a deal and the name of the reason."""
    if draft.family in (DealType.FINANCING, DealType.EQUITY_STAKE):
        return _finance(draft, lines)
    if draft.family is DealType.LAND:
        return _place(draft, lines)
    if draft.family is not DealType.HOSTING_LEASE:
        return draft.family, "instrument"
    return _compute(draft, lines)


def _texts(draft: Draft, lines: Sequence[Line]) -> list[tuple[str, float]]:
    """Return the draft's lines with a weight: what stands in a headline or beside both names counts more."""
    return [(lines[frame.line].masked, 1.6 if lines[frame.line].heading else 1.0) for frame in draft.frames]


def _count(pattern: re.Pattern[str], texts: Sequence[tuple[str, float]]) -> float:
    return sum(weight * min(2, len(pattern.findall(text))) for text, weight in texts)


def _place(draft: Draft, lines: Sequence[Line]) -> tuple[DealType, str]:
    """Tell land and leased buildings from bought data centres."""
    texts = _texts(draft, lines)
    ground, bought = _count(_GROUND, texts), _count(_BOUGHT, texts)
    return (DealType.ACQUISITION, "bought-building") if bought and not ground else (DealType.LAND, "ground")


def _finance(draft: Draft, lines: Sequence[Line]) -> tuple[DealType, str]:
    texts = _texts(draft, lines)
    debt, stake = _count(_DEBT, texts), _count(_STAKE, texts)
    return (DealType.EQUITY_STAKE, "equity-words") if stake > debt else (DealType.FINANCING, "debt-words")


def _compute(draft: Draft, lines: Sequence[Line]) -> tuple[DealType, str]:
    texts = _texts(draft, lines)
    lease = 1.5 * _count(_LEASE, texts) + 0.3 * _count(_SPACE, texts) + 0.5 * _count(_MEGAWATTS, texts)
    cloud = 1.8 * _count(_CLOUD_DEAL, texts) + 0.5 * _count(_CLOUD, texts)
    joint = 1.6 * _count(_JOINT, texts)
    partner = 0.6 * _count(_PARTNER, texts)
    kinds = {actor.kind for actor in (draft.provider, draft.customer) if actor}
    if draft.provider is not None and draft.provider.kind in (PartyKind.NEOCLOUD, PartyKind.HYPERSCALER):
        cloud += 1.0
    if kinds <= {PartyKind.MINER, PartyKind.DEVELOPER, PartyKind.OTHER}:
        partner += 0.6
    best = max(
        (lease, 3, DealType.HOSTING_LEASE),
        (cloud, 2, DealType.CLOUD_CONTRACT),
        (joint, 4, DealType.JOINT_VENTURE),
        (partner, 1, DealType.PARTNERSHIP),
    )
    if best[0] <= 0.0:
        return DealType.HOSTING_LEASE, "default"
    return best[2], "instrument-vote"
