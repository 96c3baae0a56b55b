"""Checks of this machine and its files: Python, settings, tables, database, disk. Each returns what it found.

A check never raises for what it looks at. Feeds and Discord have modules of their own (`bot.doctor.feeds`,
`bot.doctor.discord`); printing is the command's business.
"""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import MarketPulseError

if TYPE_CHECKING:
    from bot.settings import Settings

_PYTHONS = ((3, 11), (3, 13))
_SQLITE = (3, 37, 0)  # STRICT tables
_FULL_BYTES = 200_000_000
_TIGHT_BYTES = 1_000_000_000


class Status(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at. `remedy` says what to do; it is empty when there is nothing to do."""

    name: str
    status: Status
    finding: str
    remedy: str = ""


def ok(name: str, finding: str) -> Check:
    return Check(name=name, status=Status.OK, finding=finding)


def warn(name: str, finding: str, remedy: str) -> Check:
    return Check(name=name, status=Status.WARN, finding=finding, remedy=remedy)


def fail(name: str, finding: str, remedy: str) -> Check:
    return Check(name=name, status=Status.FAIL, finding=finding, remedy=remedy)


def has_failed(checks: Sequence[Check]) -> bool:
    """Tell whether anything must be mended before the service can do its work."""
    return any(check.status is Status.FAIL for check in checks)


def check_python(version: tuple[int, int] = sys.version_info[:2]) -> Check:
    """Check the interpreter against the versions that all dependencies support."""
    text = ".".join(map(str, version))
    lowest, highest = _PYTHONS
    if not lowest <= version <= highest:
        return fail(
            "Python", f"version {text}", "Install Python 3.11, 3.12 or 3.13 and make a new environment with it."
        )
    return ok("Python", f"version {text}")


def check_sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> Check:
    text = ".".join(map(str, version))
    if version < _SQLITE:
        return fail("SQLite", f"version {text} knows no STRICT tables", "Use a Python built with SQLite 3.37 or newer.")
    return ok("SQLite", f"version {text}")


def check_settings(path: Path | None) -> Check:
    """Check the settings in force; `path` is the file the user named, None for the default one."""
    from bot.settings import load_settings, user_settings_path

    try:
        load_settings(path, database_path=None)
    except MarketPulseError as error:
        return fail("Settings", str(error), "Correct it there, then run `market-pulse config check`.")
    own = path or user_settings_path()
    if not own.exists():
        return warn("Settings", "defaults only; you have no settings of your own", "Run `market-pulse setup`.")
    return ok("Settings", str(own))


def check_tables() -> Check:
    """Check the data tables that ship with the program."""
    from bot.catalog import load_companies, load_feeds, load_gpu_models
    from bot.history_file import load_history

    try:
        counts = {
            "companies": len(load_companies()),
            "GPU models": len(load_gpu_models()),
            "feeds": len(load_feeds()),
            "deals of the past": len(load_history()),
        }
    except MarketPulseError as error:
        return fail("Tables", str(error), "Correct the row, or restore the file from the release.")
    return ok("Tables", ", ".join(f"{count} {name}" for name, count in counts.items()))


def check_extractor(settings: "Settings") -> Check:
    """Check that the extractor loads and reads a sentence."""
    from bot.app import build_extractor
    from extractors.models import Article

    folder = settings.extractors.parser_model
    if folder and not Path(folder).expanduser().is_dir():
        return fail("Extractor", f"{folder} is not a folder", "Correct or empty extractors.parser_model.")
    title = "IREN signs $9.7 billion AI cloud contract with Microsoft"
    try:
        extractor = build_extractor(settings)
        found = extractor.extract(Article(title=title, text=f"{title}."))
    except (MarketPulseError, ImportError, OSError, ValueError) as error:
        return fail("Extractor", f"does not load ({error})", "Install the program again into a new environment.")
    if not found.deals:
        return fail("Extractor", "reads no deal in a plain headline", "Restore the shipped tables (Tables above).")
    return ok("Extractor", f"version {extractor.version}")


def check_feed_choice(settings: "Settings") -> Check:
    """Check that the groups and keys the settings name exist, and that some feed is left."""
    from bot.app import feed_specs
    from bot.catalog import load_feeds

    try:
        shipped, chosen = load_feeds(), feed_specs(settings)
    except MarketPulseError as error:
        return fail("Feed choice", str(error), "Correct the feeds file.")
    groups = {feed.group for feed in (*shipped, *chosen)}
    if stray := set(settings.collector.groups) - groups:
        remedy = f"Correct collector.groups; there are {', '.join(sorted(groups))}."
        return fail("Feed choice", f"no feed is in the group {min(stray)!r}", remedy)
    if stray := set(settings.collector.disabled) - {feed.key for feed in shipped}:
        return warn("Feed choice", f"there is no feed {min(stray)!r} to disable", "Correct collector.disabled.")
    if not chosen:
        return fail("Feed choice", "no feed is left to read", "Enable some in collector.groups or collector.disabled.")
    return ok("Feed choice", f"{len(chosen)} feeds in {len({feed.group for feed in chosen})} groups")


def check_prices(settings: "Settings") -> Check:
    """Check that the price source that is set can be asked; share moves are not measured without one."""
    from importlib.util import find_spec

    from bot.app import price_source

    try:
        source = price_source(settings)
    except MarketPulseError as error:
        return fail("Prices", str(error), "Correct market.csv_folder, or set market.prices to none.")
    if source is None:
        return ok("Prices", "none asked for; share moves stay as articles report them")
    if source.name == "yahoo" and find_spec("yfinance") is None:
        return fail("Prices", "yfinance is not installed", "Run `pip install yfinance`, or set market.prices to csv.")
    return ok("Prices", source.name)


def check_database(path: Path) -> Check:
    """Check that the database can be read, or that a new one could be made."""
    from db.connection import open_database
    from db.errors import DeskError

    if not path.exists():
        folder = _nearest(path.parent)
        return _writable(folder, f"{path} will be made by the first round")
    try:
        open_database(path, read_only=True).close()
    except DeskError as error:
        return fail("Database", str(error), "Name another file with --db, or restore a backup.")
    except (sqlite3.Error, OSError) as error:
        return fail("Database", f"{path} cannot be opened ({error})", "Correct the path or its permissions.")
    return _writable(path, f"{path}, {path.stat().st_size / 1e6:.1f} MB")


def check_disk(path: Path, *, free_bytes: Callable[[Path], int] | None = None) -> Check:
    """Check the room left where the database lies."""
    folder = _nearest(path.parent)
    free = free_bytes(folder) if free_bytes else shutil.disk_usage(folder).free
    finding = f"{free / 1e9:.1f} GB free in {folder}"
    if free < _FULL_BYTES:
        return fail("Disk", finding, "Make room, or move the database to another disk (database.path).")
    if free < _TIGHT_BYTES:
        return warn("Disk", finding, "Make room soon; a year of news takes about 1 GB.")
    return ok("Disk", finding)


def local_checks(settings: "Settings", path: Path | None) -> tuple[Check, ...]:
    """Run every check that needs no network."""
    return (
        check_python(),
        check_sqlite(),
        check_settings(path),
        check_tables(),
        check_extractor(settings),
        check_feed_choice(settings),
        check_prices(settings),
        check_database(settings.database_path),
        check_disk(settings.database_path),
    )


def _nearest(folder: Path) -> Path:
    """Return the folder or, while it does not exist, the nearest one above it that does."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _writable(path: Path, finding: str) -> Check:
    if os.access(path, os.W_OK):
        return ok("Database", finding)
    remedy = "Give yourself the right to write there, or set database.path to a folder of yours."
    return fail("Database", f"{path} cannot be written", remedy)
