"""Find the companies of the table in a text: longest name first, with tickers, guards and modifiers.

Knows names, former names, brands, descriptors and tickers; does not know companies outside the table (`discovery`) nor
parties without a name (`unnamed`). A name that is also a common word counts only with its context.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.closed_sets import Where
from extractors.models import Company, PartySpan, Ticker
from extractors.parties.naming import Hit, NameIndex
from extractors.parties.stopwords import HEADLINE, OPENERS, TERMS
from extractors.text.sentences import is_heading

_EXCHANGE = r"(?P<exchange>(?:NASDAQ|NYSE|TSX|TSXV|TSX-V|LSE|ASX|AIM|OTC\w*|CSE|NEO|CBOE|XETRA|FWB|HKEX|HKSE|SGX|Euronext|SIX|TASE|KRX|TSE)(?:GS|GM|CM|\s(?:GS|CM|GM|American|Arca|Venture|Global\sSelect))?(?:/\w{2,6})?)"
TICKER = re.compile(
    rf"\s?\(\s?(?:(?:{_EXCHANGE}(?:\sand\s\w+|\s?[,;/|]\s?\w+)?\s?:\s?)\$?(?P<symbol>[A-Z][A-Z0-9.-]{{0,9}})|(?:ticker:?\s)?\$?(?P<bare>[A-Z]{{2,5}}))(?=\s?[);,/|]|\s(?:and|or)\s)",
    re.IGNORECASE,
)
_WINDOW = 140
_SHARES = re.compile(
    r"\b(?:shares?|stock|\$|%|rose|fell|gained|jumped|surged|slid|dropped|climbed|rallied|up|down|pre-?market|price target|ticker)\b|[%$]",
    re.IGNORECASE,
)
_NEXT_CAPITAL = re.compile(r"\s(?P<word>[A-Z][a-z]+)")
_CAPITAL_BEFORE = re.compile(r"(?<=[a-z,]\s)(?P<word>[A-Z][a-z]+)\s$")
_MIDDLE_NAME = re.compile(r"(?:Bitcoin|Samsung|Milky|Intel|Apache|Riot|Delphi|Air)\s$")
_COMMON_TAIL = re.compile(
    r"\s(?:S\d\d|Games?|Ultra|Duo|i\d|Park|Watch|Fold|Tab|Suite|Quest|Ring|Brain|Music|Store|TV|Pay|wallet|text|memory|rewards?|subsid(?:y|ies)|heights?|explorers?)\b"
)
_GOODS = r"(?:GPUs?|graphics|chips?|processors?|accelerators?|superchips?|silicon|hardware|servers?|racks?|systems?|cards?|rigs?|machines?|miners?|ASICs?|Antminers?|fuel\scells?|turbines?|generators?|engines?|batteries|[HBAV]\d{2,3}s?|GB\d{3}s?|Blackwell|Hopper|Grace|Rubin|Vera|HGX|DGX|CUDA|NVL\d+|Quantum|Spectrum|InfiniBand|PowerEdge|XE\d+\w*|TPUs?|AI\s(?:chips?|GPUs?|servers?|accelerators?)|Tensor|Instinct|MI\d+|Preferred\sPartner|Cloud\sPartner|Partner\sNetwork|Inception|reference|technology|architecture|platform\s)"
_PEOPLE = r"(?:(?:former|ex-|long-time|senior)?\s?(?:executive|veteran|engineer|alum\w*|employee|staffer|analysts?|researchers?|strategists?|economist))"
_AFTER_MODIFIER = re.compile(
    rf"(?:'s)?(?:\s(?:Corp\.?|Inc\.?))?(?:-(?:backed|owned|led|based|powered|linked|designed|made|built|supported|funded|style|like|sponsored|guaranteed|approved|certified|compatible|supplied|affiliated)|\s(?:[A-Z0-9][\w-]{{0,14}}\s)?{_GOODS}\b|\s{_PEOPLE}\b)",
)
#: "said Wes Corran, Chairman and": a surname is no company.
_GIVEN_NAME = re.compile(r"\b[A-Z][a-z]+\s(?:[A-Z]\.\s)?$")
_POST = re.compile(
    r",?\s(?:(?:the|its|our|[A-Z]\w+'s)\s)?(?:[Cc]o-?)?(?:CEO|CFO|COO|CTO|[Cc]hief\s|[Cc]hair(?:man|woman|person)?\b|[Pp]resident\b|[Ff]ounder\b|[Mm]anaging\s|[Ss]enior\s[Vv]ice|[Ee]xecutive\s(?:[Cc]hair|[Vv]ice))"
)
_BEFORE_MODIFIER = re.compile(
    r"(?:\b(?:analysts?|strategists?|research(?:ers)?|note|report|economists?)\s(?:at|from|with|of|by)\s(?:the\s)?|\b(?:former|ex)[-\s](?:employees?\sof\s)?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Article:
    """What the whole article says, for the guards: its text and which companies are surely in it."""

    text: str
    sure: frozenset[str]
    symbols: frozenset[str]


class CompanyFinder:
    """Find the companies of one table."""

    def __init__(self, companies: Sequence[Company]) -> None:
        self._index = NameIndex(companies)
        self._context = {
            company.key: _word_pattern(company.context_words) for company in companies if company.context_words
        }

    def find(self, text: str, where: Where, *, beside: str = "") -> list[PartySpan]:
        """Return the known companies of the normalised `text`, in order.

        `beside` is the rest of the article (the text for a title), which may tell what a common word means.
        """
        hits, other = list(self._index.find(text)), list(self._index.find(beside))
        known = _sure(hits) | _sure(other), _symbols(text) | _symbols(beside)
        return self._spans(text, where, hits, known)

    def find_both(self, title: str, text: str) -> tuple[list[PartySpan], list[PartySpan]]:
        """Return the known companies of a title and of its text; each tells what common words of the other mean."""
        in_title, in_text = list(self._index.find(title)), list(self._index.find(text))
        known = _sure(in_title) | _sure(in_text), _symbols(title) | _symbols(text)
        return self._spans(title, Where.TITLE, in_title, known), self._spans(text, Where.TEXT, in_text, known)

    def _spans(
        self, text: str, where: Where, hits: Sequence[Hit], known: tuple[frozenset[str], frozenset[str]]
    ) -> list[PartySpan]:
        article = _Article(text, *known)
        meant = (hit for hit in hits if self._means_company(hit, article))
        return [_span(text, where, hit) for hit in meant if not _inside_ticker(text, hit)]

    def _means_company(self, hit: Hit, article: _Article) -> bool:
        name = hit.name
        if _is_verb(hit, article.text) or _is_surname(hit, article.text):
            return False
        if name.rule == "ticker":
            return not name.guarded or _SHARES.search(article.text, max(0, hit.start - 60), hit.end + 60) is not None
        if name.rule == "descriptor":
            return self._descriptor_counts(hit, article)
        if not name.guarded and not _is_short_capitals(hit):
            return True
        return self._word_means_company(hit, article)

    def _word_means_company(self, hit: Hit, article: _Article) -> bool:
        """Decide for a name that is also a common word ("Galaxy", "Riot", "Core")."""
        company = hit.name.company
        text = article.text
        if _MIDDLE_NAME.search(text, max(0, hit.start - 10), hit.start) or _COMMON_TAIL.match(text, hit.end):
            return False
        if hit.name.guarded and _inside_name(text, hit):
            return False
        if company.key in article.sure or any(one.symbol in article.symbols for one in company.tickers):
            return True
        pattern = self._context.get(company.key)
        around = f"{text[max(0, hit.start - _WINDOW) : hit.start]} {text[hit.end : hit.end + _WINDOW]}"
        return bool(hit.name.guarded and pattern and pattern.search(around) and hit.text[:1].isupper())

    def _descriptor_counts(self, hit: Hit, article: _Article) -> bool:
        """Refuse "the Canadian bitcoin miner Helionix": there the descriptor stands for the name that follows."""
        if re.match(r",?\s[A-Z][a-z]", article.text[hit.end : hit.end + 4]):
            return False
        return hit.name.company.key in article.sure or not hit.text.lower().endswith(("company", "miner"))


#: First words of names that headlines use as verbs.
_VERBS = frozenset({"scale", "build", "power", "drive", "boost", "run", "host", "anchor", "apply", "ground"})
_VERB_BEFORE = re.compile(r"\b(?:to|[Hh]elps?|[Ww]ill|[Cc]an|[Tt]o [Hh]elp)\s$")
_OBJECT_AFTER = re.compile(
    r"\s(?:[A-Z][a-z]+|infrastructure|cloud|capacity|compute|computing|ambitions?|operations|business|data|hosting)\b"
)


def _is_verb(hit: Hit, text: str) -> bool:
    """Tell whether the name is a verb with its object ("… to Scale AI Infrastructure")."""
    if hit.text.split()[0].lower() not in _VERBS:
        return False
    before = _VERB_BEFORE.search(text, max(0, hit.start - 10), hit.start)
    return before is not None and _OBJECT_AFTER.match(text, hit.end) is not None


def _is_surname(hit: Hit, text: str) -> bool:
    """Tell whether a name of one word is a person's last ("Wes Corran, Chairman")."""
    if " " in hit.text or not hit.text.istitle() or _POST.match(text, hit.end) is None:
        return False
    return _GIVEN_NAME.search(text, max(0, hit.start - 24), hit.start) is not None


