"""What is due when, in a list and in a calendar file that other programs can read."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli.group import cli
from bot.delivery.announce import standing
from bot.ics import Event, write_calendar
from bot.messages.deal_card import deal_tab
from bot.milestones import Window, calendar_events, due, gather
from db.records import DealEvent, Milestone
from extractors.closed_sets import DealStatus, Precision
from extractors.models import PartialDate
from extractors.periods import last_day

TODAY = date(2026, 3, 4)


def mile(day: str = "2026-01-01", precision: str = "half", **facts: Any) -> Milestone:
    when = PartialDate(date=day, precision=Precision(precision))
    values: dict[str, Any] = {
        "name": "energised",
        "planned": True,
        "when": when,
        "last_day": last_day(when),
        "capacity_mw": 200.0,
        "capacity_kind": None,
        "promised_until": None,
        "slipped_days": None,
        "statement": "All of it by June; then more, later.",
        "publisher": "Wire",
        "url": "https://news.example/1",
        "told_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return Milestone(**(values | facts))


@pytest.mark.parametrize(
    ("window", "when", "shown"),
    [
        pytest.param("quarter", ("2026-01-01", "half"), True, id="a-half-that-holds-it"),
        pytest.param("quarter", ("2026-04-01", "month"), False, id="after"),
        pytest.param("quarter", ("2026-01-01", "year"), False, id="a-year-says-nothing"),
        pytest.param("next-quarter", ("2026-04-01", "month"), True, id="next"),
        pytest.param("year", ("2026-01-01", "year"), True, id="this-year"),
        pytest.param("overdue", ("2025-12-01", "month"), True, id="past"),
        pytest.param("overdue", ("2026-03-01", "month"), False, id="not-over-yet"),
    ],
)
def test_windows(make_deal: Any, window: str, when: tuple[str, str], shown: bool) -> None:
    found = due(gather([make_deal(milestones=(mile(*when),))]), Window(window), today=TODAY)
    assert bool(found) is shown


def test_what_is_on_is_not_overdue(make_deal: Any) -> None:
    late = mile("2025-12-01", "month")
    part = mile("2026-01-01", "day", planned=False, capacity_mw=50.0)
    whole = mile("2026-02-01", "day", planned=False, capacity_mw=200.0)
    assert due(gather([make_deal(milestones=(late, part))]), Window.OVERDUE, today=TODAY)
    assert not due(gather([make_deal(milestones=(late, part, whole))]), Window.OVERDUE, today=TODAY)


def test_a_deal_that_ended_plans_nothing(make_deal: Any) -> None:
    assert gather([make_deal(status=DealStatus.TERMINATED, milestones=(mile(),))]) == []


def test_a_slip_is_told_in_months(make_deal: Any) -> None:
    moved = mile("2026-07-01", promised_until=date(2026, 6, 30), slipped_days=184)
    (one,) = due(gather([make_deal(milestones=(moved,))]), Window.SLIPPED, today=TODAY)
    assert one.slip == "6 months later than first promised"
    assert one.words == "all capacity due, 200 MW"


def test_an_event_keeps_its_identity_when_its_date_moves(make_deal: Any, now: Any) -> None:
    slipped = (DealEvent(at=now, kind="delivery", detail="moved"),)
    (before,) = calendar_events(gather([make_deal(milestones=(mile(),))]))
    (after,) = calendar_events(gather([make_deal(milestones=(mile("2026-07-01"),), events=slipped)]))
    assert before.uid == after.uid == "northgate-redwood-2026-03/energised-due@market-pulse"
    assert (before.sequence, after.sequence) == (0, 1)
    assert (after.first, after.last) == (date(2026, 7, 1), date(2026, 12, 31))
    assert after.tentative


def test_every_event_has_an_identity_of_its_own(make_deal: Any) -> None:
    done = [mile(day, "day", planned=False, capacity_mw=mw) for day, mw in (("2026-01-01", 10.0), ("2026-01-01", 20.0))]
    names = [mile(name=name, planned=False) for name in ("contracted", "financed", "under_construction")]
    uids = [event.uid for event in calendar_events(gather([make_deal(milestones=(mile(), *done, *names))]))]
    assert len(uids) == len(set(uids)) == 6


def event(**facts: Any) -> Event:
    values: dict[str, Any] = {
        "uid": "a@b",
        "first": date(2026, 7, 1),
        "last": date(2026, 12, 31),
        "summary": "One",
        "description": "",
        "stamp": datetime(2026, 3, 4, 12, 0, tzinfo=UTC),
    }
    return Event(**(values | facts))


def unfolded(content: bytes) -> list[str]:
    """Read a calendar as RFC 5545 says: lines end with CRLF, a line that begins with a blank continues the last."""
    text = content.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return re.sub(r"\r\n[ \t]", "", text).split("\r\n")[:-1]


def test_a_whole_day_ends_on_the_next() -> None:
    lines = unfolded(write_calendar([event(last=date(2026, 7, 1))], name="N"))
    assert "DTSTART;VALUE=DATE:20260701" in lines
    assert "DTEND;VALUE=DATE:20260702" in lines
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"


@pytest.mark.parametrize(
    ("words", "written"),
    [
        pytest.param("a, b; c\\d", r"a\, b\; c\\d", id="marks"),
        pytest.param("one\ntwo\r\nthree", r"one\ntwo\nthree", id="breaks"),
        pytest.param("bell\x07", "bell", id="control"),
    ],
)
def test_text_is_escaped(words: str, written: str) -> None:
    assert f"SUMMARY:{written}" in unfolded(write_calendar([event(summary=words)], name="N"))


def test_long_lines_are_folded_at_75_octets_and_never_inside_a_character() -> None:
    words = "Größe – 電力 " * 30
    content = write_calendar([event(summary=words, url=f"https://e.example/{'x' * 200}")], name="N")
    pieces = content.split(b"\r\n")
    assert max(len(piece) for piece in pieces) <= 75
    assert [piece.decode() for piece in pieces]
    assert f"SUMMARY:{words}" in unfolded(content)


def test_a_foreign_address_cannot_end_its_line() -> None:
    lines = unfolded(write_calendar([event(url="https://e.example/\r\nATTENDEE:mailto:x@y")], name="N"))
    assert not any(line.startswith("ATTENDEE") for line in lines)


def test_the_commands_list_and_write(store: Any, tell: Any, tmp_path: Any) -> None:
    tell(1)
    runner, target = CliRunner(), tmp_path / "due.ics"
    listed = runner.invoke(cli, ["--db", str(store.path), "milestones", "--due", "all"])
    assert listed.exit_code == 0, listed.output
    assert "first capacity due" in listed.stdout
    written = runner.invoke(cli, ["--db", str(store.path), "calendar", "--out", str(target)])
    assert written.exit_code == 0, written.output
    lines = unfolded(target.read_bytes())
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 3
    printed = runner.invoke(cli, ["--db", str(store.path), "calendar", "--out", "-"])
    assert printed.stdout_bytes == target.read_bytes()


def test_the_history_of_a_deal_lists_its_milestones(make_deal: Any, now: Any) -> None:
    late = mile("2026-07-01", promised_until=date(2026, 6, 30), slipped_days=184)
    deal = make_deal(milestones=(mile(name="contracted", planned=False), late))
    text = deal_tab(deal, "history", standing(deal, now=now)).embeds[0].description
    assert "**Milestones**" in text
    assert "H2 2026 · all capacity due, 200 MW, 6 months later than first promised" in text
    assert "contracted" not in text
