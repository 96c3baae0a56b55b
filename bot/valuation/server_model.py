"""A server's own assumptions of the capacity model: set, shown, reset, and laid over the shipped tables.

Database and model in, messages out. A value the model refuses is refused here with the model's reason.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.capacity.assumptions import Assumption, Assumptions
from bot.capacity.question import Override, QuestionError
from bot.errors import InputError
from bot.messages.limits import MAX_DESCRIPTION, fit
from bot.messages.markdown import escape, join_lines
from bot.messages.message import Embed, Message
from bot.messages.render import BLUE, DISCLAIMER, GREEN
from bot.valuation.model_tables import load_assumptions
from db.connection import Database
from db.server_assumptions import ServerAssumption, assumptions_of, reset_assumption, set_assumption
from db.watches import guild_joined

_SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The server that asks, and who speaks for it."""

    guild_id: str
    name: str
    user_id: str


def overlaid(db: Database, guild_id: str | None, assumptions: Assumptions) -> Assumptions:
    """Return the assumptions with those the server has set; a stored row the model no longer takes is left out."""
    for row in assumptions_of(db, guild_id) if guild_id is not None else ():
        try:
            assumptions = assumptions.override({row.key: (row.low, row.base, row.high)})
        except QuestionError:
            continue
    return assumptions


def set_for_server(db: Database, server: Server, *, key: str, value: str, now: datetime) -> Message:
    """Store an assumption of a server. `value` is one number or "low, base, high"."""
    shipped = load_assumptions()
    changed = _changed(shipped, key, _numbers(value))
    guild_joined(db, server.guild_id, name=server.name, now=now)
    for row in changed:
        set_assumption(
            db,
            ServerAssumption(
                guild_id=server.guild_id,
                key=row.key,
                name=row.label,
                low=row.low,
                base=row.base,
                high=row.high,
                set_by=server.user_id,
                set_at=now,
            ),
        )
    lines = [f"{_words(row)} — shipped: {_range(shipped.rows[row.key])}" for row in changed]
    return _message("This server now assumes", lines, colour=GREEN)


def _changed(shipped: Assumptions, key: str, value: Override) -> list[Assumption]:
    try:
        rows = shipped.override({key: value}).rows
    except QuestionError as error:
        raise InputError(f"{error}; `/assumptions show` lists the keys") from error
    return [row for name, row in rows.items() if row != shipped.rows[name]]


def _numbers(text: str) -> Override:
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    try:
        numbers = [float(part) for part in parts]
    except ValueError as error:
        raise InputError(f"“{text}” is not a number; write 45, or low, base, high such as 30, 45, 70") from error
    if len(numbers) == 1:
        return numbers[0]
    if len(numbers) != 3:
        raise InputError("give one number, or three: low, base, high, such as 30, 45, 70")
    return (numbers[0], numbers[1], numbers[2])


def reset_for_server(db: Database, server: Server, *, key: str) -> Message:
    """Return one assumption of a server to the shipped row."""
    if not reset_assumption(db, server.guild_id, key):
        raise InputError(f"this server assumes nothing of its own for “{key}”")
    return _message("Back to the shipped assumption", [_words(load_assumptions().rows[key])], colour=GREEN)


def show_assumptions(db: Database, guild_id: str | None, *, text: str) -> Message:
    """Show the assumptions whose key or label holds a text, the server's own first; without a text only its own."""
    own = {row.key for row in assumptions_of(db, guild_id)} if guild_id is not None else set()
    rows = overlaid(db, guild_id, load_assumptions()).rows
    wanted = text.casefold()
    found = [
        row for row in rows.values() if (wanted and wanted in f"{row.key} {row.label}".casefold()) or row.key in own
    ]
    if not found:
        hint = "Give a part of a name, such as: power, rent, gb300, hashprice."
        return _message("No assumption of this server's own" if not wanted else f"Nothing called {text}", [hint])
    found.sort(key=lambda row: (row.key not in own, row.key))
    return _message("What the model assumes", [_line(row, is_own=row.key in own) for row in found[:_SHOWN]])


def _line(row: Assumption, *, is_own: bool) -> str:
    origin = "set by this server" if is_own else f"{row.as_of}, grade {row.grade}, {row.source}"
    return f"{_words(row)} — {escape(origin)}"


def _words(row: Assumption) -> str:
    return f"• **{escape(row.label)}** (`{row.key}`): {_range(row)}"


def _range(row: Assumption) -> str:
    span = f" ({row.low:g} to {row.high:g})" if row.low != row.high else ""
    return f"{row.base:g}{span} {escape(row.unit)}"


def _message(title: str, lines: list[str], *, colour: int = BLUE) -> Message:
    embed = Embed(title=escape(title), colour=colour, description=join_lines(lines, MAX_DESCRIPTION), footer=DISCLAIMER)
    return Message(embeds=(fit(embed),))
