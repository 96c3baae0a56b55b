"""What the outbox needs of a place that takes messages, and the ways in which a place can fail to take one.

DeliveryError
├── LaterError      surely not delivered; try again, after `after_s` if the place said so
├── RefusedError    surely not delivered and never will be (403, 404): the channel is closed to us
├── InvalidError    surely not delivered: the message itself is at fault
├── GoneError       the message to be edited no longer exists
└── UnknownError    the answer never came or told nothing: it may have been delivered
"""

from datetime import datetime
from enum import StrEnum
from math import inf
from typing import Protocol

from bot.messages.message import Message


class DeliveryError(Exception):
    """Base of all; its text is the reason recorded on the outbox row."""


class LaterError(DeliveryError):
    """Surely not delivered; worth another try."""

    def __init__(self, reason: str, *, after_s: float | None = None) -> None:
        super().__init__(reason)
        self.after_s = after_s


class RefusedError(DeliveryError):
    """The place is closed to us for good."""


class InvalidError(DeliveryError):
    """The message is at fault."""


class GoneError(DeliveryError):
    """The message referred to was deleted."""


class UnknownError(DeliveryError):
    """Nobody can tell whether it was delivered."""


class Found(StrEnum):
    """The answer to "is the message there?" when there is no message id to return."""

    ABSENT = "absent"
    UNREADABLE = "unreadable"


class Channel(Protocol):
    """A place that takes messages. `remembers_nonces`: a repeated send with the same nonce is not a second message."""

    remembers_nonces: bool

    async def send(
        self, place: str, message: Message, *, nonce: str, reply_to: str | None, leave_within_s: float = inf
    ) -> str | None:
        """Post a message and return its id. No request of it may leave later than `leave_within_s` from now."""

    async def edit(self, place: str, message_id: str, message: Message) -> None:
        """Replace what a sent message shows."""

    async def find(self, place: str, marker: str, *, since: datetime) -> str | Found:
        """Look for a message of ours whose footer begins with `marker` and return its id."""
