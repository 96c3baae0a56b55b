"""The root of `market-pulse`: which commands exist and how errors become sentences and exit codes.

A command's module is imported when it is invoked; its one-line summary stands here, so that `--help` loads nothing.
"""

import importlib
from pathlib import Path
from typing import Any

import click

from bot.errors import MarketPulseError

#: section -> command -> (module below bot.cli, one-line help). The module defines a click command of the same name.
COMMANDS: dict[str, dict[str, tuple[str, str]]] = {
    "Start here": {
        "demo": ("demo", "Watch a full round on bundled sample feeds, no network needed."),
        "setup": ("setup", "Answer a few questions and write the settings."),
        "doctor": ("doctor", "Check Python, settings, database, feeds and Discord; say what to mend."),
        "run": ("run", "Run the service: collect, alert, answer on Discord."),
    },
    "News and deals": {
        "collect": ("collect", "Fetch the feeds once and store what is new."),
        "extract": ("extract", "Read articles and print the deals they state."),
        "deals": ("deals", "List the deals, filtered and sorted."),
        "deal": ("deal", "Show one deal with its evidence; correct, merge or split it."),
        "measure": ("measure", "Measure how shares moved around deals, from daily closes."),
        "ask": ("ask", "Answer a question in plain words from the stored deals."),
        "digest": ("digest", "Print the digest of a day or a week."),
        "milestones": ("milestones", "List what is due, overdue or late: delivery dates of the stored deals."),
        "calendar": ("milestones", "Write the milestones as an .ics file for calendar programs."),
        "chart": ("chart", "Draw a chart of the stored deals."),
        "replay": ("replay", "List the alerts a watch would have sent in the past, and when."),
        "preview": ("preview", "Draw alerts and digests as HTML, as Discord shows them."),
    },
    "Capacity model": {
        "estimate": ("estimate", "Value compute: megawatts, GPUs, dollars, and three uses of the same power."),
        "assumptions": ("assumptions", "List the model's assumptions with source and date."),
        "calibrate": ("calibrate", "Predict known deals from their other facts and print the error."),
    },
    "Housekeeping": {
        "feeds": ("feeds", "Show feed health; add, check, pause or remove feeds."),
        "db": ("database", "Check, back up, export or publish the database."),
        "evaluate": ("evaluate", "Score the extractors on annotated articles."),
        "reprocess": ("reprocess", "Read stored articles again with a newer extractor."),
        "train": ("train", "Train the bundled parser or the rankers from open data."),
        "config": ("config", "Show the settings in force and where each comes from."),
    },
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for section in COMMANDS.values() for name in section]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for section in COMMANDS.values():
            if cmd_name in section:
                module = importlib.import_module(f"bot.cli.{section[cmd_name][0]}")
                command: click.Command = getattr(module, cmd_name)
                return command
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(name, summary) for name, (_, summary) in commands.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, turning an expected error into one sentence on standard error and its exit code."""
        try:
            return super().invoke(ctx)
        except MarketPulseError as error:
            click.echo(f"market-pulse: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Machine-read news, not investment advice. `market-pulse COMMAND --help` tells more.",
)
@click.version_option(package_name="market-pulse", prog_name="market-pulse")
@click.option(
    "--settings",
    "settings_path",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="MARKET_PULSE_SETTINGS",
    help="Settings file (TOML) to use instead of the default one.",
)
@click.option(
    "--db",
    "database_path",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="MARKET_PULSE_DB",
    help="Database file to use instead of the one in the settings.",
)
@click.pass_context
def cli(ctx: click.Context, settings_path: Path | None, database_path: Path | None) -> None:
    """Find, prove and value the deals in which bitcoin miners sell compute to AI.

    Market Pulse reads crypto and tech news, keeps one record per deal with the sentence that proves each fact,
    alerts Discord once per deal, and values compute with a capacity model.
    """
    ctx.obj = {"settings_path": settings_path, "database_path": database_path}
