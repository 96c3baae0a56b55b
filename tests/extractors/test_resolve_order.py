"""Resolution is blind to the order of arrival: stories told by several articles, shuffled."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.closed_sets import DealStatus, DealType, PartyKind
from extractors.models import Mention
from extractors.resolve import StoredMention, conclude, resolve, stored

DAY = datetime(2026, 1, 5, tzinfo=UTC)
MINERS = ("Northgate Digital", "Alder Compute")
TENANTS = ("Redwood AI", "Redwood", "Redwood Labs", "Juniper Cloud", None)


@st.composite
def deals(draw: st.DrawFn) -> list[Mention]:
    """One deal as one to four articles tell it: some vaguely, some from memory, some unnamed."""
    truth = {
        "provider": draw(st.sampled_from(MINERS)),
        "customer": draw(st.sampled_from(TENANTS)),
        "deal_type": draw(
            st.sampled_from((DealType.CLOUD_CONTRACT, DealType.HOSTING_LEASE, DealType.ACQUISITION, DealType.FINANCING))
        ),
        "value_usd": draw(st.sampled_from((None, Decimal(10**9), Decimal(3 * 10**9), Decimal(97 * 10**8)))),
        "capacity_mw": draw(st.sampled_from((None, 60.0, 150.0, 200.0))),
        "term_years": draw(st.sampled_from((None, 5.0, 15.0))),
        "site": draw(st.sampled_from((None, "Prairie Fork, Texas", "Cedar Bend"))),
    }
    return [_retold(draw, truth) for _ in range(draw(st.integers(1, 4)))]


def _retold(draw: st.DrawFn, truth: dict[str, object]) -> Mention:
    told = dict(truth)
    for field in ("value_usd", "capacity_mw", "term_years", "site", "customer"):
        if draw(st.integers(0, 3)) == 0:
            told[field] = None
    return Mention(
        primary=draw(st.integers(0, 3)) > 0,
        provider_kind=PartyKind.MINER,
        customer_kind=PartyKind.AI_LAB if told["customer"] else PartyKind.UNDISCLOSED,
        miner_hyperscaler=True,
        status=draw(st.sampled_from((DealStatus.SIGNED, DealStatus.SIGNED, DealStatus.RUMORED, DealStatus.CLOSED))),
        confidence=0.5,
        **told,  # type: ignore[arg-type]
    )


@st.composite
def newsrooms(draw: st.DrawFn) -> list[StoredMention]:
    """Several deals told over a year, each article by a paper of some standing."""
    numbers = count(1)
    items = []
    for told in draw(st.lists(deals(), min_size=1, max_size=5)):
        first = draw(st.integers(0, 300))
        for mention in told:
            number = next(numbers)
            items.append(
                stored(
                    mention,
                    id=number,
                    article_id=number,
                    told_at=DAY + timedelta(days=first + draw(st.integers(0, 40)), minutes=number),
                    authority=draw(st.integers(0, 3)),
                    publisher=f"Paper {draw(st.integers(1, 5))}",
                )
            )
    return items


def partition(items: list[StoredMention]) -> set[frozenset[int]]:
    return {frozenset(item.id for item in members) for members in resolve(items).deals}


@settings(max_examples=150, deadline=None)
@given(items=newsrooms(), data=st.data())
def test_any_permutation_yields_the_same_deals(items: list[StoredMention], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(items))
    assert partition(shuffled) == partition(items)


@settings(max_examples=60, deadline=None)
@given(items=newsrooms(), data=st.data())
def test_any_permutation_yields_the_same_facts(items: list[StoredMention], data: st.DataObject) -> None:
    first, again = conclude(items), conclude(data.draw(st.permutations(items)))
    assert first.facts == again.facts
    assert first.disputes == again.disputes
    assert first.steps == again.steps


@settings(max_examples=100, deadline=None)
@given(items=newsrooms())
def test_nothing_is_lost_and_background_founds_nothing(items: list[StoredMention]) -> None:
    found = resolve(items)
    assert sorted(item.id for members in (*found.deals, found.waiting) for item in members) == [i.id for i in items]
    assert all(any(item.mention.primary for item in members) for members in found.deals)
    assert not any(item.mention.primary for item in found.waiting)
