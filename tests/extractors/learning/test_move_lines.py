"""The file of lines on share moves."""

import re
from pathlib import Path

import pytest

from bot.catalog import load_companies
from extractors.closed_sets import Direction, PartyKind
from extractors.learning.move_lines import companies_in, lines_in
from extractors.parties.companies import CompanyFinder

FILE = Path(__file__).parents[2] / "corpus" / "lines" / "reactions.txt"
SAMPLE = """# A note | with bars.
# Orrin, Orrin Mining | miner | ORRN
# Thinklab | ai_lab | -

Orrin rose 5%, Thinklab jumped. ||| Orrin up 5; Thinklab up null
Orrin grew its fleet by 9%. |||
"""


def test_companies_stand_at_the_top() -> None:
    orrin, thinklab = companies_in(SAMPLE)
    assert (orrin.name, orrin.aliases, orrin.tickers[0].symbol) == ("Orrin", ("Orrin Mining",), "ORRN")
    assert (thinklab.kind, thinklab.tickers) == (PartyKind.AI_LAB, ())


def test_each_line_is_an_article_with_its_moves() -> None:
    first, second = lines_in(SAMPLE)
    assert first.article.text == "Orrin rose 5%, Thinklab jumped."
    moves = [(one.reaction.company, one.reaction.direction, one.reaction.pct) for one in first.reactions]
    assert moves == [("Orrin", Direction.UP, 5.0), ("Thinklab", Direction.UP, None)]
    assert second.reactions == ()


@pytest.mark.parametrize(("line", "reason"), [("Up 5%.", "line 1 has no"), ("Up 5%. ||| Orrin sideways 5", "line 1: ")])
def test_a_line_that_cannot_be_read_is_named(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        list(lines_in(line))


def test_every_company_of_the_shipped_lines_is_invented() -> None:
    """Moves that never happened are told of companies that do not exist."""
    finder = CompanyFinder(load_companies())
    real = [
        span.text for line in lines_in(FILE.read_text("utf-8")) for span in finder.find_both("", line.article.text)[1]
    ]
    assert real == []
