"""The commands about deals and the database file, run as a person runs them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.group import cli
from db import articles, desk
from db.connection import open_database
from db.records import ArticleDraft, SourceTier
from extractors.closed_sets import DealStatus, DealType, PartyKind, Where
from extractors.models import Evidence, Extraction, Mention

TOLD = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
TEXT = "Northgate Digital will lease 200 MW to Redwood AI for $4.2 billion."
SLUG = "northgate-digital-redwood-ai-2026-03"
Run = Callable[..., Result]


def told(words: str, **changes: object) -> Mention:
    start = TEXT.index(words)
    proof = Evidence(where=Where.TEXT, start=start, end=start + len(words), text=words, rule="test")
    facts: dict[str, object] = {
        "primary": True,
        "provider": "Northgate Digital",
        "customer": "Redwood AI",
        "provider_kind": PartyKind.MINER,
        "customer_kind": PartyKind.AI_LAB,
        "miner_hyperscaler": True,
        "deal_type": DealType.HOSTING_LEASE,
        "status": DealStatus.SIGNED,
        "value_usd": Decimal(4_200_000_000),
        "capacity_mw": 200.0,
        "evidence": {"value_usd": (proof,)},
    }
    return Mention(**(facts | changes))  # type: ignore[arg-type]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "deals.db"
    db = open_database(path)
    for number, mention in enumerate((told("$4.2 billion"), told("$4.2 billion", customer="Redwood Labs")), start=1):
        draft = ArticleDraft(
            entry_id=None,
            feed_id=None,
            url=f"https://news.example/{number}",
            canonical_url=None,
            title="A lease",
            text=TEXT,
            published_at=TOLD,
            fetched_at=TOLD,
            language="en",
            publisher="Wire",
            tier=SourceTier.NEWSWIRE,
        )
        article_id = articles.insert_article(db, draft, now=TOLD)
        extraction = Extraction(id=None, url=None, is_deal_article=True, deals=(mention,))
        desk.store_reading(db, article_id=article_id, extraction=extraction, extractor_version="0", now=TOLD)
    db.close()
    return path


@pytest.fixture
def run(database: Path) -> Run:
    def invoke(*words: str) -> Result:
        return CliRunner().invoke(cli, ["--db", str(database), *words], env={"COLUMNS": "120"})

    return invoke


def test_deals_lists_them(run: Run) -> None:
    said = run("deals").output
    assert "Northgate Digital" in said
    assert SLUG in said


@pytest.mark.parametrize("typed", ["nan", "inf", "-1", "many"])
def test_an_amount_that_is_none_is_refused_in_words(run: Run, typed: str) -> None:
    result = run("deals", f"--min-value={typed}")
    assert result.exit_code == 2
    assert "is no amount" in result.output


def test_deals_as_json_is_one_object_a_line(run: Run) -> None:
    lines = run("deals", "--json", "--company", "Redwood AI").output.splitlines()
    assert [json.loads(line)["slug"] for line in lines] == [SLUG]


@pytest.mark.parametrize(
    ("options", "count"),
    [
        pytest.param(["--min-value", "5000"], 0, id="value in millions"),
        pytest.param(["--min-mw", "100"], 2, id="mw"),
        pytest.param(["--until", "2026-03-01"], 0, id="until"),
        pytest.param(["--as-of", "2026-03-01"], 0, id="as of"),
        pytest.param(["redwood", "labs"], 1, id="words"),
    ],
)
def test_filters(run: Run, options: list[str], count: int) -> None:
    assert len(run("deals", "--json", *options).output.splitlines()) == count


def test_a_view_is_printed_as_csv_or_json(run: Run) -> None:
    header, *rows = run("db", "view", "v_deals", "--limit", "1").output.splitlines()
    assert (header.split(",")[0], len(rows)) == ("slug", 1)
    (row,) = map(json.loads, run("db", "view", "v_league", "--sort", "deals", "--json").output.splitlines())
    assert (row["name"], row["contracted_mw"]) == ("Northgate Digital", 400)
    assert "v_tenants: contracted_mw" in run("db", "view").output


@pytest.mark.parametrize("options", [["v_nothing"], ["v_deals", "--sort", "name"]])
def test_a_view_or_sort_that_is_not_offered_is_a_sentence(run: Run, options: list[str]) -> None:
    result = run("db", "view", *options)
    assert (result.exit_code, "choose one of" in result.output) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["db", "view", "v_deals", "--json"], id="deals"),
        pytest.param(["db", "view", "v_league", "--json"], id="league"),
        pytest.param(["db", "view", "v_tenants", "--json"], id="tenants"),
        pytest.param(["db", "view", "v_timeline", "--json"], id="timeline"),
        pytest.param(["db", "view", "v_deal_facts", "--json"], id="facts"),
    ],
)
def test_every_view_can_be_asked_of_the_past(run: Run, words: list[str]) -> None:
    assert run(*words, "--as-of", "2026-03-03").output == ""
    assert run(*words, "--as-of", "2026-03-04").output == run(*words).output != ""


def test_a_question_can_be_asked_of_the_past(run: Run) -> None:
    question = ["ask", "how", "much", "is", "Northgate", "Digital", "to", "Redwood", "AI", "worth"]
    said = run(*question).output
    assert "signed: $4.2 billion." in said
    assert "“Northgate Digital will lease 200 MW" in said
    assert "no stored deal" in run(*question, "--as-of", "2026-03-03").output


def test_charts_and_exports_of_the_past(run: Run, tmp_path: Path) -> None:
    assert run("chart", "timeline", "--as-of", "2026-03-05", "--out", str(tmp_path / "t.png")).exit_code == 0
    assert run("db", "export", str(tmp_path / "e"), "--as-of", "2026-03-03").exit_code == 0
    assert len((tmp_path / "e" / "deals.csv").read_text().splitlines()) == 1


def test_deal_shows_the_proof(run: Run) -> None:
    said = run("deal", SLUG).output
    assert "$4.2 billion" in said
    assert "“Northgate Digital will lease 200 MW" in said
    assert "#:~:text=Northgate%20Digital%20will%20lease,AI%20for" in said.replace("\n", "").replace(" ", "")


def test_deal_as_json_leads_to_the_sentence(run: Run) -> None:
    (claim,) = [c for c in json.loads(run("deal", SLUG, "--json").output)["claims"] if c["field"] == "value_usd"]
    assert claim["evidence_url"].endswith("#:~:text=Northgate%20Digital%20will%20lease,AI%20for%20%244.2%20billion.")


def test_deal_takes_the_beginning_of_a_slug(run: Run) -> None:
    assert json.loads(run("deal", "northgate-digital-redwood-ai", "--json").output)["slug"] == SLUG


def test_an_ambiguous_beginning_names_the_deals(run: Run) -> None:
    result = run("deal", "northgate-digital")
    assert result.exit_code == 2
    assert SLUG in result.output


def test_an_unknown_deal_is_one_sentence(run: Run) -> None:
    result = run("deal", "nobody")
    assert (result.exit_code, len(result.output.strip().splitlines())) == (2, 1)


def test_correct_and_undo(run: Run) -> None:
    assert run("deal", "correct", SLUG, "capacity_mw", "250", "--reason", "exhibit").exit_code == 0
    assert json.loads(run("deal", SLUG, "--json").output)["capacity_mw"] == 250
    assert run("deal", "undo", SLUG).exit_code == 0
    assert json.loads(run("deal", SLUG, "--json").output)["capacity_mw"] == 200


def test_a_wrong_correction_says_what_would_do(run: Run) -> None:
    result = run("deal", "correct", SLUG, "status", "finished", "--reason", "r")
    assert result.exit_code == 2
    assert "signed" in result.output


def test_merge_and_undo(run: Run) -> None:
    other = "northgate-digital-redwood-labs-2026-03"
    assert run("deal", "merge", other, SLUG, "--reason", "one company").exit_code == 0
    assert json.loads(run("deal", other, "--json").output)["slug"] == SLUG
    assert run("deal", "undo", SLUG).exit_code == 0
    assert len(run("deals", "--json").output.splitlines()) == 2


def test_exported_articles_carry_the_correction(run: Run, tmp_path: Path) -> None:
    run("deal", "correct", SLUG, "capacity_mw", "250", "--reason", "exhibit")
    assert run("deal", "export", SLUG, str(tmp_path / "out")).exit_code == 0
    (file,) = (tmp_path / "out").iterdir()
    article = json.loads(file.read_text())
    assert article["text"] == TEXT
    assert article["deals"][0]["capacity_mw"] == 250


def test_db_check_backup_publish_export(run: Run, tmp_path: Path) -> None:
    assert "sound" in run("db", "check").output
    for words in (("backup", "b.db"), ("publish", "p.db"), ("export", "e")):
        assert run("db", words[0], str(tmp_path / words[1])).exit_code == 0
    assert (tmp_path / "e" / "deals.csv").exists()


def test_db_check_fails_on_a_fault(run: Run, database: Path) -> None:
    db = open_database(database)
    db.execute("UPDATE evidence SET start = start + 1")
    db.close()
    result = run("db", "check")
    assert result.exit_code == 5
    assert "evidence" in result.output


def test_db_schema_explains_a_view(run: Run) -> None:
    rows = [json.loads(line) for line in run("db", "schema", "v_deals", "--json").output.splitlines()]
    assert {"capacity_mw": "MW"}.items() <= {row["column_name"]: row["unit"] for row in rows}.items()


def test_db_path(run: Run, database: Path) -> None:
    assert run("db", "path").output.strip() == str(database)


def test_a_missing_file_says_what_to_run(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["--db", str(tmp_path / "none.db"), "deals"])
    assert result.exit_code == 5
    assert "market-pulse" in result.output


def test_reprocess_shows_before_it_writes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Newer:
        version = "9"

        def extract_many(self, articles: list[object]) -> list[Extraction]:
            mention = told("$4.2 billion", capacity_mw=210.0)
            return [Extraction(id=None, url=None, is_deal_article=True, deals=(mention,)) for _ in articles]

    monkeypatch.setattr("bot.app.build_extractor", lambda settings: Newer())
    assert "capacity_mw 200.0 → 210.0" in run("reprocess").output
    assert json.loads(run("deal", SLUG, "--json").output)["capacity_mw"] == 200
    assert run("reprocess", "--apply").exit_code == 0
    assert json.loads(run("deal", SLUG, "--json").output)["capacity_mw"] == 210
    assert "0 articles read" in run("reprocess").output


def test_a_deal_of_the_history_tells_what_was_left_out_and_when_it_was_checked(run: Run) -> None:
    taken = run("db", "history")
    assert taken.exit_code == 0
    assert "checked by a second reader" in taken.output
    slug = "riot-amd-2026-01"
    shown = run("deal", slug)
    assert "checked 2026-11-29" in shown.output
    (row,) = json.loads(run("deal", "show", slug, "--json").output)["history_rows"]
    assert (row["id"], row["checked_on"]) == ("riot-amd-rockdale-2026-01", "2026-11-29")


def test_a_filing_that_disagrees_stands_beside_the_press(run: Run, database: Path) -> None:
    text = "On March 4 Northgate Digital entered into a lease with Redwood AI of $3.9 billion."
    draft = ArticleDraft(
        entry_id=None,
        feed_id=None,
        url="https://filings.example/8k",
        canonical_url=None,
        title="Form 8-K",
        text=text,
        published_at=TOLD,
        fetched_at=TOLD,
        language="en",
        publisher="Registry",
        tier=SourceTier.FILING,
    )
    start = text.index("$3.9 billion")
    proof = Evidence(where=Where.TEXT, start=start, end=start + 12, text="$3.9 billion", rule="test")
    filed = told("$4.2 billion", value_usd=Decimal(3_900_000_000), evidence={"value_usd": (proof,)})
    db = open_database(database)
    article_id = articles.insert_article(db, draft, now=TOLD)
    extraction = Extraction(id=None, url=None, is_deal_article=True, deals=(filed,))
    desk.store_reading(db, article_id=article_id, extraction=extraction, extractor_version="0", now=TOLD)
    db.close()
    shown = run("deal", SLUG).output
    disagreement = shown[shown.index("Sources disagree") : shown.index("Proof")]
    (beside,) = [line for line in disagreement.splitlines() if "filing:" in line]
    assert "newswire:" in beside
    assert "Registry" in disagreement
    assert "Wire" in disagreement
