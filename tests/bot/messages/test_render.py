"""The alert: what it says, how it escapes, and that it fits Discord whatever a record holds."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.delivery.news import EventKind, FieldChange, NewsEvent
from bot.messages.headline import headline
from bot.messages.limits import breaches
from bot.messages.message import Attachment, payload
from bot.messages.message_json import message_from_json, message_to_json
from bot.messages.render import AMBER, DISCLAIMER, GREEN, RED, alert_message
from bot.messages.wording import NumberFormat, Style
from db.records import Claim, Conflict, EstimateValue, SourceTier
from extractors.closed_sets import DealStatus, DealType, PartyKind, PartyRole, Qualifier
from extractors.models import OtherParty


def event(now, kind=EventKind.NEW, **extra):
    return NewsEvent(kind=kind, at=now, **extra)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(
            {"value_qualifier": Qualifier.EXACT},
            "Northgate Digital signs $4.2 billion AI cloud contract with Redwood AI",
            id="exact-value",
        ),
        pytest.param(
            {},
            "Northgate Digital signs AI cloud contract with Redwood AI worth about $4.2 billion",
            id="qualified-value",
        ),
        pytest.param(
            {
                "value_usd": None,
                "deal_type": DealType.HOSTING_LEASE,
                "status": DealStatus.EXPANDED,
                "value_qualifier": None,
            },
            "Northgate Digital expands 200 MW data-centre lease with Redwood AI",
            id="no-value",
        ),
        pytest.param(
            {
                "status": DealStatus.IN_TALKS,
                "value_usd": Decimal(8_000_000_000),
                "value_qualifier": None,
                "customer": None,
                "customer_kind": PartyKind.HYPERSCALER,
            },
            "Northgate Digital in talks over an $8 billion AI cloud contract with an unnamed hyperscaler",
            id="talks-with-unnamed",
        ),
        pytest.param(
            {"deal_type": DealType.ACQUISITION, "status": DealStatus.REJECTED},
            "Redwood AI fails to buy Northgate Digital for about $4.2 billion",
            id="acquisition",
        ),
        pytest.param(
            {"value_original": Decimal(900_000_000), "value_currency": "CAD", "value_qualifier": None},
            "Northgate Digital signs C$900 million AI cloud contract with Redwood AI",
            id="other-currency",
        ),
    ],
)
def test_headline(make_deal, facts, words):
    assert headline(make_deal(**facts)) == words


def test_alert_says_everything_it_must(make_deal, now):
    body = payload(alert_message(make_deal(), event(now), row="mp-abc"))
    embed = body["embeds"][0]
    text = " ".join([embed["description"], *(f"{f['name']} {f['value']}" for f in embed["fields"])])
    for part in (
        "about $4.2 billion",
        "$7.5B with options",
        "200 MW critical IT",
        "5 years",
        "76,000 × GB300",
        "a MW-year (cloud)",
        "model range $1.10 to $1.45",
        "▲ at least 30%",
        "250 MW (1 source)",
        "#:~:text=Northgate",
    ):
        assert part in text
    assert embed["footer"]["text"].startswith("mp-abc · ")
    assert DISCLAIMER in embed["footer"]["text"]
    assert [b["label"] for b in body["components"][0]["components"]][:2] == ["Sources", "Why"]
    assert body["allowed_mentions"] == {"parse": [], "roles": []}


@pytest.mark.parametrize(
    ("status", "colour"),
    [(DealStatus.SIGNED, GREEN), (DealStatus.RUMORED, AMBER), (DealStatus.TERMINATED, RED)],
)
def test_colour_follows_status(make_deal, now, status, colour):
    assert alert_message(make_deal(status=status), event(now)).embeds[0].colour == colour


def test_change_says_what_moved(make_deal, now):
    moved = FieldChange(field="value", before=Decimal("3.2e9"), after=Decimal("4.2e9"))
    message = alert_message(make_deal(), event(now, EventKind.CHANGE, changes=(moved,)))
    assert message.embeds[0].description.startswith("**Value** $3.2 billion → $4.2 billion")


def test_numbers_follow_the_channel(make_deal, now):
    message = alert_message(make_deal(), event(now), style=Style(numbers=NumberFormat.EU))
    assert any(field.value == "76.000 × GB300" for field in message.embeds[0].fields)


def test_foreign_names_cannot_ping_or_mask(make_deal, now):
    message = alert_message(make_deal(provider="@everyone [x](https://evil.example)"), event(now))
    assert "](https://evil" not in message.embeds[0].title
    assert "@everyone" not in message.embeds[0].title


def test_a_role_is_pinged_only_when_named(make_deal, now):
    message = replace(alert_message(make_deal(), event(now)), role_id=42)
    assert payload(message)["content"] == "<@&42>"
    assert payload(message)["allowed_mentions"] == {"parse": [], "roles": ["42"]}


def test_message_survives_the_outbox(make_deal, now):
    chart = Attachment(filename="chart.png", content=b"\x89PNG", alt="a chart")
    message = replace(alert_message(make_deal(), event(now)), attachments=(chart,), role_id=42)
    assert message_from_json(message_to_json(message)) == message


def test_an_implausible_price_says_so(make_deal, now):
    odd = EstimateValue(p10=4000.0, p50=4030.0, p90=4060.0, unit="USD/GPU-hour", origin="derived")
    message = alert_message(make_deal(estimate={"usd_per_gpu_hour": odd}), event(now))
    assert any("not plausible" in field.value for field in message.embeds[0].fields)


def test_the_line_above_says_each_word_once(make_deal, now):
    expanded = alert_message(make_deal(status=DealStatus.EXPANDED), event(now))
    assert expanded.embeds[0].author == "Deal expanded · AI cloud contract"


words = st.text(max_size=1500)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(site=words, name=words, quote=words, url=st.text(max_size=300), many=st.integers(0, 40))
def test_every_alert_fits_discord(now, make_deal, make_source, site, name, quote, url, many):
    crowd = tuple(OtherParty(name=name, role=PartyRole.PARTNER) for _ in range(many))
    base = make_deal(site=site, provider=name, other_parties=crowd)
    claim = base.claims[0]
    deal = replace(
        base,
        sources=tuple(make_source(n, url=f"https://x.example/{url}{n}", title=name) for n in range(1, many + 2)),
        claims=(replace(claim, evidence=replace(claim.evidence, text=quote)),),
        conflicts=tuple(Conflict(field="site", values=((site, 2), (name, 1))) for _ in range(many)),
    )
    assert breaches(payload(alert_message(deal, event(now)))) == []


def test_a_filing_and_the_press_that_disagree_are_both_quoted(make_deal, make_source, now):
    said = {
        SourceTier.NEWSWIRE: (1, "4200000000", "The contract is worth about $4.2 billion."),
        SourceTier.FILING: (3, "3900000000", "Aggregate fees under the agreement are $3.9 billion."),
    }
    claims = tuple(
        Claim(
            field="value_usd",
            value=value,
            qualifier=None,
            article_id=article,
            published_at=now,
            tier=tier,
            evidence=None,
            shown=tier is SourceTier.FILING,
            sentence=words,
        )
        for tier, (article, value, words) in said.items()
    )
    filing = make_source(3, tier=SourceTier.FILING, publisher="Registry", url="https://filings.example/8k")
    disputed = Conflict(field="value_usd", values=(("3900000000", 1), ("4200000000", 1)))
    deal = make_deal(claims=claims, sources=(make_source(1), filing), conflicts=(disputed,))
    (field,) = [f for f in alert_message(deal, event(now)).embeds[0].fields if f.name == "Sources disagree"]
    _, filed, press = field.value.splitlines()
    assert filed.startswith("> filing: “Aggregate fees under the agreement are $3.9 billion.” — [Registry](https://")
    assert press.startswith("> newswire: “The contract is worth about $4.2 billion.” — [Wire Example](https://")
