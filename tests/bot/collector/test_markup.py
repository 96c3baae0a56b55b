"""Markup to text: what a reader sees and nothing else, whatever was thrown at it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collector.markup import markup_to_text, title_to_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<ul><li>One<li>Two</ul>", "One\n\nTwo"),
        ("A <b>bold</b>,\n <i>brave</i> word", "A bold, brave word"),
        ("<p>a</p><script>alert('x')</script><style>p{}</style><p>b</p>", "a\n\nb"),
        ("AT&amp;T &#8211; 5 &lt; 6 &nbsp;&euro;", "AT&T – 5 < 6 €"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<!-- hidden --><p>shown</p><?php echo 1 ?>", "shown"),
        ("soft\u00adhyphen zero\u200bwidth \x07bell", "softhyphen zerowidth bell"),
        ("plain\r\ntext\r\n\r\n\r\nparagraph", "plain\ntext\n\nparagraph"),
        ("<table><tr><td>200 MW</td><td>$3.7bn</td></tr></table>", "200 MW\n\n$3.7bn"),
        ("<p>unclosed <b>everything <i>here", "unclosed everything here"),
        ("", ""),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert markup_to_text(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("AT&amp;T signs", "AT&T signs"),
        ("<b>IREN</b> &amp; Microsoft", "IREN & Microsoft"),
        ("&lt;i&gt;Why&lt;/i&gt; miners pivot", "Why miners pivot"),
        ("Price < $5 & falling", "Price < $5 & falling"),
        ("  two\n lines ", "two lines"),
    ],
)
def test_titles_are_one_plain_line(markup: str, text: str) -> None:
    assert title_to_text(markup) == text


@given(st.text(alphabet=st.characters(), max_size=300))
def test_no_text_raises(text: str) -> None:
    markup_to_text(text)
    title_to_text(text)


@pytest.mark.parametrize("piece", ["<div>", "<b", "<!--", "&#", "<a href='", "]]>", "<![CDATA[", "</p>", "<table><tr>"])
def test_hostile_markup_costs_linear_time(piece: str) -> None:
    started = time.process_time()
    markup_to_text(piece * 100_000)
    assert time.process_time() - started < 4
