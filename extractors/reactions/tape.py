"""Whose shares a line can speak of, beyond the parties already found: symbols, bidders, names nothing else explains.

A share move is itself evidence that its subject is a company, so unknown names count here, and only here, where they
stand as the subject of a move, own "shares", or carry a signed percentage. Knows no direction, size or deal.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.closed_sets import DealType, PartyKind, QuantityKind, Where
from extractors.parties.stopwords import GIVEN, HEADLINE, MEDIA, OPENERS, PLACES, TERMS, words
from extractors.reactions.moves import MOVE
from extractors.reactions.ways import WAY
from extractors.reading import NAME_MASK, Actant, Actor, Line, Reading

_SYMBOL = re.compile(r"(?<![\w$§&./-])\$?(?P<symbol>[A-Z]{3,5})(?:\.[A-Z]{1,2})?(?![\w&/-])")
_WORD = r"[A-Z][\w\u00c0-\u024f]*(?:[&'-][A-Z]\w+)*"
_NAME = re.compile(rf"(?<![\w$§&./'-]){_WORD}(?:\s{_WORD}){{0,3}}")
_TAGGED = re.compile(
    rf"(?P<name>{_WORD}(?:\s{_WORD}){{0,3}})\s[(\[](?:[\w:]+\s?:\s?)?\$?(?P<symbol>[A-Z]{{3,5}})[)\].]"
)
#: What trades but is no company, and capitalised words that open a report on something else.
_NO_COMPANY = words(
    """
    bitcoin ether ethereum solana xrp dogecoin gold silver oil crude brent wti gas copper uranium palladium platinum
    lithium bullion nasdaq dow s&p russell ftse dax nikkei vix stoxx treasuries treasury bonds yields dollar euro
    yen volume volumes revenue revenues sales earnings profit profits difficulty hashprice hashrate production output
    capacity costs coins fees rates macro reaction premarket stock price prices ticker futures options software
    commodities chips everything everyone investors holders traders bulls bears net total minus plus since most
    sofr stibor euribor libor eps ebitda noi capex etf ipo usd eur mw gw ceo cfo azure
    """
)
_DULL = re.compile(r"(?:tion|ing|ity|ment|ness|ance|ence|ers|ies|ly|[^s]s)$")
_PAREN = r"(?:\s[(\[][^)\]]{0,30}[)\]])?"
_ASIDE = r"(?:,\s[^,.;]{3,130},)?"
_AUX = r"(?:\s(?:has|had|have|is|was|were|are|also|itself|both|each|all|then|again|last|went|ended|ends|closed|closes|finished|finishes|opened|traded|trades|trading|stood|bucked|trails|trailed|hands|did|\w+day|the|trend|with|a|by|day|week|session|yesterday)\b){0,6}\**"
_BEFORE_MOVE = re.compile(rf"^{_PAREN}{_ASIDE}{_AUX}\**,?\s(?P<rest>.*)$", re.DOTALL)
_PERCENT_SOON = re.compile(r"(?:[^.;]|\.(?=\d)){0,45}?\d\s?(?:%|per\s?cent|pct)")
_SHARES_AFTER = re.compile(rf"^{_PAREN}'?s?{_PAREN}\s(?:shares?|stock|share price|stock price)\b")
_SHARES_BEFORE = re.compile(r"\b(?:shares?|stock)\s(?:of|in)\s(?:[\w-]+\s){0,4}$")
_SIGNED = re.compile(rf"^{_PAREN}\s?(?:is|=|:|,|was)?\s?[+\u2013\u2212-]\s?\d[\d.]*\s?%")
_LISTED = re.compile(rf"^{_PAREN}(?:,|,?\sand|,?\sas well as)\s$")
_BIDDER = re.compile(r"\b(?:the\s|its\s)?(?:would-be\s)?(?P<who>bidder|buyer|acquirer|suitor)\b(?!s)")


@dataclass(slots=True)
class Tape:
    """The companies whose shares an article can speak of."""

    reading: Reading
    _symbols: dict[str, Actor] = field(default_factory=dict)
    _strangers: dict[str, Actor] = field(default_factory=dict)
    _bidder: Actor | None = None

    def __post_init__(self) -> None:
        named = [actor for actor in self.reading.actors if actor.name]
        for match in _TAGGED.finditer(self.reading.text):
            name = match["name"].rpartition(". ")[2]
            actor = next((one for one in named if one.name and one.name.startswith(name.split()[0])), None)
            if actor is not None or _may_be_name(name, self.reading, opens=False):
                self._symbols.setdefault(match["symbol"], actor or self._stranger(name))
        for actor in named:
            if actor.ticker is not None:
                self._symbols[actor.ticker.symbol] = actor
        bids = [draft for draft in self.reading.drafts if draft.family is DealType.ACQUISITION and draft.customer]
        self._bidder = bids[0].customer if bids else self._hunter()

    def read(self, line: Line) -> Line:
        """Return the line with every owner of shares among its actants."""
        text = _kept(line)
        extra = [*self._bidders(line), *self._by_symbol(line, text)]
        taken = [(one.start, one.end) for one in extra]
        extra += [one for one in self._named(line, text) if not any(a < one.end and one.start < b for a, b in taken)]
        own = [self._explained(actant) for actant in line.actants]
        if not extra and all(one is other for one, other in zip(own, line.actants, strict=True)):
            return line
        masked = line.masked
        for one in extra:
            if not one.implied:
                masked = masked[: one.start] + NAME_MASK * (one.end - one.start) + masked[one.end :]
        actants = tuple(sorted([*own, *extra], key=lambda one: (one.start, -one.end)))
        leading = {one.actor.id for one in extra if any(0 <= one.start - start <= 4 for start in line.breaks)}
        return replace(line, actants=actants, masked=masked, subjects=line.subjects | leading)

    def _explained(self, actant: Actant) -> Actant:
        """Return an actant known by its symbol or first word alone as the company that is meant."""
        name = actant.actor.name or ""
        if actant.actor.key is not None or actant.actor.kind is not PartyKind.UNDISCLOSED:
            return actant
        longer = [one for one in self.reading.actors if (one.name or "").startswith(f"{name} ")] if name else []
        if len(longer) == 1 and longer[0].kind is not PartyKind.OTHER:
            return replace(actant, actor=longer[0])
        if not (name.isupper() and 3 <= len(name) <= 5 and actant.actor.key is None):
            return actant
        actor = self._of_symbol(name)
        return replace(actant, actor=actor) if actor and actor.name != name else actant

    def _by_symbol(self, line: Line, text: str) -> Iterator[Actant]:
        for match in _SYMBOL.finditer(text):
            if match["symbol"].lower() in _NO_COMPANY or match["symbol"].lower() in TERMS:
                continue
            actor = self._of_symbol(match["symbol"])
            if actor is not None and not _behind_name(line, match.start()):
                yield _actant(actor, line, match.start(), match.end())

    def _of_symbol(self, symbol: str) -> Actor | None:
        if symbol in self._symbols:
            return self._symbols[symbol]
        known = [actor for actor in self.reading.actors if actor.name and _spells(symbol, actor.name)]
        return known[0] if known and len({actor.name for actor in known}) == 1 else None

    def _bidders(self, line: Line) -> Iterator[Actant]:
        if self._bidder is not None:
            for match in _BIDDER.finditer(line.masked):
                yield _actant(self._bidder, line, match.start(), match.end(), implied=True)

    def _named(self, line: Line, text: str) -> Iterator[Actant]:
        spans = [span for match in _NAME.finditer(text) for span in _trimmed(match)]
        moved: set[int] = set()
        masked = _blotted(line.masked, [span for span in spans if text[slice(*span)].lower() not in _NO_COMPANY])
        ends = [one.start for one in line.actants if not one.implied]
        for start, end in reversed(spans):
            listed = any(
                at > end and _LISTED.match(masked[end:at]) and at in (moved | set(ends)) for at in (*moved, *ends)
            )
            before = masked[:start]
            if (
                (
                    _moves(masked, end)
                    or (listed and (MOVE.search(masked, end) is not None))
                    or _SHARES_AFTER.match(masked[end : end + 60])
                    or _SHARES_BEFORE.search(before[-60:])
                    or _SIGNED.match(masked[end : end + 40])
                    or (self._known_well(text[start:end]) and _leads(line, masked, start, end))
                )
                and not _in_brackets(text, start)
                and _may_be_name(text[start:end], self.reading, opens=not re.search(r"[\w,§]\s$", text[:start]))
            ):
                moved.add(start)
                yield _actant(self._stranger(text[start:end]), line, start, end)

    def _known_well(self, name: str) -> bool:
        """Tell whether a name cannot be a word that merely opens a sentence: it has two words or stands elsewhere too."""
        return " " in name or self.reading.text.count(name) > 1

    def _hunter(self) -> Actor | None:
        """Return who bids where no deal says so: of the two named most, the one that is no operator of sites."""
        seen = Counter(one.actor.id for line in self.reading.lines for one in line.actants if one.actor.name)
        two = [self.reading.actors[number] for number, _ in seen.most_common(2)]
        rest = [actor for actor in two if actor.kind not in (PartyKind.MINER, PartyKind.DEVELOPER)]
        return rest[0] if len(two) == 2 and len(rest) == 1 else None

    def _stranger(self, name: str) -> Actor:
        first = name.split(maxsplit=1)[0]
        known = next((one for one in self.reading.actors if one.name and one.name.split()[0] == first), None)
        if known is not None and (known.name or "").startswith(name):
            return known
        if first not in self._strangers:
            actor = Actor(id=-1 - len(self._strangers), name=name, kind=PartyKind.UNDISCLOSED)
            self._strangers[first] = actor
        return self._strangers[first]


def protagonist(reading: Reading, topic: Actor | None) -> Actor | None:
    """Return the company an article is about: named in the title, often, with a symbol; rather a seller than a giant."""
    seen: Counter[int] = Counter()
    for line in reading.lines:
        for one in line.actants:
            if one.actor.name and not one.modifier:
                seen[one.actor.id] += 5 if line.index == 0 and not one.implied else 1
    title = reading.lines[0].actants if reading.lines and reading.lines[0].where is Where.TITLE else ()
    leading = [one.actor.id for one in title if one.actor.name and not one.modifier and not one.implied]
    sold = topic if any(draft.primary and draft.provider == topic for draft in reading.drafts) else None
    ranked = [
        (_standing(actor, seen[actor.id], sold) + _IN_TITLE * (actor.id in leading), -actor.id, actor)
        for actor in reading.actors
        if seen[actor.id]
    ]
    return max(ranked, key=lambda row: row[:2])[2] if ranked else topic


_UNTOLD = frozenset({PartyKind.OTHER, PartyKind.UNDISCLOSED})
_IN_TITLE = 3.0
_WEIGHT = {
    PartyKind.MINER: 3.0, PartyKind.DEVELOPER: 2.0, PartyKind.NEOCLOUD: 1.0, PartyKind.HYPERSCALER: -2.0,
    PartyKind.CHIP_VENDOR: -1.0, PartyKind.OTHER: -1.0,
}  # fmt: skip


def _standing(actor: Actor, seen: int, sold: Actor | None) -> float:
    own = 4.0 if sold is not None and actor.id == sold.id and actor.kind not in _UNTOLD else 0.0
    return own + min(seen, 8) * 0.5 + _WEIGHT.get(actor.kind, 0.0) + (1.5 if actor.ticker else 0.0)


def _moves(masked: str, end: int) -> bool:
    """Tell whether a verb of movement with a percentage follows a name at once."""
    match = _BEFORE_MOVE.match(masked[end : end + 260])
    if match is None:
        return False
    rest = match["rest"]
    return bool(
        (MOVE.match(rest) and _PERCENT_SOON.match(rest)) or re.match(r"\d[\d.]*\s?%[\s,a-z\d.%]{0,30}(?:higher|lower|up|down|firmer|softer|above|to the good)", rest)
    )  # fmt: skip


def _in_brackets(text: str, start: int) -> bool:
    """Tell whether a name is a symbol in brackets behind its company's name."""
    return text.rfind("(", max(0, start - 20), start) > text.rfind(")", max(0, start - 20), start)


