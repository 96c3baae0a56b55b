"""Find parties without a name: "an investment-grade hyperscaler", "the same tenant", "a Fortune 100 technology company".

Knows noun phrases and the kind of party they describe; does not know who is meant (that is coreference's work).
"""

import re
from collections.abc import Iterator

from extractors.closed_sets import PartyKind, Where
from extractors.models import PartySpan
from extractors.parties.describing import kind_described

_LEADS = r"(?P<lead>an?|the|this|that|one|another|same|its|their|our|two|three|four|several|both|unnamed|undisclosed|investment-grade|a\snumber\sof|the\ssame|one\sof(?:\s(?:the|its))?)"
_FILL = r"(?:(?!(?:deal|lease|contract|agreement|site|campus|facility|capacity|and|or|for|with|to|of|by|in|on|at|from|that|which|who|is|was|has|will|said|as|than|between|but|if|when|while|where|after|before|could|would|may|an?|the|these|those|it|he|they|we|now|already|up|out|into|under|over|about)\b)(?:U\.S\.|U\.K\.|[A-Za-z0-9$&'][\w$&'/-]*(?:\.[\w-]+){0,2})(?:\s|,\s)){0,7}?"
_HEADS = (
    r"(?P<head>hyperscalers?|hyperscale\s(?:customers?|tenants?|clients?|compan(?:y|ies)|partners?|counterpart(?:y|ies)|(?:cloud\s)?(?:provider|operator)s?)"
    r"|neo-?clouds?(?:\s(?:provider|company|operator|customer|tenant)s?)?|tenants?|lessees?|offtakers?|counterpart(?:y|ies)"
    r"|(?:AI\s|anchor\s|cloud\s|HPC\s|GPU\s|enterprise\s|hosting\s|colocation\s|compute\s)?(?:customers?|clients?)"
    r"|(?:AI|artificial\sintelligence|frontier)\s(?:model\s)?(?:labs?|laborator(?:y|ies)|developers?|start-?ups?|compan(?:y|ies)|firms?)"
    r"|(?:GPU\s|AI\s|compute\s)?cloud(?:\s(?:computing|infrastructure|services?))?\s(?:providers?|compan(?:y|ies)|firms?|operators?|giants?|platforms?)"
    r"|(?:GPU|AI)[-\s]clouds?(?!\s(?:contract|service|capacity|deal|revenue|business|compute|computing|infrastructure|agreement|segment|customer|partner|platform|unit|provider|compan|firm|operator|pivot|push)\w*)"
    r"|(?:big\s)?tech(?:nology)?\s(?:giants?|compan(?:y|ies)|firms?|majors?)|chip-?makers?|social[-\s]media\s(?:giant|company)"
    r"|(?:bitcoin|crypto(?:currency)?|digital[-\s]asset|BTC)[-\s](?:miners?|mining\s(?:compan(?:y|ies)|firms?|operators?))|miners?"
    r"|data[-\s]?cent(?:er|re)\s(?:developers?|operators?|compan(?:y|ies)|owners?|REITs?)|colocation\s(?:providers?|operators?)"
    r"|Fortune\s(?:50|100|500)\s(?:compan(?:y|ies)|firm)|(?:AI\s)?infrastructure\s(?:providers?|compan(?:y|ies))|AI\sinference\s\w+)"
)
_PHRASE = re.compile(rf"(?<![A-Za-z])(?:{_LEADS}\s)(?P<fill>{_FILL}){_HEADS}(?![A-Za-z])", re.IGNORECASE)
#: In headlines the article is missing: "Signs 10-Year Lease With Investment-Grade Hyperscaler".
_BARE = re.compile(
    rf"\b(?:with|from|to|for|lands?|by|wins?|signs?|adds|inks?)\s(?P<fill>(?:(?!(?:a|an|the|up|after|and|for|to|of|in|on|as)\s)[A-Za-z][\w-]*\s){{0,4}}?){_HEADS}(?![A-Za-z])",
    re.IGNORECASE,
)
_DEFINITE = frozenset({"the", "this", "that", "same", "its", "their", "our", "the same", "both"})
_PLURAL = re.compile(r"(?:s|ies)$", re.IGNORECASE)
_NAME_AFTER = re.compile(r",?\s(?=[A-Z][A-Za-z0-9]|[a-z][A-Z])(?!(?:Inc|CEO|AI|HPC|GPU|GPUs|US|U\.S|MW|In|The)\b)")
#: "AI customers want …": a plural without a number speaks of a market, not of a party.
_QUANTIFIED = frozenset({"two", "three", "four", "several", "both", "the same", "its", "a number of"})
_VAGUE_FILL = re.compile(r"\b(?:any|no|every|each|potential|prospective|other|most|many)\b", re.IGNORECASE)


