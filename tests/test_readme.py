"""What the README says is so: its commands and options exist, its make targets, files, settings and permissions too."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli.group import COMMANDS, cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def invocations() -> Iterator[str]:
    """Yield every `market-pulse …` of the README, from code blocks and inline code."""
    fenced = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
    blocks = [body for language, body in fenced if language in {"sh", "console"}]
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", README, flags=re.DOTALL))
    for text in (*blocks, *inline):
        for line in text.splitlines():
            yield from re.findall(r"market-pulse (?:--db \S+ )?([a-z][^|;#]*)", line)


def resolve(words: list[str]) -> tuple[click.Command, list[str]]:
    """Follow the words of an invocation into sub-commands; return the last command and what is left."""
    context = click.Context(cli)
    command: click.Command = cli
    while words and isinstance(command, click.Group):
        found = command.get_command(context, words[0])
        if found is None:
            break
        command, words = found, words[1:]
    return command, words


@pytest.mark.parametrize("said", sorted(set(invocations())))
def test_each_command_and_option_exists(said: str) -> None:
    command, rest = resolve(said.split())
    assert command is not cli, f"no command {said!r}"
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {
        "--help"
    }
    unknown = [word for word in rest if word.startswith("--") and word.split("=")[0] not in options]
    assert not unknown


def test_every_command_has_help_with_a_sentence() -> None:
    for section in COMMANDS.values():
        for name, (_, summary) in section.items():
            command, _ = resolve([name])
            assert summary.endswith(".")
            assert (command.help or "").strip(), name


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", README)) <= targets


def test_linked_files_exist() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if not link.startswith("http")]
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_named_settings_exist() -> None:
    defaults = tomllib.loads((ROOT / "config" / "settings.toml").read_text())
    named = re.findall(r"`(collector|database|discord|alerts|digest|extractors|operator)\.([a-z_]+)`", README)
    assert named
    assert [f"{section}.{key}" for section, key in named if key not in defaults[section]] == []


def test_named_exit_codes_are_those_of_the_errors() -> None:
    from bot import errors

    codes = {
        error.exit_code for error in vars(errors).values() if isinstance(error, type) and issubclass(error, Exception)
    }
    said = re.search(r"Exit codes: (.*)", README)
    assert said is not None
    assert {int(code) for code in re.findall(r"\b(\d) ", said.group(1))} == codes | {0}
