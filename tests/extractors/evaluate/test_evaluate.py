"""The ruler measures what it says: alignment, tolerance, ambiguity, roles, totals; and it agrees with the reference."""

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.catalog import load_companies
from extractors.closed_sets import DealStatus, DealType, Direction, PartyKind, Where
from extractors.evaluate import Group, Names, Verdict, compare_runs, counts_of, figures_of, judge_article, misses_of
from extractors.evaluate.annotation import AnnotatedArticle, annotated_from_json, check_annotation
from extractors.evaluate.compare import facts_of
from extractors.evaluate.tally import figure_named
from extractors.models import Company, Evidence, Extraction, FormerName, Mention, Reaction
from extractors.record import extraction_from_json, extraction_to_json

REFERENCE = Path(__file__).parents[4] / "shared" / "reference"
NAMES = Names(
    [
        Company(
            key="keel",
            name="Keel Infrastructure",
            kind=PartyKind.MINER,
            aliases=("Keel",),
            former_names=(FormerName(name="Bitfarms", until_year=2026),),
        )
    ]
)
TEXT = "Orrin Hash leases 90 MW to Vantor for $1.2 billion over 12 years. A backstop covers $300 million."
DEAL = Mention(
    primary=True,
    provider="Orrin Hash",
    customer="Vantor",
    provider_kind=PartyKind.MINER,
    customer_kind=PartyKind.NEOCLOUD,
    miner_hyperscaler=True,
    deal_type=DealType.HOSTING_LEASE,
    status=DealStatus.SIGNED,
    value_usd=Decimal(1_200_000_000),
    term_years=12.0,
    capacity_mw=90.0,
)


def proof(words: str) -> tuple[Evidence, ...]:
    start = TEXT.index(words)
    return (Evidence(where=Where.TEXT, start=start, end=start + len(words), text=words, rule="test"),)


def annotated(*deals: Mention, ambiguous: tuple[str, ...] = (), **more: Any) -> AnnotatedArticle:
    record = extraction_to_json(Extraction(id="x", url=None, is_deal_article=True, deals=deals))
    for deal in record["deals"]:
        deal["ambiguous"] = list(ambiguous)
    return annotated_from_json(record | {"text": TEXT, "title": ""} | more)


def quantity(words: str, kind: str, role: str, deal: int | None = None) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "kind": kind, "role": role, "deal": deal}


def judge(wanted: AnnotatedArticle, *got: Mention, reactions: tuple[Reaction, ...] = ()) -> list[Verdict]:
    return judge_article(
        wanted, Extraction(id="x", url=None, is_deal_article=True, deals=got, reactions=reactions), names=NAMES
    )


def wrong(verdicts: list[Verdict]) -> set[str]:
    return {f"{v.group}.{v.field}" for v in verdicts if not v.right}


def test_a_perfect_extraction_has_no_wrong_verdict() -> None:
    assert wrong(judge(annotated(DEAL), DEAL)) == set()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"value_usd": Decimal(1_210_000_000)}, set(), id="money within two percent"),
        pytest.param({"value_usd": Decimal(1_300_000_000)}, {"primary.value_usd"}, id="money beyond two percent"),
        pytest.param({"term_years": 12.3}, set(), id="term within three percent"),
        pytest.param({"capacity_mw": None}, {"primary.capacity_mw"}, id="a missing number"),
        pytest.param({"customer": "Vantor Inc."}, set(), id="a legal form is no difference"),
        pytest.param({"customer": "Ventor"}, {"parties.parties"}, id="another name"),
        pytest.param({"status": DealStatus.RUMORED}, {"primary.status"}, id="another status"),
        pytest.param(
            {"deal_type": DealType.FINANCING}, {"primary.deal_type", "alert.alert"}, id="a silent type loses the alert"
        ),
        pytest.param({"site": "Tulsa"}, {"primary.site"}, id="an invented place"),
    ],
)
def test_each_field_is_judged(change: dict[str, Any], expected: set[str]) -> None:
    assert wrong(judge(annotated(DEAL), replace(DEAL, **change))) == expected


