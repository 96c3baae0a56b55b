"""The authoring form of a corpus article: a TOML header and a text with inline marks, packed to the committed JSON.

    python -m tests.corpus_markup pack   FILE...   checks each source and writes tests/corpus/<id>.json
    python -m tests.corpus_markup check  FILE...   checks only
    python -m tests.corpus_markup unpack ID...     prints the authoring form of committed articles, for editing

A mark is `[[$9.7 billion|m:value:0]]`: the words, the kind (m money, p power, t term, % percent, g gpu, d date), the
role, and the index of the deal (left out: deal 0 if the role states a fact of a deal and there is one deal, else none).
`tests/corpus/README.md` documents roles and conventions.
"""

import json
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from extractors.closed_sets import DealType, PartyKind, QuantityKind
from extractors.evaluate.annotation import ROLE_FIELDS
from extractors.models import Mention, Reaction
from extractors.record import mention_from_json, mention_to_json, reaction_from_json, reaction_to_json
from tests import corpus_rules, corpus_unpack

CORPUS = Path(__file__).parent / "corpus"
KINDS = {
    "m": QuantityKind.MONEY,
    "p": QuantityKind.POWER,
    "t": QuantityKind.TERM,
    "%": QuantityKind.PERCENT,
    "g": QuantityKind.GPU,
    "d": QuantityKind.DATE,
}
LETTERS = {kind: letter for letter, kind in KINDS.items()}
MARK = re.compile(r"\[\[(?P<words>[^\[\]|]+)\|(?P<tag>[^\[\]|]+)\]\]")
HEADER_KEYS = {
    "style",
    "split",
    "story",
    "published",
    "url",
    "title",
    "is_deal_article",
    "carried",
    "deals",
    "reactions",
}
DEAL_KEYS = ({field.name for field in fields(Mention)} - {"evidence", "confidence"}) | {
    "ambiguous",
    "derived",
    "identity",
}
REACTION_KEYS = ({field.name for field in fields(Reaction)} - {"evidence"}) | {"ambiguous"}
BUYERS = {PartyKind.HYPERSCALER, PartyKind.AI_LAB, PartyKind.NEOCLOUD, PartyKind.CHIP_VENDOR}


class MarkupError(Exception):
    """One source that cannot be packed; the message names the line."""


def parse_source(source: str, *, identifier: str) -> dict[str, Any]:
    """Turn one authoring source into the annotated record; raise MarkupError naming the line."""
    head, separator, body = source.partition("\n---\n")
    if not separator:
        raise MarkupError("line 1: no line '---' between header and text")
    try:
        header = tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        raise MarkupError(f"header: {error}") from error
    if unknown := set(header) - HEADER_KEYS:
        raise MarkupError(f"header: unknown key {', '.join(sorted(unknown))}")
    deals = [expand_deal(deal, first=index == 0) for index, deal in enumerate(header.get("deals", []))]
    reactions = [expand_reaction(move) for move in header.get("reactions", [])]
    title, title_quantities = strip_marks(header.get("title", ""), deals=len(deals), where="title", first_line=1)
    text, text_quantities = strip_marks(
        body.strip("\n"), deals=len(deals), where="text", first_line=head.count("\n") + 3
    )
    record = {
        "id": identifier,
        "style": header.get("style"),
        "split": header.get("split"),
        "story": header.get("story"),
        "title": title,
        "published": None if header.get("published") is None else str(header["published"]),
        "url": header.get("url"),
        "text": text,
        "is_deal_article": header.get("is_deal_article", bool(deals)),
        "deals": deals,
        "reactions": reactions,
        "quantities": title_quantities + text_quantities,
        "carried": header.get("carried", []),
    }
    return record | {"other_forms": corpus_rules.other_forms_of(record)}


def strip_marks(marked: str, *, deals: int, where: str, first_line: int) -> tuple[str, list[dict[str, Any]]]:
    """Remove the marks and return the plain text with the quantities they marked."""
    plain: list[str] = []
    quantities: list[dict[str, Any]] = []
    end = length = 0
    for mark in MARK.finditer(marked):
        line = first_line + marked.count("\n", 0, mark.start())
        before, words = marked[end : mark.start()], mark["words"]
        kind, role, deal = read_tag(mark["tag"], deals=deals, line=line)
        start = length + len(before)
        quantities.append(
            {"in": where, "start": start, "end": start + len(words), "kind": kind.value, "role": role, "deal": deal}
        )
        plain += [before, words]
        length, end = start + len(words), mark.end()
    text = "".join([*plain, marked[end:]])
    for bracket in ("[[", "]]"):
        if bracket in text:
            line = first_line + text[: text.index(bracket)].count("\n")
            raise MarkupError(f"line {line}: a mark is not closed or holds a bar too many")
    return text, quantities


def read_tag(tag: str, *, deals: int, line: int) -> tuple[QuantityKind, str, int | None]:
    """Read `m:value:0`; role and deal may be left out."""
    letter, _, rest = tag.partition(":")
    role, _, index = rest.partition(":")
    if letter not in KINDS:
        raise MarkupError(f"line {line}: kind {letter!r} is none of {' '.join(KINDS)}")
    kind, role = KINDS[letter], role or "other"
    if index not in ("", "-") and not index.isdigit():
        raise MarkupError(f"line {line}: {index!r} is no index of a deal")
    if index.isdigit():
        return kind, role, int(index)
    if (kind, role) not in ROLE_FIELDS:
        return kind, role, None
    if deals != 1:
        raise MarkupError(f"line {line}: mark {tag!r} states a fact of a deal; say which, as in {letter}:{role}:0")
    return kind, role, 0


