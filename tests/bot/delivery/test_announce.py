"""From a stored article to outbox rows, on a real database."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.delivery.announce import announce
from bot.messages.message_json import message_from_json
from db import alert_messages, outbox, watches
from db.outbox import OutboxKind, OutboxState
from db.watches import WatchDraft
from extractors.closed_sets import DealStatus, Precision
from extractors.models import PartialDate


@pytest.fixture
def listen(store, now):
    def listen(place, **wishes):
        return store.call(
            watches.add_watch, WatchDraft(name="w", channel_id=place, **wishes), now=now - timedelta(days=9)
        )

    return listen


@pytest.fixture
def spread(store, now):
    def spread(told, at=None):
        return store.call(announce, told, told.article_id, at or now)

    return spread


@pytest.fixture
def deliver(store):
    def deliver(now):
        for row in store.call(outbox.claim_due, now=now):
            store.call(outbox.mark_sent, row.id, message_id=f"m{row.id}", now=now, rendering_hash="old")

    return deliver


def rows(store):
    return store.call(outbox.list_outbox)


def test_one_alert_per_channel_that_hears(store, listen, spread, tell):
    listen("1")
    listen("2", companies=("Palisade",))
    listen("3", role_id="77", quiet_from="11:00", quiet_until="14:00")
    assert spread(tell()) == 2
    first, third = rows(store)
    assert (first.target, third.target) == ("channel:1", "channel:3")
    assert message_from_json(third.payload).role_id == 77
    assert third.not_before.hour == 14


def test_two_watches_of_one_channel_make_one_alert(store, listen, spread, tell):
    listen("1")
    listen("1")
    assert spread(tell()) == 1
    assert len(rows(store)) == 1


def test_a_further_source_edits_silently(store, listen, spread, tell, deliver, now):
    listen("1")
    spread(tell(1))
    deliver(now)
    assert spread(tell(2)) == 0
    alert, edit = rows(store)
    assert (alert.kind, edit.kind) == (OutboxKind.ALERT, OutboxKind.EDIT)
    assert "2 sources" in str(edit.payload)


def test_a_material_change_is_a_reply(store, listen, spread, tell, deliver, now):
    listen("1")
    spread(tell(1))
    deliver(now)
    change = {"status": DealStatus.TERMINATED, "value_usd": Decimal(4_200_000_000)}
    assert spread(tell(2, hours_ago=1, **change)) == 1
    assert [row.kind for row in rows(store)] == [OutboxKind.ALERT, OutboxKind.REPLY, OutboxKind.EDIT]


def test_edits_come_at_most_every_quarter_hour_after_the_first_hour(store, listen, spread, tell, deliver, now):
    listen("1")
    spread(tell(1))
    deliver(now)
    later = now + timedelta(hours=2)
    store.call(alert_messages.record_edit, 1, "channel:1", rendering_hash="older", now=later)
    spread(tell(2), at=later + timedelta(minutes=1))
    assert rows(store)[-1].not_before == later + timedelta(minutes=15)


def test_a_deleted_alert_is_neither_edited_nor_posted_again(store, listen, spread, tell, deliver, now):
    listen("1")
    spread(tell(1))
    deliver(now)
    store.call(alert_messages.mark_deleted, 1, "channel:1", now=now)
    spread(tell(2))
    assert [row.kind for row in rows(store)] == [OutboxKind.ALERT]


def test_an_old_article_is_silent_and_its_recap_too(store, listen, spread, tell):
    listen("1")
    assert spread(tell(1, hours_ago=100)) == 0
    assert spread(tell(2)) == 0
    assert rows(store) == []


def test_a_signed_rumour_replies_where_the_rumour_was_told(store, listen, spread, tell, deliver, now):
    listen("1", events=("new", "change", "rumour"))
    listen("2")
    assert spread(tell(1, status=DealStatus.IN_TALKS)) == 1
    deliver(now)
    assert spread(tell(2, hours_ago=1)) == 2
    kinds = {(row.target, row.kind) for row in rows(store) if row.state is OutboxState.PENDING}
    assert {("channel:1", OutboxKind.REPLY), ("channel:2", OutboxKind.ALERT)} <= kinds


def test_a_slip_is_a_reply_to_the_alert(store, listen, spread, tell, deliver, now):
    listen("1")
    half = PartialDate(date="2026-01-01", precision=Precision.HALF)
    spread(tell(hours_ago=200, delivery_start=None, delivery_end=half), now - timedelta(hours=199))
    deliver(now - timedelta(hours=199))
    moved = PartialDate(date="2026-07-01", precision=Precision.HALF)
    assert spread(tell(2, delivery_start=None, delivery_end=moved)) == 1
    (reply,) = (row for row in rows(store) if row.kind is OutboxKind.REPLY)
    embed = message_from_json(reply.payload).embeds[0]
    assert "Delivery slips" in embed.author
    assert "**Delivery to** H1 2026 → H2 2026" in embed.description
