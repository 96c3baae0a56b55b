"""When a reported move and the measured one say different things, and when they cannot be compared at all."""

from datetime import UTC, date, datetime

import pytest

from bot.market.comparing import differ
from db.market_records import Move, Window
from db.records import ReportedReaction
from extractors.closed_sets import Direction, Qualifier, Session
from extractors.models import Reaction


def reported(
    direction: str, pct: float | None, session: str = "close", qualifier: str | None = None, day: int = 4
) -> ReportedReaction:
    reaction = Reaction(
        company="Northgate Digital", direction=Direction(direction), pct=pct, session=Session(session),
        qualifier=Qualifier(qualifier) if qualifier else None, deal_related=True,
    )  # fmt: skip
    return ReportedReaction(reaction=reaction, article_id=1, published_at=datetime(2026, 3, day, tzinfo=UTC))


def moved(pct: float) -> Move:
    day = date(2026, 3, 4)
    return Move(
        window=Window.DAY, from_day=day, to_day=day, price_from=1.0, price_to=1.0, pct=pct, btc_pct=None,
        peers_pct=None, peer_count=0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "measured", "expected"),
    [
        pytest.param(reported("up", 11.5), 11.52, False, id="rounding"),
        pytest.param(reported("up", 30.0), 11.5, True, id="far-apart"),
        pytest.param(reported("up", 30.0, "intraday"), 11.5, True, id="a-high-of-the-day"),
        pytest.param(reported("up", 30.0, "unspecified"), 28.0, False, id="within-a-tenth"),
        pytest.param(reported("up", 30.0, "premarket"), 11.5, None, id="premarket"),
        pytest.param(reported("down", 30.0, "week"), -11.5, None, id="week"),
        pytest.param(reported("up", 30.0, day=5), 11.5, True, id="told-the-morning-after"),
        pytest.param(reported("up", 30.0, day=9), 11.5, None, id="told-days-later"),
        pytest.param(reported("up", 30.0, day=3), 11.5, None, id="told-the-day-before"),
        pytest.param(reported("down", 5.0), -5.4, False, id="down"),
        pytest.param(reported("down", 5.0), 5.0, True, id="opposite-signs"),
        pytest.param(reported("up", 10.0, qualifier="at_least"), 14.0, False, id="more-than-and-it-was"),
        pytest.param(reported("up", 10.0, qualifier="at_least"), 6.0, True, id="more-than-and-it-was-not"),
        pytest.param(reported("up", 10.0, qualifier="at_least"), -6.0, True, id="more-than-and-it-fell"),
        pytest.param(reported("up", 10.0, qualifier="up_to"), 7.0, False, id="as-much-as"),
        pytest.param(reported("up", 10.0, qualifier="up_to"), 13.0, True, id="as-much-as-and-beyond"),
        pytest.param(reported("up", 10.0, qualifier="up_to"), -2.0, True, id="as-much-as-and-it-fell"),
        pytest.param(reported("up", 10.0, qualifier="approx"), 11.8, False, id="about"),
        pytest.param(reported("up", 10.0, qualifier="approx"), 12.5, True, id="about-and-far-off"),
        pytest.param(reported("up", None), 3.0, False, id="only-a-direction"),
        pytest.param(reported("up", None), -3.0, True, id="the-wrong-direction"),
        pytest.param(reported("flat", None), 0.4, False, id="flat"),
        pytest.param(reported("flat", None), 4.0, True, id="not-flat"),
    ],
)  # fmt: skip
def test_differ(said, measured, expected):
    assert differ(said, moved(measured)) is expected
