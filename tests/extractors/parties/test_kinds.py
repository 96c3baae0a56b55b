"""What an unknown company is, told by the whole article."""

import pytest

from bot.judgement_file import load_judgement
from extractors.closed_sets import PartyKind
from extractors.linear import LinearModel
from extractors.models import Company
from extractors.parties.finder import PartyFinder
from extractors.parties.kind_votes import sentence_around
from extractors.parties.kinds import decide_kinds

FINDER = PartyFinder(
    (
        Company(key="microsoft", name="Microsoft", kind=PartyKind.HYPERSCALER),
        Company(key="core-scientific", name="Core Scientific", kind=PartyKind.MINER),
    )
)

MODEL = load_judgement().kinds
MINING_STORY = "Brightwell Corp. stops mining bitcoin. Brightwell has a lease with Microsoft."


def kinds(text: str, title: str = "") -> dict[str, str]:
    found = decide_kinds(FINDER.find(title, text), title, text, MODEL)
    return {one.name: one.kind.value for one in found if one.name}


def test_the_only_company_of_a_mining_story_is_the_miner() -> None:
    text = "Brightwell Corp. leaves bitcoin mining. Brightwell sold rigs. Brightwell will host Microsoft."
    assert kinds(text)["Brightwell"] == "miner"


@pytest.mark.parametrize(
    ("title", "text", "miner", "buyer"),
    [
        pytest.param(
            "Brightwell Announces Services Agreement With Veylan",
            "Brightwell plc (Nasdaq: BRWL) and Veylan Ltd. have entered into an agreement. Brightwell will install GPUs."
            " Veylan pays in advance; Veylan trains models. The rest of Brightwell's power stays with mining.",
            "Brightwell",
            "Veylan",
            id="who pays is no miner, however often named",
        ),
        pytest.param(
            "Veylan raises offer for Brightwell",
            "Veylan Ltd. has agreed a takeover of Brightwell, lifting its price, after resistance by the bitcoin miner."
            " Brightwell shareholders gain.",
            "Brightwell",
            "Veylan",
            id="the target mines",
            marks=pytest.mark.xfail(strict=True, reason="both sides of a takeover become the miner"),
        ),
        pytest.param(
            "Second tenant pulls out",
            "Veylan Ltd. has ended its lease with Brightwell Corp., both said. Veylan pays a fee. Bitcoin mining goes on at"
            " Brightwell.",
            "Brightwell",
            "Veylan",
            id="a lease has two sides",
        ),
        pytest.param(
            "",
            "Brightwell Power, which mines bitcoin at a former mill, has a contract with Veylan Ltd. of Texas.",
            "Brightwell Power",
            "Veylan",
            id="which mines bitcoin",
        ),
    ],
)
def test_the_miner_is_who_mines_or_provides(title: str, text: str, miner: str, buyer: str) -> None:
    found = kinds(text, title)
    assert found[miner] == "miner"
    assert found[buyer] != "miner"


@pytest.mark.xfail(strict=True, reason="a known miner anywhere in a short text takes the need for another away")
def test_a_miner_of_the_background_leaves_room_for_the_story_s_own() -> None:
    text = (
        "Brightwell Corp. said its mining fleet shrinks. Brightwell's bitcoin production fell. Brightwell will host a lab."
        f"{' It takes time.' * 20} Core Scientific did so before."
    )
    assert kinds(text)["Brightwell"] == "miner"


@pytest.mark.xfail(strict=True, reason="one word of a short text weighs too little")
def test_an_unknown_buyer_is_what_the_article_calls_its_buyer() -> None:
    text = "Bitcoin miner Brightwell has a contract with Veylan Ltd.; the lab pays early."
    assert kinds(text)["Veylan"] == "ai_lab"


def test_a_story_of_mining_gets_a_miner() -> None:
    unsure = LinearModel(labels=("miner", "undisclosed"), bias=(-1.0, 0.0), weights={})
    found = decide_kinds(FINDER.find("", MINING_STORY), "", MINING_STORY, unsure)
    assert {one.kind for one in found if one.name == "Brightwell"} == {PartyKind.MINER}
    known = MINING_STORY.replace("Microsoft", "Core Scientific")
    found = decide_kinds(FINDER.find("", known), "", known, unsure)
    assert {one.kind for one in found if one.name == "Brightwell"} == {PartyKind.UNDISCLOSED}


def test_no_word_of_mining_makes_no_miner() -> None:
    assert kinds("Brightwell Corp. will host Microsoft. Brightwell pays.")["Brightwell"] == "undisclosed"


def test_a_sentence_ends_at_its_borders() -> None:
    assert sentence_around("One. Two is here. Three.", 5, 8) == "Two is here"
