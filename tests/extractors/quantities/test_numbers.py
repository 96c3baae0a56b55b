"""Numbers in digits and words, with their scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.quantities.numbers import scan_numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("1,100 million", [1.1e9], id="thousands separator and scale"),
        pytest.param("0.3 and .3", [0.3, 0.3], id="fractions"),
        pytest.param("1.1bn 2B 3m 4k", [1.1e9, 2e9, 3e6, 4e3], id="glued letters"),
        pytest.param("9,7 billion", [9.7e9], id="decimal comma before a scale"),
        pytest.param("fifteen", [15], id="teen"),
        pytest.param("twenty-five", [25], id="tens and unit"),
        pytest.param("three five-year", [3, 5], id="two words in a row are two numbers"),
        pytest.param("two hundred and fifty", [250], id="hundreds"),
        pytest.param("half a billion", [5e8], id="half a billion"),
        pytest.param("a billion", [1e9], id="a billion"),
        pytest.param("3 hundred million", [3e8], id="two scales"),
        pytest.param("$1.9bn2 by then", [1.9e9], id="a footnote digit ends the scale"),
        pytest.param("5 B200", [5], id="B of a model is no billion"),
        pytest.param("Q3 H100 GB300 CB", [], id="digits inside names are no numbers"),
        pytest.param("USD5m EUR7m", [5e6, 7e6], id="digits glued to a currency code are"),
        pytest.param("someone often weighs tenants", [], id="number words inside words"),
        pytest.param("2 dozen", [24], id="dozen"),
    ],
)
def test_values(text: str, values: list[float]) -> None:
    assert [number.value for number in scan_numbers(text)] == pytest.approx(values)


@given(st.floats(min_value=0.01, max_value=999, allow_nan=False), st.sampled_from(["million", "billion", "bn", "m"]))
def test_a_written_number_is_read_back(plain: float, scale: str) -> None:
    factor = 1e6 if scale.startswith("m") else 1e9
    (number,) = scan_numbers(f"{plain:.2f} {scale}" if len(scale) > 2 else f"{plain:.2f}{scale}")
    assert number.value == pytest.approx(round(plain, 2) * factor)


@given(st.text(alphabet="0123456789.,-$ bnmkBM\u2013tofivex\n"))
def test_any_text_is_scanned_in_order(text: str) -> None:
    numbers = scan_numbers(text)
    assert all(one.start < one.end <= len(text) for one in numbers)
    assert [one.start for one in numbers] == sorted(one.start for one in numbers)
