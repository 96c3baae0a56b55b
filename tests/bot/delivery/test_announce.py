"""From a stored article to outbox rows, on a real database."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.delivery.announce import announce, write_edits
from bot.messages.message_json import message_from_json
from db import alert_messages, merges, outbox, watches
from db.deals import list_deals
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


@pytest.fixture
def twice(store, listen, spread, tell, deliver, now):
    """One deal announced as two, under two names of its tenant."""
    store.call(watches.guild_joined, "9", name="Server", now=now)
    listen("1", guild_id="9")
    for number, customer in enumerate(("Redwood AI", "Redwood Labs"), start=1):
        spread(tell(number, customer=customer))
        deliver(now)
    return [deal.slug for deal in reversed(store.call(list_deals))]


@pytest.fixture
def merge(store, now):
    def merge(one, other):
        changes = store.call(merges.merge_deals, one, other, reason="r", made_by="operator", now=now)
        store.call(write_edits, changes, now=now)

    return merge


@pytest.fixture
def undo(store, now):
    def undo(slug):
        store.call(write_edits, store.call(merges.undo_last, slug, made_by="operator", now=now)[1], now=now)

    return undo


def shown_at(store, deal_id):
    """What waits to be shown in the place of a deal's alert."""
    (row,) = [r for r in rows(store) if r.kind is OutboxKind.EDIT and r.deal_id == deal_id and r.state == "pending"]
    return str(row.payload)


def test_a_merged_deals_alert_points_to_the_survivors_and_nobody_is_told(store, twice, merge):
    merge(*twice)
    assert "about the same deal" in shown_at(store, 2)
    assert "discord.com/channels/9/1/m1" in shown_at(store, 2)
    assert "2 sources" in shown_at(store, 1) or "Redwood" in shown_at(store, 1)
    assert [row.kind for row in rows(store) if row.kind is not OutboxKind.EDIT] == [OutboxKind.ALERT] * 2


def test_undoing_a_merge_hands_back_messages_and_rows(store, twice, merge, undo, deliver, now):
    before = [(row.id, row.kind, row.deal_id) for row in rows(store)]
    merge(*twice)
    deliver(now)
    deliver(now)
    undo(twice[0])
    assert [message.message_id for message in store.call(alert_messages.messages_of, 2)] == ["m2"]
    assert "about the same deal" not in shown_at(store, 2)
    assert [(r.id, r.kind, r.deal_id) for r in rows(store) if r.kind is not OutboxKind.EDIT] == before


def test_a_waiting_alert_of_a_merged_deal_is_taken_back_and_returned(
    store, listen, spread, tell, deliver, merge, undo, now
):
    listen("1")
    spread(tell(1))
    deliver(now)
    spread(tell(2, customer="Redwood Labs"))
    slugs = [deal.slug for deal in reversed(store.call(list_deals))]
    merge(*slugs)
    assert [(row.kind, row.deal_id) for row in rows(store) if row.kind is OutboxKind.ALERT] == [(OutboxKind.ALERT, 1)]
    undo(slugs[0])
    waiting = [row for row in rows(store) if row.kind is OutboxKind.ALERT and row.state is OutboxState.PENDING]
    assert [row.deal_id for row in waiting] == [2]


def test_where_only_the_merged_deal_was_announced_its_message_goes_along_and_returns(
    store, spread, tell, listen, deliver, merge, undo, now
):
    spread(tell(1))
    listen("1")
    spread(tell(2, customer="Redwood Labs"))
    deliver(now)
    slugs = [deal.slug for deal in reversed(store.call(list_deals))]
    merge(*slugs)
    assert [message.message_id for message in store.call(alert_messages.messages_of, 1)] != []
    assert "about the same deal" not in shown_at(store, 1)
    undo(slugs[0])
    assert store.call(alert_messages.messages_of, 1) == []
    assert len(store.call(alert_messages.messages_of, 2)) == 1


def test_deals_that_prove_to_be_one_are_no_news(store, twice, now):
    (change,) = store.call(merges.merge_deals, *twice, reason="r", made_by="operator", now=now)
    assert change.merged == (2,)
    assert store.call(announce, change, 2, now) == 0
    assert "about the same deal" in shown_at(store, 2)
