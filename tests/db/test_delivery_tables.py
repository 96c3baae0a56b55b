"""Watches, outbox, runs and the lease."""

from datetime import datetime, timedelta

import pytest

from db import alert_messages, outbox, runs, watches
from db.connection import Database
from db.outbox import OutboxDraft, OutboxKind, OutboxState
from db.watches import WatchDraft
from tests.db.conftest import Newsroom, mention


def draft(key: str = "alert:a", **changes: object) -> OutboxDraft:
    fields = {"kind": OutboxKind.ALERT, "target": "channel:1", "key": key, "payload": {"a": 1}, "name": "an alert"}
    return OutboxDraft(**(fields | changes))  # type: ignore[arg-type]


def test_a_watch_comes_back_as_it_was_stored(db: Database, now: datetime) -> None:
    watches.guild_joined(db, "9", name="Guild", now=now)
    wish = WatchDraft(
        name="#deals", guild_id="9", channel_id="1", companies=("IREN",), quiet_from="22:00", quiet_until="07:00"
    )
    watch = watches.add_watch(db, wish, now=now)
    assert (watch.companies, watch.target, watch.starts_at) == (("IREN",), "channel:1", now)
    assert watches.list_watches(db, guild_id="9") == [watch]


def test_a_replaced_watch_keeps_its_start(db: Database, now: datetime) -> None:
    watch = watches.add_watch(db, WatchDraft(name="a", channel_id="1"), now=now)
    changed = watches.replace_watch(db, watch.id, WatchDraft(name="b", channel_id="1", min_value_usd=10**8))
    assert (changed.name, changed.min_value_usd, changed.starts_at) == ("b", 10**8, now)


def test_leaving_a_server_stops_its_watches_and_deletes_them_later(db: Database, now: datetime) -> None:
    watches.guild_joined(db, "9", name="Guild", now=now)
    watches.add_watch(db, WatchDraft(name="a", guild_id="9", channel_id="1"), now=now)
    watches.guild_left(db, "9", now=now)
    assert watches.list_watches(db, enabled_only=True) == []
    assert watches.purge_left_guilds(db, before=now + timedelta(days=30)) == 1
    assert watches.list_watches(db) == []


def test_the_same_thing_is_enqueued_once_per_target(db: Database, now: datetime) -> None:
    first = outbox.enqueue(db, draft(), now=now)
    assert first is not None
    assert outbox.enqueue(db, draft(), now=now) is None
    assert outbox.enqueue(db, draft(target="channel:2"), now=now) is not None


def test_rows_of_a_target_leave_in_order_and_one_at_a_time(db: Database, now: datetime) -> None:
    for key in ("a", "b"):
        outbox.enqueue(db, draft(key), now=now)
    (first,) = outbox.claim_due(db, now=now)
    assert (first.key, first.state, first.attempts) == ("a", OutboxState.SENDING, 1)
    assert outbox.claim_due(db, now=now) == []
    outbox.mark_sent(db, first.id, message_id="7", now=now)
    assert [row.key for row in outbox.claim_due(db, now=now)] == ["b"]


def test_a_retry_holds_up_later_rows_of_its_target_only(db: Database, now: datetime) -> None:
    for target in ("channel:1", "channel:1", "channel:2"):
        outbox.enqueue(db, draft(f"k{outbox.count_by_state(db)}", target=target), now=now)
    first = outbox.claim_due(db, now=now)[0]
    outbox.mark_failed(db, first.id, retry_at=now + timedelta(minutes=1), reason="503", now=now)
    assert outbox.claim_due(db, now=now) == []
    again = outbox.claim_due(db, now=now + timedelta(minutes=1))
    assert [(row.id, row.nonce, row.attempts) for row in again] == [(first.id, first.nonce, 2)]


def test_a_waiting_edit_takes_the_newest_content_and_blocks_nobody(db: Database, now: datetime) -> None:
    later = now + timedelta(minutes=15)
    first = outbox.enqueue(db, draft("e", kind=OutboxKind.EDIT, not_before=later), now=now)
    assert outbox.enqueue(db, draft("e", kind=OutboxKind.EDIT, payload={"a": 2}), now=now) == first
    outbox.enqueue(db, draft("x"), now=now)
    assert [row.key for row in outbox.claim_due(db, now=now)] == ["x"]


def test_nonces_are_short_stable_and_different(db: Database, now: datetime) -> None:
    ids = [outbox.enqueue(db, draft(f"k{n}"), now=now) for n in range(20)]
    nonces = {row.nonce for row in outbox.list_outbox(db)}
    assert len(nonces) == len(ids)
    assert max(map(len, nonces)) <= 25


def test_a_sent_alert_becomes_the_deals_message(newsroom: Newsroom, db: Database, now: datetime) -> None:
    deal_id = newsroom.publish(mention())[1][0].after.id
    row_id = outbox.enqueue(db, draft(deal_id=deal_id), now=now)
    outbox.claim_due(db, now=now)
    outbox.mark_sent(db, row_id or 0, message_id="777", now=now, rendering_hash="h")
    message = alert_messages.message_of(db, deal_id, "channel:1")
    assert message is not None
    assert (message.message_id, message.rendering_hash) == ("777", "h")
    assert alert_messages.deal_of_message(db, "777") == deal_id


def test_rows_left_sending_are_found_and_released(db: Database, now: datetime) -> None:
    outbox.enqueue(db, draft(), now=now)
    (row,) = outbox.claim_due(db, now=now)
    assert [stuck.id for stuck in outbox.stuck_sending(db, attempted_before=now)] == [row.id]
    outbox.release(db, row.id)
    assert [again.nonce for again in outbox.claim_due(db, now=now)] == [row.nonce]


def test_a_due_time_is_run_once(db: Database, now: datetime) -> None:
    run_id = runs.begin_run(db, "digest:daily", due_at=now, now=now)
    assert run_id is not None
    assert runs.begin_run(db, "digest:daily", due_at=now, now=now + timedelta(hours=1)) is None
    runs.finish_run(db, run_id, outcome="ok", now=now, counts={"deals": 3})
    last = runs.last_run(db, "digest:daily")
    assert last is not None
    assert (last.outcome, last.counts) == ("ok", {"deals": 3})


def test_runs_of_a_killed_process_are_marked(db: Database, now: datetime) -> None:
    runs.begin_run(db, "tick", due_at=now, now=now)
    assert runs.abandon_runs(db, now=now) == 1
    assert [run.outcome for run in runs.list_runs(db)] == ["abandoned"]


@pytest.mark.parametrize(
    ("after_s", "other_gets_it"), [pytest.param(30, False, id="held"), pytest.param(61, True, id="expired")]
)
def test_the_lease_keeps_a_second_service_out(db: Database, now: datetime, after_s: int, other_gets_it: bool) -> None:
    assert runs.acquire_lease(db, "service", holder="a", now=now, for_s=60) is None
    later = now + timedelta(seconds=after_s)
    refused = runs.acquire_lease(db, "service", holder="b", now=later, for_s=60)
    assert (refused is None) is other_gets_it
    assert runs.renew_lease(db, "service", holder="a", now=later, for_s=60) is not other_gets_it


def test_a_released_lease_is_free(db: Database, now: datetime) -> None:
    runs.acquire_lease(db, "service", holder="a", now=now, for_s=60)
    runs.release_lease(db, "service", holder="a")
    assert runs.acquire_lease(db, "service", holder="b", now=now, for_s=60) is None
