"""Settings: which layer wins, and what a person is told about a wrong value."""

import re
from pathlib import Path

import pytest

import bot
from bot.errors import ConfigError
from bot.settings import Settings, config_dir, load_settings, origins
from bot.toml_file import load_toml


@pytest.fixture(autouse=True)
def no_user_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.settings.user_settings_path", lambda: tmp_path / "absent" / "settings.toml")


def own_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_shipped_file_holds_every_setting_and_no_other() -> None:
    shipped = load_toml(config_dir() / "settings.toml").data
    stated = {(section, key) for section, values in shipped.items() for key in values}
    known = {
        (section, key)
        for section, field in Settings.model_fields.items()
        for key in field.annotation.model_fields  # type: ignore[union-attr]
    }
    assert stated == known


def test_every_setting_is_used_somewhere() -> None:
    sources = [path for path in Path(bot.__file__).parent.rglob("*.py") if path.name != "settings.py"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    keys = {
        f"{section}.{key}"
        for section, field in Settings.model_fields.items()
        for key in field.annotation.model_fields  # type: ignore[union-attr]
    }
    unused = [name for name in keys if not re.search(rf"\b({name.split('.')[0]}|self)\.{name.split('.')[1]}\b", code)]
    assert unused == []


def test_defaults_are_valid_and_name_a_database() -> None:
    settings = load_settings(None, database_path=None)
    assert settings.database_path.name == "market-pulse.db"
    assert settings.alerts.max_age_hours == 72


def test_own_file_replaces_single_values(tmp_path: Path) -> None:
    path = own_file(tmp_path, "[collector]\ntimeout_s = 7\n")
    settings = load_settings(path, database_path=None)
    assert settings.collector.timeout_s == 7
    assert settings.collector.concurrency == 16


def test_time_of_day_is_written_in_full(tmp_path: Path) -> None:
    assert load_settings(own_file(tmp_path, '[digest]\nat = "7:5"\n'), database_path=None).digest.at == "07:05"


def test_environment_beats_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKET_PULSE_COLLECTOR_TIMEOUT_S", "9")
    path = own_file(tmp_path, "[collector]\ntimeout_s = 7\n")
    assert load_settings(path, database_path=None).collector.timeout_s == 9


def test_environment_gives_lists_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKET_PULSE_OPERATOR_USER_IDS", "[1, 2]")
    assert load_settings(None, database_path=None).operator.user_ids == (1, 2)


def test_database_option_beats_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKET_PULSE_DATABASE_PATH", "/elsewhere.db")
    assert load_settings(None, database_path=tmp_path / "x.db").database_path == tmp_path / "x.db"


def test_database_path_expands_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    path = own_file(tmp_path, '[database]\npath = "~/deals.db"\n')
    assert load_settings(path, database_path=None).database_path == tmp_path / "deals.db"


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        pytest.param("[collector]\n\ntimeout_s = -1\n", "collector.timeout_s (line 3)", "greater than 0", id="bound"),
        pytest.param("[collector]\ntimeout = 3\n", "collector.timeout (line 2)", "no such setting", id="unknown-key"),
        pytest.param("[colector]\ntimeout_s = 3\n", "colector (line 1)", "no such setting", id="unknown-section"),
        pytest.param('[digest]\nat = "8am"\n', "digest.at (line 2)", "time like", id="time-of-day"),
        pytest.param('[digest]\ntimezone = "Mars"\n', "digest.timezone (line 2)", "time zone", id="time-zone"),
        pytest.param("[alerts]\nrumours = maybe\n", "line 2", "invalid value", id="syntax"),
        pytest.param('[operator]\nuser_ids = ["x"]\n', "operator.user_ids (line 2)", "integer", id="wrong-type"),
        pytest.param("collector = 3\n", "collector (line 1)", "dictionary", id="section-is-a-number"),
    ],
)
def test_wrong_value_is_told_with_file_key_and_reason(tmp_path: Path, text: str, key: str, reason: str) -> None:
    path = own_file(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_settings(path, database_path=None)
    assert caught.value.file == str(path)
    assert key in caught.value.key
    assert reason in caught.value.reason
    assert caught.value.remedy.endswith(".")


def test_wrong_variable_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKET_PULSE_COLLECTOR_TIMEOUT_S", "soon")
    with pytest.raises(ConfigError, match="MARKET_PULSE_COLLECTOR_TIMEOUT_S"):
        load_settings(None, database_path=None)


def test_list_variable_that_is_no_json_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKET_PULSE_OPERATOR_USER_IDS", "me")
    with pytest.raises(ConfigError, match="MARKET_PULSE_OPERATOR_USER_IDS"):
        load_settings(None, database_path=None)


@pytest.mark.parametrize("text", ['[discord]\ntoken = "abc"\n', 'discord_token = "abc"\n'])
def test_secret_in_a_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="secrets do not belong") as caught:
        load_settings(own_file(tmp_path, text), database_path=None)
    assert "abc" not in str(caught.value)


def test_missing_file_the_user_named_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="does not exist"):
        load_settings(tmp_path / "none.toml", database_path=None)


def test_token_and_webhooks_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "t0ken")
    monkeypatch.setenv("ROOM_URL", "https://example.org/hook")
    path = own_file(tmp_path, '[discord.webhooks]\nroom = "ROOM_URL"\n')
    settings = load_settings(path, database_path=None)
    token, hook = settings.discord_token, settings.webhook_url("room")
    assert token is not None
    assert token.get_secret_value() == "t0ken"
    assert hook is not None
    assert "example.org" not in repr(settings) + repr(hook)
    assert "t0ken" not in repr(settings) + repr(token)
    assert settings.webhook_url("other") is None


def test_origins_name_file_or_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKET_PULSE_COLLECTOR_CONCURRENCY", "3")
    path = own_file(tmp_path, "[collector]\ntimeout_s = 7\n")
    sources = {origin.key: origin.source for origin in origins(load_settings(path, database_path=None), path)}
    assert sources["collector.timeout_s"] == str(path)
    assert sources["collector.concurrency"] == "environment MARKET_PULSE_COLLECTOR_CONCURRENCY"
    assert sources["collector.tick_seconds"] == "shipped default"


def test_collector_options_take_every_setting_of_the_file() -> None:
    options = load_settings(None, database_path=None).collector.options()
    assert options.total_timeout_s == 30
    assert options.max_feed_bytes == 10_000_000
    assert options.respect_robots
    assert not options.allow_loopback
