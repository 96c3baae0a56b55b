"""All quantities together: total on any text, without overlaps, in linear time."""

import re
import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.closed_sets import QuantityKind, Where
from extractors.models import Quantity
from extractors.quantities.finder import find_quantities
from extractors.quantities.hardware import GpuFinder
from extractors.sites.finder import find_sites

GPUS = GpuFinder()
PUBLISHED = date(2025, 11, 6)
#: Pieces that make grammars stumble: signs, scales, units, words and typography in any order.
PIECES = st.sampled_from(
    re.split(
        " ",
        "$ US$ C$ \u20ac 1.1 1,100 9 15 2026 bn billion B m % per cent MW GW megawatts -year years five three options to "
        "and between - \u2013 \u2014 ( ) , . ; / per MW-year GPU-hour GPUs GB300 H100 Q3 H1 early mid- November 3 May may "
        "through about up over more than at least ~ + \u00a0 \u2011 \u200f \n \t a decade half of IT gross critical load",
    )
)


def find(text: str) -> tuple[Quantity, ...]:
    return find_quantities(text, Where.TEXT, gpus=GPUS, published=PUBLISHED)


def test_a_sentence_with_everything() -> None:
    text = (
        "Under a 15-year lease worth about US$3.1bn, 120\u00a0MW of critical IT load for 24,000 GB300 GPUs starts "
        "in Q3 2026; shares rose 22 per cent."
    )
    got = [(one.kind.value, one.value, one.text) for one in find(text)]
    assert got == [
        ("term", 15, "15-year"),
        ("money", pytest.approx(3.1e9), "US$3.1bn"),
        ("power", 120, "120\u00a0MW"),
        ("gpu", 24_000, "24,000 GB300 GPUs"),
        ("date", None, "Q3 2026"),
        ("percent", 22, "22 per cent"),
    ]


def test_the_longer_reading_wins() -> None:
    assert [one.kind for one in find("2,048 H100 GPUs for $5 per GPU-hour")] == [QuantityKind.GPU, QuantityKind.MONEY]


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=30).map("".join)))
@settings(max_examples=300)
def test_any_text_gives_ordered_spans_of_the_original(text: str) -> None:
    found = find(text)
    assert all(text[one.start : one.end] == one.text and one.text for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("a 15-year lease of 120 MW worth about $3.1 billion from Q3 2026. ", id="prose"),
        pytest.param("9", id="digits"),
        pytest.param("1,", id="commas"),
        pytest.param("$9 to ", id="ranges"),
        pytest.param("five ", id="words"),
        pytest.param("up to about ", id="qualifiers"),
        pytest.param("Lake ", id="capitals"),
        pytest.param("of the IT ", id="basis"),
        pytest.param("(", id="brackets"),
        pytest.param("<a", id="markup"),
        pytest.param(" ", id="spaces"),
        pytest.param("\n", id="lines"),
        pytest.param("three additional five-year ", id="options"),
        pytest.param("GB300 ", id="models"),
        pytest.param("in May 2026 to ", id="dates"),
    ],
)
def test_time_grows_linearly(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        find(text)
        find_sites(text, Where.TEXT)
        return time.process_time() - start

    cost(2_000)
    small, large = cost(10_000), cost(80_000)
    assert large < 24 * max(small, 0.005)
