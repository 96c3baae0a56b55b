"""The finders as spaCy components: each writes what it found to the Doc, under a name with the prefix `mp_`.

Knows how to register and configure them; what is found is the finders' affair. A Doc's text is one article's text; its
title, if any, is handed over in `Doc.user_data["title"]`.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors.hardware import GpuFinder
from extractors.models import Company, FormerName, GpuModel, PartyKind, Ticker, Where
from extractors.normalise import normalise
from extractors.parties import PartyFinder
from extractors.quantities import find_quantities
from extractors.sites import find_sites

QUANTITIES, PARTIES, SITES = "market_pulse_quantities", "market_pulse_parties", "market_pulse_sites"


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


def _write_sites(doc: Doc) -> Doc:
    doc._.mp_sites = tuple(find_sites(normalise(doc.text), Where.TEXT, parties=doc._.mp_parties or ()))
    return doc


@Language.factory(QUANTITIES, default_config={"gpus": []})
def make_quantities(nlp: Language, name: str, gpus: list[dict[str, Any]]) -> QuantityComponent:  # noqa: ARG001 (spaCy hands both to every factory)
    """Make the quantity component from rows of the hardware table."""
    return QuantityComponent([GpuModel(**{**row, "aliases": tuple(row.get("aliases", ()))}) for row in gpus])


@Language.factory(PARTIES, default_config={"companies": []})
def make_parties(nlp: Language, name: str, companies: list[dict[str, Any]]) -> PartyComponent:  # noqa: ARG001 (spaCy hands both to every factory)
    """Make the party component from rows of the company table."""
    return PartyComponent([_company(row) for row in companies])


@Language.factory(SITES)
def make_sites(nlp: Language, name: str) -> Any:  # noqa: ARG001 (spaCy hands both to every factory)
    """Make the site component; it leaves out what the party component found."""
    return _write_sites


def _company(row: dict[str, Any]) -> Company:
    columns: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    columns["kind"] = PartyKind(row["kind"])
    columns["tickers"] = tuple(Ticker(**one) for one in row.get("tickers", ()))
    columns["former_names"] = tuple(FormerName(**one) for one in row.get("former_names", ()))
    return Company(**columns)


def build_pipeline(
    *, companies: Sequence[Company] = (), gpus: Sequence[GpuModel] = (), model_path: Path | None = None
) -> Language:
    """Return a spaCy pipeline with our components, behind the parser at `model_path` if one is given."""
    _register_extensions()
    nlp = spacy.load(model_path) if model_path is not None else spacy.blank("en")
    nlp.add_pipe(QUANTITIES, config={"gpus": [asdict(model) for model in gpus]})
    nlp.add_pipe(PARTIES, config={"companies": [asdict(company) for company in companies]})
    nlp.add_pipe(SITES)
    return nlp


def _register_extensions() -> None:
    for name in ("mp_quantities", "mp_parties", "mp_sites"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())
