"""The finders as spaCy components: each writes what it found to the Doc, under a name with the prefix `mp_`.

Knows how to register and configure them; what is found is the finders' affair. A Doc's text is one article's text; its
title, if any, is handed over in `Doc.user_data["title"]`.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors.closed_sets import PartyKind, Where
from extractors.judgement import Judgement, judgement_from_json, judgement_to_json
from extractors.models import Article, Company, FormerName, GpuModel, Ticker
from extractors.parties.finder import PartyFinder
from extractors.pipeline import Extractor
from extractors.quantities.finder import find_quantities
from extractors.quantities.hardware import GpuFinder
from extractors.sites.finder import find_sites
from extractors.text.normalise import normalise

QUANTITIES, PARTIES, SITES = "market_pulse_quantities", "market_pulse_parties", "market_pulse_sites"
DEALS = "market_pulse_deals"


class QuantityComponent:
    """Write `Doc._.mp_quantities`: every amount, power, term, percentage, GPU count and date."""

    def __init__(self, gpus: Sequence[GpuModel]) -> None:
        self._gpus = GpuFinder(gpus)

    def __call__(self, doc: Doc) -> Doc:
        published: date | None = doc.user_data.get("published")
        doc._.mp_quantities = find_quantities(doc.text, Where.TEXT, gpus=self._gpus, published=published)
        return doc


class PartyComponent:
    """Write `Doc._.mp_parties`: known, discovered and unnamed parties of title and text."""

    def __init__(self, companies: Sequence[Company]) -> None:
        self._finder = PartyFinder(companies)

    def __call__(self, doc: Doc) -> Doc:
        doc._.mp_parties = self._finder.find(doc.user_data.get("title", ""), doc.text)
        return doc


class DealComponent:
    """Write `Doc._.mp_extraction`: the deals, share moves, points and notes of the whole article."""

    def __init__(self, companies: Sequence[Company], gpus: Sequence[GpuModel], judgement: Judgement) -> None:
        self._extractor = Extractor(companies=companies, gpus=gpus, judgement=judgement)

    def __call__(self, doc: Doc) -> Doc:
        published: date | None = doc.user_data.get("published")
        told_at = datetime(published.year, published.month, published.day, tzinfo=UTC) if published else None
        article = Article(title=doc.user_data.get("title", ""), text=doc.text, published=told_at)
        doc._.mp_extraction = self._extractor.extract(article)
        return doc


def _write_sites(doc: Doc) -> Doc:
    doc._.mp_sites = tuple(find_sites(normalise(doc.text), Where.TEXT, parties=doc._.mp_parties or ()))
    return doc


@Language.factory(QUANTITIES, default_config={"gpus": []})
def make_quantities(nlp: Language, name: str, gpus: list[dict[str, Any]]) -> QuantityComponent:  # noqa: ARG001 (spaCy hands both to every factory)
    """Make the quantity component from rows of the hardware table."""
    return QuantityComponent([_gpu(row) for row in gpus])


@Language.factory(PARTIES, default_config={"companies": []})
def make_parties(nlp: Language, name: str, companies: list[dict[str, Any]]) -> PartyComponent:  # noqa: ARG001 (spaCy hands both to every factory)
    """Make the party component from rows of the company table."""
    return PartyComponent([_company(row) for row in companies])


@Language.factory(SITES)
def make_sites(nlp: Language, name: str) -> Any:  # noqa: ARG001 (spaCy hands both to every factory)
    """Make the site component; it leaves out what the party component found."""
    return _write_sites


@Language.factory(DEALS, default_config={"companies": [], "gpus": []})
def make_deals(
    nlp: Language,  # noqa: ARG001 (spaCy hands it to every factory)
    name: str,  # noqa: ARG001
    companies: list[dict[str, Any]],
    gpus: list[dict[str, Any]],
    judgement: dict[str, Any],
) -> DealComponent:
    """Make the component that reads deals from rows of the company and hardware tables and the learned weights.

    `judgement` is the content of extractors/model/judgement.json.
    """
    return DealComponent(
        [_company(row) for row in companies], [_gpu(row) for row in gpus], judgement_from_json(judgement)
    )


def _gpu(row: dict[str, Any]) -> GpuModel:
    return GpuModel(**{**row, "aliases": tuple(row.get("aliases", ()))})


def _company(row: dict[str, Any]) -> Company:
    columns: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    columns["kind"] = PartyKind(row["kind"])
    columns["tickers"] = tuple(Ticker(**one) for one in row.get("tickers", ()))
    columns["former_names"] = tuple(FormerName(**one) for one in row.get("former_names", ()))
    return Company(**columns)


def build_pipeline(
    *,
    judgement: Judgement,
    companies: Sequence[Company] = (),
    gpus: Sequence[GpuModel] = (),
    model_path: Path | None = None,
) -> Language:
    """Return a spaCy pipeline with our components, behind the parser at `model_path` if one is given."""
    _register_extensions()
    nlp = spacy.load(model_path) if model_path is not None else spacy.blank("en")
    gpu_rows = [asdict(model) for model in gpus]
    company_rows = [asdict(company) for company in companies]
    nlp.add_pipe(QUANTITIES, config={"gpus": gpu_rows})
    nlp.add_pipe(PARTIES, config={"companies": company_rows})
    nlp.add_pipe(SITES)
    weights = judgement_to_json(judgement)
    nlp.add_pipe(DEALS, config={"companies": company_rows, "gpus": gpu_rows, "judgement": weights})
    return nlp


def _register_extensions() -> None:
    for name in ("mp_quantities", "mp_parties", "mp_sites"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())
    if not Doc.has_extension("mp_extraction"):
        Doc.set_extension("mp_extraction", default=None)
