"""What commands and buttons work with: handed in by the composition root, so that no command reaches for a global."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.clock import utc_now
from bot.delivery.news import DEFAULT_RULES, Rules
from bot.messages.message import Message
from bot.store import Store
from bot.workshop import OnStore, Worker

Clock = Callable[[], datetime]
#: A text and a day in (None = now), a finished message out: the door to the question engine.
Asker = Callable[[str, datetime | None], Awaitable[Message]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """`operator_ids` own what all servers share; `ask` is None where it is not built in.

    `worker` runs what takes long; without one the database's thread does.
    """

    store: Store
    clock: Clock = utc_now
    operator_ids: frozenset[int] = frozenset()
    rules: Rules = DEFAULT_RULES
    min_confidence: float = 0.0
    version: str = ""
    started_at: datetime = field(default_factory=utc_now)
    ask: Asker | None = None
    worker: Worker | None = None

    async def work(self, answer: Callable[..., Message], *args: Any) -> Message:
        """Return a long answer: `answer(db, *args, now=…)`, worked off the event loop."""
        worker = self.worker or OnStore(self.store)
        return await worker.run(answer, *args, now=self.clock())
