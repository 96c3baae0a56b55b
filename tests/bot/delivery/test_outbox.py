"""The deliverer: every row comes to one end, whatever the place does."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import inf

import pytest

from bot.delivery.channel import Found, GoneError, InvalidError, LaterError, RefusedError, UnknownError
from bot.delivery.outbox import Deliverer, Options
from bot.messages.message import Embed, Message
from bot.messages.message_json import message_to_json
from bot.store import Store
from db import outbox, watches
from db.outbox import OutboxDraft, OutboxKind, OutboxState
from db.watches import WatchDraft

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@dataclass
class FakeDiscord:
    """A place with a memory: it forgets nonces after two minutes and can fail before or after it took a message."""

    clock: "Clock"
    remembers_nonces: bool = True
    readable: bool = True
    posts: list[tuple[str, str]] = field(default_factory=list)
    nonces: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    before: list[Exception | None] = field(default_factory=list)
    after: list[Exception] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)

    async def send(self, place, message, *, nonce, reply_to, leave_within_s=inf):
        if self.before and (trouble := self.before.pop(0)):
            raise trouble
        at, message_id = self.nonces.get(nonce, (NOON - timedelta(days=1), ""))
        if self.clock.now - at > timedelta(minutes=2):
            message_id = f"m{len(self.posts)}"
            self.posts.append((place, message.embeds[0].footer))
            self.nonces[nonce] = (self.clock.now, message_id)
        if self.after:
            raise self.after.pop(0)
        return message_id

    async def edit(self, place, message_id, message):
        if self.before:
            raise self.before.pop(0)
        self.edits.append(message_id)

    async def find(self, place, marker, *, since):
        self.before, self.after = [], []  # by then the outage is over
        if not self.readable:
            return Found.UNREADABLE
        hits = [f"m{n}" for n, (where, footer) in enumerate(self.posts) if where == place and footer.startswith(marker)]
        return hits[0] if hits else Found.ABSENT


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "p.db")
    yield store
    store.close()


@pytest.fixture
def discord(clock):
    return FakeDiscord(clock)


@pytest.fixture
def deliverer(store, discord, clock):
    return Deliverer(store, {"channel": discord}, options=Options(max_attempts=3), clock=clock, sleep=clock.sleep)


def enqueue(store, key="a", place="1", kind=OutboxKind.ALERT, **extra):
    message = Message(embeds=(Embed(title=key, colour=1, footer="f"),))
    draft = OutboxDraft(
        kind=kind, target=f"channel:{place}", key=key, payload=message_to_json(message), name=key, **extra
    )
    return store.call(outbox.enqueue, draft, now=NOON)


def state(store, row_id):
    return store.call(outbox.get_row, row_id)


async def test_a_row_is_sent_once_with_its_marker(store, discord, deliverer):
    row = enqueue(store)
    assert await deliverer.deliver_due() == {"sent": 1}
    assert await deliverer.deliver_due() == {}
    assert discord.posts == [("1", f"MP-{row} · f")]
    assert state(store, row).message_id == "m0"


async def test_order_within_a_channel_is_kept(store, discord, deliverer):
    for key in "abc":
        enqueue(store, key)
    discord.before = [LaterError("rate limited", after_s=0.0)]
    while await deliverer.deliver_due():
        pass
    assert [footer for _, footer in discord.posts] == ["MP-1 · f", "MP-2 · f", "MP-3 · f"]


@pytest.mark.parametrize(
    "trouble", [pytest.param("before", id="lost-on-the-way"), pytest.param("after", id="lost-answer")]
)
async def test_an_unknown_outcome_is_repeated_with_the_nonce(store, discord, deliverer, trouble):
    row = enqueue(store)
    setattr(discord, trouble, [UnknownError("reset"), UnknownError("reset")])
    await deliverer.deliver_due()
    assert len(discord.posts) == 1
    assert state(store, row).state is OutboxState.SENT


@pytest.mark.parametrize(
    ("readable", "arrived", "end"),
    [
        pytest.param(True, True, OutboxState.SENT, id="found"),
        pytest.param(True, False, OutboxState.SENT, id="absent-so-sent-again"),
        pytest.param(False, True, OutboxState.UNCERTAIN, id="unreadable"),
    ],
)
async def test_after_the_nonce_window_the_channel_is_searched(store, discord, deliverer, readable, arrived, end):
    row = enqueue(store)
    discord.readable = readable
    discord.before = [None if arrived else UnknownError("down"), *[UnknownError("down")] * 99]
    discord.after = [UnknownError("answer lost")]
    await deliverer.deliver_due()
    assert len(discord.posts) == 1
    assert state(store, row).state is end


async def test_a_row_left_sending_by_a_crash_is_settled(store, discord, deliverer, clock):
    row = enqueue(store)
    (claimed,) = store.call(outbox.claim_due, now=NOON)
    await discord.send(
        "1", Message(embeds=(Embed(title="a", colour=1, footer=f"MP-{row}"),)), nonce=claimed.nonce, reply_to=None
    )
    clock.now += timedelta(minutes=30)
    await deliverer.deliver_due()
    assert len(discord.posts) == 1
    assert state(store, row).state is OutboxState.SENT


async def test_a_webhook_attempt_with_a_lost_answer_is_uncertain(store, discord, deliverer):
    discord.remembers_nonces = False
    row = enqueue(store)
    discord.after = [UnknownError("reset")]
    await deliverer.deliver_due()
    assert state(store, row).state is OutboxState.UNCERTAIN
    assert len(discord.posts) == 1


async def test_refusal_closes_the_channel_and_fails_what_waits(store, discord, deliverer):
    watch = store.call(watches.add_watch, WatchDraft(name="w", channel_id="1"), now=NOON)
    first, second = enqueue(store, "a", watch_id=watch.id), enqueue(store, "b", watch_id=watch.id)
    discord.before = [RefusedError("Missing Access")]
    assert (await deliverer.deliver_due())["failed"] == 2
    assert state(store, first).reason == state(store, second).reason == "Missing Access"
    assert store.call(watches.get_watch, watch.id).disabled_reason == "Missing Access"
    assert discord.posts == []


async def test_an_outage_is_not_the_messages_fault(store, discord, deliverer, clock):
    row = enqueue(store)
    discord.before = [LaterError("not connected", after_s=2.0)] * 40 + [LaterError("503")] * 5
    for _ in range(60):
        await deliverer.deliver_due()
        clock.now += timedelta(minutes=2)
    assert state(store, row).state is OutboxState.SENT


async def test_what_cannot_be_delivered_for_days_is_given_up_with_a_reason(store, discord, deliverer, clock):
    row = enqueue(store)
    discord.before = [LaterError("503")] * 99
    for _ in range(80):
        await deliverer.deliver_due()
        clock.now += timedelta(hours=1)
    assert state(store, row).state is OutboxState.FAILED
    assert state(store, row).reason.endswith("attempts: 503")


async def test_a_closed_channel_is_told_once_where_somebody_still_listens(store, discord, deliverer):
    store.call(watches.guild_joined, "9", name="server", now=NOON)
    shut, other = (
        store.call(watches.add_watch, WatchDraft(name="w", guild_id="9", channel_id=place), now=NOON) for place in "12"
    )
    enqueue(store, "a", watch_id=shut.id)
    enqueue(store, "b", watch_id=shut.id)
    discord.before = [RefusedError("Missing Access")]
    await deliverer.deliver_due()
    assert [place for place, _ in discord.posts] == [other.channel_id]
    assert await deliverer.deliver_due() == {}


async def test_a_faulty_message_fails_alone(store, discord, deliverer):
    bad, good = enqueue(store, "a"), enqueue(store, "b")
    discord.before = [InvalidError("embed too long")]
    await deliverer.deliver_due()
    assert state(store, bad).state is OutboxState.FAILED
    assert state(store, good).state is OutboxState.SENT


async def test_an_unknown_place_fails_with_the_remedy(store, deliverer):
    draft = OutboxDraft(kind=OutboxKind.NOTICE, target="pigeon:1", key="k", payload={}, name="n")
    row = store.call(outbox.enqueue, draft, now=NOON)
    await deliverer.deliver_due()
    assert "no connection for pigeon" in state(store, row).reason


async def test_a_slow_channel_does_not_hold_the_others(store, discord, deliverer, clock):
    enqueue(store, "a", place="slow")
    enqueue(store, "b", place="quick")
    sent = []
    original = discord.send

    async def send(place, message, *, nonce, reply_to, leave_within_s=inf):
        if place == "slow" and len(sent) < 1:
            raise UnknownError("down")
        sent.append(place)
        return await original(place, message, nonce=nonce, reply_to=reply_to, leave_within_s=leave_within_s)

    discord.send = send
    await deliverer.deliver_due()
    assert sent[0] == "quick"


def test_gone_is_a_delivery_error():
    assert str(GoneError("deleted")) == "deleted"
