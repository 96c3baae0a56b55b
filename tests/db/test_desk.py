"""One deal, one record: what further articles, copies, renames and the operator do to it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from db import alert_messages, companies, deals, desk, merges
from db.connection import Database
from db.deals import DealFilter
from db.errors import RequestError, UnknownDealError
from db.records import SourceTier
from extractors.closed_sets import DealStatus, DealType, Direction, PartyKind
from extractors.models import Company, FormerName, Reaction
from tests.db.conftest import DAY, Newsroom, mention, proof

BILLION = 10**9
UNNAMED = {"customer": None, "customer_kind": PartyKind.UNDISCLOSED}
SLUG = "northgate-digital-redwood-ai-2026-03"


def slugs(db: Database) -> list[str]:
    return sorted(deal.slug for deal in deals.list_deals(db))


def test_the_first_article_makes_a_deal(newsroom: Newsroom) -> None:
    (change,) = newsroom.publish(mention())[1]
    assert change.before is None
    assert (change.after.slug, change.after.facts.value_usd) == (SLUG, 42 * 10**8)


def test_a_further_article_adds_a_source_and_a_field(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention(term_years=None))
    (change,) = newsroom.publish(mention(term_years=5.0), day=1)[1]
    assert change.before is not None
    assert (change.before.facts.term_years, change.after.facts.term_years) == (None, 5.0)
    assert len(change.after.sources) == 2
    assert slugs(db) == [SLUG]


def test_background_alone_makes_no_deal(newsroom: Newsroom, db: Database) -> None:
    assert newsroom.publish(mention(primary=False))[1] == ()
    assert deals.list_deals(db) == []


def test_background_that_waited_joins_the_deal_when_it_is_told(newsroom: Newsroom) -> None:
    newsroom.publish(mention(primary=False), day=3)
    (change,) = newsroom.publish(mention(), day=0)[1]
    assert [source.primary for source in change.after.sources] == [True, False]


def test_a_revealed_tenant_keeps_the_older_slug(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention(**UNNAMED), day=-10)
    (change,) = newsroom.publish(mention())[1]
    assert slugs(db) == ["northgate-digital-undisclosed-2026-02"]
    assert change.after.facts.customer == "Redwood AI"


def test_two_deals_that_prove_to_be_one_merge_and_redirect(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention(value_usd=None, capacity_mw=168.0, **UNNAMED), day=-40)
    newsroom.publish(mention(value_usd=Decimal(3 * BILLION), capacity_mw=None))
    assert len(slugs(db)) == 2
    change = newsroom.publish(mention(value_usd=Decimal(3 * BILLION), capacity_mw=168.0), day=1)[1][0]
    assert len(slugs(db)) == 1
    assert len(change.merged) == 1
    survivor = deals.get_deal(db, SLUG)
    assert survivor is not None
    assert survivor.slug == "northgate-digital-undisclosed-2026-01"
    assert deals.get_deal(db, change.merged[0]) == survivor


def test_after_a_merge_the_sent_alert_is_the_survivors(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention(value_usd=None, capacity_mw=168.0, **UNNAMED), day=-40)
    announced = newsroom.publish(mention(value_usd=Decimal(3 * BILLION), capacity_mw=None))[1][0].after
    alert_messages.record(
        db, deal_id=announced.id, target="channel:1", watch_id=None, message_id="7", rendering_hash=None, now=DAY
    )
    change = newsroom.publish(mention(value_usd=Decimal(3 * BILLION), capacity_mw=168.0), day=1)[1][0]
    assert change.merged == (announced.id,)
    assert [message.message_id for message in alert_messages.messages_of(db, change.after.id)] == ["7"]


def test_copies_count_once(newsroom: Newsroom) -> None:
    first, _ = newsroom.publish(mention())
    (change,) = newsroom.publish(mention(), copy_of=first)[1]
    assert change.after.evidence_tier == "a single source for a large claim"
    assert len(change.after.sources) == 2


def test_a_filing_confirms(newsroom: Newsroom) -> None:
    newsroom.publish(mention())
    (change,) = newsroom.publish(mention(), day=1, tier=SourceTier.FILING)[1]
    assert change.after.evidence_tier == "filing-confirmed"


def test_a_filing_that_disagrees_is_shown_beside_the_press(newsroom: Newsroom) -> None:
    newsroom.publish(mention(capacity_mw=250.0), tier=SourceTier.BLOG)
    (change,) = newsroom.publish(mention(capacity_mw=200.0), day=1, tier=SourceTier.FILING)[1]
    (conflict,) = change.after.conflicts
    assert conflict.values == (("200 MW IT", 1), ("250 MW IT", 1))


def test_every_claim_keeps_its_sentence(newsroom: Newsroom) -> None:
    text = "It began quietly. Northgate puts the contract at $4.2 billion over five years. Shares rose."
    (change,) = newsroom.publish(mention(evidence={"value_usd": proof(text, "$4.2 billion")}), text=text)[1]
    (claim,) = [claim for claim in change.after.claims if claim.field == "value_usd"]
    assert claim.sentence == "Northgate puts the contract at $4.2 billion over five years."
    assert claim.evidence is not None
    assert text[claim.evidence.start : claim.evidence.end] == "$4.2 billion"


def test_a_reaction_belongs_to_the_movers_deal(newsroom: Newsroom) -> None:
    move = Reaction(company="Northgate Digital", direction=Direction.UP, pct=30.0, deal_related=True)
    (change,) = newsroom.publish(mention(), reactions=(move,))[1]
    assert [reported.reaction for reported in change.after.reactions] == [move]


def test_an_expansion_is_another_deal_linked_to_the_first(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention())
    added = mention(capacity_mw=60.0, value_usd=Decimal(BILLION), status=DealStatus.EXPANDED)
    (change,) = newsroom.publish(added, day=120)[1]
    assert [(kind, slug) for kind, slug, _ in deals.links_of(db, change.after.id)] == [("expands", SLUG)]


def test_a_renamed_company_is_one(newsroom: Newsroom, db: Database) -> None:
    renamed = Company(
        key="northgate",
        name="Northgate Digital",
        kind=PartyKind.MINER,
        former_names=(FormerName(name="Northgate Mining", until_year=2025),),
    )
    companies.sync_companies(db, [renamed])
    newsroom.publish(mention(provider="Northgate Mining"))
    newsroom.publish(mention(), day=1)
    assert len(slugs(db)) == 1


def test_names_learned_later_bring_old_mentions_together(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention(provider="Northgate Mining"))
    newsroom.publish(mention(), day=1)
    assert len(slugs(db)) == 2
    renamed = Company(key="northgate", name="Northgate Digital", kind=PartyKind.MINER, aliases=("Northgate Mining",))
    assert companies.sync_companies(db, [renamed]) > 0
    desk.rekey(db, now=DAY)
    assert len(slugs(db)) == 1


def test_reading_an_article_anew_withdraws_a_deal_nobody_tells(newsroom: Newsroom, db: Database) -> None:
    article_id, _ = newsroom.publish(mention())
    newsroom.read(article_id, version="2")
    assert deals.list_deals(db) == []
    assert deals.get_deal(db, SLUG) is not None


def test_figures_that_move_are_events(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention(capacity_mw=250.0), tier=SourceTier.BLOG)
    newsroom.publish(mention(capacity_mw=200.0), tier=SourceTier.PRESS_RELEASE)
    said = db.execute("SELECT detail FROM deal_events WHERE kind = 'capacity'").fetchall()
    assert said == [("250 is now 200",)]


def test_as_of_answers_from_what_was_published_then(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention(status=DealStatus.IN_TALKS, value_usd=None))
    newsroom.publish(mention(), day=20)
    past = deals.get_deal(db, SLUG, as_of=DAY + timedelta(days=10))
    assert past is not None
    assert (past.facts.status, past.facts.value_usd, len(past.sources)) == (DealStatus.IN_TALKS, None, 1)
    assert deals.get_deal(db, SLUG, as_of=DAY - timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        pytest.param(DealFilter(), 2, id="all"),
        pytest.param(DealFilter(company="Alder Compute Inc."), 1, id="company"),
        pytest.param(DealFilter(deal_types=("hosting_lease",)), 1, id="type"),
        pytest.param(DealFilter(since="2026-03-05"), 1, id="since"),
        pytest.param(DealFilter(until="2026-03-05"), 1, id="until"),
        pytest.param(DealFilter(min_value_usd=BILLION), 1, id="value"),
        pytest.param(DealFilter(min_capacity_mw=100), 1, id="mw"),
        pytest.param(DealFilter(text="alder lease"), 1, id="words"),
        pytest.param(DealFilter(text='"; DROP'), 0, id="hostile words"),
        pytest.param(DealFilter(statuses=("rumored",)), 0, id="status"),
        pytest.param(DealFilter(alerting_only=True, sort="value"), 2, id="alerting"),
    ],
)
def test_filters(newsroom: Newsroom, db: Database, wanted: DealFilter, count: int) -> None:
    newsroom.publish(mention())
    lease = mention(provider="Alder Compute", deal_type=DealType.HOSTING_LEASE, capacity_mw=90.0, value_usd=None)
    newsroom.publish(lease, day=5)
    assert len(deals.list_deals(db, wanted)) == deals.count_deals(db, wanted) == count


def test_a_brief_list_has_the_facts_without_the_proofs(newsroom: Newsroom, db: Database) -> None:
    (change,) = newsroom.publish(mention())[1]
    (brief,) = deals.list_deals(db, DealFilter(brief=True))
    assert (brief.claims, brief.sources, brief.events) == ((), (), ())
    assert replace(brief.facts, evidence={}) == replace(change.after.facts, evidence={})


def test_a_correction_overrides_and_survives_reading_again(newsroom: Newsroom, db: Database) -> None:
    article_id, _ = newsroom.publish(mention())
    merges.correct_deal(db, SLUG, field="capacity_mw", value="250", reason="exhibit", made_by="operator", now=DAY)
    newsroom.read(article_id, mention(), version="2")
    deal = deals.get_deal(db, SLUG)
    assert deal is not None
    assert deal.facts.capacity_mw == 250.0
    assert merges.undo_last(db, SLUG, made_by="operator", now=DAY)[1][0].after.facts.capacity_mw == 200.0


def test_a_proposal_changes_nothing_until_accepted(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention())
    number = merges.propose_correction(
        db, SLUG, field="status", value="closed", reason="8-K", made_by="member", now=DAY
    )
    assert deals.list_deals(db)[0].facts.status is DealStatus.SIGNED
    change = merges.decide_proposal(db, number, accept=True, decided_by="operator", now=DAY)
    assert change is not None
    assert change.after.facts.status is DealStatus.CLOSED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("capacity_mw", "lots", id="no number"),
        pytest.param("status", "done", id="no status"),
        pytest.param("status", None, id="status is required"),
        pytest.param("slug", "x", id="no such field"),
        pytest.param("announced_on", "yesterday", id="no date"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    newsroom: Newsroom, db: Database, field: str, value: str | None
) -> None:
    newsroom.publish(mention())
    with pytest.raises(RequestError):
        merges.correct_deal(db, SLUG, field=field, value=value, reason="r", made_by="operator", now=DAY)


def test_merging_by_hand_and_undoing_it(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention())
    newsroom.publish(mention(customer="Redwood Labs"), day=1)
    first, second = slugs(db)
    merges.merge_deals(db, second, first, reason="same company", made_by="operator", now=DAY)
    assert slugs(db) == [first]
    merged = deals.get_deal(db, second)
    assert merged is not None
    assert merged.slug == first
    newsroom.publish(mention(customer="Redwood Labs"), day=2)
    assert len(slugs(db)) == 1
    merges.undo_last(db, first, made_by="operator", now=DAY)
    assert slugs(db) == [first, second]


def test_splitting_by_hand_and_undoing_it(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention())
    article_id, _ = newsroom.publish(mention(), day=1)
    merges.split_deal(db, SLUG, [article_id], reason="another site", made_by="operator", now=DAY)
    assert slugs(db) == [SLUG, f"{SLUG}-2"]
    newsroom.read(article_id, mention(), version="2")
    assert len(slugs(db)) == 2
    merges.undo_last(db, SLUG, made_by="operator", now=DAY)
    assert slugs(db) == [SLUG]


def test_unknown_deals_and_empty_undos_are_sentences(newsroom: Newsroom, db: Database) -> None:
    with pytest.raises(UnknownDealError, match="market-pulse deals"):
        merges.undo_last(db, "nope", made_by="operator", now=DAY)
    newsroom.publish(mention())
    with pytest.raises(RequestError, match="nothing to undo"):
        merges.undo_last(db, SLUG, made_by="operator", now=DAY)
