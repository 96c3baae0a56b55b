"""The state of one article while it is read: lines, actors, who stands where, the deals being put together.

Knows the shape of what the components hand to each other and nothing about any rule. A `Line` is one sentence (or one
heading, bullet or table row); every position inside it is relative to its own start, so `line.start + position` is an
offset in the article. An `Actor` is one party of the article, however often and under whatever name it is mentioned.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

from extractors.closed_sets import DealStatus, DealType, PartyKind, PartyRole, Where
from extractors.models import Article, Evidence, PartySpan, Quantity, Rename, Ticker
from extractors.sites.finder import SiteSpan

#: Stands for one character of a party's name, so that no rule reads a name as a cue ("Bloom Energy" is no energy cue).
NAME_MASK = "§"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One party of the article. `name` None = unnamed; `id` counts actors in the order they appear."""

    id: int
    name: str | None
    kind: PartyKind
    key: str | None = None
    ticker: Ticker | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actant:
    """An actor at one place of a line. `implied` = by pronoun or noun ("the company", "it"), not by its own name."""

    actor: Actor
    start: int
    end: int
    text: str
    modifier: bool = False
    implied: bool = False
    definite: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity at its place in a line."""

    quantity: Quantity
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of the article. `masked` is lower-cased, names blotted out; `breaks` are the starts of its clauses."""

    index: int
    where: Where
    start: int
    end: int
    text: str
    masked: str
    paragraph: int
    heading: bool = False
    repeats_title: bool = False
    actants: tuple[Actant, ...] = ()
    figures: tuple[Figure, ...] = ()
    breaks: tuple[int, ...] = (0,)
    subjects: frozenset[int] = frozenset()
    topic: Actor | None = None

    def clause(self, position: int) -> int:
        """Return the number of the clause that holds a position."""
        return bisect_right(self.breaks, position) - 1

    def crossings(self, one: int, other: int) -> int:
        """Count the clause borders between two positions."""
        return abs(self.clause(one) - self.clause(other))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A word of a line that can stand for a deal, and the family of instrument it speaks of."""

    family: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A candidate deal: what one line says of one pair. `features` were thought of by hand, `reasons` decided it."""

    line: int
    provider: Actor | None
    customer: Actor | None
    family: DealType
    score: float
    features: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    status: DealStatus | None = None
    recap: bool = False
    start: int = 0
    end: int = 0


@dataclass(slots=True, kw_only=True)
class Draft:
    """A deal being put together from frames. Mutable until `pipeline` freezes it into a `Mention`.

    `score` is how likely the article is about it, `confidence` how likely it is a deal of the article at all (0 to 1).
    """

    provider: Actor | None
    customer: Actor | None
    family: DealType
    frames: list[Frame] = field(default_factory=list)
    score: float = 0.0
    confidence: float = 0.0
    primary: bool = False
    recap: bool = False
    status: DealStatus = DealStatus.SIGNED
    facts: dict[str, object] = field(default_factory=dict)
    evidence: dict[str, list[Evidence]] = field(default_factory=dict)
    others: list[tuple[Actor, PartyRole]] = field(default_factory=list)

    @property
    def actors(self) -> frozenset[int]:
        return frozenset(actor.id for actor in (self.provider, self.customer) if actor is not None)

    @property
    def lines(self) -> list[int]:
        return sorted({frame.line for frame in self.frames})


@dataclass(slots=True, kw_only=True)
class Reading:
    """One article on its way through the components."""

    article: Article
    title: str
    text: str
    parties: tuple[PartySpan, ...] = ()
    renames: tuple[Rename, ...] = ()
    sites: list[SiteSpan] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)

    def evidence(self, line: Line, start: int, end: int, rule: str) -> Evidence:
        """Point to the characters `start:end` of a line in the article exactly as given."""
        source = self.article.title if line.where is Where.TITLE else self.article.text
        begin, finish = line.start + start, line.start + end
        return Evidence(where=line.where, start=begin, end=finish, text=source[begin:finish], rule=rule)
