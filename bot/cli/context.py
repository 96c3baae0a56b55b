"""What every command needs from the root: the settings in force, the database, a console.

Each is made when asked for, so that a command pays only for what it uses.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar, cast

import click

from bot.errors import DatabaseError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.settings import Settings
    from db.connection import Database

_SETTINGS = "settings"
ItemT = TypeVar("ItemT")


def settings_from(ctx: click.Context) -> "Settings":
    """Load the settings named by the root's options, once per invocation."""
    from bot.settings import Settings, load_settings

    root = ctx.ensure_object(dict)
    if _SETTINGS not in root:
        root[_SETTINGS] = load_settings(root.get("settings_path"), database_path=root.get("database_path"))
    return cast(Settings, root[_SETTINGS])


def open_db(ctx: click.Context, *, read_only: bool = False) -> "Database":
    """Open the database in force; a file that cannot be used is a DatabaseError with a sentence to act on."""
    import sqlite3

    from db import connection, errors

    path = settings_from(ctx).database_path
    try:
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
        return connection.open_database(path, read_only=read_only)
    except errors.DeskError as error:
        raise DatabaseError(str(error)) from error
    except (sqlite3.Error, OSError) as error:
        raise DatabaseError(f"{path} cannot be opened ({error}); check the path and its permissions") from error


def console(*, stderr: bool = False) -> "Console":
    """Return a console for people; colours only where the terminal has them."""
    from rich.console import Console

    return Console(stderr=stderr)


def with_progress(items: Iterable[ItemT], total: int, words: str) -> Iterator[ItemT]:
    """Yield items while a bar on standard error counts them; silent where standard error is no terminal."""
    from rich.progress import track

    bar = console(stderr=True)
    yield from track(items, total=total, description=words, console=bar, transient=True, disable=not bar.is_terminal)
