"""The doctor on this machine and its files: each fault is found, graded and given a remedy; the commands print it."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.group import cli
from bot.doctor import checks as doctor
from bot.doctor.checks import Status
from bot.settings import load_settings
from db.connection import open_database


@pytest.fixture
def settings_file(tmp_path: Path) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(
        '[discord]\nalert_channels = [70, 71, 72]\n[discord.webhooks]\nroom = "ROOM_URL"\n', encoding="utf-8"
    )
    return path


@pytest.mark.parametrize(
    ("version", "status"),
    [
        pytest.param((3, 10), Status.FAIL, id="too-old"),
        pytest.param((3, 11), Status.OK, id="lowest"),
        pytest.param((3, 13), Status.OK, id="highest"),
        pytest.param((3, 14), Status.FAIL, id="too-new"),
    ],
)
def test_python_versions(version: tuple[int, int], status: Status) -> None:
    assert doctor.check_python(version).status is status


def test_old_sqlite_fails() -> None:
    assert doctor.check_sqlite((3, 36, 0)).status is Status.FAIL


@pytest.mark.parametrize(
    ("free", "status"),
    [
        pytest.param(100_000_000, Status.FAIL, id="full"),
        pytest.param(500_000_000, Status.WARN, id="tight"),
        pytest.param(50_000_000_000, Status.OK, id="roomy"),
    ],
)
def test_disk(tmp_path: Path, free: int, status: Status) -> None:
    assert doctor.check_disk(tmp_path / "no" / "x.db", free_bytes=lambda _: free).status is status


def test_missing_settings_warn_and_wrong_ones_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.settings.user_settings_path", lambda: tmp_path / "none.toml")
    assert doctor.check_settings(None).status is Status.WARN
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[collector]\ntimeout_s = 0\n", encoding="utf-8")
    found = doctor.check_settings(wrong)
    assert found.status is Status.FAIL
    assert "collector.timeout_s (line 2)" in found.finding


@pytest.mark.parametrize(
    ("prices", "folder", "status"),
    [
        pytest.param("none", "", Status.OK, id="off"),
        pytest.param("csv", "", Status.FAIL, id="no-folder"),
        pytest.param("csv", ".", Status.OK, id="a-folder"),
        pytest.param("yahoo", "", Status.FAIL, id="not-installed"),
    ],
)
def test_the_price_source_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prices: str, folder: str, status: Status
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    own = tmp_path / "own.toml"
    own.write_text(f'[market]\nprices = "{prices}"\ncsv_folder = "{folder}"\n', encoding="utf-8")
    found = doctor.check_prices(load_settings(own, database_path=None))
    assert (found.status, bool(found.remedy)) == (status, status is Status.FAIL)


def test_database_that_is_not_there_yet_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deals.db"
    assert doctor.check_database(path).status is Status.OK
    assert not path.parent.exists()


def test_own_database_is_fine_and_a_foreign_one_fails(tmp_path: Path) -> None:
    open_database(tmp_path / "own.db").close()
    assert doctor.check_database(tmp_path / "own.db").status is Status.OK
    foreign = sqlite3.connect(tmp_path / "foreign.db")
    foreign.execute("CREATE TABLE t (x)")
    foreign.close()
    assert doctor.check_database(tmp_path / "foreign.db").status is Status.FAIL
    (tmp_path / "text.db").write_text("no database at all, only words " * 50, encoding="utf-8")
    assert doctor.check_database(tmp_path / "text.db").status is Status.FAIL


def test_extractor_loads_and_a_missing_parser_is_told(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text("", encoding="utf-8")
    assert doctor.check_extractor(load_settings(path, database_path=None)).status is Status.OK
    path.write_text(f'[extractors]\nparser_model = "{tmp_path}/none"\n', encoding="utf-8")
    assert doctor.check_extractor(load_settings(path, database_path=None)).status is Status.FAIL


@pytest.mark.parametrize(
    ("text", "status", "word"),
    [
        pytest.param("", Status.OK, "75 feeds", id="all"),
        pytest.param('groups = ["minning"]', Status.FAIL, "minning", id="unknown-group"),
        pytest.param('disabled = ["coindisk"]', Status.WARN, "coindisk", id="unknown-key"),
    ],
)
def test_feed_choice(tmp_path: Path, text: str, status: Status, word: str) -> None:
    path = tmp_path / "s.toml"
    path.write_text(f"[collector]\n{text}\n", encoding="utf-8")
    found = doctor.check_feed_choice(load_settings(path, database_path=None))
    assert found.status is status
    assert word.removeprefix("75 ") in found.finding


def invoke(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, args)
    return result.exit_code, result.output


def test_command_prints_json_and_exits_by_the_worst(tmp_path: Path, settings_file: Path) -> None:
    good = ("--settings", str(settings_file), "--db", str(tmp_path / "d.db"), "doctor", "--offline", "--json")
    code, text = invoke(*good)
    assert (code, json.loads(text)["ok"]) == (0, True)
    (tmp_path / "d.db").write_text("not a database " * 100, encoding="utf-8")
    code, text = invoke(*good)
    assert code == 1
    assert {row["status"] for row in json.loads(text)["checks"] if row["name"] == "Database"} == {"fail"}


def test_command_shows_wrong_settings_as_a_row(settings_file: Path) -> None:
    settings_file.write_text("[collector\n", encoding="utf-8")
    code, text = invoke("--settings", str(settings_file), "doctor", "--offline")
    assert code == 1
    assert "Settings" in text
    assert "Traceback" not in text


def test_command_refuses_an_unknown_feed(settings_file: Path) -> None:
    code, text = invoke("--settings", str(settings_file), "doctor", "--feed", "nobody")
    assert code == 2
    assert "nobody" in text


def test_config_show_path_and_check(settings_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "s3cret")
    options = ("--settings", str(settings_file), "--db", str(tmp_path / "d.db"), "config")
    code, text = invoke(*options, "show", "--changed", "--json")
    assert code == 0
    assert json.loads(text)["database.path"]["source"] == "option --db"
    assert set(json.loads(text)) == {"database.path", "discord.alert_channels", "discord.webhooks"}
    assert "s3cret" not in invoke(*options, "show")[1]
    assert str(settings_file) in invoke(*options, "path")[1]
    assert invoke(*options, "check")[0] == 0
    assert invoke(*options, "show", "nothing")[0] == 2


def test_config_check_tells_the_first_fault(settings_file: Path) -> None:
    settings_file.write_text('[collector]\ngroups = ["x"]\n', encoding="utf-8")
    code, text = invoke("--settings", str(settings_file), "config", "check")
    assert code == 3
    assert "collector" in text
