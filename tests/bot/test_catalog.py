"""The shipped tables hold what they promise, and a wrong row is told with file, line and remedy."""

import re
from collections import Counter
from pathlib import Path

import pytest

from bot.catalog import load_companies, load_feeds, load_gpu_models
from bot.errors import ConfigError
from extractors.closed_sets import PartyKind

COMPANY = '[iren]\nname = "IREN"\nkind = "miner"\nsource = "test"\n'
FEED = """[a]
title = "A"
url = "https://a.example/rss"
group = "news"
tier = "blog"
poll_minutes = 10
homepage = "https://a.example/"
source = "test"
"""


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "table.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_companies_cover_the_market() -> None:
    kinds = Counter(company.kind for company in load_companies())
    assert kinds[PartyKind.MINER] >= 100
    assert kinds[PartyKind.HYPERSCALER] + kinds[PartyKind.AI_LAB] >= 80
    assert kinds[PartyKind.NEOCLOUD] + kinds[PartyKind.DEVELOPER] >= 200
    assert kinds[PartyKind.CHIP_VENDOR] >= 60
    assert kinds.total() >= 1100


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("Iris Energy", "iren", id="former"),
        pytest.param("Bitfarms", "keel", id="renamed-2026"),
        pytest.param("BUZZ HPC", "hive", id="brand"),
        pytest.param("Amazon Web Services", "aws", id="alias"),
        pytest.param("Alphabet", "google", id="parent"),
    ],
)
def test_every_name_leads_to_its_company(name: str, key: str) -> None:
    owners = {
        known: company.key
        for company in load_companies()
        for known in (company.name, *company.aliases, *company.brands, *(old.name for old in company.former_names))
    }
    assert owners[name] == key


@pytest.mark.parametrize(
    "name", ["Riot", "HIVE", "Core", "Galaxy", "Cipher", "Keel", "Meta", "Oracle", "Apple", "Lambda"]
)
def test_common_words_need_context(name: str) -> None:
    needing = {word for company in load_companies() for word in company.needs_context}
    assert name in needing


def test_descriptors_stand_for_one_company_each() -> None:
    phrases = Counter(phrase.casefold() for company in load_companies() for phrase in company.descriptors)
    assert [phrase for phrase, count in phrases.items() if count > 1] == []


def test_feeds_cover_every_group() -> None:
    groups = Counter(feed.group for feed in load_feeds())
    assert sum(groups.values()) >= 40
    assert set(groups) == {
        "crypto-news", "mining-press", "tech-news", "data-centre-press", "press-wires", "company-ir", "sec-edgar",
    }  # fmt: skip


def test_wires_and_filings_are_asked_every_two_minutes() -> None:
    assert {feed.poll_minutes for feed in load_feeds() if feed.group in {"press-wires", "sec-edgar"}} == {2}


def test_edgar_feeds_ask_for_companies_of_the_table() -> None:
    ciks = {company.cik for company in load_companies()}
    asked = {found[1] for feed in load_feeds() if (found := re.search(r"CIK=(\d{10})&type=[68]-K", feed.url))}
    assert len(asked) >= 20
    assert asked <= ciks


def test_gpu_names_come_from_the_hardware_table() -> None:
    models = {model.key: model for model in load_gpu_models()}
    assert {"h100", "b200", "gb300"} <= set(models)
    assert "GB300" in models["gb300"].aliases


def test_hardware_without_gpus_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="GPU models is missing"):
        load_gpu_models(table(tmp_path, "[asic.s19]\n"))


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        pytest.param("[iren]\nkind = 'miner'\nsource = 'x'\n", "iren", "field required", id="missing-name"),
        pytest.param(COMPANY + 'kin = "x"\n', "iren.kin (line 5)", "not permitted", id="unknown-column"),
        pytest.param(COMPANY.replace("miner", "minor"), "iren.kind (line 3)", "should be", id="unknown-kind"),
        pytest.param(COMPANY + 'tickers = ["IREN"]\n', "iren.tickers", "EXCHANGE:SYMBOL", id="bare-ticker"),
        pytest.param(COMPANY + 'cik = "12a"\n', "iren.cik", "digits", id="cik"),
        pytest.param(COMPANY.replace("[iren]", "[IREN]"), "IREN", "lower-case", id="bad-key"),
        pytest.param(COMPANY + COMPANY.replace("[iren]", "[iris]"), "iris", "already stands for [iren]", id="twice"),
        pytest.param(COMPANY + 'needs_context = ["Iris"]\n', "needs_context", "not one of", id="stray-context"),
        pytest.param(COMPANY + 'needs_context = ["IREN"]\n', "iren", "no context_words", id="context-without-words"),
        pytest.param("iren = 3\n", "iren", "not a table", id="not-a-table"),
        pytest.param("[iren\n", "line 1", "expected", id="syntax"),
    ],
)
def test_wrong_company_is_told(tmp_path: Path, text: str, key: str, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_companies(table(tmp_path, text))
    assert key in caught.value.key
    assert reason.lower() in caught.value.reason.lower()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(FEED.replace("https://a.example/rss", "a.example"), "valid URL", id="no-scheme"),
        pytest.param(FEED.replace("blog", "gossip"), "should be", id="unknown-tier"),
        pytest.param(FEED.replace("= 10", "= 1"), "greater than", id="too-often"),
        pytest.param(FEED + FEED.replace("[a]", "[b]"), "already stands for [a]", id="same-address"),
    ],
)
def test_wrong_feed_is_told(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_feeds(table(tmp_path, text))
    assert reason in caught.value.reason