def expand_deal(given: Mapping[str, Any], *, first: bool) -> dict[str, Any]:
    """Fill the defaults of a deal: everything unset is null; kinds, currency and bases follow from what is set."""
    if unknown := set(given) - DEAL_KEYS:
        raise MarkupError(f"deal: unknown key {', '.join(sorted(unknown))}")
    deal = dict(given)
    for side in ("provider", "customer"):
        if deal.get(side) and f"{side}_kind" not in deal:
            raise MarkupError(f"deal: {side} {deal[side]!r} has no {side}_kind")
        deal.setdefault(f"{side}_kind", "undisclosed")
    deal.setdefault("primary", first)
    deal.setdefault("miner_hyperscaler", follows_miner_hyperscaler(deal))
    if deal.get("value_usd") is not None:
        if "value_original" not in deal:
            deal |= {"value_original": deal["value_usd"], "value_currency": "USD"}
        deal.setdefault("value_qualifier", "exact")
    elif deal.get("value_original") is not None:
        deal.setdefault("value_qualifier", "exact")
    if deal.get("capacity_mw") is not None:
        deal.setdefault("capacity_kind", "unspecified")
    for field in ("announced_on", "delivery_start", "delivery_end"):
        deal[field] = expand_date(deal.get(field))
    deal["other_parties"] = [expand_other(entry) for entry in deal.get("other_parties", [])]
    try:
        full = mention_to_json(mention_from_json(deal))
    except (KeyError, TypeError, ValueError) as error:
        raise MarkupError(f"deal {deal.get('provider')} -> {deal.get('customer')}: {error!r}") from error
    del full["evidence"], full["confidence"]
    full |= {"ambiguous": deal.get("ambiguous", []), "derived": deal.get("derived", [])}
    # Which deal it is, only the articles of a story say; null says that it speaks of several.
    named = "identity" in deal or "identity" in full["ambiguous"]
    return full | {"identity": deal.get("identity")} if named else full


def follows_miner_hyperscaler(deal: Mapping[str, Any]) -> bool:
    """One side is a miner, the other buys AI compute, and the deal is of a kind that supplies it."""
    kinds = {deal.get("provider_kind"), deal.get("customer_kind")}
    silent = {DealType.FINANCING, DealType.LAND, DealType.POWER_SUPPLY, DealType.EQUIPMENT_PURCHASE}
    return PartyKind.MINER in kinds and bool(kinds & BUYERS) and deal.get("deal_type") not in silent


def expand_reaction(given: Mapping[str, Any]) -> dict[str, Any]:
    """Fill the defaults of a reaction."""
    if unknown := set(given) - REACTION_KEYS:
        raise MarkupError(f"reaction: unknown key {', '.join(sorted(unknown))}")
    move = dict(given)
    if move.get("pct") is not None:
        move.setdefault("qualifier", "exact")
    try:
        full = reaction_to_json(reaction_from_json(move))
    except (KeyError, TypeError, ValueError) as error:
        raise MarkupError(f"reaction {move.get('company')}: {error!r}") from error
    del full["evidence"]
    return full | {"ambiguous": move.get("ambiguous", [])}


def expand_date(written: object) -> dict[str, str] | None:
    """Read 2026-03-04, 2026-03, 2026-Q3, 2026-H2 or 2026."""
    if written is None or isinstance(written, dict):
        return written
    match = re.fullmatch(r"(\d{4})(?:-(Q[1-4]|H[12]|\d\d)(?:-(\d\d))?)?", str(written))
    if match is None:
        raise MarkupError(f"deal: {written!r} is no date (2026-03-04, 2026-03, 2026-Q3, 2026-H2, 2026)")
    year, part, day = match.groups()
    if part is None:
        return {"date": f"{year}-01-01", "precision": "year"}
    if part[0] == "Q":
        return {"date": f"{year}-{3 * int(part[1]) - 2:02d}-01", "precision": "quarter"}
    if part[0] == "H":
        return {"date": f"{year}-{6 * int(part[1]) - 5:02d}-01", "precision": "half"}
    return {"date": f"{year}-{part}-{day or '01'}", "precision": "day" if day else "month"}


def expand_other(entry: object) -> dict[str, str]:
    """Read "Google:guarantor"."""
    name, _, role = str(entry).rpartition(":")
    if not name:
        raise MarkupError(f"deal: other party {entry!r} is not written Name:role")
    return {"name": name, "role": role}


def main(arguments: Sequence[str]) -> int:
    """Run one of pack, check, unpack; return the exit code."""
    command, *names = arguments
    if command == "unpack":
        for name in names:
            sys.stdout.write(corpus_unpack.unpack(json.loads((CORPUS / f"{name}.json").read_text("utf-8"))))
        return 0
    others = {name: corpus_rules.profile_of(record) for name, record in corpus_rules.load_corpus(CORPUS).items()}
    failed = 0
    for path in map(Path, names):
        others.pop(path.stem, None)
        record: dict[str, Any] = {}
        try:
            record = parse_source(path.read_text("utf-8"), identifier=path.stem)
            problems = list(corpus_rules.problems_of(record))
            problems += corpus_rules.clashes_of(corpus_rules.profile_of(record), others)
        except MarkupError as error:
            problems = [str(error)]
        for problem in problems:
            sys.stdout.write(f"{path}: {problem}\n")
        failed += bool(problems)
        if not problems:
            others[path.stem] = corpus_rules.profile_of(record)
            if command == "pack":
                write_record(record)
    sys.stdout.write(f"{len(names) - failed} of {len(names)} sound\n")
    return 1 if failed else 0


def write_record(record: Mapping[str, Any]) -> None:
    """Write one record as the corpus keeps it."""
    path = CORPUS / f"{record['id']}.json"
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
