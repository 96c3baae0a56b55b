"""Which place is a deal's site."""

from collections.abc import Callable

import pytest

from extractors.deals.site_choice import BY_SCORE, IS_SITE, offers_of_places
from extractors.evaluate.annotation import annotated_from_json
from extractors.evaluate.names import Names
from extractors.learning.examples import Lesson
from extractors.learning.site_lessons import learn_sites
from extractors.models import Article, Extraction
from extractors.pipeline import Extractor
from extractors.roles.binding import Binder

Read = Callable[..., Extraction]
LEASE = "Orrin Mining signed a ten-year lease with Cloudmere for 120 MW"


@pytest.mark.parametrize(
    ("text", "site"),
    [
        pytest.param(f"{LEASE} at its Cedar Flats campus in Ohio.", "Cedar Flats", id="named campus"),
        pytest.param(f"{LEASE} at Port Wexley. Rent starts in May.", "Port Wexley", id="a bare name"),
        pytest.param(f"{LEASE} near Sheridan, Wyo., it said.", "Sheridan, Wyoming", id="the press's abbreviation"),
        pytest.param(f"{LEASE}. Halverd Digital mines in Harlan, Kentucky.", None, id="another company's"),
        pytest.param(f"{LEASE}. Orrin Mining is based in Austin, Texas.", None, id="a seat"),
    ],
)
def test_site_of_a_lease(read: Read, text: str, site: str | None) -> None:
    deal = next(deal for deal in read(text, title="Orrin Mining leases 120 MW to Cloudmere").deals if deal.primary)
    assert deal.site == site


def test_without_learning_the_hand_set_score_decides(invented: Extractor) -> None:
    reading = invented.read(Article(text=f"{LEASE} at its Cedar Flats campus, not in Harlan."))
    offers = list(offers_of_places(reading, 0, Binder(reading.drafts, reading.lines)))
    assert {offer.label: BY_SCORE.chances(offer.features)[IS_SITE] > 0.5 for offer in offers} == {
        "Cedar Flats": True,
        "Harlan": False,
    }


def test_lessons_without_a_site_teach_nothing(invented: Extractor) -> None:
    text = f"{LEASE}."
    article = annotated_from_json({"id": "x", "title": "", "text": text, "deals": []})
    reading = invented.read(article.article)
    assert learn_sites([Lesson(article=article, reading=reading, names=Names())]) is BY_SCORE