def _leads(line: Line, masked: str, start: int, end: int) -> bool:
    """Tell whether a name opens a clause in which a word of the wide list and a percentage follow: "X hands back 4%"."""
    clause = line.breaks[line.clause(start)]
    if not re.fullmatch(r"\W*(?:and |but |while |as |only |shares in |rival )?", masked[clause:start]):
        return False
    percent = next(
        (one for one in line.figures if one.start >= end and one.quantity.kind is QuantityKind.PERCENT), None
    )
    if percent is None or percent.start - end > 140 or NAME_MASK in masked[end : percent.start]:
        return False
    return WAY.search(masked, end, percent.end + 30) is not None


def _trimmed(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a capitalised run between words that open sentences or headlines."""
    start = end = -1
    for word in re.finditer(r"\S+", match[0]):
        plain = word[0].lower().removesuffix("'s")
        if plain in OPENERS or plain in HEADLINE or plain in _DAYS:
            if start >= 0:
                yield start, end
            start = -1
            continue
        start = word.start() + match.start() if start < 0 else start
        end = word.start() + match.start() + len(word[0].removesuffix("'s"))
    if start >= 0:
        yield start, end


_DAYS = words("monday tuesday wednesday thursday friday saturday sunday year bell price action week minus")


def _may_be_name(name: str, reading: Reading, *, opens: bool) -> bool:
    parts = [part.lower() for part in name.split()]
    if len(name) < 4 or all(p in _NO_COMPANY or p in TERMS or p in PLACES or p in MEDIA or p in OPENERS for p in parts):
        return False
    if parts[0] in _NO_COMPANY or parts[0] in MEDIA or (len(parts) == 2 and parts[0] in GIVEN):
        return False
    if len(parts) > 1:
        return True
    elsewhere = re.search(rf"[a-z,;]\s{re.escape(name)}\b", reading.text)
    plain = re.search(rf"(?<![\w@#/.-]){re.escape(name.lower())}(?![\w.-])", reading.text)
    return plain is None and (elsewhere is not None or not opens or not _DULL.search(parts[0]))


def _spells(symbol: str, name: str) -> bool:
    """Tell whether a symbol is made of the letters of a name in their order, as exchanges like it ("TRNM")."""
    rest = iter(name.upper().replace(" ", ""))
    return (
        len(symbol) >= 4
        and name.upper() != symbol
        and name[:1].upper() == symbol[0]
        and all(letter in rest for letter in symbol)
    )


def _kept(line: Line) -> str:
    """Return the text of a line with the names already found blotted out."""
    return "".join(NAME_MASK if mask == NAME_MASK else char for char, mask in zip(line.text, line.masked, strict=True))


def _blotted(masked: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        masked = masked[:start] + NAME_MASK * (end - start) + masked[end:]
    return masked


def _behind_name(line: Line, at: int) -> bool:
    """Tell whether a symbol stands in brackets behind its company's name."""
    return line.masked[max(0, at - 12) : at].rstrip(" abcdefghijklmnopqrstuvwxyz:").endswith(("(", "["))


def _actant(actor: Actor, line: Line, start: int, end: int, *, implied: bool = False) -> Actant:
    return Actant(actor=actor, start=start, end=end, text=line.text[start:end], implied=implied, definite=implied)
