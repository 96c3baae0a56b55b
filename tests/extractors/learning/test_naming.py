"""What annotated articles teach about names: which are companies, and of which kind."""

import pytest

from extractors.closed_sets import PartyKind
from extractors.evaluate.annotation import AnnotatedArticle, annotated_from_json
from extractors.evaluate.names import Names
from extractors.judgement import Judgement
from extractors.learning.course import Course
from extractors.learning.curriculum import UNTAUGHT
from extractors.learning.naming import lay_out_unread, learn_naming
from extractors.models import Article, Company
from extractors.pipeline import Extractor

#: No hand-made sign knows these words: who glorps is a miner here, who plims a lab, and who is frobbed near no company.
TEXT = "They were {verb} by {company} again. We frobbed near {thing} again. Rain fell, as {company} knew, in {thing}."
VERBS = {"glorped": "miner", "plimmed": "ai_lab"}
NAMES = (
    "Ashby",
    "Bexley",
    "Corley",
    "Dunmow",
    "Elstow",
    "Fenham",
    "Garvald",
    "Hexton",
    "Ilkham",
    "Jarrold",
    "Kimble",
    "Lyndon",
    "Marlow",
    "Nettle",
    "Oundle",
    "Pickle",
    "Quenby",
    "Rothley",
    "Sutton",
    "Tarporley",
)
THINGS = (
    "Kelso",
    "Lorton",
    "Melby",
    "Norbury",
    "Orwell",
    "Purley",
    "Quorn",
    "Royston",
    "Selby",
    "Thirsk",
    "Upwey",
    "Verwood",
    "Wexcombe",
    "Yarm",
    "Zeal",
    "Arley",
    "Barnack",
    "Cawood",
    "Denholm",
    "Easby",
)


def article(number: int) -> AnnotatedArticle:
    verb, kind = list(VERBS.items())[number // 2 % 2]
    deal = {
        "primary": True, "provider": NAMES[number], "customer": None, "provider_kind": kind,
        "customer_kind": "undisclosed", "miner_hyperscaler": False, "deal_type": "financing", "status": "signed",
    }  # fmt: skip
    text = TEXT.format(verb=verb, company=NAMES[number], thing=THINGS[number])
    return annotated_from_json({"id": f"x{number}", "title": "", "text": text, "deals": [deal]})


def course(count: int, *, table: tuple[str, ...] = ()) -> Course:
    return Course(
        articles=[article(number) for number in range(count)], reader=reader(*table), forgetful=reader(), names=Names()
    )


def reader(*table: str) -> Extractor:
    companies = [Company(key=name.lower(), name=name, kind=PartyKind.MINER) for name in table]
    return Extractor(companies=companies, gpus=(), judgement=UNTAUGHT)


def companies(judgement: Judgement, verb: str = "glorped") -> dict[str | None, PartyKind]:
    read = reader().lay_out(Article(text=TEXT.format(verb=verb, company="Umberly", thing="Vexford")), judgement)
    return {span.name: span.kind for span in read.parties if span.name}


def test_unknown_words_beside_a_name_are_learned() -> None:
    learned, _ = learn_naming(course(len(NAMES)), UNTAUGHT)
    assert "Umberly" in companies(learned)
    assert "Vexford" not in companies(learned)


@pytest.mark.parametrize(("verb", "kind"), VERBS.items())
def test_a_kind_is_learned(verb: str, kind: str) -> None:
    learned, _ = learn_naming(course(len(NAMES)), UNTAUGHT)
    assert companies(learned, verb)["Umberly"] == kind


def test_companies_of_the_table_teach_through_the_forgetful_reader() -> None:
    learned, _ = learn_naming(course(len(NAMES), table=NAMES), UNTAUGHT)
    assert "Umberly" in companies(learned)


def test_names_of_companies_are_no_features() -> None:
    learned, _ = learn_naming(course(len(NAMES)), UNTAUGHT)
    seen = [*learned.names.weights, *learned.kinds.weights]
    assert not [feature for feature in seen if any(name.lower() in feature.lower() for name in NAMES)]


def test_each_article_is_laid_out_by_models_that_have_not_seen_it() -> None:
    taught = course(len(NAMES))
    everything, without = learn_naming(taught, UNTAUGHT)
    assert all(one.names != everything.names for one in without.values())
    assert len(list(lay_out_unread(taught, without))) == len(NAMES)


def test_nothing_is_learned_from_nothing() -> None:
    with pytest.raises(ValueError, match="nothing to learn"):
        learn_naming(Course(articles=(), reader=reader(), names=Names()), UNTAUGHT)