def _sure(hits: Sequence[Hit]) -> frozenset[str]:
    """Return the keys of companies named in a way that can mean nothing else."""
    return frozenset(
        hit.name.company.key
        for hit in hits
        if not hit.name.guarded and hit.name.rule in {"name", "alias", "former"} and not _is_short_capitals(hit)
    )


def _is_short_capitals(hit: Hit) -> bool:
    """Tell whether an all-capitals name of up to four letters is written like a word ("Mara", "Iren")."""
    text = hit.name.text
    return len(text) <= 4 and text.isupper() and hit.text != text


def _inside_name(text: str, hit: Hit) -> bool:
    """Tell whether a longer name goes on around the word ("Cipher Ridge Compute"), judged outside headings only."""
    line = text[text.rfind("\n", 0, hit.start) + 1 : hit.start + 120].split("\n", maxsplit=1)[0]
    if is_heading(line):
        return False
    after = _NEXT_CAPITAL.match(text, hit.end)
    before = _CAPITAL_BEFORE.search(text, max(0, hit.start - 24), hit.start)
    words = [match["word"].lower() for match in (after, before) if match is not None]
    return any(word not in TERMS and word not in OPENERS and word not in HEADLINE for word in words)


def _symbols(text: str) -> frozenset[str]:
    return frozenset((match["symbol"] or match["bare"]).upper() for match in TICKER.finditer(text))


