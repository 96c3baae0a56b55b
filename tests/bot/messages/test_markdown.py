"""Foreign text made harmless, and our own markdown taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.markdown import MAX_LINK, Run, escape, join_lines, link, parse, shorten, visible


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("@everyone buy", id="ping"),
        pytest.param("<@&123> <#4> <:x:5>", id="role-channel-emoji"),
        pytest.param("[bank](https://evil.example)", id="masked-link"),
        pytest.param("**bold** __under__ ~~gone~~ `code` ||spoiler||", id="markup"),
        pytest.param("# heading\n> quote", id="lines"),
        pytest.param("right\u202eleft", id="direction-control"),
    ],
)
def test_foreign_text_shows_as_it_is_written(text):
    safe = escape(text)
    shown = visible(safe).replace("\u200b", "")
    assert shown == " ".join(text.replace("\u202e", "").split())
    assert "@everyone" not in safe
    assert all(not run.bold and not run.url for line in parse(safe) for run in line.runs)


@pytest.mark.parametrize(("text", "safe"), [("1. first", "1\\. first"), ("- item", "\\- item"), ("2.5 GW", "2.5 GW")])
def test_a_line_is_no_list_and_shows_no_backslash(text, safe):
    """Discord takes a backslash away before a mark only, not before a digit."""
    assert escape(text) == safe


@given(st.text(max_size=80))
def test_no_foreign_text_makes_a_link_or_a_look(text):
    runs = [run for line in parse(escape(text)) for run in line.runs]
    assert all(run == Run(text=run.text) for run in runs)


def test_only_web_addresses_become_links():
    assert link("a [b]", "https://x.example/(y)") == "[a \\[b\\]](https://x.example/%28y%29)"
    assert link("go", "javascript:alert(1)") == "go"
    assert link("go", "https://x.example/" + "y" * MAX_LINK) == "go"


def test_shorten_cuts_on_a_word_and_never_inside_a_link():
    assert shorten("alpha beta gamma", 12) == "alpha beta…"
    assert shorten("see [the long label](https://x.example/y) end", 30) == "see…"


def test_join_lines_drops_whole_lines():
    assert join_lines(["a" * 10, "b" * 10, "c" * 10], 30) == "aaaaaaaaaa\n-# and 2 more"


def test_parse_reads_lines_and_looks():
    quote, small, item = parse("> **so** it [is](https://x.example)\n-# _tiny_\n- item")
    assert quote.quoted
    assert quote.runs[0] == Run(text="so", bold=True)
    assert quote.runs[2] == Run(text="is", url="https://x.example")
    assert small.small
    assert small.runs[0].italic
    assert item.item
