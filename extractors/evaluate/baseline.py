"""The plain ruler: company names by spaCy's entity ruler, numbers by five regular expressions, no grammar.

This is what an afternoon's work reads, and the lower end of every comparison in the README. It takes the first miner
and the first AI company of an article as the parties, and the first amount, power, term and GPU count as the facts.
The service never uses it.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import spacy
from spacy.language import Language

from extractors.closed_sets import CapacityKind, DealStatus, DealType, Direction, PartyKind, Qualifier, Where
from extractors.models import Article, Company, Evidence, Extraction, GpuModel, Mention, Reaction

_MONEY = re.compile(r"\$\s?(\d[\d,]*(?:\.\d+)?)\s?(billion|million|bn|[bBmM])\b")
_POWER = re.compile(r"(\d[\d,]*(?:\.\d+)?)[\s-]?(MW|GW|megawatts?|gigawatts?)\b")
_TERM = re.compile(r"(\d+)[\s-]years?\b")
_GPUS = re.compile(r"(\d[\d,]*)\s(?:\w+\s){0,3}GPUs\b")
_MOVE = re.compile(
    r"\b(rose|jumped|gained|surged|soared|climbed|up|fell|dropped|slid|lost|down)\s(?:\w+\s)?(\d+(?:\.\d+)?)%"
)
_RISES = frozenset({"rose", "jumped", "gained", "surged", "soared", "climbed", "up"})
_SCALES = {"billion": 10**9, "bn": 10**9, "b": 10**9, "million": 10**6, "m": 10**6}
_BUYERS = frozenset({PartyKind.HYPERSCALER, PartyKind.AI_LAB, PartyKind.NEOCLOUD, PartyKind.CHIP_VENDOR})


class PlainRuler:
    """Reads articles by names and regular expressions only."""

    version = "plain-ruler"

    def __init__(self, *, companies: Sequence[Company], gpus: Sequence[GpuModel] = ()) -> None:
        self._companies = {company.key: company for company in companies}
        self._gpus = {alias.lower(): gpu.key for gpu in gpus for alias in (gpu.key, *gpu.aliases)}
        self._nlp = _ruler(companies)

    def extract(self, article: Article) -> Extraction:
        """Return at most one deal and the moves whose company stands before them."""
        source = f"{article.title}\n{article.text}"
        found = [(entity.start_char, self._companies[entity.ent_id_]) for entity in self._nlp(source).ents]
        miners = [company for _, company in found if company.kind is PartyKind.MINER]
        buyers = [company for _, company in found if company.kind in _BUYERS]
        deals = (self._mention(article, source, miners[0], buyers[0]),) if miners and buyers else ()
        return Extraction(
            id=article.id,
            url=article.url,
            is_deal_article=bool(deals),
            deals=deals,
            reactions=tuple(_moves(source, found)),
        )

    def _mention(self, article: Article, source: str, miner: Company, buyer: Company) -> Mention:
        money, power, term, gpus = (pattern.search(source) for pattern in (_MONEY, _POWER, _TERM, _GPUS))
        proofs = {"value_usd": money, "capacity_mw": power, "term_years": term, "gpu_count": gpus}
        return Mention(
            primary=True,
            provider=miner.name,
            customer=buyer.name,
            provider_kind=miner.kind,
            customer_kind=buyer.kind,
            miner_hyperscaler=True,
            deal_type=DealType.CLOUD_CONTRACT if "cloud" in source.lower() else DealType.HOSTING_LEASE,
            status=DealStatus.SIGNED,
            value_usd=_scaled(money) if money else None,
            value_original=_scaled(money) if money else None,
            value_currency="USD" if money else None,
            value_qualifier=Qualifier.EXACT if money else None,
            capacity_mw=float(_number(power)) * (1000 if power[2].lower().startswith("g") else 1) if power else None,
            capacity_kind=CapacityKind.UNSPECIFIED if power else None,
            term_years=float(_number(term)) if term else None,
            gpu_count=int(_number(gpus)) if gpus else None,
            gpu_models=tuple({key: None for alias, key in self._gpus.items() if alias in source.lower()}),
            evidence={field: (_proof(article, match),) for field, match in proofs.items() if match},
        )


def _ruler(companies: Sequence[Company]) -> Language:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]  # add_pipe is typed as a bare callable
        [
            {"label": "ORG", "pattern": name, "id": company.key}
            for company in companies
            for name in {company.name, *company.aliases}
        ]
    )
    return nlp


def _moves(source: str, found: list[tuple[int, Company]]) -> Iterator[Reaction]:
    for match in _MOVE.finditer(source):
        before = [company for start, company in found if start < match.start()]
        if before:
            direction = Direction.UP if match[1] in _RISES else Direction.DOWN
            yield Reaction(company=before[-1].name, direction=direction, pct=float(match[2]))


def _proof(article: Article, match: re.Match[str]) -> Evidence:
    """Say where a match of title + newline + text lies in the one or the other."""
    shift = len(article.title) + 1
    where = Where.TITLE if match.start() < shift else Where.TEXT
    start = match.start() - (shift if where is Where.TEXT else 0)
    return Evidence(where=where, start=start, end=start + len(match[0]), text=match[0], rule="plain")


def _number(match: re.Match[str]) -> Decimal:
    return Decimal(match[1].replace(",", ""))


def _scaled(match: re.Match[str]) -> Decimal:
    return _number(match) * _SCALES[match[2].lower()]
