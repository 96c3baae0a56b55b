"""A process that runs `market-pulse collect`, born within a moment so that it can be killed often.

Importing this module loads all that the command needs and builds one extractor; the readers are forked from it instead
of being started anew. Everything else is the command as a person runs it.
"""

import multiprocessing
import os
from pathlib import Path

from bot import app, pipeline, readers  # noqa: F401 - loaded once, for all that are born from here
from bot.cli.collect import collect  # noqa: F401
from bot.cli.group import cli
from bot.settings import load_settings

_EXTRACTOR = app.extractor_parts(load_settings(None, database_path=None)).build()


class _Forking:
    """Stands for the module `multiprocessing` where the readers ask it how to start a process."""

    @staticmethod
    def get_context(method: str) -> multiprocessing.context.ForkContext:
        return multiprocessing.get_context("fork")


def _start(parts: readers.ExtractorParts) -> None:
    readers._extractor = _EXTRACTOR


def run(settings: Path, database: Path) -> None:
    """Run the command in a session of its own, so that it and its readers can be killed together."""
    os.setsid()
    readers.multiprocessing = _Forking  # type: ignore[attr-defined]
    readers._start = _start
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    cli.main(["--settings", str(settings), "--db", str(database), "collect", "--json"], standalone_mode=False)
