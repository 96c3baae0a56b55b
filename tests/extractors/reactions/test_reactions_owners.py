"""Whose share moved where the sentence does not simply name a known company."""

from collections.abc import Callable

import pytest

from extractors.models import Extraction

Read = Callable[..., Extraction]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Thornvale and Mossgrave Energy slipped 4% and 9% on the week.", [("Thornvale", "down", 4), ("Mossgrave Energy", "down", 9)], id="strangers-in-a-list"),
        pytest.param("Thornvale, which had sold its coins in May, closed 3% higher.", [("Thornvale", "up", 3)], id="stranger-with-aside"),
        pytest.param("Bitcoin rose 2%. The Nasdaq fell 1%. Oil added 3%.", [], id="no-company-moves"),
        pytest.param("Orrin Mining signed a lease. Stock +38%, wow.", [("Orrin Mining", "up", 38)], id="stock-sign"),
        pytest.param("Orrin Mining signed a lease. The shares rose 22%. They have gained 160% since January.", [("Orrin Mining", "up", 22), ("Orrin Mining", "up", 160)], id="they"),
        pytest.param("Orrin Mining (ORRN) was the best stock on the Nasdaq, up 44% at the finish.", [("Orrin Mining", "up", 44)], id="venue"),
        pytest.param("Orrin Mining closed 39% up and is 8% lower today.", [("Orrin Mining", "up", 39), ("Orrin Mining", "down", 8)], id="two-moves"),
        pytest.param("Orrin Mining stock has gained 64% this year against 9% for the sector.", [("Orrin Mining", "up", 64)], id="compared"),
        pytest.param("Orrin Mining went from $21.30 at the open to $24.05 by lunchtime.", [("Orrin Mining", "up", None)], id="prices-from-to"),
        pytest.param("Orrin Mining changed hands at $4.02 around noon, from $5.10 the evening before.", [("Orrin Mining", "down", None)], id="prices-backward"),
        pytest.param("Orrin Mining, as so often, was unchanged.", [("Orrin Mining", "flat", None)], id="unchanged"),
        pytest.param("Orrin Mining sold notes. The notes convert at $27.30 a share, 32.5% above the previous close.", [], id="conversion"),
    ],
)  # fmt: skip
def test_owner_of_a_move(read: Read, text: str, expected: list[tuple[str, str, float | None]]) -> None:
    assert [(one.company, one.direction.value, one.pct) for one in read(text).reactions] == expected


def test_the_stock_is_that_of_the_seller_not_of_the_giant(read: Read) -> None:
    text = (
        "Bigsoft has contracted AI cloud services from Orrin Mining for $2 billion over five years. "
        "Bigsoft pays 20% of it in advance. In New York the stock was more than 20% higher before the opening bell."
    )
    (move,) = read(text, title="Bigsoft takes capacity from Orrin Mining").reactions
    assert (move.company, move.pct) == ("Orrin Mining", 20)


def test_prices_are_kept_in_their_order(read: Read) -> None:
    (move,) = read("Orrin Mining changed hands at $4.02 around noon, from $5.10 the evening before.").reactions
    assert (move.price_from, move.price_to) == (5.10, 4.02)
