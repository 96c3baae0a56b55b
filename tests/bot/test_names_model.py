"""The optional trained pipeline: a tiny one built here, and one that is not installed."""

import logging
from pathlib import Path

import pytest
import spacy

from bot.judgement_file import load_judgement
from bot.names_model import load_names
from bot.readers import ExtractorParts
from extractors.closed_sets import PartyKind
from extractors.models import Article, Company

CORE = Company(key="core-scientific", name="Core Scientific", kind=PartyKind.MINER)
ARTICLE = Article(title="", text="Core Scientific leases halls of 30 MW to pemberfold for ten years.")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    nlp = spacy.blank("en", meta={"name": "tiny", "version": "1.0"})
    names = [{"label": "ORG", "pattern": "pemberfold"}, {"label": "ORG", "pattern": "Core Scientific"}]
    nlp.add_pipe("entity_ruler").add_patterns(names)  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "tiny")
    return tmp_path / "tiny"


def parts(model: str) -> ExtractorParts:
    return ExtractorParts(companies=(CORE,), gpus=(), judgement=load_judgement(), names_model=model)


def test_no_setting_loads_nothing() -> None:
    assert load_names("") is None


def test_a_trained_pipeline_adds_what_nobody_else_knows(tiny: Path) -> None:
    (with_it,) = parts(str(tiny)).build().extract(ARTICLE).deals
    assert (with_it.provider, with_it.customer) == ("Core Scientific", "pemberfold")
    assert "pemberfold" not in {deal.customer for deal in parts("").build().extract(ARTICLE).deals}


def test_the_version_names_the_pipeline(tiny: Path) -> None:
    assert parts(str(tiny)).build().version == f"{parts('').build().version}+tiny-1.0"


def test_a_pipeline_that_is_not_installed_breaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        extractor = parts("en_no_such_model").build()
    assert extractor.extract(ARTICLE) == parts("").build().extract(ARTICLE)
    assert "python -m spacy download en_no_such_model" in caplog.text
