"""Amounts of money in every notation of the field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.closed_sets import Qualifier, Where
from extractors.quantities.money import find_money
from extractors.text.normalise import normalise


def read(text: str) -> list[tuple[float | None, float | None, str | None, str | None]]:
    return [(one.value, one.value_high, one.currency, one.per) for one in find_money(normalise(text), Where.TEXT)]


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        pytest.param("$1.1 B", 1.1e9, "USD", id="spaced letter"),
        pytest.param("US$1.1bn", 1.1e9, "USD", id="US dollar sign"),
        pytest.param("USD 1,100 million", 1.1e9, "USD", id="code before"),
        pytest.param("1,100 million USD", 1.1e9, "USD", id="code after"),
        pytest.param("1.2 billion dollars", 1.2e9, "USD", id="word"),
        pytest.param("1.2 billion Canadian dollars", 1.2e9, "CAD", id="nation word"),
        pytest.param("C$400 million", 4e8, "CAD", id="C$"),
        pytest.param("CAD $750 thousand", 7.5e5, "CAD", id="code and sign"),
        pytest.param("A$2.5bn", 2.5e9, "AUD", id="A$"),
        pytest.param("AU$5m", 5e6, "AUD", id="AU$"),
        pytest.param("HK$7 million", 7e6, "HKD", id="HK$"),
        pytest.param("\u20ac300m", 3e8, "EUR", id="euro sign"),
        pytest.param("300 million euros", 3e8, "EUR", id="euros"),
        pytest.param("\u00a31.2 billion", 1.2e9, "GBP", id="pound"),
        pytest.param("NOK 900 million", 9e8, "NOK", id="krone code"),
        pytest.param("$1.4-billion", 1.4e9, "USD", id="hyphened scale"),
        pytest.param("$9\u00a0billion", 9e9, "USD", id="no-break space"),
        pytest.param("$2.1MM", 2.1e6, "USD", id="MM"),
        pytest.param("half a billion dollars", 5e8, "USD", id="half a billion"),
        pytest.param("$43.9m2", 4.39e7, "USD", id="glued footnote"),
        pytest.param("$(51.7)m", 5.17e7, "USD", id="accounting brackets"),
        pytest.param("$5.75", 5.75, "USD", id="a price"),
        pytest.param("4.5 cents", 0.045, "USD", id="cents"),
        pytest.param("$12,500", 12500, "USD", id="plain thousands"),
    ],
)
def test_one_amount(text: str, value: float, currency: str) -> None:
    ((found, high, unit, _),) = read(text)
    assert (found, high, unit) == (pytest.approx(value), None, currency)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("$9 to $11 million", 9e6, 11e6, id="scale shared"),
        pytest.param("between $9 and $11 million", 9e6, 11e6, id="between"),
        pytest.param("$9-11 million", 9e6, 11e6, id="one sign"),
        pytest.param("$8M\u2013$17M", 8e6, 17e6, id="en dash"),
        pytest.param("USD 6m \u2013 USD 8m", 6e6, 8e6, id="codes"),
        pytest.param("$900 million to $1.2 billion", 9e8, 1.2e9, id="two scales"),
    ],
)
def test_range(text: str, low: float, high: float) -> None:
    ((found, top, _, _),) = read(text)
    assert (found, top) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    ("text", "per"),
    [
        pytest.param("$90 million per month", "month", id="per month"),
        pytest.param("$140m a year", "year", id="a year"),
        pytest.param("$140m annually", "year", id="annually"),
        pytest.param("$140m in annual revenue", "year", id="in annual revenue"),
        pytest.param("annual revenue of about $140m", "year", id="annual before"),
        pytest.param("an annualized run-rate of $140m", "year", id="run-rate"),
        pytest.param("$11m per quarter", "quarter", id="per quarter"),
        pytest.param("$1.7m per MW", "mw", id="per MW"),
        pytest.param("$1.7m per MW-year", "mw_year", id="per MW-year"),
        pytest.param("$1.7m per MW per year", "mw_year", id="per MW per year"),
        pytest.param("$10 million for each MW", "mw", id="for each MW"),
        pytest.param("$150 per kW per month", "kw_month", id="per kW per month"),
        pytest.param("$2.35 per GPU-hour", "gpu_hour", id="per GPU-hour"),
        pytest.param("$2.35 per GPU per hour", "gpu_hour", id="per GPU per hour"),
        pytest.param("$2.35/GPU/hr", "gpu_hour", id="slashes"),
        pytest.param("$0.045 per kWh", "kwh", id="per kWh"),
        pytest.param("$5.75 per share", "share", id="per share"),
        pytest.param("$5.75 a share", "share", id="a share"),
        pytest.param("$60,000 per bitcoin", "coin", id="per coin"),
        pytest.param("$9.7 billion", None, id="no rate"),
    ],
)
def test_denominator(text: str, per: str | None) -> None:
    ((_, _, _, found),) = read(text)
    assert found == per


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        pytest.param("about $3 billion", Qualifier.APPROX, id="about"),
        pytest.param("nearly $3 billion", Qualifier.APPROX, id="nearly"),
        pytest.param("some $300 million", Qualifier.APPROX, id="some"),
        pytest.param("~$830M", Qualifier.APPROX, id="tilde"),
        pytest.param("$3 billion or so", Qualifier.APPROX, id="or so"),
        pytest.param("just under $3 billion", Qualifier.APPROX, id="just under"),
        pytest.param("more than $5bn", Qualifier.AT_LEAST, id="more than"),
        pytest.param("over $5bn", Qualifier.AT_LEAST, id="over"),
        pytest.param("at least $5bn", Qualifier.AT_LEAST, id="at least"),
        pytest.param("$5 billion+", Qualifier.AT_LEAST, id="plus sign"),
        pytest.param(">$500m", Qualifier.AT_LEAST, id="greater sign"),
        pytest.param("up to $20bn", Qualifier.UP_TO, id="up to"),
        pytest.param("as much as $1.4 billion", Qualifier.UP_TO, id="as much as"),
        pytest.param("a maximum of $2bn", Qualifier.UP_TO, id="maximum"),
        pytest.param("worth $2bn", Qualifier.EXACT, id="none"),
        pytest.param("more than a $2bn", Qualifier.AT_LEAST, id="article between"),
    ],
)
def test_qualifier(text: str, qualifier: Qualifier) -> None:
    (found,) = find_money(normalise(text), Where.TEXT)
    assert found.qualifier is qualifier


def test_a_change_is_two_amounts_not_a_range() -> None:
    assert [value for value, high, _, _ in read("from $8.10 to $9.40") if high is None] == [8.10, 9.40]


def test_figures_have_a_rule_of_their_own() -> None:
    (found,) = find_money("a nine-figure agreement", Where.TEXT)
    assert (found.rule, found.value, found.value_high, found.text) == ("money.figures", 1e8, 1e9, "nine-figure")


def test_flattened_table_cells_are_apart() -> None:
    assert [value for value, _, _, _ in read("Revenue$33m$460m")] == [33e6, 460e6]


@pytest.mark.parametrize("text", ["$180-200 MW", "300 MW", "5 years", "7 %", "Q3 2026", "a price"])
def test_no_money(text: str) -> None:
    assert read(text) == []


@given(
    st.decimals(min_value="0.1", max_value="999", places=1),
    st.sampled_from([("million", 1e6), ("bn", 1e9), ("B", 1e9), ("billion", 1e9), ("m", 1e6)]),
    st.sampled_from([("$", "USD"), ("US$", "USD"), ("C$", "CAD"), ("\u20ac", "EUR"), ("GBP ", "GBP")]),
)
def test_every_notation_is_read_back(plain: object, scale: tuple[str, float], sign: tuple[str, str]) -> None:
    text = f"a deal worth {sign[0]}{plain} {scale[0]} was signed"
    ((value, _, currency, _),) = read(text)
    assert value == pytest.approx(float(str(plain)) * scale[1])
    assert currency == sign[1]
