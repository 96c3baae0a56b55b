"""A deal told over several sentences, whose parties never stand beside each other with its size."""

import pytest

from bot.judgement_file import load_judgement
from extractors.closed_sets import DealType, PartyKind
from extractors.models import Article, Company, Extraction
from extractors.pipeline import Extractor

EXTRACTOR = Extractor(
    companies=(
        Company(key="microsoft", name="Microsoft", kind=PartyKind.HYPERSCALER),
        Company(key="coreweave", name="CoreWeave", kind=PartyKind.NEOCLOUD),
        Company(key="core-scientific", name="Core Scientific", kind=PartyKind.MINER),
    ),
    gpus=(),
    judgement=load_judgement(),
)


def read(title: str, text: str) -> Extraction:
    return EXTRACTOR.extract(Article(title=title, text=text))


def alerts(title: str, text: str) -> list[tuple[str | None, str | None]]:
    return [(deal.provider, deal.customer) for deal in read(title, text).deals if deal.alerts]


@pytest.mark.parametrize(
    ("title", "text", "pair"),
    [
        pytest.param(
            "Core Scientific swaps rigs for servers",
            "CoreWeave is moving in. It takes 30 MW of hosting for nine years and pays $400 million.\n"
            "The lease at Core Scientific's yard leaves room. The contract covers 30 MW, said the CEO.",
            ("Core Scientific", "CoreWeave"),
            id="told in turns",
        ),
        pytest.param(
            "Core Scientific and Microsoft: the contract in points",
            "• Size of the contract with Microsoft: $2.1 billion\n• The term of the lease by Core Scientific: 12 years\n",
            ("Core Scientific", "Microsoft"),
            id="bullets",
        ),
        pytest.param(
            "On Core Scientific's new contract",
            "1/ ok, Core Scientific just signed Microsoft.\n2/ $720M, 3 years, GPUs as a service. The hosting deal starts in May.",
            ("Core Scientific", "Microsoft"),
            id="a thread",
        ),
        pytest.param(
            "Microsoft sounds out miners; Core Scientific leads",
            "Microsoft has been approaching miners about renting their sites and is furthest along with Core Scientific.\n"
            "A first contract might cover some 100 megawatts at a Core Scientific site, they said.",
            ("Core Scientific", "Microsoft"),
            id="talks about a first contract",
        ),
        pytest.param(
            "County hears plan for an old bitcoin mine",
            "Core Scientific told the council that it has signed a letter of intent with a company from Ohio that rents out"
            " computers for artificial intelligence. If a contract follows, the partner would use 70 megawatts for 11 years.",
            ("Core Scientific", None),
            id="a company described by a clause",
        ),
    ],
)
def test_the_pair_an_article_is_about(title: str, text: str, pair: tuple[str | None, str | None]) -> None:
    assert alerts(title, text) == [pair]


def test_an_offer_turned_down_is_a_takeover() -> None:
    title = "Core Scientific turns down CoreWeave's $1.02 bln offer"
    text = "Core Scientific has declined a takeover proposal by CoreWeave of $5.75 in cash for each share."
    assert [deal.deal_type for deal in read(title, text).deals if deal.alerts] == [DealType.ACQUISITION]


def test_a_takeover_is_not_told_twice_as_a_lease() -> None:
    text = (
        "CoreWeave raised its offer for Core Scientific to $1.2 billion.\n"
        "CoreWeave rents 70 megawatts of hosting space and pays $90 million. The deal takes 2 years."
    )
    deals = read("Core Scientific rebuffs a $1 billion bid from CoreWeave", text).deals
    assert [deal.deal_type for deal in deals if deal.alerts] == [DealType.ACQUISITION]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param(
            "Core Scientific reports a quarter",
            "Core Scientific mined 400 bitcoin. Microsoft spent $80 billion on cloud contracts. Miners envy it.",
            id="a hyperscaler in the background",
            marks=pytest.mark.xfail(
                reason="the customer of the sentence before is taken for the one spoken of", strict=True
            ),
        ),
        pytest.param(
            "Core Scientific raises $500 million in notes",
            "Core Scientific sold notes worth $500 million. CoreWeave raised a loan of $900 million.",
            id="loans",
        ),
        pytest.param(
            "A weekly look at the markets",
            "Core Scientific rose. It lets space to CoreWeave.\nThe lease of CoreWeave covers 70 MW for 12 years.\n"
            "The contract with Core Scientific is worth $900 million.",
            id="a headline of something else",
            marks=pytest.mark.xfail(
                reason="a headline of nothing in particular does not keep a deal in the background", strict=True
            ),
        ),
    ],
)
def test_no_pair_is_made_up(title: str, text: str) -> None:
    assert alerts(title, text) == []
