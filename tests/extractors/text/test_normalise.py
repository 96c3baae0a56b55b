"""Normalisation keeps every offset and makes typography plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text.normalise import normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("300\u00a0MW", "300 MW", id="no-break space"),
        pytest.param("15\u2011year", "15-year", id="no-break hyphen"),
        pytest.param("Tenant\u2019s \u201chub\u201d", 'Tenant\'s "hub"', id="curly quotes"),
        pytest.param("\uff04\uff11\uff0e\uff12bn", "$1.2bn", id="full width"),
        pytest.param("1\u2009100\u202f000", "1,100,000", id="thin spaces between thousands"),
        pytest.param("$2bn\u00b2 more", "$2bn  more", id="raised footnote digit"),
        pytest.param("\u200f$9\u200b bn", " $9  bn", id="invisible marks"),
        pytest.param("a\r\nb", "a \nb", id="carriage return"),
        pytest.param("R&amp;D &nbsp;<b>x</b>", "R&    D          x    ", id="markup left over"),
        pytest.param("$9\u2013$11m", "$9\u2013$11m", id="an en dash stays"),
        pytest.param("tab\there", "tab here", id="tab"),
    ],
)
def test_typography_becomes_plain(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(st.text())
def test_length_never_changes(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(st.text())
def test_normalising_twice_changes_nothing_more_than_once_for_plain_text(text: str) -> None:
    once = normalise(text)
    assert len(normalise(once)) == len(once)
    assert not any(character in once for character in "\u00a0\u2011\u2019\u201c\u200b")