def find_unnamed(text: str, where: Where) -> list[PartySpan]:
    """Return the unnamed parties of the normalised `text`, in order."""
    found = [
        *_described(text, where),
        *(span for match in _PHRASE.finditer(text) if (span := _span(text, where, match, match["lead"])) is not None),
    ]
    taken = [(span.start, span.end) for span in found]
    for match in _BARE.finditer(text) if where is Where.TITLE else ():
        span = _span(text, where, match, "")
        if span is not None and not any(start < span.end and span.start < end for start, end in taken):
            found.append(span)
    return sorted(found, key=lambda span: span.start)


#: "a company from California that rents out computers for artificial intelligence": the trade stands in the clause.
_CLAUSE = re.compile(
    r"\b(?:an?|one)\s(?:[\w-]+\s){0,3}?(?:company|firm|group|business|outfit)(?:\s(?:from|of|in|based\sin)\s[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)?,?\s(?:that|which)\s(?P<act>rents?(?:\sout)?|leases|runs|sells|trains|builds|develops|makes|operates)\s(?P<goods>[^.;,\n]{3,60})"
)
_GOODS = re.compile(
    r"\b(?:AI|artificial\sintelligence|GPUs?|chatbots?|language\smodels?|cloud|supercomputers?|machine\slearning)\b",
    re.IGNORECASE,
)


def _described(text: str, where: Where) -> Iterator[PartySpan]:
    """Yield the companies without a name that a clause describes as labs or clouds."""
    for match in _CLAUSE.finditer(text):
        if _GOODS.search(match["goods"]) is None:
            continue
        lab = match["act"] in {"trains", "develops", "makes", "builds"}
        end = match.start("act")
        yield PartySpan(
            where=where, start=match.start(), end=end, text=text[match.start() : end], key=None, name=None,
            kind=PartyKind.AI_LAB if lab else PartyKind.NEOCLOUD, rule="unnamed.clause",
        )  # fmt: skip


def _span(text: str, where: Where, match: re.Match[str], lead: str) -> PartySpan | None:
    head, fill = match["head"], match["fill"] or ""
    lead = " ".join(lead.lower().split())
    if _PLURAL.search(head) and lead not in _QUANTIFIED and not lead.startswith("one of"):
        return None
    if _NAME_AFTER.match(text, match.end()) and where is Where.TEXT and not text[match.end() :].startswith(","):
        return None
    if "\n" in match[0] or _VAGUE_FILL.search(fill):
        return None
    start = match.start("fill") if lead == "" else match.start()
    return PartySpan(
        where=where, start=start, end=match.end(), text=text[start : match.end()], key=None, name=None,
        kind=kind_described(f"{fill}{head}") or PartyKind.UNDISCLOSED,
        modifier=_leans_on_noun(text, match.end()), definite=lead in _DEFINITE, rule=f"unnamed.{_head_word(head)}",
    )  # fmt: skip


def _head_word(head: str) -> str:
    return head.rsplit(maxsplit=1)[-1].lower()


def _leans_on_noun(text: str, end: int) -> bool:
    """Tell whether the phrase only describes another noun ("a hyperscaler-grade campus", "a miner-turned-host")."""
    return re.match(r"-(?:grade|backed|ready|led|owned|class|turned|style|scale)", text[end : end + 8]) is not None
