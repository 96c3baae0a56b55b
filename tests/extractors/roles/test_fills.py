"""Which number fills which field: offers, the choice among them, and what it may not do."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.judgement_file import load_judgement
from extractors.closed_sets import PartyKind
from extractors.linear import LinearModel
from extractors.models import Article, Company
from extractors.pipeline import Extractor
from extractors.reading import Reading
from extractors.roles.assignment import FILL, Filled, assign
from extractors.roles.binding import Binder
from extractors.roles.fields import FIELDS, KIND_OF, LEARNED_FIELDS
from extractors.roles.offers import Ties, offers_of
from extractors.roles.places import amount_of, find_places

JUDGEMENT = load_judgement()
COMPANIES = (
    Company(key="orrin", name="Orrin Mining", kind=PartyKind.MINER),
    Company(key="halverd", name="Halverd Digital", kind=PartyKind.MINER),
    Company(key="cloudmere", name="Cloudmere", kind=PartyKind.NEOCLOUD),
    Company(key="bigsoft", name="Bigsoft", kind=PartyKind.HYPERSCALER),
)
READER = Extractor(companies=COMPANIES, gpus=(), judgement=JUDGEMENT)
SENTENCES = (
    "Orrin Mining signed a 10-year hosting lease with Cloudmere worth $2 billion for 80 MW.",
    "Halverd Digital leased 120 MW to Bigsoft for 15 years in a $3.1 billion deal.",
    "The campus can grow to 900 MW.",
    "Orrin Mining has a market capitalization of $6 billion.",
    "Two five-year options could lift the value to $4.4 billion.",
    "In all, its tenants now pay for 300 MW.",
    "The nine-figure agreement took a year to negotiate.",
)


def filled_of(text: str, fills: LinearModel = JUDGEMENT.fills) -> tuple[Reading, list[Filled]]:
    reading = READER.read(Article(text=text))
    binder = Binder(reading.drafts, reading.lines)
    places = find_places(reading.lines, JUDGEMENT)
    return reading, assign(reading.drafts, binder, places, fills)


def test_every_field_has_a_kind_and_the_learned_ones_are_fields() -> None:
    fields = {field for roles in FIELDS.values() for field in roles}
    assert fields == set(KIND_OF)
    assert fields >= LEARNED_FIELDS


@settings(deadline=None, max_examples=25)
@given(st.permutations(SENTENCES))
def test_a_number_states_one_fact_and_a_fact_has_one_number(sentences: list[str]) -> None:
    reading, filled = filled_of(" ".join(sentences))
    assert len({(one.draft, one.field) for one in filled}) == len(filled)
    assert len({amount_of(one.places[0]) for one in filled}) == len(filled)
    for one in filled:
        assert 0 <= one.draft < len(reading.drafts)
        assert 0.0 <= one.score <= 1.0
        assert {amount_of(place) for place in one.places} == {amount_of(one.places[0])}
        assert one.places[0].figure.quantity.kind is KIND_OF[one.field]


def test_the_chances_of_a_place_sum_to_one() -> None:
    for place in find_places(READER.read(Article(text=" ".join(SENTENCES))).lines, JUDGEMENT):
        assert sum(place.chances.values()) == pytest.approx(1.0)


def test_a_choice_that_prefers_nothing_fills_nothing_learned() -> None:
    silent = LinearModel(labels=(FILL,), bias=(0.0,), weights={"unfilled": (20.0,)})
    _, filled = filled_of(SENTENCES[0], silent)
    assert not [one for one in filled if one.field in LEARNED_FIELDS]


def test_a_sum_of_so_many_figures_is_offered_to_no_field() -> None:
    reading = READER.read(Article(text="Orrin Mining signed a nine-figure hosting lease with Cloudmere for 80 MW."))
    ties = Ties(reading.drafts, Binder(reading.drafts, reading.lines))
    offers = offers_of(reading.drafts, find_places(reading.lines, JUDGEMENT), ties)
    assert {offer.field for offer in offers} <= {"capacity", "capacity_max"}


def test_the_lead_of_a_tie_is_against_other_deals() -> None:
    reading = READER.read(Article(text=" ".join(SENTENCES[:2])))
    ties = Ties(reading.drafts, Binder(reading.drafts, reading.lines))
    first = find_places(reading.lines, JUDGEMENT)[0]
    leads = [ties.lead(first, number) for number in range(len(reading.drafts))]
    assert len(leads) == 2
    assert leads[0] == pytest.approx(-leads[1])


def test_weights_of_roles_matter() -> None:
    blind = replace(JUDGEMENT, money=LinearModel(labels=("other",), bias=(0.0,), weights={}))
    lines = READER.read(Article(text=SENTENCES[0])).lines
    told = [place.chances.get("value", 0.0) for place in find_places(lines, JUDGEMENT)]
    assert max(told) > 0.5
    assert max(place.chances.get("value", 0.0) for place in find_places(lines, blind)) == 0.0
