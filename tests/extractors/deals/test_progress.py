"""What has been built and switched on, told apart from plans, conditions and the power of a whole company."""

from datetime import UTC, datetime

import pytest

from extractors.closed_sets import Stage
from extractors.models import Article, Progress
from extractors.pipeline import Extractor

DEAL = "Orrin Mining has a 12-year lease with Bigsoft for 200 MW at its Rook Point campus. "


@pytest.fixture
def told(invented: Extractor):
    def read(text: str, title: str = "") -> tuple[Progress, ...]:
        published = datetime(2026, 8, 13, tzinfo=UTC)
        return invented.extract(Article(title=title, text=DEAL + text, published=published)).progress

    return read


@pytest.mark.parametrize(
    ("text", "stage", "capacity_mw", "day"),
    [
        pytest.param(
            "The first hall was handed over to Bigsoft on July 29.", "energised", None, "2026-07-29", id="handed-over"
        ),
        pytest.param(
            "Orrin Mining has energized the first 50 MW for Bigsoft.", "energised", 50.0, "2026-08-13", id="active"
        ),
        pytest.param(
            "For Bigsoft, 30 MW of the 75-MW building have been handed over.",
            "energised",
            30.0,
            "2026-08-13",
            id="part",
        ),
        pytest.param("The campus went live in May.", "energised", None, "2026-05-01", id="went-live"),
        pytest.param("Orrin Mining broke ground in March.", "under_construction", None, "2026-03-01", id="ground"),
        pytest.param(
            "Construction of the Bigsoft halls is under way.", "under_construction", None, "2026-08-13", id="under-way"
        ),
    ],
)
def test_what_has_happened_is_read(told, text: str, stage: str, capacity_mw: float | None, day: str) -> None:
    (progress,) = told(text)
    assert (progress.stage, progress.capacity_mw, progress.on.date) == (Stage(stage), capacity_mw, day)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The first hall will be handed over on July 29.", id="will"),
        pytest.param("The first 50 MW are expected to come online in 2027.", id="expected"),
        pytest.param("Rent begins once the first hall has been handed over.", id="once"),
        pytest.param("The first hall has not been energized.", id="denied"),
        pytest.param("The halls now come online in the second quarter of 2027.", id="a-future-date"),
        pytest.param("Orrin Mining has energized 50 MW of new mining machines.", id="miners"),
        pytest.param("Its land and the substation have been energized.", id="substation"),
    ],
)
def test_plans_and_other_power_are_no_progress(told, text: str) -> None:
    assert told(text) == ()


def test_the_proof_points_at_the_words(told) -> None:
    (progress,) = told("The campus went live in May.")
    (proof,) = progress.evidence
    assert proof.text == "went live"


def test_a_part_that_is_on_is_not_the_size_of_the_deal(invented: Extractor) -> None:
    title = "Orrin Mining energizes first 50 MW for Bigsoft"
    text = (
        "Orrin Mining said on Monday it has energized the first 50 MW of its lease with Bigsoft at Rook Point. "
        "The 12-year lease, signed in January, is worth $2.4 billion."
    )
    read = invented.extract(Article(title=title, text=text, published=datetime(2026, 8, 13, tzinfo=UTC)))
    assert {deal.capacity_mw for deal in read.deals} == {None}
    assert [told.capacity_mw for told in read.progress] == [50.0]
