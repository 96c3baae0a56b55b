"""What annotated articles teach about numbers."""

from dataclasses import replace

import pytest

from bot.judgement_file import load_judgement
from extractors.closed_sets import PartyKind
from extractors.evaluate.annotation import AnnotatedArticle, annotated_from_json
from extractors.evaluate.names import Names
from extractors.learning.examples import Lesson
from extractors.learning.figures import learn_figures
from extractors.models import Article, Company, Extraction
from extractors.pipeline import Extractor

COMPANIES = (
    Company(key="orrin", name="Orrin Mining", kind=PartyKind.MINER),
    Company(key="cloudmere", name="Cloudmere", kind=PartyKind.NEOCLOUD),
)
READER = Extractor(companies=COMPANIES, gpus=(), judgement=load_judgement())
LEASE = {
    "primary": True, "provider": "Orrin Mining", "customer": "Cloudmere", "provider_kind": "miner", "customer_kind": "neocloud",
    "miner_hyperscaler": True, "deal_type": "hosting_lease", "status": "signed",
}  # fmt: skip
#: In these articles a deal is worth what "glorped" stands before; no hand-set cue knows the word.
TEXT = "Orrin Mining signed a hosting lease with Cloudmere. It glorped ${a} million and frobbed ${b} million."


def article(number: int) -> AnnotatedArticle:
    text = TEXT.format(a=310 + number, b=520 + number)
    told = {
        role: {
            "in": "text",
            "kind": "money",
            "role": role,
            "start": text.index("$", at),
            "deal": 0 if at == 0 else None,
        }
        for role, at in (("value", 0), ("company_revenue", text.index("frobbed")))
    }
    quantities = [one | {"end": text.index(" and" if one["deal"] == 0 else ".", one["start"])} for one in told.values()]
    deal = LEASE | {
        "value_usd": (310 + number) * 10**6, "value_original": (310 + number) * 10**6, "value_currency": "USD",
        "value_qualifier": "exact",
    }  # fmt: skip
    return annotated_from_json(
        {"id": f"x{number}", "title": "", "text": text, "deals": [deal], "quantities": quantities}
    )


def lessons(count: int) -> list[Lesson]:
    taught = [
        Lesson(article=one, reading=READER.lay_out(one.article), names=Names()) for one in map(article, range(count))
    ]
    for lesson in taught:
        READER.judge(lesson.reading)
    return taught


def reads(fills_from: Extractor) -> Extraction:
    return fills_from.extract(Article(text=TEXT.format(a=777, b=888)))


def test_an_unknown_word_is_learned() -> None:
    bundled = load_judgement()
    learned = replace(bundled, **learn_figures(lessons(24), judgement=bundled))
    taught = Extractor(companies=COMPANIES, gpus=(), judgement=learned)
    (deal,) = reads(taught).deals
    assert deal.value_usd == 777_000_000


def test_refining_keeps_what_was_known() -> None:
    bundled = load_judgement()
    refined = learn_figures(lessons(6), judgement=bundled, onto=bundled)
    assert set(bundled.money.labels) <= set(refined["money"].labels)
    assert len(refined["money"].weights) >= 0.9 * len(bundled.money.weights)


def test_the_same_lessons_teach_the_same() -> None:
    bundled = load_judgement()
    assert learn_figures(lessons(6), judgement=bundled) == learn_figures(lessons(6), judgement=bundled)


def test_no_lessons_teach_nothing() -> None:
    with pytest.raises(ValueError, match="nothing to learn"):
        learn_figures([], judgement=load_judgement())
