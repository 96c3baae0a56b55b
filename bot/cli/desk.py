"""What the commands about deals share: the database opened and closed, its errors as sentences, a day as an instant."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import click

from bot.errors import DatabaseError, InputError

if TYPE_CHECKING:
    from db.connection import Database


@contextmanager
def desk(ctx: click.Context, *, read_only: bool = True) -> Iterator["Database"]:
    """Open the database in force for one command."""
    from bot.cli.context import open_db
    from db.errors import DeskError, FileError

    db = open_db(ctx, read_only=read_only)
    try:
        yield db
    except FileError as error:
        raise DatabaseError(str(error)) from error
    except DeskError as error:
        raise InputError(str(error)) from error
    finally:
        db.close()


class Day(click.ParamType[str]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check that the text names a day."""
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").replace(tzinfo=UTC).date().isoformat()
        except ValueError:
            self.fail(f"{value!r} is no date; write it as 2025-11-03", param, ctx)


class Amount(click.ParamType[float]):
    """A finite number that is not negative."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Check that the text is a number one can compare with."""
        try:
            number = float(str(value))
        except ValueError:
            number = -1.0
        if not (math.isfinite(number) and number >= 0):
            self.fail(f"{value!r} is no amount; write a number such as 250", param, ctx)
        return number


AMOUNT = Amount()


def end_of(day: str | None) -> datetime | None:
    """Return the last second of a day (UTC), None for none."""
    return None if day is None else datetime.combine(datetime.fromisoformat(day).date(), time(23, 59, 59), tzinfo=UTC)
