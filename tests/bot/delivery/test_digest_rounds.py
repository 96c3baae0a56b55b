"""Digests: never twice, never lost, caught up after downtime; late alerts folded into one message."""

from datetime import timedelta

import pytest

from bot.delivery.announce import announce
from bot.delivery.digest_rounds import Options, fold_old, write_due_digests
from db import outbox, runs, watches
from db.outbox import OutboxKind, OutboxState
from db.watches import WatchDraft


@pytest.fixture
def listen(store, now):
    def listen(**wishes):
        draft = WatchDraft(name="w", channel_id="1", digest="daily", digest_at="08:00", **wishes)
        return store.call(watches.add_watch, draft, now=now - timedelta(days=30))

    return listen


def rows(store):
    return store.call(outbox.list_outbox)


async def test_a_due_digest_is_written_once(store, listen, tell, now):
    listen()
    tell()
    assert await write_due_digests(store, now=now) == 1
    assert await write_due_digests(store, now=now + timedelta(minutes=5)) == 0
    (row,) = rows(store)
    assert (row.kind, row.target) == (OutboxKind.DIGEST, "channel:1")
    assert await write_due_digests(store, now=now + timedelta(days=1)) == 1


async def test_after_downtime_one_digest_tells_the_whole_time(store, listen, now):
    watch = listen()
    await write_due_digests(store, now=now)
    assert await write_due_digests(store, now=now + timedelta(days=4)) == 1
    assert "8 Mar 2026" in str(rows(store)[-1].payload)
    done = store.call(runs.list_runs, name=f"digest:daily:{watch.id}")
    assert [run.outcome for run in done] == ["ok", "ok"]


async def test_a_digest_too_late_is_recorded_as_missed(store, listen, now):
    listen()
    late = now.replace(hour=7, minute=59)
    assert await write_due_digests(store, now=late, options=Options(catch_up=timedelta(hours=6))) == 0
    assert rows(store) == []


async def test_a_watch_is_owed_nothing_from_before_it_existed(store, now):
    draft = WatchDraft(name="w", channel_id="1", digest="daily", digest_at="08:00")
    store.call(watches.add_watch, draft, now=now)
    assert await write_due_digests(store, now=now) == 0


async def test_the_digest_keeps_its_wall_time_across_the_clock_change(store, listen, now):
    listen(time_zone="Europe/Berlin")
    before, after = now.replace(month=3, day=28, hour=8), now.replace(month=3, day=30, hour=8)
    await write_due_digests(store, now=before)
    await write_due_digests(store, now=after)
    due = [run.due_at.hour for run in store.call(runs.list_runs, name="digest:daily:1")]
    assert sorted(due) == [6, 7]


async def test_only_the_operator_reads_about_feeds(store, listen, now):
    listen()
    store.call(
        watches.add_watch,
        WatchDraft(name="o", channel_id="2", digest="daily", digest_at="08:00", is_operator=True),
        now=now - timedelta(days=3),
    )
    await write_due_digests(store, now=now, health=["- a feed fails"])
    told = {row.target: "a feed fails" in str(row.payload) for row in rows(store)}
    assert told == {"channel:1": False, "channel:2": True}


def test_alerts_that_waited_too_long_become_one_message(store, listen, tell, now):
    listen()
    for number in (1, 2):
        told = tell(number, provider=f"Miner {number}", customer=f"Tenant {number}")
        store.call(announce, told, told.article_id, now)
    assert store.call(fold_old, now=now + timedelta(hours=1)) == 0
    assert store.call(fold_old, now=now + timedelta(hours=7)) == 2
    first, second, digest = rows(store)
    assert first.state is second.state is OutboxState.FOLDED
    assert "While the line was down: 2 deals" in str(digest.payload)
    assert store.call(fold_old, now=now + timedelta(hours=8)) == 0


def test_an_alert_held_back_by_quiet_hours_is_not_late(store, listen, tell, now):
    listen(quiet_from="11:00", quiet_until="20:00")
    told = tell()
    store.call(announce, told, told.article_id, now)
    assert store.call(fold_old, now=now + timedelta(hours=7)) == 0
