"""Find the place of a deal: a campus, a site, a town, a county, a state or country.

Knows names before or after a word for a place of computing ("its Lake Mariner campus", "the site in Childress, Texas")
and a table of states and countries; does not know which deal a place belongs to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.closed_sets import Where
from extractors.models import PartySpan
from extractors.parties.stopwords import HEADLINE, OPENERS, PLACES, TERMS
from extractors.sites.places import ABBREVIATIONS, REGIONS, STATES

_REGION = "|".join(sorted(REGIONS, key=len, reverse=True))
_SHORT = "|".join(re.escape(short) for short in sorted(ABBREVIATIONS, key=len, reverse=True))
_PART = r"(?:St\.|Ft\.|[A-Z\u00c0-\u00dd][\w\u00c0-\u024f'-]*)"
_NAME = rf"(?:(?<![\w$-])(?!(?:The|Its|In|At|A|An|Our|This|On|For|With|And|New\sData|AI|HPC|Bitcoin|Data|Phase|MW|GW|IT|US|U\.S|Project)\b){_PART}(?:[ ](?:{_PART}|of[ ](?=[A-Z])|[0-9]{{1,2}}(?![\w%]))){{0,3}})"
_KIND = r"(?:(?:data[-\s]?cent(?:er|re)|AI|HPC|mining|hosting|colocation|compute|computing|AI\sfactory|power|\d[\d,.]{0,8}[-\s]?(?:MW|GW|megawatt|gigawatt)s?|flagship|greenfield|bitcoin)[-\s])*(?:campus(?:es)?|sites?|facilit(?:y|ies)|data\s?cent(?:er|re)s?|datacent(?:er|re)s?|complex|hub|plant|mine|development|project|location|property|Campus|Site|Facility|Data\sCent(?:er|re)|Hub|Complex)"
_NAMED = re.compile(rf"(?P<name>{_NAME})(?:'s)?\s(?:{_KIND})(?![a-z])")
_CALLED = re.compile(rf"(?i:{_KIND},?\s(?:called|named|known\sas|dubbed|at|\(|,))\s?\"?(?P<name>{_NAME})")
_APPOSED = re.compile(
    rf"(?P<name>{_NAME}),\s(?:[A-Z]\w+(?:\s[A-Z0-9]\w*)?'s|its|the|an?|our)\s(?:[\w'.-]+\s){{0,5}}?(?:campus|site|facility|data\s?cent(?:er|re)|complex)\b"
)
_TOWN = re.compile(
    rf"(?P<town>{_NAME}(?:\sCounty|\sParish)?),\s(?P<region>{_REGION}|{_SHORT}|[A-Z]{{2}}(?=[\s,.;)]))(?![a-z]|-(?!based|headq))"
)
_PROJECT = re.compile(rf"(?<!\w)(?P<name>Project[ ]{_PART})(?!\w)")
_COUNTY = re.compile(rf"(?P<name>{_PART}(?:\s{_PART})?\s(?:County|Parish))(?:,\s(?P<region>{_REGION}))?")
_IN_REGION = re.compile(
    rf"\b(?:in|at|across|near|outside|throughout)\s(?:(?:rural|central|northern|southern|eastern|western|upstate|the|south|north|west|east)\s|(?:northern|southern)\s)?(?P<region>{_REGION})(?![a-z])"
)
#: "lets 60 MW at Port Wexley", "Place: Port Wexley": any name in the place of a place, weighed later.
_BARE = re.compile(
    rf"(?:\b(?:[Aa]t|[Ii]n|[Nn]ear|[Oo]utside|[Bb]eside)\s|\b(?:[Pp]lace|[Ss]ite|[Ll]ocation|[Cc]ampus):\s)(?P<name>{_NAME})(?=[\s,.;:)]|$)"
)
_BASED_AFTER = re.compile(
    r"-based|-headquartered|\s?(?:-|\u2013|\u2014|\()\s?(?:\((?:[A-Z\s]+)\)|[A-Z][a-z]+\.?\s\d{1,2},?\s20\d\d)|,\s[A-Z][a-z]+\.?\s\d{1,2}"
)
_BASED_BEFORE = re.compile(
    r"(?:based|headquartered|offices?|incorporated|headquarters)\s(?:in|at|near)\s$", re.IGNORECASE
)
_NOT_PLACE = frozenset(
    [
        "nasdaq",
        "nyse",
        "board",
        "company",
        "state",
        "department",
        "court",
        "exchange",
        "conference",
        "summit",
        "university",
        "bank",
        "street",
        "committee",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "bitcoin",
    ]
)
#: Names looked for again; an article with more places is a list.
_MOST_NAMES = 40
_COMMON = (TERMS | HEADLINE | OPENERS) - PLACES


@dataclass(frozen=True, slots=True)
class SiteSpan:
    """One place named in an article. `name` = campus or town, `region` = state or country; one of them may be None.

    `strong` = a word for a place of computing stands beside it ("campus", "data center"); `seat` = it is where a
    company has its office ("Austin, Texas-based"), not a site.
    """

    where: Where
    start: int
    end: int
    text: str
    name: str | None
    region: str | None
    strong: bool
    seat: bool
    rule: str

    @property
    def label(self) -> str:
        """Return the site as the records show it: "Lake Mariner, New York"."""
        return ", ".join(part for part in (self.name, self.region) if part)


def find_sites(text: str, where: Where, *, parties: Sequence[PartySpan] = ()) -> list[SiteSpan]:
    """Return the places named in the normalised `text`, in order; names of `parties` are no places."""
    taken = [(party.start, party.end) for party in parties if party.where is where and party.name]
    found = [site for site in _scan(text, where) if not _overlaps(site, taken)]
    found += _named_again(text, where, found, taken)
    found.sort(key=lambda site: (site.start, site.start - site.end))
    kept: list[SiteSpan] = []
    for site in found:
        if kept and site.start < kept[-1].end:
            kept[-1] = _better(kept[-1], site)
            continue
        kept.append(site)
    return kept


def _named_again(
    text: str, where: Where, found: Sequence[SiteSpan], taken: Sequence[tuple[int, int]]
) -> Iterator[SiteSpan]:
    """Yield every other place where the name of a found site stands by itself."""
    names = sorted({site.name for site in found if site.name}, key=lambda name: (-len(name), name))[:_MOST_NAMES]
    if not names:
        return
    for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", text):
        site = SiteSpan(where, match.start(), match.end(), match[0], match[0], None, False, False, "site.again")
        if not _overlaps(site, taken):
            yield site


def _scan(text: str, where: Where) -> Iterator[SiteSpan]:
    for rule, pattern in (
        ("site.town", _TOWN),
        ("site.named", _NAMED),
        ("site.called", _CALLED),
        ("site.apposed", _APPOSED),
        ("site.county", _COUNTY),
        ("site.project", _PROJECT),
        ("site.region", _IN_REGION),
        ("site.bare", _BARE),
    ):
        for match in pattern.finditer(text):
            site = _site(text, where, match, rule)
            if site is not None:
                yield site


def _site(text: str, where: Where, match: re.Match[str], rule: str) -> SiteSpan | None:
    groups = match.groupdict()
    name, region = groups.get("name") or groups.get("town"), groups.get("region")
    name = _TRADE_END.sub("", name) if name else None
    if name is not None and (_is_no_place(name) or (region and re.fullmatch(_REGION, name))):
        return None
    region = ABBREVIATIONS.get(region or "", region)
    if region is not None and region.isupper() and region not in STATES:
        return None
    start = (
        match.start("name")
        if groups.get("name")
        else match.start("town")
        if groups.get("town")
        else match.start("region")
    )
    end = match.end("region") if region else match.end("name")
    if rule == "site.named":
        end = match.end()
    seat = bool(
        _BASED_AFTER.match(text, match.end()) or _BASED_BEFORE.search(text, max(0, match.start() - 24), match.start())
    )
    strong = rule in {"site.named", "site.called", "site.apposed"} or _beside_place(text, match.start(), match.end())
    if name is not None and region is None and re.fullmatch(_REGION, name):
        name, region = None, name
    return SiteSpan(where, start, end, text[start:end], name, STATES.get(region or "", region), strong, seat, rule)


def _is_no_place(name: str) -> bool:
    words = [word.lower() for word in name.split()]
    return (
        words[0] in _NOT_PLACE
        or _DESCRIBED.search(words[-1]) is not None
        or all(word in _COMMON or word.isdigit() or word.startswith("tier") for word in words if word != "project")
    )


#: "Helix AI data center" is at Helix; a quotation mark that closes is no part of a name.
_TRADE_END = re.compile(r"(?:(?<=\w)\s(?:AI|HPC|GPU)|')+$")
#: "a Nasdaq-listed data center operator"
_DESCRIBED = re.compile(r"-(?:listed|based|backed|led|owned|powered|headquartered|grade|scale|ready|focused)$")
_PLACE_WORD = re.compile(_KIND, re.IGNORECASE)


def _beside_place(text: str, start: int, end: int) -> bool:
    return (
        _PLACE_WORD.search(text, max(0, start - 60), start) is not None or _PLACE_WORD.match(text, end + 1) is not None
    )


def _overlaps(site: SiteSpan, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start < site.end and site.start < end for start, end in taken)


def _better(one: SiteSpan, other: SiteSpan) -> SiteSpan:
    """Join two readings of one place: the longer one, with what only the other knows."""
    long, short = (one, other) if one.end - one.start >= other.end - other.start else (other, one)
    return SiteSpan(
        long.where, long.start, long.end, long.text, long.name or short.name, long.region or short.region,
        long.strong or short.strong, long.seat or short.seat, long.rule,
    )  # fmt: skip
