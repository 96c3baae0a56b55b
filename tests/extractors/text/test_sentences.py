"""Sentences, headings, bullets and wrapped lines."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text.normalise import normalise
from extractors.text.sentences import is_heading, sentences


def cut(text: str) -> list[str]:
    return [text[one.start : one.end] for one in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It rose. It fell.", ["It rose.", "It fell."], id="two sentences"),
        pytest.param("Orbweave Inc. pays $5.75 a share.", ["Orbweave Inc. pays $5.75 a share."], id="Inc. and a price"),
        pytest.param("It chose Orbweave Inc. The rent is fixed.", ["It chose Orbweave Inc.", "The rent is fixed."], id="Inc. ends"),
        pytest.param("A U.S. utility won.", ["A U.S. utility won."], id="U.S."),
        pytest.param("It asked Q.R. Norwell for a loan.", ["It asked Q.R. Norwell for a loan."], id="two initials"),
        pytest.param("See No. 2 of Aug. 14 by J. Doe.", ["See No. 2 of Aug. 14 by J. Doe."], id="No., month, initial"),
        pytest.param("Headline Without Mark\nText here.", ["Headline Without Mark", "Text here."], id="heading"),
        pytest.param("- one\n- two", ["- one", "- two"], id="list"),
        pytest.param("Key facts \u2022 300 MW \u2022 ten years", ["Key facts", "\u2022 300 MW", "\u2022 ten years"], id="inline bullets"),
        pytest.param("He said \u201cyes.\u201d Then he left.", ['He said "yes."', "Then he left."], id="quote"),
        pytest.param("It closed at $4 billion.The board met.", ["It closed at $4 billion.", "The board met."], id="no space"),
        pytest.param("Why? Because!", ["Why?", "Because!"], id="other marks"),
        pytest.param("", [], id="empty"),
    ],
)  # fmt: skip
def test_cut(text: str, expected: list[str]) -> None:
    assert cut(normalise(text)) == expected


def test_a_wrapped_line_goes_on() -> None:
    text = "The company said that it would take a lease of three hundred\nmegawatts in the north."
    assert len(sentences(text)) == 1


def test_blocks_and_finished_marks() -> None:
    heading, first, second = sentences("Deal Signed\nIt pays. It waits.")
    assert (heading.finished, first.finished) == (False, True)
    assert (heading.block, first.block, second.block) == (0, 1, 1)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Northern Hash Signs Ten-Year Lease With Orbweave", True),
        ("The miner signed a lease with a hyperscaler", False),
        ("Deal", False),
    ],
)
def test_heading(line: str, expected: bool) -> None:
    assert is_heading(line) is expected


@given(st.text())
def test_sentences_hold_every_visible_character_once(text: str) -> None:
    plain = normalise(text)
    found = sentences(plain)
    assert "".join("".join(plain[one.start : one.end].split()) for one in found) == "".join(plain.split())
    assert all(one.end <= two.start for one, two in pairwise(found))
