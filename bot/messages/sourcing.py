"""Where a deal's facts come from: which article to link, which sentence proves it, the list of sources.

Knows ranks of sources and how a link points at a sentence; knows no layout.
"""

from bot.messages.markdown import escape, is_web_link, link, plain, shorten, text_fragment
from bot.messages.wording import PLAIN, Style, listed, moment
from db.records import Claim, DealRecord, Source, SourceTier

QUOTE_LIMIT = 300
SHOWN_SOURCES = 4


TIER_WORDS = {
    SourceTier.FILING: "filing",
    SourceTier.PRESS_RELEASE: "press release",
    SourceTier.NEWSWIRE: "newswire",
    SourceTier.TRADE_PRESS: "trade press",
    SourceTier.BLOG: "blog",
    SourceTier.HISTORY: "bundled history",
}
TIER_ORDER = list(SourceTier)


#: Whose sentence is quoted, best first: the one that states the money says most.
_QUOTED_FIELDS = ("value_usd", "value_original", "customer", "capacity_mw", "status", "term_years", "provider")


def best_source(deal: DealRecord) -> Source | None:
    """Return the source to link: best tier first, the earliest of its tier, copies last."""
    ranked = sorted(
        deal.sources,
        key=lambda s: (
            s.duplicate_of is not None,
            not is_web_link(s.url),
            TIER_ORDER.index(s.tier),
            s.published_at.timestamp() if s.published_at else float("inf"),
        ),
    )
    return ranked[0] if ranked else None


def quotation(deal: DealRecord) -> str:
    """Quote the sentence that proves the deal, linked to its place; empty where none is known."""
    found = proof(deal)
    if found is None:
        return ""
    words, source = found
    quoted = f"> “{escape(shorten(plain(words), QUOTE_LIMIT))}”"
    if source is None:
        return quoted
    target = text_fragment(source.url, plain(words)) if source.url and is_web_link(source.url) else None
    return f"{quoted}\n> -# — {link(source.publisher, target)}"


def proof(deal: DealRecord) -> tuple[str, Source | None] | None:
    """Find the sentence to quote and the article it stands in: the money's first, the longest reading of it."""
    by_id = {source.article_id: source for source in deal.sources}
    for field in _QUOTED_FIELDS:
        claims = [c for c in deal.claims if c.field == field and c.shown]
        found = [(words, by_id.get(claim.article_id)) for claim in claims if (words := _sentence(claim))]
        found = found or [(evidence.text, best_source(deal)) for evidence in deal.facts.evidence.get(field, ())]
        if found:
            return max(found, key=lambda pair: len(pair[0]))
    return None


def _sentence(claim: Claim) -> str:
    return claim.sentence or (claim.evidence.text if claim.evidence is not None else "")


def source_lines(deal: DealRecord, *, style: Style = PLAIN, limit: int = SHOWN_SOURCES) -> list[str]:
    """List the sources with links, best first, copies counted apart."""
    originals = sorted(
        (s for s in deal.sources if s.duplicate_of is None),
        key=lambda s: (TIER_ORDER.index(s.tier), s.published_at.timestamp() if s.published_at else float("inf")),
    )
    copies = len(deal.sources) - len(originals)
    lines = [_source_line(source, style=style) for source in originals[:limit]]
    more = [f"{len(originals) - limit} more" if len(originals) > limit else "", _copies(copies)]
    tail = listed([words for words in more if words])
    return [*lines, f"-# and {tail}"] if tail else lines


def _copies(count: int) -> str:
    return f"{count} {'copy' if count == 1 else 'copies'} of these" if count else ""


def _source_line(source: Source, *, style: Style) -> str:
    title = link(shorten(plain(source.title) or source.publisher, 90), source.url)
    when = f", {moment(source.published_at, style=style)}" if source.published_at else ""
    return f"{title} · {escape(source.publisher)}, {TIER_WORDS[source.tier]}{when}"
