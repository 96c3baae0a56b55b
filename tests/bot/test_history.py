"""config/history.toml: what is wrong is told with file, row and reason; what is right goes in and alerts nobody."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import extractors
from bot.catalog import load_companies
from bot.delivery.announce import announce
from bot.errors import ConfigError
from bot.history import take_in
from bot.history_file import load_history, read_period
from bot.settings import load_settings
from db import outbox, watches
from db.checks import check
from db.companies import sync_companies
from db.connection import open_memory
from db.deals import DealFilter, list_deals
from db.history import import_history
from db.watches import WatchDraft
from extractors.closed_sets import DealStatus

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ROW = """
[[deal]]
id = "northgate-redwood-2025-08"
provider = "Northgate Digital"
provider_kind = "miner"
customer = "Redwood AI"
customer_kind = "ai_lab"
deal_type = "cloud_contract"
announced_on = "2026-03-02"
value_usd = 4_200_000_000
value_qualifier = "approx"
term_years = 5
capacity_mw = 200
capacity_kind = "it"
delivery_start = "2026-Q3"
delivery_end = "2026-H2"
events = [{ status = "signed", on = "2026-03-02" }]
reactions = [{ company = "Northgate Digital", direction = "up", pct = 30, qualifier = "at_least", session = "close" }]
sources = [
    { url = "https://a.example/1", publisher = "A", published = "2026-03-02", supports = ["parties", "value_usd", "events", "reactions"] },
    { url = "https://b.example/2", publisher = "B", supports = ["parties", "capacity_mw"] },
]
"""


@pytest.fixture
def history(tmp_path: Path) -> Any:
    def write(text: str = ROW) -> Path:
        path = tmp_path / "history.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_day_of_the_second_reading_is_read(history: Any) -> None:
    (told,) = load_history(history(ROW + 'checked = "2026-11-29"\n'))
    (untold,) = load_history(history())
    assert (told.checked_on, untold.checked_on) == (date(2026, 11, 29), None)


@pytest.mark.parametrize(
    ("text", "date", "precision"),
    [
        ("2025-08-14", "2025-08-14", "day"),
        ("2025-08", "2025-08-01", "month"),
        ("2026-Q3", "2026-07-01", "quarter"),
        ("2026-H2", "2026-07-01", "half"),
        ("2026", "2026-01-01", "year"),
    ],
)
def test_periods_are_read(text: str, date: str, precision: str) -> None:
    assert (read_period(text).date, read_period(text).precision) == (date, precision)


def test_a_row_is_read(history: Any) -> None:
    (row,) = load_history(history())
    assert row.facts.status is DealStatus.SIGNED
    assert row.facts.miner_hyperscaler
    assert row.facts.value_original == row.facts.value_usd
    assert [source.publisher for source in row.sources] == ["A", "B"]


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        pytest.param('"2026-Q5"', '"2026-Q3"', "delivery_start: must be a date", id="period"),
        pytest.param('"cloud_lease"', '"cloud_contract"', "deal_type: input should be", id="closed-set"),
        pytest.param('["parties", "megawatts"]', '["parties", "capacity_mw"]', "'megawatts' is no field", id="support"),
        pytest.param("captial_kind", "capacity_kind", "captial_kind", id="misspelt"),
        pytest.param('"not an address"', '"https://b.example/2"', "sources.1.url", id="address"),
        pytest.param("-5", "5\ncapacity_mw", "term_years", id="negative"),
    ],
)
def test_a_wrong_row_is_told_with_file_row_line_and_reason(history: Any, wrong: str, right: str, said: str) -> None:
    text = ROW.replace(right, wrong + ("\ncapacity_mw" if "\n" in right else ""), 1)
    with pytest.raises(ConfigError) as raised:
        load_history(history(text))
    words = str(raised.value)
    assert "history.toml: deal northgate-redwood-2025-08 (line 3)" in words
    assert said in words


def test_an_id_may_stand_once_and_an_expansion_must_exist(history: Any) -> None:
    with pytest.raises(ConfigError, match="another row has this id"):
        load_history(history(ROW + ROW))
    with pytest.raises(ConfigError, match="no other row has the id 'gone'"):
        load_history(history(ROW + 'expands = "gone"\n'))


def test_no_file_is_no_history(tmp_path: Path) -> None:
    assert load_history(tmp_path / "none.toml") == ()


def test_the_shipped_history_is_sound() -> None:
    ids = [row.id for row in load_history()]
    assert len(ids) == len(set(ids))


def test_history_alerts_nobody_and_a_later_article_is_no_new_deal(
    store: Any, tell: Any, history: Any, now: Any
) -> None:
    store.call(watches.add_watch, WatchDraft(name="w", channel_id="1"), now=now.replace(year=2025))
    rows = load_history(history())
    done = store.call(take_in, rows, value=lambda *_: True, now=now)
    assert done.added == 1
    assert store.call(outbox.list_outbox) == []
    told = tell(customer="Redwood AI")
    assert told.before.is_history
    assert store.call(announce, told, told.article_id, now) == 0
    assert len(store.call(list_deals, DealFilter())) == 1


def test_what_the_history_did_not_know_is_a_change(store: Any, tell: Any, history: Any, now: Any) -> None:
    store.call(watches.add_watch, WatchDraft(name="w", channel_id="1"), now=now.replace(year=2025))
    store.call(take_in, load_history(history()), value=lambda *_: True, now=now)
    told = tell(status=DealStatus.TERMINATED)
    assert told.before.is_history
    assert store.call(announce, told, told.article_id, now) == 1
    (row,) = store.call(outbox.list_outbox)
    assert row.name.startswith("change")


def test_extraction_never_reads_it() -> None:
    folder = Path(extractors.__file__).parent
    assert [path for path in folder.rglob("*.py") if "history.toml" in path.read_text(encoding="utf-8")] == []


def test_it_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.app import history_rows

    monkeypatch.setenv("MARKET_PULSE_DATABASE_HISTORY", "false")
    assert history_rows(load_settings(None, database_path=None)) is None


def test_every_shipped_row_becomes_a_deal_of_its_own_and_only_once() -> None:
    db = open_memory()
    sync_companies(db, load_companies())
    rows = load_history()
    first = import_history(db, rows, now=NOW)
    assert (first.added, first.changed, first.removed) == (len(rows), 0, 0)
    deals, homes = db.execute(
        "SELECT count(*), (SELECT count(DISTINCT deal_id) FROM history_rows) FROM deals"
    ).fetchone()
    assert deals == homes == len(rows)
    unproven = "SELECT slug FROM v_deals WHERE deal_id NOT IN (SELECT deal_id FROM claims WHERE is_shown = 1)"
    assert db.execute(unproven).fetchall() == []
    again = import_history(db, rows, now=NOW)
    assert (again.added, again.changed, again.removed, again.deals) == (0, 0, 0, ())
    assert list(check(db)) == []
    db.close()
