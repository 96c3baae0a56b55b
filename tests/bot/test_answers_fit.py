"""Every answer keeps Discord's limits, whatever a record holds."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ask.answers import Answer
from bot.ask.statements import Citation
from bot.delivery.news import EventKind, NewsEvent
from bot.delivery.notices import health_message
from bot.discord.correcting import proposal_message
from bot.discord.status import feeds_page
from bot.messages.answer_message import answer_message
from bot.messages.comparing import comparison_card
from bot.messages.deal_card import TABS, deal_tab, side_message
from bot.messages.digest import Period, compose, digest_message
from bot.messages.estimate_message import (
    Asked,
    answer_comparison,
    answer_estimate,
    comparison_message,
    estimate_message,
)
from bot.messages.facts import claim_words
from bot.messages.limits import breaches
from bot.messages.message import payload
from bot.messages.pages import ListQuery, deals_page, unpack_query
from bot.messages.portfolio import ORDERS, company_message, league_message
from bot.messages.wording import PLAIN
from bot.valuation.model_tables import load_assumptions
from db import merges
from db.feed_log import HealthChange
from db.feeds import Health
from db.records import DealEvent, EstimateValue
from extractors.closed_sets import CapacityKind, DealStatus, DealType
from tests.bot.collector.rows import feed_row
from tests.bot.conftest import NOON

name = st.text(min_size=1, max_size=200)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def changes(draw):
    return {
        "provider": draw(name),
        "customer": draw(st.none() | name),
        "status": draw(st.sampled_from(DealStatus)),
        "deal_type": draw(st.sampled_from(DealType)),
        "capacity_kind": draw(st.none() | st.sampled_from(CapacityKind)),
        "capacity_mw": draw(st.none() | st.floats(0, 1e6)),
        "value_usd": draw(st.none() | st.decimals(0, 10**13, places=0)),
        "term_years": draw(st.none() | st.floats(0.01, 99)),
        "site": draw(st.none() | name),
    }


def all_fit(*messages):
    return [breaches(payload(message), file_sizes=()) for message in messages] == [[] for _ in messages]


@quick
@given(facts=changes(), word=name, many=st.integers(0, 40))
def test_every_side_of_a_deal_fits(make_deal, make_reaction, make_source, now, facts, word, many):
    base = make_deal(**facts)
    deal = replace(
        base,
        name=word,
        sources=tuple(make_source(n + 1, title=word * 3, url=f"https://x.example/{n}") for n in range(many)),
        reactions=tuple(make_reaction(company=f"{word}{n}") for n in range(many)),
        events=tuple(DealEvent(at=now, kind="change", detail=word * 2) for _ in range(many)),
        estimate={
            key: EstimateValue(p10=1e-3, p50=5e9, p90=1e13, unit="USD/MW IT-year", origin="derived")
            for key in ("usd_per_mw_year", "npv_usd")
        },
    )
    event = NewsEvent(kind=EventKind.NEW, at=now)
    assert all_fit(*(deal_tab(deal, tab, event, as_of="2026-01-01") for tab in TABS))
    assert all_fit(*(side_message(deal, side) for side in ("sources", "evidence", "value")))
    assert all_fit(comparison_card(deal, base))


@quick
@given(facts=st.lists(changes(), max_size=12))
def test_every_list_fits(make_deal, now, facts):
    deals = [make_deal(number, **fact) for number, fact in enumerate(facts)]
    span = Period(name="weekly", start=now - timedelta(days=7), end=now)
    assert all_fit(deals_page(deals[:8], ListQuery(), total=len(deals), page=0, now=now))
    assert all_fit(*(league_message(deals, order=order, now=now) for order in ORDERS))
    assert all_fit(digest_message(compose(deals, span)))
    if deals:
        assert all_fit(company_message(str(deals[0].facts.provider), deals, deals, now=now))


@quick
@given(
    text=st.text(max_size=2000),
    lines=st.lists(st.text(max_size=400), max_size=60),
    quotes=st.lists(st.tuples(st.text(max_size=2000), name), max_size=12),
    asked=st.text(min_size=2, max_size=300),
)
def test_every_answer_to_a_question_fits(text, lines, quotes, asked):
    citations = tuple(Citation(sentence=said, publisher=who, url=f"https://x.example/{who}") for said, who in quotes)
    said = Answer(text=text, understood=text[:200], lines=tuple(lines), citations=citations)
    assert all_fit(answer_message(asked, said))


@settings(quick, max_examples=12)
@given(
    use=st.sampled_from(["lease", "cloud", "mining"]),
    mw=st.floats(1, 5000).map(lambda mw: round(mw, 1)),
    years=st.integers(1, 30),
    change=st.sampled_from(["", "7 years", "escalator 2.5%"]),
)
def test_every_estimate_fits(now, use, mw, years, change):
    words = f"{mw} MW critical IT" + ("" if use == "mining" else f" for {years} years")
    asked = Asked(words=words, use=use, change="" if use == "mining" else change)
    assert all_fit(estimate_message(answer_estimate(asked, load_assumptions()), asked))
    assert all_fit(comparison_message(answer_comparison(asked, load_assumptions()), asked))


@quick
@given(titles=st.lists(name, max_size=80), reason=st.text(max_size=3000), health=st.sampled_from(Health))
def test_every_word_on_feeds_fits(now, titles, reason, health):
    feeds = [feed_row(id=n, title=title, health=health, health_reason=reason) for n, title in enumerate(titles, 1)]
    changes = [
        HealthChange(
            id=n,
            feed_id=n,
            feed_title=title,
            before=Health.OK,
            after=health,
            reason=reason,
            changed_at=now,
            next_due_at=now,
        )
        for n, title in enumerate(titles, 1)
    ]
    assert all_fit(feeds_page(feeds, now=now))
    assert not changes or all_fit(health_message(changes))


@quick
@given(reason=st.text(max_size=500), value=st.text(min_size=1, max_size=100), who=name)
def test_every_proposed_correction_fits(store, tell, reason, value, who):
    deal = tell().after

    def propose(db):
        number = merges.propose_correction(db, deal.id, field="site", value=value, reason=reason, made_by=who, now=NOON)
        return proposal_message(db, number, decidable=True)

    assert all_fit(store.call(propose))


@given(
    company=st.none() | st.text(min_size=1, max_size=60),
    days=st.none() | st.integers(1, 999),
    value=st.none() | st.integers(1, 10**12),
    mw=st.none() | st.floats(0.5, 1e5),
    sort=st.sampled_from(["day", "value", "mw", "updated"]),
)
def test_a_query_survives_its_button(company, days, value, mw, sort):
    query = ListQuery(company=company, days=days, min_value_usd=value, min_mw=mw, sort=sort)
    assert unpack_query(query.packed()) == query


@pytest.mark.parametrize(
    ("other", "words"),
    [
        pytest.param({"capacity_mw": 100.0}, "B is 2.00 times as dear", id="like-with-like"),
        pytest.param({"deal_type": DealType.HOSTING_LEASE}, "sell different things", id="lease-and-cloud"),
        pytest.param({"capacity_kind": CapacityKind.GROSS}, "different bases", id="it-and-gross"),
        pytest.param({"term_years": None}, "Not compared: B does not state", id="not-stated"),
        pytest.param({}, "The same price", id="equal"),
    ],
)
def test_two_deals_compare_like_with_like(make_deal, other, words):
    card = comparison_card(make_deal(), make_deal(**other)).embeds[0]
    assert words in card.fields[-1].value


def test_evidence_marks_the_proving_words_once_for_each_fact(make_deal, now):
    deal = make_deal()
    claim = replace(
        deal.claims[0],
        sentence=deal.claims[0].evidence.text,
        evidence=replace(deal.claims[0].evidence, text="about $4.2 billion"),
    )
    twice = replace(
        deal, claims=(claim, replace(claim, article_id=2), replace(claim, field="customer", value="Redwood AI"))
    )
    text = deal_tab(twice, "evidence", NewsEvent(kind=EventKind.NEW, at=now)).embeds[0].description
    assert text.startswith("**Customer** Redwood AI, **Value** $4.2 billion\n> “Northgate")
    assert text.count("**about $4.2 billion**") == 1


@pytest.mark.parametrize(
    ("field", "stored", "words"),
    [
        ("delivery_end", "2026-01-01 (year)", "2026"),
        ("announced_on", "2025-11-03", "3 Nov 2025"),
        ("prepayment_pct", "20", "20%"),
        ("capacity_kind", "it", "it"),
        ("gpu_count", "76000", "76,000"),
    ],
)
def test_a_stored_claim_is_said_with_its_unit(field, stored, words):
    assert claim_words(field, stored, style=PLAIN) == words