def test_a_wrong_value_is_both_invented_and_missed() -> None:
    verdicts = judge(annotated(DEAL), replace(DEAL, term_years=5.0))
    counts = counts_of(v for v in verdicts if v.field == "term_years")
    assert (counts.tp, counts.fp, counts.fn) == (0, 1, 1)


def test_an_ambiguous_field_is_not_judged() -> None:
    verdicts = judge(annotated(DEAL, ambiguous=("value_usd",)), replace(DEAL, value_usd=None))
    assert not any(v.field == "value_usd" for v in verdicts)


def test_ambiguous_roles_compare_as_an_unordered_pair() -> None:
    swapped = replace(DEAL, provider="Vantor", customer="Orrin Hash")
    assert "parties.parties" in wrong(judge(annotated(DEAL), swapped))
    assert "parties.parties" not in wrong(judge(annotated(DEAL, ambiguous=("roles",)), swapped))


def test_a_field_the_annotation_does_not_know_is_not_judged() -> None:
    record = {"id": "x", "text": TEXT, "is_deal_article": True, "reactions": []}
    deal = extraction_to_json(Extraction(id="x", url=None, is_deal_article=True, deals=(DEAL,)))["deals"][0]
    del deal["escalator_pct"]
    verdicts = judge(annotated_from_json(record | {"deals": [deal]}), replace(DEAL, escalator_pct=3.0))
    assert not any(v.field == "escalator_pct" for v in verdicts)


def test_a_former_name_is_the_same_company() -> None:
    assert NAMES.same("Bitfarms Ltd.", "Keel Infrastructure")


def test_a_form_of_a_name_that_the_article_uses_is_the_same_company() -> None:
    wanted = annotated(DEAL, other_forms={"Orrin": "Orrin Hash"})
    assert wrong(judge(wanted, replace(DEAL, provider="Orrin"))) == set()
    assert wrong(judge(annotated(DEAL), replace(DEAL, provider="Orrin"))) == {"parties.parties"}


def test_the_facts_of_an_invented_primary_deal_are_false() -> None:
    stranger = replace(DEAL, provider="Somebody", customer="Else", value_usd=Decimal(5))
    counts = counts_of(v for v in judge(annotated(), stranger) if v.group is Group.PRIMARY)
    assert (counts.tp, counts.fp, counts.fn) == (0, 3, 0)


def test_the_facts_of_a_missed_primary_deal_are_missing() -> None:
    counts = counts_of(v for v in judge(annotated(DEAL)) if v.group is Group.PRIMARY)
    assert (counts.fp, counts.fn) == (0, 3)


def test_an_optional_deal_may_be_left_out() -> None:
    assert wrong(judge(annotated(DEAL, ambiguous=("exists",)))) == set()


def test_a_false_alert_on_an_article_without_one_counts_the_article() -> None:
    figures = figures_of(judge(annotated(), DEAL))
    negative = figure_named(figures, "negative.article")
    assert negative is not None
    assert (negative.right, negative.total) == (0, 1)


def test_an_article_with_an_alert_is_no_negative() -> None:
    assert not any(v.group is Group.NEGATIVE for v in judge(annotated(DEAL), DEAL))


def test_a_repeated_reaction_is_false() -> None:
    move = Reaction(company="Orrin Hash", direction=Direction.UP, pct=22.0)
    wanted = annotated(reactions=[{"company": "Orrin Hash", "direction": "up", "pct": 22}])
    counts = counts_of(v for v in judge(wanted, reactions=(move, move)) if v.group is Group.REACTION)
    assert (counts.tp, counts.fp, counts.fn) == (1, 1, 0)


