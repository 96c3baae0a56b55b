"""Discover companies that no table knows, from the words around a capitalised name.

Evidence: a legal suffix ("Inc."), a ticker in brackets, a descriptor before ("bitcoin miner X") or after ("X, a
neocloud"), shares, or the place of a contract partner ("a lease with X"). A full name once discovered is found again
in its short form. Does not know whether the company takes part in a deal.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.capitals import LEGAL_SUFFIX, capitalised_names, mask_names, may_be_company, without_suffix
from extractors.companies import TICKER, is_modifier, ticker_after
from extractors.describing import kind_described, kind_ending, kind_hinted
from extractors.models import PartyKind, PartySpan, Where
from extractors.sentences import is_heading
from extractors.stopwords import GIVEN, HEADLINE, OPENERS, PLACES, TERMS, words

_DESCRIBED_AFTER = re.compile(
    r"(?:'s)?(?:\s?\([^()\n]{2,90}\)){0,2}(?:,\s|\s(?:is|was|are)\s|\s[\u2014\u2013-]{1,2}\s|\s\()(?:(?:itself|once|formerly|also|now|which\s(?:is|was))\s)?(?:an?|the|one\sof|another|formerly|once|which\s(?:runs|operates|mines|rents|builds|owns))\s(?P<phrase>[^.;()\n,\u2014]{3,90})",
    re.IGNORECASE,
)
_DESCRIBED_BEFORE = re.compile(r"(?P<phrase>(?:[\w.'&/-]+,?\s){1,6})\"?$")
_SURE_PARTNER = re.compile(
    r"\b(?:leases?|contracts?|agreements?|deals?|partnership|pact|talks|venture|letter\sof\sintent|LOI|MoU|memorandum(?:\sof\sunderstanding)?|term\ssheet|tie-up|negotiations)(?:\s\w+){0,2}\swith\s$",
    re.IGNORECASE,
)
_PARTNER = re.compile(
    r"(?:\b(?:lease[ds]?|leasing|contract(?:ed|s)?|agreements?|deals?|arrangement|signed|expan\w+|capacity|services?|campus|space|megawatts|MW|GPUs|host(?:ed|ing)|rent(?:ed|s|ing)?|built|exclusivity|commitment|relationship|loan|financing|stake|acquisition|takeover|purchase|merger|bid)\b[^.;:!?\n]{0,50}?\s(?:with|to|for|from|by|between|of)\s"
    r"|\b(?:tenants?|customers?|clients?|lessee|counterparty|partners?|subsidiary|landlord|rivals?|peers?|competitors?|acquired|acquires?|acquiring|bought|parent|unit|affiliate),?\s)$",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"(?:'s)?(?:\s\([^()\n]{2,30}\))?\s(?:(?:has|had|have|will|would|also|now|is|was|itself|today|on\s\w+day)\s){0,3}(?:signed|inked|leased?s?|agree[ds]?|agreed|announced|secured|contracted|rent(?:s|ed)|host(?:s|ed)?|supplies|supplied|landed|struck|expand(?:s|ed)|commit(?:s|ted)|acquire[ds]?|bought|buy(?:s|ing)?|operat(?:es|ed)|own(?:s|ed)|min(?:es|ed)\sbitcoin|plans|build(?:s|ing)?|entered|occup(?:y|ies)|deploy\w*|train\w*|paid?|pays|prepa\w+|backstop\w*|guarant\w+|take[sn]?|terminat\w+|walked|energiz\w+|deliver\w*|provid\w+)\b"
)
_OFFICER_OF = re.compile(
    r"\b(?:CEO|CFO|COO|CTO|[Cc]hief\s\w+\s[Oo]fficer|[Pp]resident|[Cc]hairman|[Cc]o-?founder|[Ff]ounder|[Ee]xecutives?|[Ss]pokes\w+)\s(?:of|at|for)\s$"
)
_OFFICER_AFTER = re.compile(
    r"(?:'s)?\s(?:co-|[Ii]nterim\s)?(?:CEO|CFO|COO|CTO|[Cc]hief\s(?:[Ee]xecutive|[Ff]inancial|[Oo]perating|[Tt]echnology)|[Cc]hairman|[Cc]o-?[Ff]ounder|[Ff]ounder|[Ee]xecutives?\b|[Ss]pokes\w+|management\b)"
)
_BELONGS_AFTER = re.compile(
    r"'s?\s(?:\w+\s){0,2}?(?:revenues?|business|board|shareholders|stock|shares|balance\ssheet|portfolio|pipeline|customers?|hash\s?rate|fleet|earnings|guidance|backlog|market\scap\w*|data\scenters?|infrastructure|GPUs?|workloads|models?|cloud|mining|announcement|management|offer|bid|lease|site|campus|facilit\w+|capacity)\b"
)
_MINES_AFTER = re.compile(
    r"(?:'s)?\s(?:(?:also|still|currently|now|own|existing|legacy)\s)?(?:mines?\s(?:bitcoin|crypto)|mined\s[\d,.]+\s(?:bitcoin|BTC)|(?:bitcoin|crypto\w*)[-\s]mining|mining\s(?:fleet|business|operations?|revenue)|hash\s?rate|self-mining)",
    re.IGNORECASE,
)
_SUBSIDIARY = re.compile(r"\b(?:subsidiary|unit|arm|affiliate|brand|division),?\s$", re.IGNORECASE)
#: A deed with megawatts, GPUs or a lease in it is a company's.
_STAKES = re.compile(
    r"[^.;\n]{0,80}\b(?:MW|megawatts?|GW|gigawatts?|GPUs?|lease|hyperscaler|hosting|tenant|data\s?cent(?:er|re)s?)\b"
)
_SHARES = re.compile(r"(?:\b(?:shares?|stock|investors|owners|holders)\s(?:of|in|at)\s(?:the\s)?)$", re.IGNORECASE)
_SHARES_AFTER = re.compile(
    r"(?:'s?)?(?:\s\([A-Z]{2,5}\))?\s(?:shares?|stock|investors|shareholders|(?:rose|fell|jumped|gained|surged|climbed|slid|dropped|rallied|advanced|declined|soared|added|lost|slipped|was\sup|was\sdown|traded)\s(?:by\s|about\s|nearly\s|as\smuch\sas\s|more\sthan\s)?[0-9])\b"
)
_PLACE_AFTER = re.compile(
    r"(?:'s)?\s(?:campus|site|facilit|data\s?cent|County|county|complex|hub|plant|substation|building|project|Campus|Site|Facilit|Complex|Hub|Substation|Plant|Project|River|Lake|University|Act|Award|Conference|Summit|Report|Index|Fund)\b|,\s(?:Texas|Ohio|Georgia|Norway|Canada|Quebec|Ontario|[A-Z]{2}\b|North|South|West|New)"
)
_PLACE_BEFORE = re.compile(
    r"(?<!stake\s)(?<!shares\s)(?<!invest\s)(?<!analysts\s)(?<!analyst\s)(?<!investor\s)(?<!interest\s)(?<!executive\s)\b(?:at|in|near|outside|around)\s(?:the\s)?$"
)
_PERSON_NEAR = re.compile(
    r"\b(?:CEO|CFO|COO|CTO|[Cc]hief\s\w+(?:\s[Oo]fficer)?|[Pp]resident|[Cc]hair\w*|[Aa]nalysts?|[Cc]o-?founder|[Ff]ounder|[Dd]irector|[Pp]artner|Mr\.|Ms\.|Mrs\.|Dr\.|[Hh]ead|[Mm]anager|[Ss]trategist|[Ss]enator|[Gg]overnor|[Ss]pokes\w+|[Jj]udge|[Aa]ttorney),?\s$"
)
_DEFINED = re.compile(r",?\s?(?:\([^()\"]{0,60})?\(?[^()\"]{0,40}\"(?P<short>[A-Z][\w.&-]*(?:\s[A-Z][\w.&-]*){0,2})\"")
_FIRM = re.compile(
    r"(?:[\w.-]+\s){0,4}?(?:company|firm|group|business|start-?up|customer|tenant|client)\b(?!'s)", re.IGNORECASE
)
_SUCH_AS = re.compile(r",?\s(?:such\sas|like|including|namely|called|named|known\sas)\s$|,\s$")
#: Points at which a name is taken for a company: one strong sign or two weak ones.
_ENOUGH = 2
_OFTEN = 3
#: How many places of one name are weighed; more say nothing new.
_SEEN_ENOUGH = 8
#: A capital in the middle of a sentence.
_WITHIN = re.compile(r"[a-z,]\s$")
#: Last words of companies' names. A candidate that ends in one needs no other sign.
_TRADES = words(
    """
    digital compute computing energy energia power cloud labs lab ai mining hash technologies technology systems capital
    networks data infrastructure grid partners platforms intelligence semiconductor silicon robotics software hosting
    miner miners bank mutual ventures securities electric renewables telecom logistics industries materials therapeutics
    """
)
_BY_STRENGTH = ("ticker", "suffix", "described", "apposition", "mines", "officer", "partner", "acts", "shares", "owns")
_PERSON_AFTER = re.compile(
    r",\s(?:the\s|its\s|who|an?\s)?(?:[\w-]+\s|company's\s|[A-Z]\w+'s\s){0,2}(?:CEO|CFO|COO|CTO|chief|president|chair|co-?founder|founder|analyst|managing|director|head\sof|spokes|partner\sat)"
    r"|\s(?:told|tweeted|wrote|recalled|quipped)\b",
)


@dataclass(slots=True)
class _Candidate:
    """A capitalised name with the evidence gathered for it so far."""

    name: str
    score: int = 0
    kinds: Counter[PartyKind] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    shorts: set[str] = field(default_factory=set)

    def add(self, rule: str, points: int, kind: PartyKind | None = None) -> None:
        if points < 0 or self.rules[rule] < 3:
            self.score += points
        self.rules[rule] += 1
        if kind not in {None, PartyKind.UNDISCLOSED}:
            self.kinds[kind] += max(points, 1)


@dataclass(frozen=True, slots=True)
class Found:
    """An unknown company: its name without legal suffix, its kind, the rule that spoke loudest for it."""

    name: str
    kind: PartyKind
    rule: str


def discover(text: str, *, known: Sequence[PartySpan] = (), title: str = "") -> dict[str, Found]:
    """Return the unknown companies of a normalised text by every spelling to look for; `known` spans are left alone."""
    masked = mask_names(text, known)
    candidates: dict[str, _Candidate] = {}
    for start, end, heading in capitalised_names(masked):
        name, name_end, suffixed = without_suffix(masked, start, end)
        if not may_be_company(name):
            continue
        candidate = candidates.setdefault(name, _Candidate(name))
        if suffixed:
            candidate.add("suffix", 2)
        candidate.rules["within"] += bool(_WITHIN.search(masked, max(0, start - 2), start))
        if not heading and candidate.rules["seen"] < _SEEN_ENOUGH:
            _weigh(masked, start, name_end, candidate)
    return _spellings(candidates, title)


def find_discovered(text: str, where: Where, companies: dict[str, Found]) -> list[PartySpan]:
    """Return every place in the normalised `text` where one of the discovered `companies` is named."""
    if not companies:
        return []
    names = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in sorted(companies, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w@/#])(?P<name>{names})(?!\w|\.(?:com|net|org)\b)")
    return [_party(text, where, match, companies[" ".join(match["name"].split())]) for match in pattern.finditer(text)]


def _party(text: str, where: Where, match: re.Match[str], company: Found) -> PartySpan:
    suffix = LEGAL_SUFFIX.match(text, match.end())
    end = match.end()
    return PartySpan(
        where=where, start=match.start(), end=end, text=match[0], key=None, name=company.name, kind=company.kind,
        ticker=ticker_after(text, suffix.end() if suffix else end), modifier=is_modifier(text, match.start(), end),
        rule=company.rule,
    )  # fmt: skip


def _weigh(text: str, start: int, end: int, candidate: _Candidate) -> None:
    before, after = text[max(0, start - 90) : start], text[end : end + 260]
    suffix = LEGAL_SUFFIX.match(text, end)
    after = text[suffix.end() : suffix.end() + 260] if suffix else after
    if _PERSON_NEAR.search(before) or (" " in candidate.name and _PERSON_AFTER.match(after)):
        candidate.add("person", -3)
        return
    if _PLACE_AFTER.match(after):
        candidate.add("place", -2)
        return
    if _PLACE_BEFORE.search(before):
        candidate.add("place", -1)
    _weigh_brackets(after, candidate)
    _weigh_descriptions(before, after, candidate)
    if not is_modifier(text, start, end):
        _weigh_deeds(before, after, candidate)


def _weigh_deeds(before: str, after: str, candidate: _Candidate) -> None:
    """Weigh what the name does, has and is party to."""
    if _PARTNER.search(before):
        candidate.add("partner", 2 if _SURE_PARTNER.search(before) else 1)
    if _ACTS.match(after):
        candidate.add("acts", 2 if _STAKES.match(after) else 1)
    if _SHARES.search(before) or _SHARES_AFTER.match(after):
        candidate.add("shares", 1)
    if _OFFICER_OF.search(before) or _OFFICER_AFTER.match(after):
        candidate.add("officer", 2)
    if _MINES_AFTER.match(after):
        candidate.add("mines", 2, PartyKind.MINER)
    if _SUBSIDIARY.search(before):
        candidate.add("subsidiary", 1)
    if _BELONGS_AFTER.match(after):
        candidate.add("owns", 1)
    candidate.add("seen", 0)


def _weigh_brackets(after: str, candidate: _Candidate) -> None:
    ticker = TICKER.match(after)
    if ticker is not None:
        candidate.add("ticker", 3 if ticker["symbol"] else _bare_ticker_points(candidate.name, ticker["bare"]))
    defined = _DEFINED.match(after)
    if defined is not None and defined["short"].lower() not in {"company", "the company", "buyer", "seller", "parties"}:
        candidate.shorts.add(defined["short"])


def _bare_ticker_points(name: str, symbol: str) -> int:
    """Weigh "(SMOY)" behind a name: initials make it an abbreviation ("right of first offer (ROFO)"), not a ticker."""
    initials = "".join(word[0] for word in name.split()).upper()
    if len(initials) > 1 and symbol.upper().endswith(initials[-2:]):
        return 0
    return 2 if symbol[0].upper() == initials[0] and len(symbol) > 2 else 1


def _weigh_descriptions(before: str, after: str, candidate: _Candidate) -> None:
    lead = _DESCRIBED_BEFORE.search(before)
    if lead is not None and (kind := kind_ending(_SUCH_AS.sub("", lead["phrase"]))) is not None:
        candidate.add("described", 2, kind)
    tail = _DESCRIBED_AFTER.match(after)
    if tail is None or (kind := kind_described(tail["phrase"])) is None:
        return
    if kind is not PartyKind.UNDISCLOSED or _FIRM.match(tail["phrase"]):
        candidate.add("apposition", 2, kind)


def _spellings(candidates: dict[str, _Candidate], title: str) -> dict[str, Found]:
    """Return every spelling of the candidates that are companies: full name, short forms, names defined in brackets."""
    _pool(candidates)
    surnames = {
        one.name.split()[-1]
        for one in candidates.values()
        if one.rules["person"] or one.name.split()[0].lower() in GIVEN
    }
    for one in candidates.values():
        if one.name in surnames:
            one.score -= 2
    accepted = [one for one in candidates.values() if one.score + _looks_like_company(one, title) >= _ENOUGH]
    found: dict[str, Found] = {}
    for one in sorted(accepted, key=lambda one: (one.rules["subsidiary"], -len(one.name), one.name)):
        if one.name in found:
            continue
        related = [short for short in _short_forms(one.name) if " " in short or short in candidates or short in title]
        for short in related:
            if short in candidates:
                one.kinds.update(candidates[short].kinds)
        company = _parent(one, found) or Found(one.name, *_kind_and_rule(one))
        for spelling in (one.name, *related, *sorted(one.shorts)):
            found.setdefault(spelling, company)
    return found


def _pool(candidates: dict[str, _Candidate]) -> None:
    """Let "Veylan Systems" have what was said of "Veylan" too, so that the fuller name is the company's."""
    for name, one in candidates.items():
        head, _, tail = name.partition(" ")
        short = candidates.get(head)
        if short is not None and tail and all(word.lower() in TERMS for word in tail.split()):
            one.score += max(short.score, 0)
            one.rules.update(short.rules)


