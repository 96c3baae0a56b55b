"""The HTML page of `extract --explain`: the article with every quantity and company coloured by its role, and why.

One self-contained page, no script, readable on dark and light. It draws marks; it decides nothing.
"""

from collections.abc import Sequence
from html import escape

from bot.messages.markdown import is_web_link
from bot.messages.mention_words import facts_in_words, title_of
from bot.messages.wording import move
from db.claims import proven_sentence
from extractors.closed_sets import Where
from extractors.explain import Explanation, Mark
from extractors.models import Article, Evidence, Mention
from extractors.text.proof_link import text_directive, with_directive

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2330; --paper: #fbfaf7; --soft: #6b7280; --line: #d9d6cc;
  --money: #2f855a; --power: #b7791f; --term: #2b6cb0; --percent: #b83280; --gpu: #6b46c1; --date: #718096;
  --company: #c05621; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e4de; --paper: #17191e; --soft: #9aa1ad; --line: #363a43;
  --money: #68d391; --power: #f6c567; --term: #7ab8f5; --percent: #f58bc8; --gpu: #b79cf4; --date: #a0aec0;
  --company: #f6a56f; } }
body { margin: 2.5rem auto; max-width: 52rem; padding: 0 1.2rem; background: var(--paper); color: var(--ink);
  font: 16px/1.75 Georgia, "Times New Roman", serif; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 .4rem; }
h2, .legend, .deal, small { font-family: system-ui, sans-serif; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; color: var(--soft); font-weight: 600; }
.legend { font-size: .82rem; color: var(--soft); margin: 0 0 1.5rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
mark { background: none; color: inherit; border-bottom: 2px solid var(--tint); padding: 0 1px; cursor: help; }
mark.used { background: color-mix(in srgb, var(--tint) 22%, transparent); border-radius: 3px; }
mark small { color: var(--tint); font-size: .66rem; margin-left: .25em; white-space: nowrap; vertical-align: .3em; }
.money { --tint: var(--money) } .power { --tint: var(--power) } .term { --tint: var(--term) }
.percent { --tint: var(--percent) } .gpu { --tint: var(--gpu) } .date { --tint: var(--date) }
.company { --tint: var(--company) }
.deal { font-size: .88rem; border: 1px solid var(--line); border-radius: 8px; padding: .7rem 1rem; }
.deals { display: grid; grid-template-columns: repeat(auto-fill, minmax(23rem, 1fr)); gap: .8rem }
.deal b { font-size: .95rem } .deal i { color: var(--soft); font-style: normal } .deal dl { display: grid; grid-template-columns: 8rem 1fr; gap: 0 .8rem; margin: .5rem 0 0 }
.deal dt { color: var(--soft) } .deal dd { margin: 0 } .deal a { color: inherit }
"""
_KINDS = ("company", "money", "power", "term", "percent", "gpu", "date")


def page_of(explained: Sequence[tuple[Article, Explanation]]) -> str:
    """Return one page for the articles given, in order."""
    body = "\n<hr>\n".join(_article(article, explanation) for article, explanation in explained)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Why each number was read so</title>'
        f"<style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def _article(article: Article, explanation: Explanation) -> str:
    legend = " · ".join(f'<mark class="{kind} used">{kind}</mark>' for kind in _KINDS)
    moves = [f"{reaction.company} {move(reaction)}" for reaction in explanation.extraction.reactions]
    deals = "".join(_deal(number, deal, article) for number, deal in enumerate(explanation.extraction.deals, 1))
    parts = [
        f"<h1>{_marked(article.title, explanation.marks, Where.TITLE)}</h1>" if article.title else "",
        f'<p class="legend">{legend} — filled: a fact of the deal with that number; hover for the reasons.</p>',
        f'<div class="text">{_marked(article.text, explanation.marks, Where.TEXT)}</div>',
        f'<h2>Deals</h2><div class="deals">{deals}</div>' if deals else "<h2>No deal of the kind followed</h2>",
        _list("Share moves", moves),
        _list("Notes", explanation.extraction.notes),
    ]
    return "\n".join(filter(None, parts))


def _marked(text: str, marks: Sequence[Mark], where: Where) -> str:
    """Return the text as HTML with its marks; of two that overlap the first wins."""
    out, at = [], 0
    for mark in marks:
        if mark.where is not where or mark.start < at:
            continue
        out.append(escape(text[at : mark.start]))
        out.append(_mark(mark, text[mark.start : mark.end]))
        at = mark.end
    out.append(escape(text[at:]))
    return "".join(out)


def _mark(mark: Mark, words: str) -> str:
    used = " used" if mark.deal is not None else ""
    number = f" {mark.deal + 1}" if mark.deal is not None else ""
    role = mark.role.replace("_", " ")
    label = "" if mark.kind == "company" and not used else f"<small>{escape(role + number)}</small>"
    return (
        f'<mark class="{mark.kind}{used}" title="{escape(f"{role}{number}: {mark.why}")}">{escape(words)}{label}</mark>'
    )


def _deal(number: int, deal: Mention, article: Article) -> str:
    rank = "the subject" if deal.primary else "background"
    rows = "".join(
        f"<dt>{escape(label)}</dt><dd>{_proven(words, deal.evidence.get(field, ()), article)}</dd>"
        for field, label, words in facts_in_words(deal)
    )
    return (
        f'<section class="deal"><b>{number}. {escape(title_of(deal))}</b> '
        f"<i>{rank}, confidence {deal.confidence:.2f}</i><dl>{rows}</dl></section>"
    )


def _proven(words: str, proofs: Sequence[Evidence], article: Article) -> str:
    """Link a fact to its sentence on the article's own page, where the address is known."""
    sentence = proven_sentence(proofs, title=article.title, text=article.text)
    if not sentence or not is_web_link(article.url):
        return escape(words)
    url = with_directive(article.url or "", text_directive(sentence, within=article.text))
    return f'<a href="{escape(url)}" rel="noreferrer">{escape(words)}</a>'


def _list(title: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    return f"<h2>{title}</h2><ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"
