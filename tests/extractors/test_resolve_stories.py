"""The stories behind the weights of resolution: invented companies, told as real deals were told."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from extractors.closed_sets import CapacityKind, DealStatus, DealType, PartyKind, Precision, Qualifier
from extractors.models import Mention, PartialDate
from extractors.resolve import StoredMention, conclude, resolve, stored

DAY = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
BILLION = 10**9
_numbers = count(1)


def told(
    day: float = 0, *, by: str = "", authority: int = 1, article: int = 0, copy_of: int | None = None, **facts: Any
) -> StoredMention:
    defaults: dict[str, Any] = {
        "primary": True,
        "provider": "Northgate Digital",
        "customer": "Redwood AI",
        "provider_kind": PartyKind.MINER,
        "customer_kind": PartyKind.AI_LAB,
        "miner_hyperscaler": True,
        "deal_type": DealType.CLOUD_CONTRACT,
        "status": DealStatus.SIGNED,
    }
    number = next(_numbers)
    return stored(
        Mention(**(defaults | facts)),
        id=number,
        article_id=article or number,
        told_at=DAY + timedelta(days=day),
        authority=authority,
        publisher=by or f"Paper {number}",
        copy_of=copy_of,
        keys={"northgate mining": "northgate digital"},
    )


UNNAMED = {"customer": None, "customer_kind": PartyKind.UNDISCLOSED}
LOOKING_BACK: dict[str, Any] = {"primary": False}

STORIES = [
    pytest.param([[told(value_usd=Decimal(4 * BILLION)), told(1, capacity_mw=200.0)]], id="same pair, same week"),
    pytest.param([[told(capacity_mw=200.0), told(0.1, capacity_mw=250.0)]], id="papers of one day disagree on MW"),
    pytest.param(
        [
            [told(capacity_mw=200.0, value_usd=Decimal(4 * BILLION))],
            [told(150, capacity_mw=60.0, value_usd=Decimal(BILLION), status=DealStatus.EXPANDED)],
        ],
        id="an increment months later",
    ),
    pytest.param(
        [
            [told(site="Prairie Fork, Texas", capacity_mw=150.0)],
            [told(20, site="Cedar Bend, Texas", capacity_mw=168.0)],
        ],
        id="a new site",
    ),
    pytest.param(
        [[told(value_usd=Decimal(3 * BILLION))], [told(0, deal_type=DealType.EQUITY_STAKE, value_usd=Decimal(10**8))]],
        id="a warrant beside a cloud contract",
    ),
    pytest.param(
        [
            [told(deal_type=DealType.HOSTING_LEASE, capacity_mw=200.0)],
            [told(90, deal_type=DealType.ACQUISITION, value_usd=Decimal(9 * BILLION), status=DealStatus.REJECTED)],
        ],
        id="a bid beside a lease",
    ),
    pytest.param(
        [[told(-12, capacity_mw=168.0, **UNNAMED), told(0, capacity_mw=168.0, value_usd=Decimal(3 * BILLION))]],
        id="an unnamed tenant is revealed",
    ),
    pytest.param(
        [[told(0, capacity_mw=168.0)], [told(2, capacity_mw=40.0, **UNNAMED)]], id="another unnamed tenant stays apart"
    ),
    pytest.param(
        [[told(provider="Northgate Mining", capacity_mw=90.0), told(1, provider="Northgate Digital")]],
        id="a renamed company",
    ),
    pytest.param(
        [[told(-60, status=DealStatus.IN_TALKS, value_usd=Decimal(2 * BILLION)), told(value_usd=Decimal(3 * BILLION))]],
        id="a rumour with loose figures, then the signature",
    ),
    pytest.param(
        [[told(value_usd=Decimal(3 * BILLION)), told(200, status=DealStatus.TERMINATED)]],
        id="a termination without figures",
    ),
    pytest.param(
        [[told(value_usd=Decimal(3 * BILLION)), told(240, **LOOKING_BACK, value_usd=Decimal(3 * BILLION))]],
        id="a recap months later",
    ),
    pytest.param(
        [
            [told(0, capacity_mw=150.0), told(300, **LOOKING_BACK, capacity_mw=150.0, article=9001)],
            [told(300, capacity_mw=60.0, status=DealStatus.EXPANDED, article=9001)],
        ],
        id="the expansion's article recalls the first contract",
    ),
    pytest.param(
        [
            [
                told(0, value_usd=Decimal(BILLION), value_max_usd=Decimal(26 * 10**8)),
                told(1, value_usd=Decimal(26 * 10**8)),
            ],
        ],
        id="one paper's headline carries the maximum",
    ),
    pytest.param(
        [
            [
                told(0, capacity_mw=200.0, capacity_kind=CapacityKind.IT, value_usd=Decimal(3 * BILLION)),
                told(40, capacity_mw=280.0, capacity_kind=CapacityKind.GROSS, value_usd=Decimal(3 * BILLION)),
            ]
        ],
        id="IT load here, gross power there",
    ),
    pytest.param(
        [
            [
                told(0, capacity_mw=200.0),
                told(0.2, provider="Redwood AI", customer="Northgate Digital", capacity_mw=200.0),
            ],
        ],
        id="one paper swaps the sides",
    ),
    pytest.param(
        [
            [told(0, value_usd=Decimal(3 * BILLION)), told(0, deal_type=DealType.PARTNERSHIP)],
        ],
        id="one paper calls it a partnership",
    ),
]


@pytest.mark.parametrize("story", STORIES)
def test_story(story: list[list[StoredMention]]) -> None:
    found = resolve([item for members in story for item in members])
    wanted = {frozenset(item.id for item in members) for members in story}
    assert {frozenset(item.id for item in members) for members in found.deals} == wanted


def test_background_alone_waits() -> None:
    found = resolve([told(**LOOKING_BACK, value_usd=Decimal(BILLION))])
    assert (found.deals, len(found.waiting)) == ((), 1)


def test_undated_background_cannot_mean_a_later_deal() -> None:
    recalled = told(-100, **LOOKING_BACK)
    found = resolve([recalled, told(0)])
    assert [item.id for item in found.waiting] == [recalled.id]


def test_a_press_release_outranks_more_blogs() -> None:
    release = told(1, authority=0, value_usd=Decimal(2 * BILLION), value_qualifier=Qualifier.EXACT)
    blogs = [told(0, authority=3, value_usd=Decimal(3 * BILLION), value_qualifier=Qualifier.EXACT) for _ in range(3)]
    assert conclude([release, *blogs]).facts.value_usd == 2 * BILLION


def test_the_disagreement_is_kept_with_counts() -> None:
    items = [told(capacity_mw=200.0, capacity_kind=CapacityKind.IT) for _ in range(3)]
    items.append(told(capacity_mw=250.0, capacity_kind=CapacityKind.GROSS, authority=3))
    (dispute,) = conclude(items).disputes
    assert dispute.values == (("200 MW IT", 3), ("250 MW gross", 1))


def test_copies_and_one_publisher_count_once() -> None:
    first = told(by="Wire", article=501, capacity_mw=200.0)
    copy = told(by="Mirror", copy_of=501, capacity_mw=200.0)
    followup = told(1, by="Wire", capacity_mw=200.0)
    assert conclude([first, copy, followup]).sources == 1


def test_an_amendment_by_an_equal_source_replaces_the_figure() -> None:
    first = told(0, authority=0, value_usd=Decimal(10 * BILLION))
    amended = told(40, authority=0, value_usd=Decimal(11 * BILLION))
    assert conclude([first, amended]).facts.value_usd == 11 * BILLION


def test_a_later_blog_never_changes_the_shown_value() -> None:
    first = told(0, authority=1, value_usd=Decimal(10 * BILLION))
    blog = told(40, authority=3, value_usd=Decimal(11 * BILLION))
    assert conclude([first, blog]).facts.value_usd == 10 * BILLION


def test_exact_before_approximate() -> None:
    rough = told(0, value_usd=Decimal(10 * BILLION), value_qualifier=Qualifier.APPROX)
    exact = told(1, value_usd=Decimal(97 * 10**8), value_qualifier=Qualifier.EXACT)
    assert conclude([rough, exact]).facts.value_usd == Decimal(97 * 10**8)


@pytest.mark.parametrize(
    ("told_as", "expected"),
    [
        pytest.param([(0, "rumored"), (30, "signed")], "signed", id="rumour signed"),
        pytest.param([(0, "signed"), (30, "in_talks")], "signed", id="a late rumour undoes nothing"),
        pytest.param([(0, "signed"), (30, "closed"), (60, "signed")], "closed", id="a recap undoes nothing"),
        pytest.param([(0, "signed"), (30, "terminated")], "terminated", id="terminated"),
        pytest.param([(0, "in_talks"), (30, "rejected")], "rejected", id="rejected"),
    ],
)
def test_life_cycle(told_as: list[tuple[int, str]], expected: str) -> None:
    items = [told(day, status=DealStatus(status)) for day, status in told_as]
    assert conclude(items).facts.status == expected


def test_one_blog_cannot_end_a_deal() -> None:
    items = [told(0), told(10, authority=3, status=DealStatus.TERMINATED)]
    assert conclude(items).facts.status is DealStatus.SIGNED


def test_steps_carry_their_dates() -> None:
    announced = PartialDate(date="2026-03-01", precision=Precision.DAY)
    items = [told(-60, status=DealStatus.RUMORED), told(5, announced_on=announced), told(90, status=DealStatus.CLOSED)]
    assert [(step.status.value, step.day) for step in conclude(items).steps] == [
        ("rumored", "2026-01-03"),
        ("signed", "2026-03-01"),
        ("closed", "2026-06-02"),
    ]


def test_corrections_override_everything() -> None:
    items = [told(authority=0, capacity_mw=200.0)]
    assert conclude(items, corrections={"capacity_mw": 250.0}).facts.capacity_mw == 250.0


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        pytest.param("Parallax", "Parallax Cloud", True, id="the trade left out"),
        pytest.param("Halcyon", "Halcyon Web Services", True, id="two words left out"),
        pytest.param("Redwood AI", "Redwood Labs", False, id="two companies of one stem"),
        pytest.param("Redwood AI", "Juniper AI", False, id="two companies of one trade"),
    ],
)
def test_shortened_names(one: str, other: str, *, together: bool) -> None:
    found = resolve([told(customer=one, capacity_mw=88.0), told(1, customer=other, capacity_mw=88.0)])
    assert (len(found.deals) == 1) is together


def test_a_recap_means_the_latest_deal_of_a_pair() -> None:
    first = told(0, deal_type=DealType.ACQUISITION, status=DealStatus.REJECTED, value_usd=Decimal(BILLION))
    second = told(200, deal_type=DealType.ACQUISITION, value_usd=Decimal(9 * BILLION))
    recap = told(300, **LOOKING_BACK, deal_type=DealType.ACQUISITION)
    groups = [{item.id for item in members} for members in resolve([first, second, recap]).deals]
    assert {second.id, recap.id} in groups


def test_an_article_that_tells_both_knows_them_as_two() -> None:
    ended = told(0, capacity_mw=60.0, status=DealStatus.TERMINATED)
    recalled = told(40, **LOOKING_BACK, capacity_mw=60.0, status=DealStatus.TERMINATED, article=9002)
    new_talks = told(40, capacity_mw=60.0, status=DealStatus.IN_TALKS, article=9002, **UNNAMED)
    assert len(resolve([ended, recalled, new_talks]).deals) == 2


def test_a_second_phase_of_the_same_size_is_another_deal() -> None:
    first = told(0, value_usd=Decimal(1020 * 10**6), capacity_mw=75.0, site="Ruthven, Iowa")
    second = told(290, value_usd=Decimal(1100 * 10**6), capacity_mw=75.0, status=DealStatus.EXPANDED, site="Ruthven")
    assert len(resolve([first, second]).deals) == 2


def test_talks_long_after_a_signature_mean_the_next_deal() -> None:
    signed = told(0, capacity_mw=75.0)
    talks = told(300, capacity_mw=75.0, status=DealStatus.LOI, **UNNAMED)
    assert len(resolve([signed, talks]).deals) == 2


def test_a_letter_renegotiated_then_dropped_is_one_deal() -> None:
    letter = told(0, status=DealStatus.LOI, capacity_mw=64.0, value_usd=Decimal(1100 * 10**6), site="Glen Ossary")
    smaller = told(100, status=DealStatus.IN_TALKS, capacity_mw=40.0, value_usd=Decimal(7 * 10**8), site="Glen Ossary")
    dropped = told(200, status=DealStatus.TERMINATED, value_usd=Decimal(1100 * 10**6), site="Glen Ossary")
    assert len(resolve([letter, smaller, dropped]).deals) == 1