def _parent(one: _Candidate, found: dict[str, Found]) -> Found | None:
    """Return the company that "its subsidiary Solvane Compute" belongs to: the one that shares its first word."""
    head = one.name.split()[0]
    if not one.rules["subsidiary"]:
        return None
    return next((company for name, company in found.items() if name.split()[0] == head), None)


def _looks_like_company(candidate: _Candidate, title: str) -> int:
    """Count what needs no words around: inner capitals ("TeraWulf"), a trade as last word, the title, repetition."""
    if candidate.score < 0:
        return 0
    name, often = candidate.name, candidate.rules["seen"] >= _OFTEN
    inner = bool(re.search(r"[a-z][A-Z]|[A-Za-z]\d|\.ai$", name))
    trade = " " in name and name.split()[-1].lower() in _TRADES and not candidate.rules["place"]
    titled = not is_heading(title) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title) is not None
    headline = name.split()[0] in title.split() and candidate.rules["seen"] > 1
    recurs = candidate.rules["within"] > 0 and candidate.rules["seen"] > 1 and not candidate.rules["place"]
    return (
        inner
        + 2 * trade
        + recurs
        + (recurs and candidate.score > 0)
        + titled
        + headline
        + (often and (candidate.score > 0 or inner))
    )


def _short_forms(name: str) -> Iterator[str]:
    """Yield "Helionix" and "Blue Ridge" for "Helionix Compute" and "Blue Ridge Compute"."""
    words = name.split()
    for count in range(len(words) - 1, 0, -1):
        short = " ".join(words[:count])
        low = short.lower()
        if count > 1 or (
            len(short) > 2 and low not in TERMS and low not in PLACES and low not in OPENERS and low not in HEADLINE
        ):
            yield short


def _kind_and_rule(candidate: _Candidate) -> tuple[PartyKind, str]:
    rule = f"discovered.{next((name for name in _BY_STRENGTH if candidate.rules[name]), 'seen')}"
    if candidate.kinds:
        return candidate.kinds.most_common(1)[0][0], rule
    hint = kind_hinted(candidate.name)
    return (PartyKind.UNDISCLOSED, rule) if hint is None else (hint, f"{rule}.hinted")
