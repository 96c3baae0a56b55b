"""Find capitalised names in a text, trimmed to what may be a company's name.

Knows tokens, headings, legal suffixes and stop words; does not know whether a name is a company (`discovery` weighs
that).
"""

import re
from collections.abc import Iterator, Sequence

from extractors.models import PartySpan
from extractors.parties.stopwords import GIVEN, HEADLINE, MEDIA, OPENERS, PLACES, TERMS, words
from extractors.text.sentences import is_heading

_WORD = r"(?:[A-Z\u00c0-\u00dd][\w\u00c0-\u024f]*|[a-z]{1,2}[A-Z][A-Za-z]+|[0-9]+[A-Z][A-Za-z]+)(?:[&'.-][A-Z0-9][\w]*)*(?:\.(?:ai|io|com|net))?"
_NAME = re.compile(rf"(?<![\w$#@/.-]){_WORD}(?:(?:\s|\s&\s|\sof\s(?=[A-Z])|-)(?:{_WORD}|[0-9]{{1,2}}(?![\w.,%-])))*")
_FORM = r"(?:Inc|Incorporated|Corp|Corporation|Ltd|Limited|plc|PLC|AG|SE|SA|S\.A|N\.V|NV|LLC|L\.L\.C|LLP|LP|L\.P|Co|GmbH|AB|AS|ASA|Oyj|Pty|BV|B\.V|Berhad|Bhd|KK|SpA|PBC|Oy|A/S|SARL|Holdings|Holding|Group)"
LEGAL_SUFFIX = re.compile(rf"(?:,?\s{_FORM}\b\.?){{1,3}}")
_LEGAL_FORM = re.compile(rf"{_FORM}\.?")
_LEGAL_END = re.compile(rf",?\s{_FORM}\.?$")
_PERIOD = re.compile(r"^[0-9]+[A-Z]{2}s?$|\b(?:Q[1-4]|FY\s?\d\d|H[12]|[1-4]Q)\b")
#: A capitalised name that ends so is a paper, not a company ("A&R Agreement").
_PAPERS = words(
    "amendment amendments addendum agreement agreements lease contract order orders plan statement exhibit licence license item sub deal"
)
#: A capitalised name that ends so is a place or a thing, not a company ("Corran Flats Facility").
_THINGS = words("site facility capacity building substation datacenter")
#: "40MW Capacity" is a quantity, "U.S" a country.
_QUANTITY = re.compile(r"(?<![A-Za-z])\d[\d.,]*[-\s]?(?:MW|GW|kW|MWh|GWh|TWh)\b|^(?:[A-Z]\.)+[A-Z]\.?$")
_TITLES = words(
    """
    co-ceo co-chairman co-president cso cro     ceo cfo coo cto president chairman chief executive officer director mr mrs ms dr founder co-founder january
    february march april june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday
    """
)


def mask_names(text: str, known: Sequence[PartySpan]) -> str:
    """Blot out known names, so that no candidate grows into one."""
    pieces, position = [], 0
    for span in known:
        pieces += [text[position : span.start], "\u00a7" * (span.end - span.start)]
        position = max(position, span.end)
    return "".join([*pieces, text[position:]])


def capitalised_names(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the capitalised names with their edges trimmed; headings are cut at their verbs and small words."""
    for line in re.finditer(r"[^\n]+", text):
        heading = is_heading(line[0])
        for match in _NAME.finditer(text, line.start(), line.end()):
            for start, end in _trimmed(match, heading=heading):
                yield start, end, heading


def _trimmed(match: re.Match[str], *, heading: bool) -> Iterator[tuple[int, int]]:
    words = [(word.start() + match.start(), word.end() + match.start()) for word in re.finditer(r"[^\s]+", match[0])]
    group: list[tuple[int, int]] = []
    text = match.string
    for start, end in [*words, (match.end(), match.end())]:
        word = text[start:end].lower().rstrip("'s") if start < end else ""
        if start < end and not (word in OPENERS or word in _TITLES or (heading and word in HEADLINE)):
            group.append((start, end))
            continue
        if group:
            yield group[0][0], group[-1][1]
        group = []


def without_suffix(text: str, start: int, end: int) -> tuple[str, int, bool]:
    """Return the name without "Inc." and the like, where it ends, and whether it had such a suffix."""
    name = bare = " ".join(text[start:end].split())
    while (shorter := _LEGAL_END.sub("", bare)) != bare:
        bare = shorter
    bare = bare.removesuffix(" &")
    if bare != name:
        return bare, start + len(text[start:end].rstrip()) - (len(name) - len(bare)), True
    return name, end, LEGAL_SUFFIX.match(text, end) is not None


def may_be_company(name: str) -> bool:
    words = [word.lower() for word in re.split(r"[\s&-]+", name) if word]
    if not words or len(name) < 3 or len(words) > 5 or name.isdigit():
        return False
    if all(word in TERMS or word in PLACES or word in MEDIA or word in OPENERS or word.isdigit() for word in words):
        return False
    if len(words) > 1 and words[0] in GIVEN and words[-1] not in TERMS:
        return False
    if _LEGAL_FORM.fullmatch(name) or _PERIOD.search(name) or _QUANTITY.search(name) or words[-1] in _PAPERS | _THINGS:
        return False
    return not (words[0] in MEDIA or words[-1] in {"county", "street", "journal", "times", "news", "university", "act"})
