"""Keep who stands behind a deal out of it: a guarantor is no tenant, however near its name stands to the lease.

How a party stands is said once and holds for the whole article: whoever backstops a lease in the third sentence is the
same in a headline that only names it. Where the provider has another tenant, frames between provider and backer become
frames of provider and tenant, and what the line says of the contract stays with the contract.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.closed_sets import DealType, PartyKind
from extractors.deals.weights import FRAME
from extractors.parties.stances import Stance, stance_of
from extractors.reading import Actor, Frame, Line

_OWN = frozenset({"trigger-with", "buy-verb"})
_LEAST_TENANT = 0.5
_OPERATORS = frozenset({PartyKind.MINER, PartyKind.DEVELOPER})
_FINANCE = frozenset({DealType.FINANCING, DealType.EQUITY_STAKE})
#: What a backer gets for its backing is no deal of its own; what it bought before is.
_EARLIER = re.compile(r"\b(?:previously|earlier|already|last (?:year|month|quarter)|in 20\d\d)\b")
_WARRANTS = re.compile(r"\bwarrants?\b")


def settle_backers(frames: Sequence[Frame], lines: Sequence[Line]) -> list[Frame]:
    """Return the frames with those of a provider and its backer given to the tenant, or left out."""
    backers = find_backers(lines)
    if not backers:
        return list(frames)
    own = {_pair(frame) for frame in frames if _own_contract(frame, backers)}
    kept: list[Frame] = []
    for frame in frames:
        backer = next((actor for actor in (frame.provider, frame.customer) if actor and actor.id in backers), None)
        if backer is None or _pair(frame) in own or len(_pair(frame)) < 2:
            kept.append(frame)
            continue
        kept += _settle(frame, backer, frames, lines, backers)
    return kept


def find_backers(lines: Iterable[Line]) -> frozenset[int]:
    """Return the actors that guarantee anything anywhere, or are given warrants; a miner or builder that does is still the provider."""
    return frozenset(
        actant.actor.id
        for line in lines
        for actant in line.actants
        if actant.actor.name and actant.actor.kind not in _OPERATORS and _backs(line, stance_of(line, actant))
    )


def _backs(line: Line, stance: Stance) -> bool:
    """Tell whether a stance is that of a backer: it guarantees, or it is given warrants for having done so."""
    return stance is Stance.GUARANTOR or (stance is Stance.INVESTOR and _WARRANTS.search(line.masked) is not None)


def _pair(frame: Frame) -> frozenset[int]:
    return frozenset(actor.id for actor in (frame.provider, frame.customer) if actor is not None)


def _own_contract(frame: Frame, backers: frozenset[int]) -> bool:
    """Tell whether a line says that provider and backer deal: "a lease with Bigsoft", and no word of backing it."""
    compute = frame.family is DealType.HOSTING_LEASE and "bystander" not in frame.features
    return compute and bool(_pair(frame) & backers) and bool(_OWN & set(frame.features))


def _settle(
    frame: Frame, backer: Actor, frames: Sequence[Frame], lines: Sequence[Line], backers: frozenset[int]
) -> list[Frame]:
    provider = frame.customer if frame.provider is not None and frame.provider.id == backer.id else frame.provider
    tenants = _tenants(provider, frames, backers)
    line = lines[frame.line]
    named = {actant.actor.id for actant in line.actants}
    if frame.family in _FINANCE:
        if not tenants or _EARLIER.search(line.masked):
            return [frame]
    elif frame.family is not DealType.HOSTING_LEASE or not (tenants or _is_tenant(provider, frames, backers)):
        return [frame]
    ids = {tenant.id for tenant in tenants}
    told = any(one.line == frame.line and one.customer is not None and one.customer.id in ids for one in frames)
    if told or len(tenants) != 1 or (frame.family in _FINANCE and tenants[0].id not in named):
        return []
    return [_give(frame, provider, tenants[0])]


def _give(frame: Frame, provider: Actor | None, tenant: Actor) -> Frame:
    features = tuple(feature for feature in frame.features if feature not in ("bystander", "investor-and-operator"))
    score = round(sum(FRAME[feature] for feature in features), 4)
    return replace(
        frame, provider=provider, customer=tenant, family=DealType.HOSTING_LEASE, features=features, score=score
    )


def _tenants(provider: Actor | None, frames: Iterable[Frame], backers: frozenset[int]) -> list[Actor]:
    """Return whom a provider leases to, by frames that say so without a doubt."""
    found = {
        frame.customer.id: frame.customer
        for frame in frames
        if provider is not None
        and frame.provider is not None
        and frame.provider.id == provider.id
        and frame.family is DealType.HOSTING_LEASE
        and frame.customer is not None
        and frame.customer.name
        and frame.customer.kind is not PartyKind.UNDISCLOSED
        and frame.customer.id not in backers
        and frame.score >= _LEAST_TENANT
    }
    return list(found.values())


def _is_tenant(actor: Actor | None, frames: Iterable[Frame], backers: frozenset[int]) -> bool:
    """Tell whether somebody else leases to an actor: a backer of the tenant is not the tenant's customer."""
    return any(
        frame.customer is not None
        and frame.customer.id == actor.id
        and frame.provider is not None
        and frame.provider.id not in backers
        for frame in frames
        if actor is not None and frame.family is DealType.HOSTING_LEASE
    )