def _inside_ticker(text: str, hit: Hit) -> bool:
    """Tell whether the hit is the symbol or the exchange of "(NASDAQ: IREN)": it belongs to the name before it."""
    opening = text.rfind("(", max(0, hit.start - 30), hit.start)
    return opening >= 0 and (match := TICKER.match(text, opening)) is not None and match.end() >= hit.end


def _span(text: str, where: Where, hit: Hit) -> PartySpan:
    company = hit.name.company
    return PartySpan(
        where=where, start=hit.start, end=hit.end, text=text[hit.start : hit.end], key=company.key, name=company.name,
        kind=company.kind, ticker=ticker_after(text, hit.end, company), modifier=is_modifier(text, hit.start, hit.end),
        rule=f"company.{hit.name.rule}",
    )  # fmt: skip


def ticker_after(text: str, end: int, company: Company | None = None) -> Ticker | None:
    """Return the ticker printed right after a name: "(NASDAQ: IREN)", "(IREN)", "Inc. (Nasdaq: ABC)"."""
    skipped = re.compile(
        r"(?:'s)?(?:,?\s(?:Inc|Corp|Corporation|Limited|Ltd|plc|PLC|AG|Holdings|Group|Co)\.?){0,2}"
    ).match(text, end)
    match = TICKER.match(text, skipped.end() if skipped else end)
    if match is None:
        return None
    known = {one.symbol: one for one in company.tickers} if company else {}
    symbol = (match["symbol"] or match["bare"]).rstrip(".-")
    if match["bare"]:
        return known.get(symbol)
    exchange = match["exchange"].split()[0].upper()
    return Ticker(symbol=symbol.upper(), exchange={"NASDAQGS": "NASDAQ", "NASDAQCM": "NASDAQ"}.get(exchange, exchange))


def is_modifier(text: str, start: int, end: int) -> bool:
    """Tell whether the name at `start`..`end` only describes another noun ("Nvidia GPUs", "Google-backed")."""
    if _AFTER_MODIFIER.match(text, end) is not None:
        return True
    return _BEFORE_MODIFIER.search(text, max(0, start - 30), start) is not None


def _word_pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + r")s?\b", re.IGNORECASE)


def find_cashtags(text: str, where: Where, companies: Sequence[Company]) -> Iterator[PartySpan]:
    """Yield "$IREN" for the tickers of the table."""
    if "$" not in text:
        return
    by_symbol = {ticker.symbol: (company, ticker) for company in companies for ticker in company.tickers}
    for match in re.finditer(r"(?<![\w$])\$(?P<symbol>[A-Z]{2,5})\b", text):
        if (found := by_symbol.get(match["symbol"])) is not None:
            company, ticker = found
            yield PartySpan(
                where=where, start=match.start(), end=match.end(), text=match[0], key=company.key, name=company.name,
                kind=company.kind, ticker=ticker, rule="company.cashtag",
            )  # fmt: skip
