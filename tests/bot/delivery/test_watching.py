"""Which channel hears which news, stage by stage."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.news import EventKind, NewsEvent
from bot.delivery.watching import held_until, match, stages, style_of
from bot.messages.wording import NumberFormat
from db.watches import Watch

START = datetime(2026, 1, 1, tzinfo=UTC)


def watch(**wishes):
    defaults = {"id": 1, "name": "w", "channel_id": "1", "created_at": START, "starts_at": START}
    return Watch(**(defaults | wishes))


@pytest.mark.parametrize(
    ("wishes", "failing"),
    [
        pytest.param({}, None, id="default-hears-new"),
        pytest.param({"events": ("rumour",)}, "event", id="other-event"),
        pytest.param({"companies": ("northgate digital",)}, None, id="company-any-case"),
        pytest.param({"companies": ("Palisade",)}, "company", id="other-company"),
        pytest.param({"deal_types": ("hosting_lease",)}, "kind", id="other-kind"),
        pytest.param({"min_value_usd": 5_000_000_000}, "size", id="too-small"),
        pytest.param({"min_value_usd": 5_000_000_000, "min_capacity_mw": 100.0}, None, id="one-minimum-is-enough"),
        pytest.param({"min_confidence": 0.95}, "confidence", id="not-sure-enough"),
        pytest.param({"disabled_at": START, "disabled_reason": "Missing Access"}, "open", id="closed"),
        pytest.param({"starts_at": START + timedelta(days=300)}, "start", id="set-up-later"),
    ],
)
def test_match_names_the_stage_that_refused(make_deal, now, wishes, failing):
    event = NewsEvent(kind=EventKind.NEW, at=now)
    chosen, deal = watch(**wishes), make_deal()
    refused = [stage.name for stage in stages(chosen, event, deal, published_at=now) if not stage.passed]
    assert refused == ([failing] if failing else [])
    assert match(chosen, event, deal, published_at=now) is (failing is None)


def test_every_stage_has_a_reason(make_deal, now):
    event = NewsEvent(kind=EventKind.NEW, at=now)
    assert all(stage.reason for stage in stages(watch(), event, make_deal()))


def test_the_operators_floor_is_below_every_watch(make_deal, now):
    event = NewsEvent(kind=EventKind.NEW, at=now)
    assert not match(watch(), event, make_deal(confidence=0.3), min_confidence=0.5)


def test_quiet_hours_hold_back(now):
    quiet = watch(quiet_from="11:00", quiet_until="14:00")
    assert held_until(quiet, now=now) == now.replace(hour=14)
    assert held_until(watch(), now=now) is None


def test_an_unknown_number_format_reads_as_english():
    assert style_of(watch(number_format="klingon")).numbers is NumberFormat.EN
    assert style_of(watch(number_format="eu", time_zone="Europe/Berlin")).timezone == "Europe/Berlin"
