"""What must hold for every article of the corpus beyond its schema: numbers, parties, marks, style, wording.

Each rule yields sentences for the author. Schema and closed sets are `extractors.evaluate.annotation`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.catalog import load_companies
from extractors.closed_sets import QuantityKind
from extractors.evaluate.annotation import ROLE_FIELDS, check_annotation
from tests.corpus_numbers import read_quantity

STYLES = [
    "newswire",
    "press_release",
    "filing",
    "crypto_blog",
    "stock_blog",
    "trade_press",
    "exchange_post",
    "machine_translated",
    "analyst_note",
    "roundup",
    "market_wrap",
    "opinion",
    "bullet_list",
    "flattened_table",
    "newsletter",
    "transcript",
    "thread",
    "regional_press",
]
#: Styles that only one part of the corpus may use.
STYLE_SPLITS = {"newsletter": "dev", "trade_press": "test", "machine_translated": "test"}
LENGTH = range(600, 6001)
RUN_WORDS = 8
TOLERANCE = 0.03

#: Things that look like a quantity and therefore must be marked.
UNMARKED = re.compile(
    r"(?:US|C|A|CA|AU|CAD|AUD)?[$€£]\s?\d[\d,.]*(?:\s?(?:billion|million|bn|mn|[BM])\b)?"
    r"|\b\d[\d,.]*[\s-]?(?:MW|GW|megawatts?|gigawatts?)\b"
    r"|\b\d[\d,.]*\s?(?:%|percent\b|per cent\b)"
    r"|\b(?:\d+|two|three|five|seven|ten|twelve|fifteen|twenty)[\s-]years?\b"
    r"|\b\d[\d,.]*\s(?:[A-Z]\w+\s){0,3}GPUs\b"
)
_TRADE_WORDS = (
    "AI|Blockchain|Cloud|Compute|Computing|Data|Digital|Energy|Holdings|Infrastructure|Labs|Mining|Networks|Platforms|Power"
    "|Renewables|Systems|Technologies"
)
NUMBER_FIELDS = {field: (kind, role) for (kind, role), field in ROLE_FIELDS.items() if kind is not QuantityKind.DATE}


def load_corpus(folder: Path) -> dict[str, dict[str, Any]]:
    """Return every committed article by id."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}


