"""The finders as spaCy components, and the optional trained pipeline."""

from datetime import date

import spacy

from bot.judgement_file import load_judgement
from extractors.closed_sets import PartyKind, Where
from extractors.components import build_pipeline
from extractors.models import Company, FormerName, GpuModel, Ticker
from extractors.parties.finder import PartyFinder
from extractors.parties.organisations import find_organisations

IREN = Company(
    key="iren",
    name="IREN",
    kind=PartyKind.MINER,
    tickers=(Ticker(symbol="IREN", exchange="NASDAQ"),),
    former_names=(FormerName(name="Iris Energy", until_year=2024),),
)
TEXT = "IREN leases 120 MW at its Cedar Flats campus to Lumenor AI, an AI lab, from Q3 2026."


def test_components_write_what_the_finders_find() -> None:
    nlp = build_pipeline(
        judgement=load_judgement(), companies=[IREN], gpus=[GpuModel(key="gb300", vendor="NVIDIA", aliases=("GB300",))]
    )
    doc = nlp.make_doc(TEXT)
    doc.user_data |= {"title": "Iris Energy signs", "published": date(2025, 11, 6)}
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert [one.value for one in doc._.mp_quantities] == [120, None]
    assert [one.name for one in doc._.mp_parties] == ["IREN", "IREN", "Lumenor AI"]
    assert [one.label for one in doc._.mp_sites] == ["Cedar Flats"]


def test_factories_carry_the_prefix() -> None:
    assert all(name.startswith("market_pulse_") for name in build_pipeline(judgement=load_judgement()).pipe_names)


def test_a_trained_pipeline_adds_unknown_organisations_only() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(  # type: ignore[attr-defined]
        [{"label": "ORG", "pattern": name} for name in ("IREN", "Pemberfold Works")]
        + [{"label": "PERSON", "pattern": "Karsten Vale"}]
    )
    text = "IREN met Karsten Vale of Pemberfold Works."
    known = PartyFinder([IREN]).find("", text)
    found = find_organisations(nlp, text, Where.TEXT, known=known)
    assert [(one.name, one.kind) for one in found] == [("Pemberfold Works", PartyKind.UNDISCLOSED)]


def test_a_pipeline_reads_the_deals_of_a_document() -> None:
    nlp = build_pipeline(judgement=load_judgement())
    text = "Bitcoin miner Cobalt Ridge Inc. signed a 10-year, $2.1 billion hosting lease for 120 MW with cloud provider Ebb Compute."
    deals = nlp(text)._.mp_extraction.deals
    assert [(deal.provider, deal.capacity_mw) for deal in deals] == [("Cobalt Ridge", 120)]
