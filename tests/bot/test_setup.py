"""Setup writes what was answered and nothing else, and never breaks a file that was sound."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.group import cli
from bot.errors import ConfigError
from bot.settings import load_settings
from bot.settings_file import render, with_answers, write_settings
from bot.toml_file import load_toml


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "settings.toml"


def run(own: Path, *options: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli, ["--settings", str(own), "setup", *options], input=typed)


def test_options_alone_write_a_file_the_program_accepts(own: Path) -> None:
    result = run(own, "--yes", "--contact", "me@example.org", "--operators", "12, 34", "--timezone", "Europe/Berlin")
    assert result.exception is None
    settings = load_settings(own, database_path=None)
    assert settings.collector.contact == "me@example.org"
    assert settings.operator.user_ids == (12, 34)
    assert settings.digest.timezone == "Europe/Berlin"


def test_defaults_are_not_written(own: Path) -> None:
    run(own, "--yes", "--contact", "me@example.org")
    assert load_toml(own).data == {"collector": {"contact": "me@example.org"}}


def test_questions_are_asked_and_answered(own: Path) -> None:
    typed = "me@example.org\n\nmining-press sec-edgar\nUTC\n09:15\n99\n98, 99\n\n"
    result = run(own, typed=typed)
    assert result.exception is None
    assert "Feed groups" in result.output
    settings = load_settings(own, database_path=None)
    assert settings.collector.groups == ("mining-press", "sec-edgar")
    assert settings.digest.at == "09:15"
    assert settings.discord.alert_channels == (99,)
    assert settings.discord.digest_channels == (98, 99)


def test_wrong_answer_is_asked_again(own: Path) -> None:
    result = run(own, typed="\n\n\nMars\nUTC\n\nabc\n7\n\n\n")
    assert "no time zone" in result.output
    assert "long numbers" in result.output
    assert load_settings(own, database_path=None).discord.alert_channels == (7,)


def test_second_run_keeps_what_the_file_states(own: Path) -> None:
    run(own, "--yes", "--contact", "me@example.org", "--operators", "12")
    run(own, "--yes", "--digest-at", "07:30")
    settings = load_settings(own, database_path=None)
    assert (settings.collector.contact, settings.operator.user_ids) == ("me@example.org", (12,))
    assert settings.digest.at == "07:30"


def test_answer_can_go_back_to_the_default(own: Path) -> None:
    run(own, "--yes", "--contact", "me@example.org", "--digest-at", "07:30")
    run(own, "--yes", "--contact", "")
    assert load_toml(own).data == {"digest": {"at": "07:30"}}


def test_hyphen_empties_an_answer(own: Path) -> None:
    run(own, "--yes", "--contact", "me@example.org", "--operators", "12")
    run(own, typed="-\n\n\n\n\n\n\n-\n")
    assert load_toml(own).data == {}


def test_refused_answer_leaves_the_old_file(own: Path) -> None:
    run(own, "--yes", "--contact", "me@example.org")
    before = own.read_text(encoding="utf-8")
    result = run(own, "--yes", "--digest-at", "noon")
    assert result.exit_code == ConfigError.exit_code
    assert f"{own}: digest.at: must be a time" in result.output
    assert own.read_text(encoding="utf-8") == before
    assert [file.name for file in own.parent.iterdir()] == ["settings.toml"]


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="cannot be written"):
        write_settings(tmp_path / "file" / "settings.toml", {})


def test_token_is_never_asked_for_nor_written(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "s3cret")
    result = run(own, "--yes", "--contact", "me@example.org")
    assert "s3cret" not in result.output + own.read_text(encoding="utf-8")


def test_next_steps_name_the_token_only_when_it_is_missing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    assert "DISCORD_TOKEN" in run(own, "--yes").output
    monkeypatch.setenv("DISCORD_TOKEN", "x")
    assert "DISCORD_TOKEN" not in run(own, "--yes").output


def test_rendering_survives_every_kind_of_value(tmp_path: Path) -> None:
    data = {
        "a": {"text": 'quo"te \\ back\nline', "yes": True, "number": 3, "share": 0.5, "list": [1, "x"]},
        "b": {"table": {"odd key": "v"}},
    }
    path = tmp_path / "t.toml"
    path.write_text(render(data), encoding="utf-8")
    assert load_toml(path).data == data


NAMES = st.text("abc_ -é", min_size=1, max_size=6)
PLAIN = st.one_of(
    st.text(max_size=20), st.booleans(), st.integers(-(10**9), 10**9), st.lists(st.text(max_size=5), max_size=3)
)


@given(st.dictionaries(st.sampled_from(["a", "b"]), st.dictionaries(NAMES, PLAIN, max_size=4), max_size=2))
def test_any_plain_settings_survive_rendering(data: dict[str, dict[str, object]]) -> None:
    assert tomllib.loads(render(data)) == data


def test_answers_lie_over_the_file() -> None:
    merged = with_answers({"a": {"x": 1, "y": 2}}, {"a.x": 5, "a.y": None, "b.z": 3})
    assert merged == {"a": {"x": 5}, "b": {"z": 3}}
