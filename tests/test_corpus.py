"""The corpus keeps its own rules: sound annotations, honest numbers, own words, clean splits."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from extractors.evaluate.annotation import ROLES
from tests import corpus_markup, corpus_rules, corpus_unpack
from tests.corpus_numbers import read_quantity

CORPUS = Path(__file__).parent / "corpus"
REFERENCE = Path(__file__).parents[2] / "shared" / "reference" / "articles"
RECORDS = corpus_rules.load_corpus(CORPUS)

SOURCE = """style = "newswire"
split = "train"
title = "Orrin lands [[$2bn|m:value]] lease"
[[deals]]
provider = "Orrin Hash"
provider_kind = "miner"
customer_kind = "hyperscaler"
deal_type = "hosting_lease"
status = "signed"
value_usd = 2e9
delivery_start = "2027-Q1"
---
Orrin Hash gets [[$2 billion|m:value]] over some years, [[$300 million|m:backstop:0]] of it guaranteed.
"""


@pytest.mark.parametrize("identifier", sorted(RECORDS))
def test_an_article_keeps_the_rules(identifier: str) -> None:
    assert list(corpus_rules.problems_of(RECORDS[identifier])) == []


def test_no_two_articles_share_eight_words() -> None:
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for identifier, record in RECORDS.items():
        for run in corpus_rules.runs_of(record):
            holders[run].append(identifier)
    assert {" ".join(run): names for run, names in holders.items() if len(names) > 1} == {}


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="no ../shared/reference beside the repository")
def test_no_article_shares_eight_words_with_the_reference() -> None:
    runs: set[tuple[str, ...]] = set()
    for path in REFERENCE.glob("*.json"):
        runs |= corpus_rules.runs_of(json.loads(path.read_text("utf-8")))
    assert [name for name, record in RECORDS.items() if corpus_rules.runs_of(record) & runs] == []


def test_no_miner_is_in_two_splits() -> None:
    splits: dict[str, set[str]] = defaultdict(set)
    for record in RECORDS.values():
        for miner in corpus_rules.miners_of(record):
            splits[miner].add(record["split"])
    assert {miner: found for miner, found in splits.items() if len(found) > 1} == {}


def test_an_article_survives_its_authoring_form() -> None:
    for identifier, record in RECORDS.items():
        assert corpus_markup.parse_source(corpus_unpack.unpack(record), identifier=identifier) == record


def test_further_forms_of_a_name_are_found() -> None:
    text = "Orrin Hash leases a hall. Orrin expects Vantor Systems, its tenant, in May. Vantor is private."
    deal = {"provider": "Orrin Hash", "customer": "Vantor", "other_parties": []}
    record = {"title": "", "text": text, "deals": [deal], "reactions": []}
    assert corpus_rules.other_forms_of(record) == {"Orrin": "Orrin Hash", "Vantor Systems": "Vantor"}


def test_every_role_is_documented() -> None:
    documented = (CORPUS / "README.md").read_text("utf-8")
    assert [role for roles in ROLES.values() for role in roles if role not in documented] == []


def test_marks_become_offsets() -> None:
    record = corpus_markup.parse_source(SOURCE, identifier="x")
    words = [record[q["in"]][q["start"] : q["end"]] for q in record["quantities"]]
    assert words == ["$2bn", "$2 billion", "$300 million"]
    assert record["deals"][0]["delivery_start"] == {"date": "2027-01-01", "precision": "quarter"}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param("|m:value]] over", "|x:value]] over", "line 13: kind 'x' is none of", id="unknown kind"),
        pytest.param("m:backstop:0", "m:backdrop:0", "'backdrop' is no role of money", id="unknown role"),
        pytest.param("m:backstop:0", "m:backstop:4", "there is no deal 4", id="no such deal"),
        pytest.param("[[$300 million|m:backstop:0]]", "$300 million", "'$300 million' is not marked", id="unmarked"),
        pytest.param("value_usd = 2e9", "value_usd = 3e9", "value_usd = 3000000000 but marks", id="number not there"),
        pytest.param('"Orrin Hash"', '"Someone"', "'Someone' does not stand in the article", id="party not there"),
        pytest.param("2027-Q1", "early 2027", "'early 2027' is no date", id="unreadable date"),
        pytest.param('"signed"', '"agreed"', "'agreed' is not a valid DealStatus", id="outside a closed set"),
        pytest.param("\n---\n", "\n", "no line '---'", id="no separator"),
    ],
)
def test_the_markup_names_the_fault(old: str, new: str, problem: str) -> None:
    try:
        record = corpus_markup.parse_source(SOURCE.replace(old, new), identifier="x")
        problems = list(corpus_rules.problems_of(record))
    except corpus_markup.MarkupError as error:
        problems = [str(error)]
    assert any(problem in found for found in problems), problems


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        pytest.param("money", "US$1.1bn", 1.1e9, id="glued scale"),
        pytest.param("money", "USD 1,100 million", 1.1e9, id="thousands"),
        pytest.param("money", "two point one five billion", 2.15e9, id="spoken decimals"),
        pytest.param("power", "0.3 GW", 300.0, id="gigawatts"),
        pytest.param("power", "120-MW", 120.0, id="hyphen"),
        pytest.param("term", "a decade", 10.0, id="a decade"),
        pytest.param("term", "fifteen-year", 15.0, id="in words"),
        pytest.param("term", "180 days", 180 / 365.25, id="days"),
        pytest.param("gpu", "76,000", 76_000.0, id="pieces"),
    ],
)
def test_marked_numbers_are_read(kind: str, words: str, expected: float | None) -> None:
    value: Any = read_quantity(kind, words)
    assert value == (None if expected is None else pytest.approx(expected))
