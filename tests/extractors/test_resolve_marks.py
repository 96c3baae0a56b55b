"""Marks part nobody who may be one deal: whatever agrees, or is told within days, is found again."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from extractors.closed_sets import DealStatus, DealType, PartyKind
from extractors.models import Mention
from extractors.resolution.affinity import CLOSE_DAYS, gap_days
from extractors.resolution.figures import agrees, compare
from extractors.resolution.marks import MarkIndex
from extractors.resolution.traits import Traits, traits
from extractors.resolve import stored

NEAR = st.one_of(st.none(), st.floats(90, 100), st.floats(1, 1e12))


def told(value: float | None, most: float | None, mw: float | None, *, day: int, pin: int | None = None) -> Traits:
    mention = Mention(
        primary=True,
        provider="Northgate",
        customer=None,
        provider_kind=PartyKind.MINER,
        customer_kind=PartyKind.UNDISCLOSED,
        miner_hyperscaler=True,
        deal_type=DealType.HOSTING_LEASE,
        status=DealStatus.SIGNED,
        value_usd=None if value is None else Decimal(value),
        value_max_usd=None if most is None else Decimal(most),
        capacity_mw=mw,
    )
    when = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
    return traits(stored(mention, id=1, article_id=1, told_at=when, pin=pin))


TOLD = st.builds(told, NEAR, NEAR, NEAR, day=st.integers(0, 30))


@given(one=TOLD, other=TOLD)
def test_what_may_be_one_deal_is_found(one: Traits, other: Traits) -> None:
    days = gap_days(one, other)
    near = MarkIndex([(other,)]).near((one,)) == [0]
    assert near or not (agrees(compare(one, other)) or (days is not None and days <= CLOSE_DAYS))


def test_most_others_are_not() -> None:
    groups = [(told(1e9 * 1.2**number, None, None, day=20 * number),) for number in range(20)]
    assert MarkIndex(groups).near((told(1e9 * 1.2**7, None, None, day=140),)) == [7]


def test_what_the_operator_pinned_is_found_whatever_it_says() -> None:
    assert MarkIndex([(told(None, None, 5.0, day=0, pin=3),)]).near((told(None, None, 900.0, day=300, pin=3),)) == [0]
