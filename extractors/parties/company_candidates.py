"""Weigh the names that may be companies: which are accepted, under which spellings, as what kind.

Knows what was found around each name (points by rule) and what a name shows by itself; does not read the text. What its points
say is one reason among many (`name_reasons`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractors.closed_sets import PartyKind
from extractors.parties.describing import kind_hinted
from extractors.parties.stopwords import GIVEN, HEADLINE, OPENERS, PLACES, TERMS, words
from extractors.text.sentences import is_heading

_OFTEN = 3
#: Last words of companies' names. A candidate that ends in one needs no other sign.
TRADES = words(
    """
    digital compute computing energy energia power cloud labs lab ai mining hash technologies technology systems capital
    networks data infrastructure grid partners platforms intelligence semiconductor silicon robotics software hosting
    miner miners bank mutual ventures securities electric renewables telecom logistics industries materials therapeutics
    """
)
_BY_STRENGTH = ("ticker", "suffix", "described", "apposition", "mines", "officer", "partner", "acts", "shares", "owns")


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a name: some characters before and after it, and whether it stands in a heading."""

    before: str
    after: str
    heading: bool


@dataclass(slots=True)
class Candidate:
    """A capitalised name with the evidence gathered for it so far."""

    name: str
    score: int = 0
    kinds: Counter[PartyKind] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    shorts: set[str] = field(default_factory=set)
    spots: list[Spot] = field(default_factory=list)

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


def pool(candidates: dict[str, Candidate]) -> None:
    """Let the candidates of one article tell of each other: short and full names, people and their surnames."""
    _pool_names(candidates)
    surnames = {
        one.name.split()[-1]
        for one in candidates.values()
        if one.rules["person"] or one.name.split()[0].lower() in GIVEN
    }
    for one in candidates.values():
        if one.name in surnames:
            one.add("surname", -2)


def points_of(candidate: Candidate, title: str) -> int:
    """Return the points of a pooled candidate: one strong sign or two weak ones make two."""
    return candidate.score + _looks_like_company(candidate, title)


def spellings_of(accepted: Iterable[Candidate], candidates: dict[str, Candidate], title: str) -> dict[str, Found]:
    """Return every spelling of the accepted candidates: full name, short forms, names defined in brackets."""
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


def _pool_names(candidates: dict[str, Candidate]) -> None:
    """Let "Veylan Systems" have what was said of "Veylan" too, so that the fuller name is the company's."""
    for name, one in candidates.items():
        head, _, tail = name.partition(" ")
        short = candidates.get(head)
        if short is None or not tail:
            continue
        if all(word.lower() in TERMS for word in tail.split()):
            one.score += max(short.score, 0)
            one.rules.update(short.rules)
        elif head.lower() not in GIVEN and short.score >= 0:
            for rule in ("seen", "within"):
                one.rules[rule] += short.rules[rule]


def _parent(one: Candidate, found: dict[str, Found]) -> Found | None:
    """Return the company that "its subsidiary Solvane Compute" belongs to: the one that shares its first word."""
    head = one.name.split()[0]
    if not one.rules["subsidiary"]:
        return None
    return next((company for name, company in found.items() if name.split()[0] == head), None)


def _looks_like_company(candidate: Candidate, title: str) -> int:
    """Count what needs no words around: inner capitals ("TeraWulf"), a trade as last word, the title, repetition."""
    if candidate.score < 0:
        return 0
    name, often = candidate.name, candidate.rules["seen"] >= _OFTEN
    inner = bool(re.search(r"[a-z][A-Z]|[A-Za-z]\d|\.ai$", name))
    trade = " " in name and name.split()[-1].lower() in TRADES and not candidate.rules["place"]
    titled = not is_heading(title) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title) is not None
    within = candidate.rules["within"] > 0 and not candidate.rules["place"]
    headline = name.split()[0] in re.split(r"[^\w&-]+", title) and (candidate.rules["seen"] > 1 or within)
    recurs = within and candidate.rules["seen"] > 1
    proper = titled and " " in name and title.find(name) > 0 and candidate.rules["seen"] > 0
    return (
        inner
        + proper
        + 2 * trade
        + recurs
        + (recurs and candidate.score > 0)
        + titled
        + headline
        + (headline and within)
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


def _kind_and_rule(candidate: Candidate) -> tuple[PartyKind, str]:
    rule = f"discovered.{next((name for name in _BY_STRENGTH if candidate.rules[name]), 'seen')}"
    if candidate.kinds:
        return candidate.kinds.most_common(1)[0][0], rule
    hint = kind_hinted(candidate.name)
    return (PartyKind.UNDISCLOSED, rule) if hint is None else (hint, f"{rule}.hinted")