def test_a_role_is_read_from_the_evidence() -> None:
    wanted = annotated(
        DEAL,
        quantities=[quantity("$1.2 billion", "money", "value", 0), quantity("$300 million", "money", "backstop", 0)],
    )
    right = replace(DEAL, evidence={"value_usd": proof("$1.2 billion")})
    taken = replace(DEAL, evidence={"value_usd": proof("$300 million")})
    assert not [v for v in judge(wanted, right) if v.group is Group.ROLE and not v.right]
    counts = counts_of(v for v in judge(wanted, taken) if v.group is Group.ROLE)
    assert (counts.tp, counts.fp, counts.fn) == (0, 1, 1)


def test_a_repeated_number_proves_its_fact_once() -> None:
    title = {"in": "title", "start": 0, "end": 4, "kind": "money", "role": "value", "deal": 0}
    wanted = annotated(DEAL, title="$1B deal", quantities=[title, quantity("$1.2 billion", "money", "value", 0)])
    verdicts = judge(wanted, replace(DEAL, evidence={"value_usd": proof("$1.2 billion")}))
    assert counts_of(v for v in verdicts if v.group is Group.ROLE).fn == 0


def test_a_miss_shows_its_sentence_and_rule() -> None:
    wanted = annotated(DEAL, quantities=[quantity("$1.2 billion", "money", "value", 0)])
    got = replace(DEAL, value_usd=Decimal(300_000_000), evidence={"value_usd": proof("$300 million")})
    (miss,) = [str(miss) for miss in misses_of(wanted, judge(wanted, got)) if miss.verdict.field == "value_usd"]
    assert miss.splitlines() == [
        "x primary.value_usd [Orrin Hash -> Vantor hosting_lease]: wanted 1200000000, got 300000000 by test",
        "    A backstop covers $300 million.",
    ]


def test_a_comparison_names_gained_and_lost_facts() -> None:
    wanted = annotated(DEAL)
    before = facts_of(judge(wanted, replace(DEAL, value_usd=None)))
    after = facts_of(judge(wanted, replace(DEAL, term_years=None)))
    change = compare_runs(json.loads(json.dumps(before)), after)
    assert any("value_usd" in line for line in change.gained)
    assert any("term_years" in line for line in change.lost)
    assert compare_runs(before, before).gained == ()


def test_the_schema_check_names_what_is_wrong() -> None:
    record = {"id": "x", "text": TEXT, "is_deal_article": False, "split": "exam", "deals": [], "reactions": []}
    quantities = [quantity("90 MW", "power", "campsite")]
    problems = " / ".join(check_annotation(record | {"quantities": quantities}))
    assert "'exam' is none of" in problems
    assert "'campsite' is no role of power" in problems


# --- the reference scorer, where it lies beside the repository -------------------------------------------------------


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="no ../shared/reference beside the repository")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_equal_the_reference_scorer(seed: int, tmp_path: Path) -> None:
    records = [json.loads(path.read_text("utf-8")) for path in sorted((REFERENCE / "articles").glob("*.json"))]
    predictions = [_disturb(record, random.Random(seed + index)) for index, record in enumerate(records)]
    for path, prediction in zip(sorted((REFERENCE / "articles").glob("*.json")), predictions, strict=True):
        prediction["id"] = f"articles/{path.name}"
    lines = tmp_path / "predicted.jsonl"
    lines.write_text("".join(json.dumps(prediction) + "\n" for prediction in predictions), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, REFERENCE / "score.py", REFERENCE / "articles", "--pred", lines],
        capture_output=True,
        text=True,
        check=True,
    )
    assert _our_figures(records, predictions) == _their_figures(run.stdout)


