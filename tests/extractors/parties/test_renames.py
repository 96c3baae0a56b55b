"""Companies that go by another name, as articles say it; and words like these that rename nobody."""

from collections.abc import Callable

import pytest

from extractors.models import Extraction
from extractors.pipeline import Extractor

Read = Callable[..., Extraction]

LEASE = " It signed a 12-year lease with Bigsoft for 100 MW of critical IT load at its data center in Texas."


@pytest.mark.parametrize(
    ("sentence", "old", "new"),
    [
        pytest.param(
            "Bitcoin miner Ferrowind Compute, formerly Ashlar Hash, said on Monday it has a tenant.",
            "Ashlar Hash",
            "Ferrowind Compute",
            id="formerly",
        ),
        pytest.param(
            "Ferrowind Compute Inc. (NASDAQ: FWC), formerly known as Ashlar Hash Corp., has a tenant.",
            "Ashlar Hash",
            "Ferrowind Compute",
            id="formerly known as, ticker and suffixes",
        ),
        pytest.param(
            "Bitcoin miner Ferrowind Compute (formerly Ashlar Hash) has a tenant.",
            "Ashlar Hash",
            "Ferrowind Compute",
            id="in brackets",
        ),
        pytest.param(
            "Ferrowind Compute Inc. (f/k/a Ashlar Hash Inc.) has a tenant.",
            "Ashlar Hash",
            "Ferrowind Compute",
            id="f/k/a",
        ),
        pytest.param(
            "Bitcoin miner Ferrowind Compute, the company previously known as Ashlar Hash, has a tenant.",
            "Ashlar Hash",
            "Ferrowind Compute",
            id="the company previously known as",
        ),
        pytest.param(
            "Bitcoin miner Ashlar Hash has renamed itself Ferrowind Compute.",
            "Ashlar Hash",
            "Ferrowind Compute",
            id="has renamed itself",
        ),
        pytest.param(
            "Ashlar Hash Corp., a bitcoin miner based in Texas, rebranded as Ferrowind Compute last week.",
            "Ashlar Hash",
            "Ferrowind Compute",
            id="rebranded as, behind an apposition",
        ),
        pytest.param(
            "Bitcoin miner Ashlar Hash said it has changed its corporate name to “Ferrowind Compute”.",
            "Ashlar Hash",
            "Ferrowind Compute",
            id="said it has changed its name",
        ),
        pytest.param(
            "The bitcoin miner changed its name from Ashlar Hash Corp. to Ferrowind Compute Inc. in May.",
            "Ashlar Hash",
            "Ferrowind Compute",
            id="from, to",
        ),
        pytest.param(
            "Bitcoin miner Ashlar Hash, now known as Ferrowind Compute, has a tenant.",
            "Ashlar Hash",
            "Ferrowind Compute",
            id="now known as",
        ),
        pytest.param(
            "Bitcoin miner Ferrowind Compute, formerly Orrin Mining, has a tenant.",
            "Orrin Mining",
            "Ferrowind Compute",
            id="a known company with a name the table does not have",
        ),
    ],
)
def test_a_rename_is_read(read: Read, sentence: str, old: str, new: str) -> None:
    found = read(sentence + LEASE, title="A miner in the news").renames
    assert [(one.old, one.new) for one in found] == [(old, new)]
    (proof,) = found[0].evidence
    assert (sentence + LEASE)[proof.start : proof.end] == proof.text


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(
            "Jane Moor, formerly Searchly, joins bitcoin miner Ashlar Hash as chief executive.", id="a person"
        ),
        pytest.param("Bitcoin miner Ashlar Hash, formerly a Halverd Digital tenant, has a lease.", id="a description"),
        pytest.param("Bitcoin miner Ashlar Hash, formerly Halverd Digital's hosting unit, has a lease.", id="a unit"),
        pytest.param("Bitcoin miner Ashlar Hash, formerly Nasdaq-listed, has a lease.", id="an adjective"),
        pytest.param("Bitcoin miner Ashlar Hash plans to rename itself Ferrowind Compute.", id="a plan"),
        pytest.param("Bitcoin miner Ashlar Hash has not renamed itself Ferrowind Compute.", id="a denial"),
        pytest.param("Bitcoin miner Ashlar Hash renamed its campus Ferrowind Ridge.", id="a site"),
        pytest.param("Bitcoin miner Ashlar Hash will lease the former Alcoa smelter, now idle.", id="a former plant"),
    ],
)
def test_words_like_these_rename_nobody(read: Read, sentence: str) -> None:
    assert read(sentence + LEASE, title="A miner in the news").renames == ()


def test_a_company_and_what_it_was_called_are_no_pair(read: Read) -> None:
    text = "Bitcoin miner Ashlar Hash Corp. has renamed itself Ferrowind Compute. It leases halls in Texas."
    found = read(text, title="Ashlar Hash takes a new name")
    assert found.deals == ()
    assert found.renames != ()


def test_a_deal_told_under_both_names_is_the_new_ones(read: Read) -> None:
    text = "Bitcoin miner Ferrowind Compute, formerly Ashlar Hash, signed a lease with Bigsoft for 100 MW of IT load."
    (deal,) = read(text + " Ashlar Hash took the new name in May.", title="A miner leases to Bigsoft").deals
    assert (deal.provider, deal.customer) == ("Ferrowind Compute", "Bigsoft")


def test_an_article_that_only_tells_a_rename_is_read(invented: Extractor) -> None:
    assert invented.is_relevant("Ashlar Hash is now Ferrowind Compute", "The bitcoin miner has changed its name.")
