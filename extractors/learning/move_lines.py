"""Read a file of single lines on share moves: "Orrin surrendered 10%. ||| Orrin down 10", its companies at the top.

    # Orrin, Orrin Mining | miner | ORRN      a company: name and further names, kind, symbol or -
    Text of the line. ||| Orrin down 10; Halden up null      the moves it tells, none behind ||| if it tells none

Knows the format only; what is learned from the lines, `moves` knows.
"""

from collections.abc import Iterator

from extractors.closed_sets import Direction, PartyKind
from extractors.evaluate.annotation import AnnotatedArticle, AnnotatedReaction
from extractors.models import Article, Company, Reaction, Ticker

_BORDER = "|||"


def companies_in(text: str) -> tuple[Company, ...]:
    """Return the companies that a file of lines declares."""
    rows = (row[1:].split("|") for row in text.splitlines() if row.startswith("#") and row.count("|") == 2)
    return tuple(_company(*row) for row in rows if row[1].strip() in set(PartyKind))


def _company(names: str, kind: str, symbol: str) -> Company:
    name, *aliases = (one.strip() for one in names.split(","))
    tickers = () if symbol.strip() == "-" else (Ticker(symbol=symbol.strip(), exchange="NASDAQ"),)
    return Company(
        key=name.lower().replace(" ", "-"),
        name=name,
        kind=PartyKind(kind.strip()),
        aliases=tuple(aliases),
        tickers=tickers,
    )


def lines_in(text: str) -> Iterator[AnnotatedArticle]:
    """Yield each line as an article of its own; ValueError naming the line that cannot be read."""
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip() or row.startswith("#"):
            continue
        told, border, moves = row.partition(_BORDER)
        if not border:
            raise ValueError(f"line {number} has no {_BORDER}")
        yield AnnotatedArticle(
            article=Article(text=told.strip(), id=f"line {number}"),
            style="line", split="train", story=None, is_deal_article=False, deals=(), quantities=(), other_forms={},
            reactions=tuple(_move(move, number) for move in moves.split(";") if move.strip()),
        )  # fmt: skip


def _move(text: str, number: int) -> AnnotatedReaction:
    try:
        *company, direction, size = text.split()
        pct = None if size == "null" else float(size)
        return AnnotatedReaction(reaction=Reaction(company=" ".join(company), direction=Direction(direction), pct=pct))
    except ValueError as error:
        raise ValueError(f"line {number}: {text.strip()!r} is not company, up|down|flat and a size or null") from error