def _disturb(record: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
    """Make a believable wrong reading: facts lost, moved, deals dropped and invented, names in another form."""
    deals = [dict(deal) for deal in record["deals"] if chance.random() < 0.85]
    for deal in deals:
        for field in [field for field in deal if chance.random() < 0.12]:
            if isinstance(deal[field], int | float) and not isinstance(deal[field], bool):
                deal[field] = chance.choice([None, deal[field] * 1.01, deal[field] * 1.5])
            elif field in ("provider", "customer"):
                deal[field] = chance.choice([None, deal[field] and f"{deal[field]} Inc.", "Nobody Known"])
            elif field in ("primary", "miner_hyperscaler"):
                deal[field] = not deal[field]
        if chance.random() < 0.1:
            deal["provider"], deal["customer"] = deal["customer"], deal["provider"]
    if chance.random() < 0.2 and record["deals"]:
        deals.append(dict(record["deals"][0], provider="Invented Mining", customer="Nowhere Cloud"))
    reactions = [move for move in record["reactions"] if chance.random() < 0.8]
    return {"is_deal_article": True, "deals": deals, "reactions": reactions + reactions[:1]}


def _our_figures(records: list[dict[str, Any]], predictions: list[dict[str, Any]]) -> dict[str, tuple[int, ...]]:
    names = Names(load_companies())
    verdicts: list[Verdict] = []
    for record, prediction in zip(records, predictions, strict=True):
        record["id"] = prediction["id"]
        verdicts += judge_article(annotated_from_json(record), extraction_from_json(prediction), names=names)
    figures: dict[str, tuple[int, ...]] = {}
    for figure in figures_of(verdicts):
        key = {"alert": "alerts", "deal": "deals(all)", "reaction": "reactions", "parties": "parties"}.get(figure.name)
        if key == "parties":
            figures[key] = (figure.right, figure.total)
        elif key:
            figures[key] = (figure.counts.tp, figure.counts.fp, figure.counts.fn)
        elif figure.name == "negative.article":
            figures["negatives"] = (figure.total - figure.right, figure.total)
        elif figure.group in (Group.PRIMARY, Group.BACKGROUND) and figure.field != "core":
            figures[f"{figure.name} accuracy"] = (figure.right, figure.total)
            figures[f"{figure.name} counts"] = (figure.counts.tp, figure.counts.fp, figure.counts.fn)
    return _comparable(figures)


def _their_figures(printed: str) -> dict[str, tuple[int, ...]]:
    figures: dict[str, tuple[int, ...]] = {}
    section = ""
    for line in printed.splitlines():
        name = line.split()[0] if line.split() else ""
        if line.startswith("--"):
            section = line.split()[1]
        elif (counts := re.search(r"\{'tp': (\d+), 'fp': (\d+), 'fn': (\d+)\}", line)) is not None:
            figures[name] = tuple(map(int, counts.groups()))
        elif (pair := re.search(r"(?:negatives|parties)\s+(\d+)(?: of |/)(\d+)", line)) is not None:
            figures[name] = tuple(map(int, pair.groups()))
        elif section and line.startswith("   "):
            if (right := re.search(r"\((\d+)/(\d+)\)", line)) is not None:
                figures[f"{section}.{name} accuracy"] = tuple(map(int, right.groups()))
            if (stated := re.search(r"\(tp (\d+) fp (\d+) fn (\d+)\)", line)) is not None:
                figures[f"{section}.{name} counts"] = tuple(map(int, stated.groups()))
    return _comparable(figures)


def _comparable(figures: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """The reference counts stated values of numbers and other parties only, and prints no empty lines."""
    counted = "(value_usd|value_max_usd|term|capacity_mw|capacity_max|gpu_count|annual|prepayment|noi|other_parties)"
    return dict(_kept(figures, counted))


def _kept(figures: dict[str, tuple[int, ...]], counted: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    for name, numbers in figures.items():
        if not any(numbers) or (name.endswith("other_parties accuracy")):
            continue
        if name.endswith(" counts") and not re.search(rf"\.{counted}", name):
            continue
        if re.search(r"\.(value_original|value_currency|escalator|capex|lease_form|energy|announced|delivery)", name):
            continue
        yield name, numbers
