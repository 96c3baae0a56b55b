"""Which examples an annotated article gives."""

from collections import Counter

import pytest

from extractors.evaluate.annotation import AnnotatedArticle, annotated_from_json
from extractors.evaluate.names import Names
from extractors.learning.examples import Lesson, deal_examples, pair_examples, solo_examples
from extractors.pipeline import Extractor

TEXT = (
    "Orrin Mining signed a ten-year lease with Cloudmere for 120 MW. Halverd Digital watched.\n"
    "Bigsoft was not involved, said Orrin Mining. Halverd Digital raised $300 million in notes."
)
LEASE = {
    "primary": True, "provider": "Orrin Mining", "customer": "Cloudmere", "provider_kind": "miner", "customer_kind": "neocloud",
    "miner_hyperscaler": True, "deal_type": "hosting_lease", "status": "signed",
}  # fmt: skip
NOTES = LEASE | {
    "primary": False, "provider": "Halverd Digital", "customer": None, "customer_kind": "undisclosed",
    "miner_hyperscaler": False, "deal_type": "financing",
}  # fmt: skip


def lesson(extractor: Extractor, *deals: dict[str, object]) -> Lesson:
    article: AnnotatedArticle = annotated_from_json({"id": "x", "title": "", "text": TEXT, "deals": list(deals)})
    return Lesson(article=article, reading=extractor.lay_out(article.article), names=Names())


def labels(examples: object) -> Counter[str]:
    return Counter(example.label for example in examples)  # type: ignore[attr-defined]


def test_two_parties_of_a_deal_are_an_example_of_its_instrument(invented: Extractor) -> None:
    assert labels(pair_examples(lesson(invented, LEASE)))["hosting_lease"] == 1
    assert labels(pair_examples(lesson(invented)))["hosting_lease"] == 0


def test_what_is_optional_teaches_nothing(invented: Extractor) -> None:
    optional = labels(pair_examples(lesson(invented, LEASE | {"ambiguous": ["exists"]})))
    assert optional.total() == labels(pair_examples(lesson(invented))).total() - 1


def test_a_party_that_deals_alone_is_an_example_where_the_line_says_so(invented: Extractor) -> None:
    assert labels(solo_examples(lesson(invented, LEASE, NOTES)))["financing"] == 1


def test_names_of_companies_are_no_features(invented: Extractor) -> None:
    seen = {name for example in pair_examples(lesson(invented, LEASE)) for name in example.features}
    assert not [name for name in seen if "orrin" in name or "cloudmere" in name]


@pytest.mark.parametrize(("deals", "label"), [((LEASE,), "primary"), ((), "none")])
def test_a_draft_is_what_the_annotation_says_it_is(
    invented: Extractor, deals: tuple[dict[str, object], ...], label: str
) -> None:
    taught = lesson(invented, *deals)
    drafts = invented.judge(taught.reading).drafts
    assert label in labels(deal_examples(taught, drafts))
