"""Tell a miner's own lease of ground from the space it lets: what the body calls a ground lease is one in the headline.

"Secures an 80-year lease for 400 MW" may be a tenant's or a landlord's. If the article speaks of acres, rights to develop
or a public landlord where the news is told, and nobody of the AI side leases from the miner, its leases are land.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.closed_sets import DealType, PartyKind, QuantityKind
from extractors.deals.direction import AI_SIDE
from extractors.reading import Actor, Frame, Line

#: How far into the article the news is told.
_NEWS = 6
_GROUND = re.compile(
    r"\bground leases?\b|\b(?:land|site) leases?\b|\bleas(?:e|ed|es|ing)\b[^.;]{0,60}\b(?:acres|hectares)\b|\bport authority\b"
)
_TENANT = re.compile(
    r"\b(?:tenants?|hyperscalers?|colocation|sub-?leas\w+|build-to-suit|triple-net|critical it|it load|hosting (?:agreement|contract|deal|lease)s?)\b"
)
#: Nobody rents racks for longer.
_LONGEST_TENANCY = 40
_UNKNOWN = frozenset({PartyKind.UNDISCLOSED, PartyKind.OTHER})


def settle_grounds(frames: Sequence[Frame], lines: Sequence[Line]) -> list[Frame]:
    """Return the frames with a miner's leases turned into land where the article tells of ground and of no tenant."""
    news = [line for line in lines if line.index <= _NEWS]
    if not any(_tells_of_ground(line) for line in news) or any(_has_tenant(frame) for frame in frames):
        return list(frames)
    return [_as_land(frame) if _of_miner_alone(frame, lines) else frame for frame in frames]


def _tells_of_ground(line: Line) -> bool:
    return _GROUND.search(line.masked) is not None or (
        "leas" in line.masked
        and any(
            figure.quantity.kind is QuantityKind.TERM and (figure.quantity.value or 0) > _LONGEST_TENANCY
            for figure in line.figures
        )
    )


def _has_tenant(frame: Frame) -> bool:
    """Tell whether somebody of the AI side, named or not, is said to lease."""
    return (
        frame.family is DealType.HOSTING_LEASE
        and frame.provider is not None
        and frame.customer is not None
        and frame.customer.kind in AI_SIDE
        and "bystander" not in frame.features
    )


def _of_miner_alone(frame: Frame, lines: Sequence[Line]) -> bool:
    """Tell whether a lease names the miner and nobody who would rent racks."""
    if frame.family is not DealType.HOSTING_LEASE or frame.recap or _TENANT.search(lines[frame.line].masked):
        return False
    miners = [actor for actor in _actors(frame) if actor.kind is PartyKind.MINER]
    others = [actor for actor in _actors(frame) if actor.kind is not PartyKind.MINER]
    return len(miners) == 1 and all(actor.kind in _UNKNOWN for actor in others)


def _actors(frame: Frame) -> Iterable[Actor]:
    return (actor for actor in (frame.provider, frame.customer) if actor is not None)


def _as_land(frame: Frame) -> Frame:
    miner = next(actor for actor in _actors(frame) if actor.kind is PartyKind.MINER)
    landlord = next((actor for actor in _actors(frame) if actor.kind is not PartyKind.MINER), None)
    return replace(frame, family=DealType.LAND, provider=landlord, customer=miner)
