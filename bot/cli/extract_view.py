"""How `extract` shows one article to a person: its deals with facts and sentences, share moves, notes."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.messages import wording
from bot.messages.mention_words import facts_in_words, title_of
from db.claims import sentence_around
from extractors.closed_sets import Where
from extractors.models import Article, Extraction, Mention


def show_extraction(article: Article, extraction: Extraction) -> None:
    """Print what was read from one article."""
    console = Console()
    console.rule(Text(article.title or article.id or "article", style="bold"), align="left")
    if not extraction.deals:
        console.print("No deal of the kind Market Pulse follows.", style="dim")
    for deal in extraction.deals:
        console.print(_deal_table(article, deal))
    for reaction in extraction.reactions:
        related = "" if reaction.deal_related else "  (not about the deal)"
        console.print(Text(f"{reaction.company} {wording.move(reaction)}{related}"))
    for sign, points in (("+", extraction.bull), ("−", extraction.bear)):
        for point in points:
            console.print(Text(f" {sign} {point}"))
    for note in extraction.notes:
        console.print(Text(f"note: {note}", style="yellow"))


def _deal_table(article: Article, deal: Mention) -> Table:
    title = title_of(deal) + ("" if deal.primary else " (background)")
    table = Table("fact", "as stated", "sentence", title=Text(title, style="bold"), title_justify="left")
    for field, label, words in facts_in_words(deal):
        table.add_row(label, Text(words), Text(_sentence(article, deal, field), style="dim"))
    return table


def _sentence(article: Article, deal: Mention, field: str) -> str:
    proofs = deal.evidence.get(field, ())
    if not proofs:
        return ""
    source = article.title if proofs[0].where is Where.TITLE else article.text
    return _shortened(sentence_around(source, proofs[0].start, proofs[0].end))


def _shortened(sentence: str, limit: int = 160) -> str:
    return sentence if len(sentence) <= limit else sentence[:limit].rsplit(" ", 1)[0] + " …"
