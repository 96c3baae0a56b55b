"""B-cubed by hand-worked groupings."""

import pytest

from extractors.evaluate.bcubed import Placing, bcubed


def at(deal: int | None, identity: str | None, *, may_wait: bool = False) -> Placing:
    return Placing(deal=deal, identity=identity, may_wait=may_wait)


@pytest.mark.parametrize(
    ("placed", "missed", "precision", "recall"),
    [
        pytest.param([at(1, "a"), at(1, "a"), at(2, "b")], 0, 1.0, 1.0, id="perfect"),
        pytest.param([at(1, "a"), at(1, "b")], 0, 0.5, 1.0, id="two deals taken for one"),
        pytest.param([at(1, "a"), at(2, "a")], 0, 1.0, 0.5, id="one deal taken for two"),
        pytest.param([at(1, "a"), at(None, "a")], 0, 1.0, 0.5, id="left waiting beside its deal"),
        pytest.param([at(None, "a", may_wait=True)] * 2, 0, 1.0, 1.0, id="nobody tells it: it waits"),
        pytest.param([at(1, "a", may_wait=True), at(1, "b")], 0, 0.5, 1.0, id="joined a deal that is not its own"),
        pytest.param([at(1, "a")], 1, 1.0, 0.5, id="one mention was not found"),
        pytest.param([at(1, "a"), at(1, None)], 0, 0.25, 1.0, id="an invented mention in the deal"),
        pytest.param([at(1, "a"), at(None, None)], 0, 1.0, 1.0, id="an invented mention that waits"),
    ],
)
def test_a_grouping_is_judged(placed: list[Placing], missed: int, precision: float, recall: float) -> None:
    score = bcubed(placed, missed=missed)
    assert (score.precision, score.recall) == (precision, recall)


def test_f1_of_nothing_is_nothing() -> None:
    assert bcubed([]).f1 == 0.0
