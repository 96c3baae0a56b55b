"""Share-price moves: whose, how far, in which window, and what is none."""

from collections.abc import Callable

import pytest

from extractors.closed_sets import Direction, Session
from extractors.models import Extraction

Read = Callable[..., Extraction]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Orrin Mining shares rose 12% on Tuesday.", [("Orrin Mining", "up", 12)], id="subject"),
        pytest.param("News of the lease set off an 18% fall in the shares of Halverd Digital.", [("Halverd Digital", "down", 18)], id="shares-of"),
        pytest.param("Orrin Mining and Halverd Digital fell 5% and 7%, respectively.", [("Orrin Mining", "down", 5), ("Halverd Digital", "down", 7)], id="respectively"),
        pytest.param("Orrin Mining and Halverd Digital stocks both gained 4%.", [("Orrin Mining", "up", 4), ("Halverd Digital", "up", 4)], id="both"),
        pytest.param("Orrin Mining stock gained 2.8% and Halverd Digital 1.8%.", [("Orrin Mining", "up", 2.8), ("Halverd Digital", "up", 1.8)], id="elided-verb"),
        pytest.param("$ORRN +15%: what the contract means.", [("Orrin Mining", "up", 15)], id="sign"),
        pytest.param("Orrin Mining announced a lease. The shares climbed 22% before the bell.", [("Orrin Mining", "up", 22)], id="the-shares"),
        pytest.param("Orrin Mining signed with Bigsoft, with shares rising 16% in early trading.", [("Orrin Mining", "up", 16)], id="bare-shares"),
        pytest.param("Shares of Orrin Mining slid from $9.40 to $8.10 over the session.", [("Orrin Mining", "down", None)], id="prices-only"),
        pytest.param("Bigsoft shares were little changed.", [("Bigsoft", "flat", None)], id="flat"),
    ],
)  # fmt: skip
def test_moves_are_read(read: Read, text: str, expected: list[tuple[str, str, float | None]]) -> None:
    assert [(one.company, one.direction.value, one.pct) for one in read(text).reactions] == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Searchly takes a 6% stake in Orrin Mining.", id="stake"),
        pytest.param("Orrin Mining sold notes at a 35% conversion premium, up from 30%.", id="premium"),
        pytest.param("Orrin Mining revenue rose 28% in the quarter.", id="revenue"),
        pytest.param("Orrin Mining lifted its power capacity by 28%.", id="capacity"),
        pytest.param("Orrin Mining is setting up a joint venture, 95% of the equity its own.", id="set-up"),
        pytest.param("Mining stocks fell 9% this month.", id="crowd"),
        pytest.param("Orrin Mining plans to more than double its fleet.", id="plan"),
    ],
)
def test_other_percentages_are_no_moves(read: Read, text: str) -> None:
    assert read(text).reactions == ()


def test_session_and_price_range(read: Read) -> None:
    (move,) = read("In after-hours trading Orrin Mining shares slid from $9.40 to $8.10.").reactions
    assert (move.session, move.price_from, move.price_to) == (Session.AFTER_HOURS, 9.40, 8.10)


def test_a_move_told_twice_counts_once(read: Read) -> None:
    (move,) = read("Orrin Mining shares jumped 30%. Later, Orrin Mining stock was up 30%.").reactions
    assert (move.direction, len(move.evidence)) == (Direction.UP, 2)