def problems_of(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one article by itself."""
    yield from check_annotation(record)
    yield from _frame(record)
    yield from _numbers(record)
    yield from _parties(record)
    yield from _marks(record)
    yield from _identities(record)


@dataclass(frozen=True, slots=True)
class Profile:
    """What one article may not share with others: its miners across splits, its wording at all."""

    split: str
    miners: frozenset[str]
    runs: frozenset[tuple[str, ...]]


def profile_of(record: Mapping[str, Any]) -> Profile:
    return Profile(split=record["split"], miners=frozenset(miners_of(record)), runs=frozenset(runs_of(record)))


def clashes_of(profile: Profile, others: Mapping[str, Profile]) -> Iterator[str]:
    """Yield runs of words, and miners of another split, that an article shares with others."""
    for identifier, other in others.items():
        if shared := profile.runs & other.runs:
            yield f"shares words with {identifier}: {' '.join(min(shared))!r}"
        if other.split != profile.split and (common := profile.miners & other.miners):
            yield f"{', '.join(sorted(common))} belongs to split {other.split} ({identifier})"


def miners_of(record: Mapping[str, Any]) -> set[str]:
    """Return the invented miners whose own deals the article is about; each belongs to one split.

    Companies of the bundled list are known to the reader by name anyway, so they may stand in any.
    """
    own = {
        deal[side]
        for deal in record["deals"]
        if deal["primary"]
        for side in ("provider", "customer")
        if deal[f"{side}_kind"] == "miner" and deal[side]
    }
    return own - _real_names()


@cache
def _real_names() -> frozenset[str]:
    return frozenset(company.name for company in load_companies())


def runs_of(record: Mapping[str, Any]) -> set[tuple[str, ...]]:
    """Return every run of words of an article, names and figures left out."""
    words = [
        word.lower()
        for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)?", record["text"])
        if word.islower() and not any(char.isdigit() for char in word)
    ]
    return {tuple(words[start : start + RUN_WORDS]) for start in range(len(words) - RUN_WORDS + 1)}


def _frame(record: Mapping[str, Any]) -> Iterator[str]:
    style, split = record["style"], record["split"]
    if style not in STYLES:
        yield f"style {style!r} is none of {' '.join(STYLES)}"
    if split is None:
        yield "no split"
    if STYLE_SPLITS.get(style, split) != split:
        yield f"style {style} belongs to split {STYLE_SPLITS[style]}"
    if len(record["text"]) not in LENGTH:
        yield f"{len(record['text'])} characters; an article has {LENGTH.start} to {LENGTH.stop - 1}"
    if bool(record["deals"]) and not record["is_deal_article"]:
        yield "has deals but is_deal_article is false"
    if record["story"] is not None and not re.fullmatch(r"[a-z0-9-]+", record["story"]):
        yield f"story {record['story']!r} is not written in small letters, digits and hyphens"


def _identities(record: Mapping[str, Any]) -> Iterator[str]:
    for index, deal in enumerate(record["deals"]):
        said = deal.get("identity") is not None or "identity" in deal["ambiguous"]
        if said != (record["story"] is not None):
            yield f"deal {index}: in a story each deal has an identity or lists it in ambiguous; elsewhere none does"
    told = [deal["identity"] for deal in record["deals"] if deal.get("identity") is not None]
    yield from (f"identity {name}: two deals of one article" for name in sorted(set(told)) if told.count(name) > 1)


def _numbers(record: Mapping[str, Any]) -> Iterator[str]:
    for index, deal in enumerate(record["deals"]):
        for field, (kind, role) in NUMBER_FIELDS.items():
            stated = deal["value_original"] if field == "value_usd" else deal.get(field)
            words = _words_of(record, index, kind, role)
            if stated is None and words and field not in deal["ambiguous"]:
                yield f"deal {index}: {words[0]!r} is marked {role} but {field} is not set"
            if stated is None or field in deal["derived"] or field in deal["ambiguous"]:
                continue
            if not any(_close(read_quantity(kind, text), stated) for text in words):
                yield (
                    f"deal {index}: {field} = {stated} but marks with role {role} say {words or 'nothing'}; "
                    f"mark it, or list {field} in derived"
                )


def _words_of(record: Mapping[str, Any], deal: int, kind: QuantityKind, role: str) -> list[str]:
    return [
        record[quantity["in"]][quantity["start"] : quantity["end"]]
        for quantity in record["quantities"]
        if (quantity["kind"], quantity["role"], quantity["deal"]) == (kind, role, deal)
    ]


def _close(read: float | None, stated: float) -> bool:
    return read is not None and abs(read - stated) <= TOLERANCE * max(abs(read), abs(stated))


def names_of(record: Mapping[str, Any]) -> set[str]:
    """Return every company an annotation names."""
    deals = record["deals"]
    names = {deal[side] for deal in deals for side in ("provider", "customer")}
    names |= {other["name"] for deal in deals for other in deal["other_parties"]}
    return (names | {move["company"] for move in record["reactions"]}) - {None}


def other_forms_of(record: Mapping[str, Any]) -> dict[str, str]:
    """Find the shorter and longer forms in which an article prints the names it is annotated with.

    Shorter: the first words of a name, where no other name starts so. Longer: a name with a trade word behind it.
    """
    names, forms = names_of(record), {}
    text = f"{record['title']}\n{record['text']}"
    for name in sorted(names):
        words = name.split()
        for count in range(1, len(words)):
            short = " ".join(words[:count])
            alone = re.search(rf"\b{re.escape(short)}\b(?!\s{re.escape(words[count])})", text)
            if alone and len(short) > 2 and sum(other.startswith(short) for other in names) == 1:
                forms[short] = name
        for longer in re.finditer(rf"\b{re.escape(name)}(?:\s(?:{_TRADE_WORDS}))+\b", text):
            forms[" ".join(longer.group().split())] = name
    return forms


def _parties(record: Mapping[str, Any]) -> Iterator[str]:
    text = f"{record['title']}\n{record['text']}".lower()
    for name in sorted(names_of(record)):
        if name in record["carried"] or name.lower() in text or name.lower().split()[0] in text:
            continue
        yield f"{name!r} does not stand in the article; list it in carried if it is an alias of what stands there"


def _marks(record: Mapping[str, Any]) -> Iterator[str]:
    for where in ("title", "text"):
        marked = [(q["start"], q["end"]) for q in record["quantities"] if q["in"] == where]
        for found in UNMARKED.finditer(record[where]):
            if not any(start < found.end() and found.start() < end for start, end in marked):
                line = record[where].count("\n", 0, found.start()) + 1
                yield f"{where} line {line}: {found.group()!r} is not marked"
