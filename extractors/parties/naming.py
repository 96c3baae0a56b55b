"""Turn the company table into an index that finds a name at a place of a text.

Knows spellings: case, legal suffixes, plural and possessive endings, tickers. It does not know whether a name that is
also a common word means the company there; `companies` decides that.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.models import Company
from extractors.parties.stopwords import words

_CHUNK = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+")
_ARTICLE = re.compile(r"^the\s", re.IGNORECASE)
#: A name is not read inside an address or a handle ("corescientific.com", "@iren_ltd").
_ADDRESS_AFTER = re.compile(r"[A-Za-z0-9_@]|\.(?:com|net|org|io|co)\b|-[A-Za-z]{3,}\.com")
#: Tickers that are also words or abbreviations: bare, they need a share-price context.
_WORD_TICKERS = words(
    """
    HIVE HUT CORE KEEL RIOT META GRYP CAN SOS ARM BTC EBON NET APP BELL BE GEV ANY LM CLOUD DELL RUM SAI NEXT DGXX BTM
    NOW FORD LITE FLEX PUMP SNOW SMR FIX PEG MET POR XXI SEI ERIC NAKA CARR SHEL COIN HOOD WEC STRV ASST PROP OCTO ORBS SBET FOLD COMP
    """
)


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of one company. `rule` says which column of the table it comes from."""

    text: str
    company: Company
    rule: str
    guarded: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A spelling found at a place."""

    start: int
    end: int
    text: str
    name: Name


class NameIndex:
    """Find the spellings of a company table, the longest first."""

    def __init__(self, companies: Sequence[Company]) -> None:
        self._by_chunk: dict[str, list[tuple[re.Pattern[str], Name]]] = {}
        names = [name for company in companies for name in _names(company)]
        for name in sorted(names, key=lambda one: len(one.text), reverse=True):
            head = _CHUNK.search(_ARTICLE.sub("", name.text))
            if head is not None:
                self._by_chunk.setdefault(head[0].lower(), []).append((_pattern(name), name))

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the spellings in the normalised `text` in order, without overlaps."""
        position = 0
        for chunk in _CHUNK.finditer(text):
            word = chunk[0].lower()
            if word not in self._by_chunk or chunk.start() < position:
                continue
            hit = self._at(text, chunk.start(), word)
            if hit is not None:
                position = hit.end
                yield hit

    def _at(self, text: str, start: int, chunk: str) -> Hit | None:
        for pattern, name in self._by_chunk[chunk]:
            match = pattern.match(text, start)
            if match is None or not _spelled_right(match[0], name) or not _bounded(text, start, match.end()):
                continue
            if (begin := _with_article(text, start, name)) is not None:
                return Hit(begin, match.end(), match[0], name)
        return None


def _names(company: Company) -> Iterator[Name]:
    rows = (
        ("name", (company.name,)),
        ("alias", company.aliases),
        ("former", tuple(old.name for old in company.former_names)),
        ("brand", company.brands),
        ("descriptor", company.descriptors),
    )
    guarded = {name.casefold() for name in company.needs_context}
    for rule, texts in rows:
        for text in dict.fromkeys(texts):
            yield Name(text, company, rule, text.casefold() in guarded)
    known = {text.casefold() for _, texts in rows for text in texts}
    for symbol in dict.fromkeys(ticker.symbol for ticker in company.tickers):
        if symbol.casefold() not in known and len(symbol) > 2 and symbol.isalpha():
            yield Name(symbol, company, "ticker", symbol in _WORD_TICKERS)


def _pattern(name: Name) -> re.Pattern[str]:
    body = _ARTICLE.sub("", name.text).rstrip(".")
    parts = [re.escape(part.rstrip(",")) for part in body.split()]
    flags = re.RegexFlag(0) if name.rule == "ticker" else re.IGNORECASE
    return re.compile(r",?[\s-]{1,2}".join(parts), flags)


def _spelled_right(found: str, name: Name) -> bool:
    """Accept other capitals ("TERAWULF", "Terawulf") but no small letters where the name has a capital."""
    if name.rule in {"descriptor", "ticker"}:
        return True
    letters = [part for part in re.split(r"[\s-]+", found) if part]
    wanted = [part for part in re.split(r"[\s-]+", name.text.rstrip(".")) if part]
    if len(letters) != len(wanted):
        return found[:1].isupper()
    return all(not want[:1].isupper() or have[:1].isupper() for have, want in zip(letters, wanted, strict=True))


def _bounded(text: str, start: int, end: int) -> bool:
    before, earlier = text[start - 1 : start], text[max(0, start - 2) : max(0, start - 1)]
    if before.isalnum() or before in {"@", "_", "#"}:
        return False
    if before in {"/", "-"} and not earlier.isalpha():
        return False
    if before == "." and earlier and not earlier.islower():
        return False
    return _ADDRESS_AFTER.match(text, end) is None


def _with_article(text: str, start: int, name: Name) -> int | None:
    """Return where the hit begins; a descriptor written with "the" in the table needs it in the text."""
    if name.rule != "descriptor" or not _ARTICLE.match(name.text):
        return start
    return start - 4 if text[max(0, start - 4) : start].lower() == "the " else None
