"""The terminal as a place that takes messages: what `run` does without a Discord token."""

from datetime import datetime
from itertools import count
from math import inf

from rich.console import Console

from bot.delivery.channel import Found
from bot.messages.console import show
from bot.messages.message import Message, payload


class ConsoleChannel:
    """Prints each message as Discord would show it. It never fails and forgets at once."""

    remembers_nonces = False

    def __init__(self, console: Console) -> None:
        self._console, self._numbers = console, count(1)

    async def send(
        self, place: str, message: Message, *, nonce: str, reply_to: str | None, leave_within_s: float = inf
    ) -> str | None:
        """Print a message; its id is its number."""
        if reply_to is not None:
            self._console.print(f"[dim]↰ reply to {reply_to}[/dim]")
        show(payload(message), self._console)
        return f"{place}-{next(self._numbers)}"

    async def edit(self, place: str, message_id: str, message: Message) -> None:
        """Print the new state of a message under its id."""
        self._console.print(f"[dim]✎ {message_id} now reads[/dim]")
        show(payload(message), self._console)

    async def find(self, place: str, marker: str, *, since: datetime) -> str | Found:
        """Nobody can look back at a terminal."""
        return Found.UNREADABLE
