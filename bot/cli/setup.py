"""`market-pulse setup`: ask what only the operator knows, write the settings file, say what comes next."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to ask: the setting it fills and how the answer is read."""

    key: str
    text: str
    parse: Callable[[str], object]
    hint: str = ""


def _ids(text: str) -> list[int]:
    """Read Discord ids separated by commas or spaces."""
    words = text.replace(",", " ").split()
    if not all(word.isdigit() for word in words):
        raise click.BadParameter("Discord ids are long numbers; enable developer mode, right-click, Copy ID.")
    return [int(word) for word in words]


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _time_zone(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:
        raise click.BadParameter(
            f"{text!r} is no time zone; examples: UTC, Europe/Berlin, America/New_York."
        ) from error
    return text


QUESTIONS = (
    Question(
        key="collector.contact",
        text="Your e-mail or web page",
        parse=str.strip,
        hint="Publishers see it in the User-Agent; SEC EDGAR is not read without it. Empty: none.",
    ),
    Question(
        key="database.path",
        text="Database file",
        parse=str.strip,
        hint="One SQLite file holds everything. Empty: your user data folder.",
    ),
    Question(
        key="collector.groups",
        text="Feed groups",
        parse=_words,
        hint="Empty: all of them.",
    ),
    Question(
        key="digest.timezone",
        text="Time zone of the digests",
        parse=_time_zone,
        hint="For example UTC or Europe/Berlin.",
    ),
    Question(
        key="digest.at",
        text="Digests at",
        parse=str.strip,
        hint="A time such as 08:00.",
    ),
    Question(
        key="discord.alert_channels",
        text="Discord channels that hear alerts",
        parse=_ids,
        hint="Channel ids; empty: none now, watches can be set on Discord later.",
    ),
    Question(
        key="discord.digest_channels",
        text="Discord channels that get the digests",
        parse=_ids,
        hint="Channel ids; may be the same ones.",
    ),
    Question(
        key="operator.user_ids",
        text="Discord users who operate the bot",
        parse=_ids,
        hint="User ids; they may correct, merge and own feeds.",
    ),
)


@click.command()
@click.option("--contact", help="E-mail or web page sent to publishers; SEC EDGAR requires it.")
@click.option("--database", "database_path", help="Database file.")
@click.option("--groups", help="Feed groups to read, separated by commas; empty for all.")
@click.option("--timezone", help="Time zone of the digests, such as Europe/Berlin.")
@click.option("--digest-at", help="Time of the digests, such as 08:00.")
@click.option("--alert-channels", help="Channel ids that hear alerts, separated by commas.")
@click.option("--digest-channels", help="Channel ids that get the digests, separated by commas.")
@click.option("--operators", help="Discord user ids, separated by commas.")
@click.option("--yes", is_flag=True, help="Ask nothing: take the options given and keep the rest as it is.")
@click.pass_context
def setup(ctx: click.Context, /, *, yes: bool, **options: str | None) -> None:
    """Answer a few questions and write the settings file.

    What the file already states is offered as the answer, so it can be run again at any time. Questions answered by
    an option are not asked. Secrets are not asked for: the token stays in the environment.
    """
    from bot.settings import load_settings, user_settings_path
    from bot.settings_file import read_own, with_answers, write_settings

    path: Path = ctx.ensure_object(dict).get("settings_path") or user_settings_path()
    own = read_own(path)
    if not yes:
        click.echo(f"The answers go to {path}. Return keeps what stands in brackets, a single - empties it.")
    given = dict(zip((question.key for question in QUESTIONS), _in_order(options), strict=True))
    answers = {q.key: _answer(q, given[q.key], own, ask=not yes) for q in QUESTIONS}
    write_settings(path, with_answers(own, _changes(answers, own)))
    click.echo(f"\nWritten: {path}")
    _say_next(load_settings(path, database_path=None))


def _in_order(options: dict[str, str | None]) -> list[str | None]:
    names = (
        "contact",
        "database_path",
        "groups",
        "timezone",
        "digest_at",
        "alert_channels",
        "digest_channels",
        "operators",
    )
    return [options[name] for name in names]


def _answer(question: Question, given: str | None, own: dict[str, Any], *, ask: bool) -> object:
    """Return the answer given as an option, typed at the prompt, or already in the file."""
    if given is not None:
        return _read(question, given)
    present = _present(question.key, own)
    if not ask:
        return present
    click.echo()
    click.secho(question.hint + _choices(question.key), dim=True)
    default = ", ".join(map(str, present)) if isinstance(present, list | tuple) else str(present)
    return click.prompt(
        question.text, default=default, show_default=bool(default), value_proc=lambda text: _read(question, text)
    )


def _read(question: Question, text: str) -> object:
    if text.strip() == "-":
        text = ""
    return question.parse(text)


def _choices(key: str) -> str:
    if key != "collector.groups":
        return ""
    from bot.catalog import load_feeds

    return f" There are {', '.join(dict.fromkeys(feed.group for feed in load_feeds()))}."


def _present(key: str, own: dict[str, Any]) -> Any:
    """Return what the user's file states, else the shipped default."""
    from bot.settings import config_dir
    from bot.toml_file import load_toml

    section, _, name = key.partition(".")
    values = own.get(section)
    if isinstance(values, dict) and name in values:
        return values[name]
    return load_toml(config_dir() / "settings.toml").data[section][name]


def _changes(answers: dict[str, object], own: dict[str, Any]) -> dict[str, object]:
    """Leave out answers that only repeat a default the file never stated."""
    changed = {key: value for key, value in answers.items() if value != _present(key, {})}
    stated = {key: None for key in answers if key not in changed and _present(key, own) != _present(key, {})}
    return changed | stated


def _say_next(settings: "Settings") -> None:
    click.echo("\nNext:")
    if settings.discord_token is None:
        click.echo(
            "  export DISCORD_TOKEN=...   the bot's token (README: Put it on Discord); without it alerts go here"
        )
    click.echo("  market-pulse doctor        check everything, with remedies")
    click.echo("  market-pulse run           start the service")
