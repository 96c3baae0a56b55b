"""Every claim and share move knows where on its page it stands, and the views give the address of the place."""

from dataclasses import replace

import pytest

from db.claims import MAX_SENTENCE, sentence_around
from db.connection import Database
from extractors.closed_sets import Direction
from extractors.models import Reaction
from extractors.text.proof_link import proof_link
from tests.db.conftest import Newsroom, mention, proof

TEXT = "Northgate Digital spoke. The deal with Redwood AI is worth $4.2 billion. Its shares rose 12%."
SENTENCE = "The deal with Redwood AI is worth $4.2 billion."


def publish(newsroom: Newsroom) -> None:
    told = replace(mention(), evidence={"value_usd": proof(TEXT, "$4.2 billion")})
    rose = Reaction(company="Northgate Digital", direction=Direction.UP, pct=12.0, evidence=proof(TEXT, "12%"))
    newsroom.publish(told, text=TEXT, reactions=(rose,))


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://news.example/a", id="plain"),
        pytest.param("https://news.example/a?b=1#top", id="fragment"),
        pytest.param("https://news.example/a#top:~:text=old", id="directive"),
        pytest.param("https://news.example/a#:~:text=old", id="only-a-directive"),
    ],
)
def test_the_views_link_as_the_program_does(newsroom: Newsroom, db: Database, url: str) -> None:
    publish(newsroom)
    db.execute("UPDATE articles SET url = ?", (url,))
    stated = db.execute("SELECT evidence_url FROM v_deal_facts WHERE field = 'value_usd'").fetchone()[0]
    moved = db.execute("SELECT sentence, evidence_url FROM v_reactions").fetchone()
    assert stated == proof_link(url, SENTENCE)
    assert moved == ("Its shares rose 12%.", proof_link(url, "Its shares rose 12%."))


def test_a_claim_without_a_sentence_links_to_the_page(newsroom: Newsroom, db: Database) -> None:
    newsroom.publish(mention())
    assert db.execute("SELECT DISTINCT evidence_url = url FROM v_deal_facts").fetchall() == [(1,)]


def test_a_long_sentence_is_cut_between_words() -> None:
    text = "Considering circumstances, " * 30 + "it pays $4.2 billion, " + "notwithstanding reservations, " * 30
    start = text.index("$4.2")
    found = sentence_around(text, start, start + 12)
    assert "$4.2 billion" in found
    assert len(found) <= MAX_SENTENCE
    assert set(found.split()) <= set(text.split())
