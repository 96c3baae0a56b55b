"""Who is meant: turn party spans and words like "the company" or "the same tenant" into actors of the article.

Knows apposition ("CoreWeave, a cloud provider" is one party), salience (who was spoken of last, and as what) and which
noun asks for which kind of party. It does not know what the parties do with each other.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors.closed_sets import PartyKind
from extractors.models import PartySpan
from extractors.reading import NAME_MASK, Actant, Actor

_LAB_OR_CLOUD = frozenset({PartyKind.HYPERSCALER, PartyKind.NEOCLOUD, PartyKind.AI_LAB, PartyKind.CHIP_VENDOR})
_CUSTOMER = _LAB_OR_CLOUD | {PartyKind.UNDISCLOSED, PartyKind.OTHER}

#: noun -> the kinds of party it can stand for; None = any named company. The first row that matches counts.
_NOUNS: tuple[tuple[str, frozenset[PartyKind] | None], ...] = (
    (
        r"(?:bitcoin |crypto |btc |cryptocurrency )?(?:miner|mining (?:company|firm|group|enterprise)|(?:provider|operator) of (?:bitcoin|crypto)[^,.;§]{0,25})",
        frozenset({PartyKind.MINER}),
    ),
    (
        r"(?:ai |cloud )?hyperscaler|tech(?:nology)? (?:giant|titan)|search giant|software (?:giant|maker|company)|e-commerce giant|social media giant|technological giant",
        frozenset({PartyKind.HYPERSCALER}),
    ),
    (
        r"neocloud|(?:ai |gpu )?cloud (?:provider|company|firm|platform|operator)|ai[- ](?:infrastructure )?(?:firm|company|startup|lab|developer|platform)",
        _LAB_OR_CLOUD,
    ),
    (r"(?:anchor |new |same |existing )?(?:tenant|customer|client|lessee|counterparty)", _CUSTOMER),
    (r"chip ?maker|chip giant", frozenset({PartyKind.CHIP_VENDOR})),
    (r"company|firm|group|operator|landlord|provider|issuer|business|infrastructure (?:company|provider)", None),
)
_IMPLIED = re.compile(
    r"\b(?:the|this|that) (?:same |said |[a-z]+-based )?(?:"
    + "|".join(f"(?P<n{number}>{noun})" for number, (noun, _) in enumerate(_NOUNS))
    + r")(?='s|'|\b)(?! of\b)|(?P<it>\bits?\b)(?! (?:is|was|has been|would be|remains|seems|turns out|takes|took) (?:(?:even|also|now|still|not|widely|often|only|currently|generally|far|still) )?(?:being|worth|likely|expected|not|said|no|only|the|an?|possible|reported|unclear|clear|believed|time|speculated|hard|easy|too|that|to|just)\b)"
)
#: "repositions itself as a cloud provider" describes the subject.
_BECOMES = re.compile(
    r"\b(?:(?:itself|themselves|position\w*|establish\w*|reposition\w*|role|evolv\w*|transform\w*)\s[^.;,]{0,20}?(?:as|into)|become|becomes|becoming|became)\s$"
)
_DEAL_NOUN = re.compile(
    r"(?:'s)? (?:[\w$.-]+ ){0,2}(?:acquisition|takeover|bid|merger|deal|lease|contract|agreement|partnership|talks|tenancy)\b"
)
#: What may stand between a name and the noun that describes it.
_APPOSITION = re.compile(r"[\s,(]*(?:which is |who is )?(?:an? |the |one of |its )?[^,.;§]{0,25}$")


@dataclass(slots=True)
class Cast:
    """The actors of an article in order of appearance, and where each was last mentioned."""

    actors: list[Actor] = field(default_factory=list)
    _by_name: dict[str, Actor] = field(default_factory=dict)
    _symbols: dict[str, str] = field(default_factory=dict)
    _seen: dict[int, int] = field(default_factory=dict)

    def named(self, span: PartySpan) -> Actor:
        key = span.key or (span.name or "").lower()
        if span.key is None and span.name is not None and span.name.upper() in self._symbols:
            key = self._symbols[span.name.upper()]
        if span.ticker is not None:
            self._symbols.setdefault(span.ticker.symbol, key)
        actor = self._by_name.get(key)
        if actor is None:
            actor = self._add(span)
            self._by_name[key] = actor
        elif actor.ticker is None and span.ticker is not None:
            actor = Actor(id=actor.id, name=actor.name, kind=actor.kind, key=actor.key, ticker=span.ticker)
            self.actors[actor.id] = actor
            self._by_name[key] = actor
        return actor

    def unnamed(self, span: PartySpan, line: int) -> Actor:
        """Return the unnamed actor of this kind; a definite one may stand for a company already named."""
        if span.definite and (known := self.recent(line, kinds=_kinds(span.kind), reach=6)):
            return known
        for actor in self.actors:
            if actor.name is None and actor.kind == span.kind:
                return actor
        return self._add(span)

    def _add(self, span: PartySpan) -> Actor:
        actor = Actor(id=len(self.actors), name=span.name, kind=span.kind, key=span.key, ticker=span.ticker)
        self.actors.append(actor)
        return actor

    def see(self, actor: Actor, line: int) -> None:
        self._seen[actor.id] = line

    def recent(self, line: int, *, kinds: frozenset[PartyKind] | None, reach: int) -> Actor | None:
        """Return the actor of one of `kinds` mentioned last, at most `reach` lines ago; later actors win ties."""
        found: Actor | None = None
        latest = -1
        for actor in self.actors:
            seen = self._seen.get(actor.id, -1)
            if seen >= max(latest, line - reach, 0) and (kinds is None or actor.kind in kinds):
                found, latest = actor, seen
        return found


def _kinds(kind: PartyKind) -> frozenset[PartyKind]:
    return _CUSTOMER if kind is PartyKind.UNDISCLOSED else frozenset({kind})


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text` lower-cased, of the same length, with the spans blotted out."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when lowered (İ); keep those as they are
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start < at:
            continue
        parts += [lower[at:start], NAME_MASK * (end - start)]
        at = end
    return "".join([*parts, lower[at:]])


def place_actants(
    text: str, spans: Sequence[tuple[PartySpan, int]], *, line: int, cast: Cast, topic: Actor | None
) -> tuple[str, tuple[Actant, ...]]:
    """Return the masked text of one line and its actants; `spans` carry their start inside the line."""
    named = [(span, start) for span, start in spans if span.name is not None]
    masked = mask(text, [(start, start + span.end - span.start) for span, start in named])
    actants = [
        _actant(span, start, cast.named(span), modifier=_only_modifies(span, start, masked)) for span, start in named
    ]
    for span, start in spans:
        if (
            span.name is None
            and not _describes(masked, start, start + span.end - span.start, actants)
            and not _BECOMES.search(masked[:start])
        ):
            actants.append(
                _actant(span, start, cast.unnamed(span, line), modifier=span.modifier, implied=span.definite)
            )
    actants += _implied(masked, actants, line=line, cast=cast, topic=topic)
    for actant in actants:
        if not actant.modifier:
            cast.see(actant.actor, line)
    return masked, tuple(sorted(actants, key=lambda actant: (actant.start, -actant.end)))


def _actant(span: PartySpan, start: int, actor: Actor, *, modifier: bool, implied: bool = False) -> Actant:
    return Actant(
        actor=actor,
        start=start,
        end=start + span.end - span.start,
        text=span.text,
        modifier=modifier,
        implied=implied,
        definite=span.definite,
    )


def _only_modifies(span: PartySpan, start: int, masked: str) -> bool:
    """Tell whether a name only describes a noun; the modifier of a deal ("the Cloudmere lease") is a party to it."""
    return span.modifier and not _DEAL_NOUN.match(masked, start + span.end - span.start)


def _describes(masked: str, start: int, end: int, actants: Sequence[Actant]) -> bool:
    """Tell whether a noun stands beside a name as its description."""
    if masked[end : end + 2].strip().startswith(NAME_MASK):
        return True
    before = [actant for actant in actants if actant.end <= start]
    if not before:
        return False
    gap = masked[before[-1].end : start]
    return bool(
        re.fullmatch(
            r"'?s?\s*(?:\([^)]{0,30}\))?\s*,\s*(?:which is |who is |itself )?(?:an? |the |one of the )?[\w\s-]{0,20}|\s+(?:is|was|remains) (?:an? |the )?[\w\s-]{0,20}",
            gap,
        )
    )


def _implied(masked: str, actants: Sequence[Actant], *, line: int, cast: Cast, topic: Actor | None) -> Iterator[Actant]:
    taken = [(actant.start, actant.end) for actant in actants]
    for match in _IMPLIED.finditer(masked):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        if not match["it"] and _describes(masked, match.start(), match.end(), actants):
            continue
        earlier = [actant for actant in actants if actant.end <= match.start() and not actant.modifier]
        actor = _referent(match, earlier, line=line, cast=cast, topic=topic)
        if actor is not None:
            yield Actant(actor=actor, start=match.start(), end=match.end(), text=match[0], implied=True, definite=True)


def _referent(
    match: re.Match[str], earlier: Sequence[Actant], *, line: int, cast: Cast, topic: Actor | None
) -> Actor | None:
    number = next((number for number in range(len(_NOUNS)) if match[f"n{number}"]), None)
    kinds = None if number is None else _NOUNS[number][1]
    if kinds is None:
        named = [actant for actant in earlier if actant.actor.name is not None]
        if match["it"] == "its" and named:
            return named[-1].actor
        if named:
            return _leading(named)
        return topic if topic is not None else cast.recent(line, kinds=None, reach=3)
    for actant in reversed(earlier):
        if actant.actor.kind in kinds:
            return actant.actor
    return cast.recent(line, kinds=kinds, reach=8)


def _leading(actants: Sequence[Actant]) -> Actor:
    """Return whom a sentence is about: its first miner or else its first party with a name."""
    return next((actant.actor for actant in actants if actant.actor.kind is PartyKind.MINER), actants[0].actor)
