"""Where a deal's facts come from: which article to link, which sentence proves it, the list of sources.

Knows ranks of sources and how a link points at a sentence; knows no layout.
"""

from bot.messages.markdown import escape, is_web_link, link, plain, shorten
from bot.messages.wording import PLAIN, Style, listed, moment
from db.records import Claim, DealRecord, ReportedReaction, Source, SourceTier
from extractors.text.proof_link import proof_link, with_directive

QUOTE_LIMIT = 300
#: Two sentences share a field of an embed.
OPPOSED_LIMIT = 200
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
    words, source, url = found
    quoted = f"> “{escape(shorten(plain(words), QUOTE_LIMIT))}”"
    return quoted if source is None else f"{quoted}\n> -# — {link(source.publisher, url)}"


def proof(deal: DealRecord) -> tuple[str, Source | None, str | None] | None:
    """Find the sentence to quote, the article it stands in and the address of the place: the money's first."""
    by_id = {source.article_id: source for source in deal.sources}
    for field in _QUOTED_FIELDS:
        claims = [c for c in deal.claims if c.field == field and c.shown and sentence_of(c)]
        if claims:
            # The longest reading says most.
            best = max(claims, key=lambda claim: len(sentence_of(claim)))
            source = by_id.get(best.article_id)
            return sentence_of(best), source, proof_url(source, best)
        if words := max((evidence.text for evidence in deal.facts.evidence.get(field, ())), key=len, default=""):
            source = best_source(deal)
            return words, source, _landing(source, None, words)
    return None


def opposed(deal: DealRecord, field: str) -> tuple[Claim, Claim] | None:
    """Return the claims of a filing and of the best other source that contradict each other on a field."""
    said = [claim for claim in deal.claims if claim.field == field and claim.sentence]
    ranked = sorted(said, key=lambda claim: TIER_ORDER.index(claim.tier))
    for filing in (claim for claim in ranked if claim.tier is SourceTier.FILING):
        other = next((c for c in ranked if c.tier is not SourceTier.FILING and c.shown is not filing.shown), None)
        if other is not None:
            return filing, other
    return None


def opposed_lines(deal: DealRecord, field: str) -> list[str]:
    """Quote a filing and the best other source that contradict each other on a field, each linked to its place."""
    by_id = {source.article_id: source for source in deal.sources}
    return [_opposed_line(claim, by_id.get(claim.article_id)) for claim in opposed(deal, field) or ()]


def _opposed_line(claim: Claim, source: Source | None) -> str:
    words = escape(shorten(plain(sentence_of(claim)), OPPOSED_LIMIT))
    place = f" — {link(source.publisher, proof_url(source, claim))}" if source else ""
    return f"> {TIER_WORDS[claim.tier]}: “{words}”{place}"


def sentence_of(claim: Claim) -> str:
    """Return the sentence that states a claim, the stating words alone where it is not stored."""
    return claim.sentence or (claim.evidence.text if claim.evidence is not None else "")


def proof_url(source: Source | None, claim: Claim) -> str | None:
    """Return the address on which a browser lands on a claim's sentence; None where nothing can be opened."""
    return _landing(source, claim.text_directive, sentence_of(claim))


def reaction_url(source: Source | None, reported: ReportedReaction) -> str | None:
    """Return the address on which a browser lands on the sentence that reports a share move."""
    return _landing(source, reported.text_directive, reaction_sentence(reported))


def reaction_sentence(reported: ReportedReaction) -> str:
    """Return the sentence that reports a share move, the reporting words alone where it is not stored."""
    return reported.sentence or next((evidence.text for evidence in reported.reaction.evidence), "")


def _landing(source: Source | None, directive: str | None, sentence: str) -> str | None:
    if source is None or source.url is None or not is_web_link(source.url):
        return None
    found = with_directive(source.url, directive) if directive else proof_link(source.url, sentence)
    return found if is_web_link(found) else source.url


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
