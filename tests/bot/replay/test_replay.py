"""The past through a watch: the alerts it would have sent, in order, and nothing sent or written."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli.group import cli
from bot.replay.player import PastAlert, Terms, play
from bot.replay.steps import history_steps, in_order
from db import watches
from db.history import import_history
from db.history_rows import HistoryEvent, HistoryRow, HistorySource
from db.replay import stored_readings
from db.watches import WatchDraft
from extractors.closed_sets import DealStatus, DealType, PartyKind, Precision
from extractors.models import Mention, PartialDate

WATCH = WatchDraft(name="w", channel_id="1", events=("new", "change", "rumour"))
TERMS = Terms(start=datetime(2025, 1, 1, tzinfo=UTC), end=datetime(2027, 1, 1, tzinfo=UTC))


def day(text: str) -> PartialDate:
    return PartialDate(date=text, precision=Precision.DAY)


def row(row_id: str = "a", *steps: tuple[DealStatus, str], **facts: Any) -> HistoryRow:
    events = steps or ((DealStatus.SIGNED, "2025-08-14"),)
    announced = facts.pop("announced_on", day(events[0][1]))
    defaults: dict[str, Any] = {
        "primary": True,
        "provider": "Northgate Digital",
        "customer": "Redwood AI",
        "provider_kind": PartyKind.MINER,
        "customer_kind": PartyKind.AI_LAB,
        "miner_hyperscaler": True,
        "deal_type": DealType.HOSTING_LEASE,
        "status": events[-1][0],
        "value_usd": Decimal(3_700_000_000),
        "capacity_mw": 200.0,
        "announced_on": announced,
        "confidence": 1.0,
    }
    return HistoryRow(
        id=row_id,
        facts=Mention(**(defaults | facts)),
        events=tuple(HistoryEvent(status=status, on=day(on)) for status, on in events),
        sources=tuple(
            HistorySource(
                url=f"https://p{n}.example/{row_id}", publisher=f"P{n}", published=None, supports=("parties", *more)
            )
            for n, more in ((1, ("value_usd", "events")), (2, ("capacity_mw", "value_usd")))
        ),
    )


def told(*rows: HistoryRow, terms: Terms = TERMS, watch: WatchDraft = WATCH) -> list[tuple[str, str, bool]]:
    return [seen(alert) for alert in play(in_order(rows, ()), watch, terms)]


def seen(alert: PastAlert) -> tuple[str, str, bool]:
    return alert.at.date().isoformat(), alert.kind, alert.is_reply


def test_a_row_alerts_once_on_its_day_however_many_sources_it_has() -> None:
    assert told(row()) == [("2025-08-14", "new", False)]


def test_a_later_step_is_a_reply_on_its_own_day() -> None:
    ended = row("a", (DealStatus.SIGNED, "2025-07-07"), (DealStatus.TERMINATED, "2025-10-30"))
    assert told(ended) == [("2025-07-07", "new", False), ("2025-10-30", "change", True)]


def test_talk_before_the_announcement_is_a_rumour_without_figures() -> None:
    talked = row(
        "a", (DealStatus.IN_TALKS, "2025-06-01"), (DealStatus.SIGNED, "2025-07-07"), announced_on=day("2025-07-07")
    )
    first, second = history_steps(talked)
    assert first.row is not None
    assert first.row.facts.value_usd is None
    assert second.row is not None
    assert second.row.facts.value_usd == 3_700_000_000
    assert told(talked) == [("2025-06-01", "rumour", False), ("2025-07-07", "new", True)]


def test_rows_come_in_the_order_of_their_days() -> None:
    later = row("b", (DealStatus.SIGNED, "2025-09-01"), customer="Palisade")
    assert [when for when, _, _ in told(later, row())] == ["2025-08-14", "2025-09-01"]


def test_what_was_told_before_the_start_is_known_and_no_news() -> None:
    ended = row("a", (DealStatus.SIGNED, "2025-07-07"), (DealStatus.TERMINATED, "2025-10-30"))
    late = replace(TERMS, start=datetime(2025, 10, 1, tzinfo=UTC))
    assert told(ended, terms=late) == [("2025-10-30", "change", False)]


def test_the_end_is_not_included() -> None:
    assert told(row(), terms=replace(TERMS, end=datetime(2025, 8, 14, tzinfo=UTC))) == []


@pytest.mark.parametrize(
    ("wishes", "heard"),
    [
        pytest.param({"companies": ("Palisade",)}, 0, id="other-company"),
        pytest.param({"companies": ("redwood ai",)}, 1, id="company"),
        pytest.param({"min_value_usd": 5_000_000_000}, 0, id="too-small"),
        pytest.param({"deal_types": ("cloud_contract",)}, 0, id="other-kind"),
        pytest.param({"events": ("change",)}, 0, id="other-event"),
    ],
)
def test_the_watch_decides_as_it_does_live(wishes: dict[str, Any], heard: int) -> None:
    assert len(told(row(), watch=replace(WATCH, **wishes))) == heard


def test_stored_articles_join_the_history_they_tell(store: Any, tell: Any, now: Any) -> None:
    tell(1, hours_ago=48, customer="Redwood AI")
    tell(2, hours_ago=2, status=DealStatus.TERMINATED)
    known = row(
        "a", (DealStatus.SIGNED, "2026-03-01"), value_usd=Decimal(4_200_000_000), deal_type=DealType.CLOUD_CONTRACT
    )
    readings = store.call(stored_readings)
    assert [seen(alert) for alert in play(in_order([known], readings), WATCH, TERMS)] == [
        ("2026-03-01", "new", False),
        ("2026-03-04", "change", True),
    ]


def test_the_bundled_history_in_the_file_is_not_played_twice(store: Any, tell: Any, now: Any) -> None:
    store.call(import_history, [row()], now=now)
    tell(1)
    assert len(store.call(stored_readings)) == 1


def test_quotes_and_reactions_are_those_of_the_article(store: Any, tell: Any) -> None:
    tell(1)
    (alert,) = play(in_order((), store.call(stored_readings)), WATCH, TERMS)
    assert "agreed on the deal number 1" in json.dumps([embed.description for embed in alert.message.embeds])


def test_the_command_lists_alerts_and_writes_nothing(store: Any, tell: Any, now: Any, tmp_path: Path) -> None:
    tell(1)
    path = store.path
    store.close()
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    first = (now - timedelta(days=1)).date().isoformat()
    runner = CliRunner(env={"MARKET_PULSE_DATABASE_HISTORY": "false"})
    done = runner.invoke(cli, ["--db", str(path), "replay", "--from", first, "--to", "2026-04-01", "--json"])
    assert done.exit_code == 0, done.output
    (line,) = [json.loads(text) for text in done.stdout.splitlines()]
    assert (line["kind"], line["at"], line["precision"]) == ("new", "2026-03-04T10:00:00Z", "minute")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_the_command_plays_the_bundled_history_without_a_database(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        cli, ["--db", str(tmp_path / "none.db"), "replay", "--from", "2025-11-03", "--to", "2025-11-04"]
    )
    assert done.exit_code == 0, done.output
    assert "IREN signs AI cloud contract with Microsoft" in " ".join(done.stdout.split())
    assert not (tmp_path / "none.db").exists()


def test_the_command_refuses_a_watch_that_is_not_there(store: Any) -> None:
    done = CliRunner().invoke(cli, ["--db", str(store.path), "replay", "--from", "2025-01-01", "--watch", "99"])
    assert done.exit_code != 0


def test_the_command_plays_a_stored_watch(store: Any, tell: Any, now: Any) -> None:
    tell(1)
    tell(2, provider="Palisade")
    wish = WatchDraft(name="p", channel_id="1", companies=("Palisade",))
    watch = store.call(watches.add_watch, wish, now=now)
    runner = CliRunner(env={"MARKET_PULSE_DATABASE_HISTORY": "false"})
    words = ["--db", str(store.path), "replay", "--from", "2026-01-01", "--watch", str(watch.id), "--json"]
    done = runner.invoke(cli, words)
    assert done.exit_code == 0, done.output
    assert [json.loads(line)["deal"] for line in done.stdout.splitlines()] == ["Palisade – Redwood AI"]
