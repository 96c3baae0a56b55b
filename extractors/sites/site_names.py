"""Tell the name of a site from the name of a company by how the text uses it.

Knows that what somebody owns and what carries a number or a word for a place is a place ("its Corran Flats campus",
"at Corran Flats 1 in Ohio"); does not know where the places are (`sites` does).
"""

import re

_PART = r"[A-Z][\w-]*"
_NAME = rf"(?P<name>{_PART}(?:\s(?:{_PART}|\d{{1,2}})){{0,3}}?)"
_OWNER = r"(?:\b(?:[Ii]ts|[Tt]heir|[Oo]ur)|\u00a7(?:'s|')|[A-Za-z]'s|s')"
_WORK = r"(?:(?:AI|HPC|data[-\s]?cent(?:er|re)|[Dd]ata\s[Cc]enter|mining|hosting|compute|computing|power|leased|new|flagship)\s)*"
_PLACE = r"(?:[Cc]ampus(?:es)?|[Ss]ites?|[Ff]acilit(?:y|ies)|[Cc]omplex|[Ss]ubstation|data\s?cent(?:er|re)|project)\b"
#: "its Corran Flats AI data center campus", "Orrin's Corran Flats site", "its Corran Flats 1 and Corran Flats 2 campuses"
_OWNED = re.compile(rf"{_OWNER}\s(?:(?:new|planned|flagship|existing|leased)\s)?{_NAME}\s{_WORK}{_PLACE}")
_PAIRED = re.compile(rf"{_OWNER}\s{_NAME}\sand\s(?P<other>(?:{_PART}\s){{0,3}}?(?:{_PART}|\d{{1,2}}))\s{_WORK}{_PLACE}")
#: "the Corran Flats facility", "the CF-5 campus"; a company may stand so before "data center", not before these.
_CALLED = re.compile(rf"\b[Tt]he\s{_NAME}\s(?:campus|site|facility|complex|substation)\b")
#: "a lease for its new campus, Corran Flats 3."
_APPOSED = re.compile(
    rf"(?:\b(?:[Ii]ts|[Tt]heir|[Oo]ur|[Tt]he)|\u00a7(?:'s|')|[A-Za-z]'s|s')\s(?:[\w-]+\s){{0,4}}?(?:campus|site|facility|complex),\s{_NAME}(?=[.;)]|,\s[a-z]|$)"
)
#: "At Corran Flats 3 we continue": a number behind a name counts buildings where no unit follows.
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_COUNTED = re.compile(
    rf"(?<![\w$-])(?!(?:At|In|For|From|With|On|The|To|And|Of)\s)(?P<name>{_PART}(?:\s(?!{_MONTH}){_PART}){{1,2}})\s\d{{1,2}}(?=[,.;)](?!\d)|\s(?:we|is|was|will|in|and|at|has|where|near|campus|site)\b|$)",
    re.MULTILINE,
)
#: "Corran Flats 1": the first of several buildings; "CF-5" alone is an aisle, a hall or a building.
_NUMBERED = re.compile(r"[A-Za-z]\s\d{1,2}(?:\sCampus)?$|^[A-Z]{2,3}-\d{1,2}$")
_TRADE = re.compile(r"\s(?:AI|HPC)$")


def named_sites(text: str) -> frozenset[str]:
    """Return the names that a text uses for places of computing."""
    found: set[str] = set()
    for pattern in (_OWNED, _PAIRED, _CALLED, _APPOSED, _COUNTED):
        for match in pattern.finditer(text):
            found.add(_TRADE.sub("", match["name"]))
            other = match.groupdict().get("other")
            if other and not other.isdigit():
                found.add(other)
    return frozenset(found)


def is_site_name(name: str, sites: frozenset[str]) -> bool:
    """Tell whether a name without a legal suffix is a site's: used as one, numbered as one, or short for one."""
    plain = _TRADE.sub("", name)
    return plain in sites or _NUMBERED.search(name) is not None
