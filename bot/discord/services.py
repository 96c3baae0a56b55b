"""What commands and buttons work with: handed in by the composition root, so that no command reaches for a global."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import utc_now
from bot.delivery.news import DEFAULT_RULES, Rules
from bot.messages.message import Message
from bot.store import Store

Clock = Callable[[], datetime]
#: A text in, a finished message out: the doors to the question engine and the capacity model.
Answerer = Callable[[str], Awaitable[Message]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """`operator_ids` own what all servers share; `ask` and `estimate` are None where they are not built in."""

    store: Store
    clock: Clock = utc_now
    operator_ids: frozenset[int] = frozenset()
    rules: Rules = DEFAULT_RULES
    min_confidence: float = 0.0
    version: str = ""
    started_at: datetime = field(default_factory=utc_now)
    ask: Answerer | None = None
    estimate: Answerer | None = None
