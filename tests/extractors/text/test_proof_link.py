"""Links that land on a sentence: what is encoded, which words are pointed at, what happens to a fragment."""

import re
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text.proof_link import MAX_DIRECTIVE, proof_link, text_directive, with_directive

LONG = "The five-year contract covers 200 MW at Childress and is worth about $9.7 billion."


@pytest.mark.parametrize(
    ("sentence", "directive"),
    [
        pytest.param("worth $9.7 billion", "text=worth%20%249.7%20billion", id="dollar"),
        pytest.param("a five-year, big deal", "text=a%20five%2Dyear%2C%20big%20deal", id="comma-and-dash"),
        pytest.param("AT&T = 100% #1?", "text=AT%26T%20%3D%20100%25%20%231%3F", id="what-ends-an-address"),
        pytest.param("Zürich’s “café”", "text=Z%C3%BCrich%E2%80%99s%20%E2%80%9Ccaf%C3%A9%E2%80%9D", id="not-ascii"),
        pytest.param("  spread \n over\tlines ", "text=spread%20over%20lines", id="white-space"),
        pytest.param("- The deal is signed", "text=The%20deal%20is%20signed", id="list-item"),
        pytest.param("🗞️ • The deal is signed 🚀", "text=The%20deal%20is%20signed", id="pictures-at-the-ends"),
        pytest.param("one two three four five six seven eight", "text=one%20two%20three%20four%20five%20six%20seven%20eight", id="eight-words-whole"),
        pytest.param(LONG, "text=The%20five%2Dyear%20contract%20covers,worth%20about%20%249.7%20billion.", id="long-by-its-edges"),
        pytest.param("one two three four five six seven eight nine", "text=one%20two%20three%20four,six%20seven%20eight%20nine", id="edges-never-overlap"),
        pytest.param("", "", id="nothing"),
        pytest.param("—", "", id="no-words"),
        pytest.param("契約" * 200, "", id="no-spaces-and-too-long"),
    ],
)  # fmt: skip
def test_directive(sentence, directive):
    assert text_directive(sentence) == directive


def test_the_beginning_grows_until_it_stands_once():
    text = f"The five-year contract covers leases elsewhere. {LONG}"
    assert text_directive(LONG, within=text).startswith("text=The%20five%2Dyear%20contract%20covers%20200,")
    assert text_directive(LONG, within=f"{LONG} {LONG}") == text_directive(LONG)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        pytest.param("https://x.example/a", "https://x.example/a#:~:text=b", id="plain"),
        pytest.param("https://x.example/a?q=1&r=2", "https://x.example/a?q=1&r=2#:~:text=b", id="query"),
        pytest.param("https://x.example/a#top", "https://x.example/a#top:~:text=b", id="own-fragment-stays"),
        pytest.param("https://x.example/#!/a", "https://x.example/#!/a:~:text=b", id="route-in-the-fragment"),
        pytest.param("https://x.example/a#:~:text=c", "https://x.example/a#:~:text=b", id="other-directive-goes"),
        pytest.param("https://x.example/a#top:~:text=c", "https://x.example/a#top:~:text=b", id="and-leaves-its-fragment"),
        pytest.param("https://x.example/a#", "https://x.example/a#:~:text=b", id="empty-fragment"),
    ],
)  # fmt: skip
def test_the_directive_stands_behind_the_pages_own_fragment(url, link):
    assert proof_link(url, "b") == link


def test_without_words_the_page_is_linked():
    assert with_directive("https://x.example/a#:~:text=c", "") == "https://x.example/a"
    assert proof_link("https://x.example/a#top", "") == "https://x.example/a#top"


@given(st.text(min_size=1, max_size=400), st.text(max_size=200))
def test_every_directive_can_be_taken_apart_again(sentence, text):
    directive = text_directive(sentence, within=text)
    assert re.fullmatch(r"(text=[\w.%]+(,[\w.%]+)?)?", directive, re.ASCII)
    assert len(directive) <= MAX_DIRECTIVE
    said = " ".join(sentence.split())
    for part in directive.removeprefix("text=").split(","):
        assert urllib.parse.unquote(part) in said
