"""The desk, reading one article at a time, comes to what resolution says of all of them at once."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from db import mentions
from db.connection import Database, open_memory
from extractors.closed_sets import DealStatus, DealType, PartyKind
from extractors.models import Mention
from extractors.resolve import StoredMention, resolve
from tests.db.conftest import DAY, Newsroom, mention

FACTS = st.fixed_dictionaries(
    {
        "provider": st.sampled_from(("Northgate Digital", "Alder Compute")),
        "customer": st.sampled_from(("Redwood AI", "Redwood", "Redwood Labs", None)),
        "deal_type": st.sampled_from((DealType.CLOUD_CONTRACT, DealType.HOSTING_LEASE, DealType.FINANCING)),
        "status": st.sampled_from((DealStatus.SIGNED, DealStatus.RUMORED, DealStatus.EXPANDED)),
        "capacity_mw": st.sampled_from((None, 60.0, 200.0)),
        "value_usd": st.sampled_from((None, None, Decimal(10**9), Decimal(3 * 10**9))),
        "primary": st.sampled_from((True, True, False)),
    }
)
ARTICLES = st.lists(st.tuples(st.integers(0, 120), st.lists(FACTS, min_size=1, max_size=2)), min_size=1, max_size=10)


def told(facts: dict[str, object]) -> Mention:
    kind = PartyKind.AI_LAB if facts["customer"] else PartyKind.UNDISCLOSED
    return mention(**facts, customer_kind=kind)


def everything(db: Database) -> list[mentions.Placed]:
    numbers = [row[0] for row in db.execute("SELECT id FROM articles ORDER BY id")]
    return [row for number in numbers for row in mentions.of_article(db, number)]


def stored_partition(db: Database) -> set[frozenset[int]]:
    deals: dict[int, set[int]] = {}
    for row in everything(db):
        if row.deal_id is not None:
            deals.setdefault(row.deal_id, set()).add(row.item.id)
    return set(map(frozenset, deals.values()))


@settings(max_examples=60, deadline=None)
@given(articles=ARTICLES, data=st.data())
def test_reading_one_by_one_equals_resolving_all(
    articles: list[tuple[int, list[dict[str, object]]]], data: st.DataObject
) -> None:
    db = open_memory()
    newsroom = Newsroom(db)
    for day, facts in data.draw(st.permutations(articles)):
        newsroom.publish(*(told(each) for each in facts), day=day, publisher="Paper")
    items: list[StoredMention] = [row.item for row in everything(db)]
    wanted = {frozenset(item.id for item in members) for members in resolve(items).deals}
    assert stored_partition(db) == wanted
    live = "SELECT count(*) FROM deals WHERE merged_into IS NULL AND is_withdrawn = 0"
    assert db.execute(live).fetchone()[0] == len(wanted)
    db.close()


def test_a_second_reading_of_an_article_changes_nothing(newsroom: Newsroom, db: Database) -> None:
    article_id, first = newsroom.publish(mention())
    again = newsroom.read(article_id, mention(), now=DAY + timedelta(days=1), version="2")
    assert again[0].before == again[0].after == first[0].after
    assert db.execute("SELECT count(*) FROM mentions").fetchone()[0] == 1
