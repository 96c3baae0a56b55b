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
from extractors.company_cues import (
    ACTS,
    BELONGS_AFTER,
    DEFINED,
    DESCRIBED_AFTER,
    DESCRIBED_BEFORE,
    FIRM,
    MINES_AFTER,
    OFFICER_AFTER,
    OFFICER_OF,
    PARTNER,
    PERSON_AFTER,
    PERSON_NEAR,
    PLACE_AFTER,
    PLACE_BEFORE,
    SHARES,
    SHARES_AFTER,
    STAKES,
    SUBSIDIARY,
    SUCH_AS,
    SURE_PARTNER,
    WITHIN,
)
from extractors.describing import kind_described, kind_ending, kind_hinted
from extractors.models import PartyKind, PartySpan, Where
from extractors.sentences import is_heading
from extractors.stopwords import GIVEN, HEADLINE, OPENERS, PLACES, TERMS, words

#: Points at which a name is taken for a company: one strong sign or two weak ones.
_ENOUGH = 2
_OFTEN = 3
#: How many places of one name are weighed; more say nothing new.
_SEEN_ENOUGH = 8
#: Last words of companies' names. A candidate that ends in one needs no other sign.
_TRADES = words(
    """
    digital compute computing energy energia power cloud labs lab ai mining hash technologies technology systems capital
    networks data infrastructure grid partners platforms intelligence semiconductor silicon robotics software hosting
    miner miners bank mutual ventures securities electric renewables telecom logistics industries materials therapeutics
    """
)
_BY_STRENGTH = ("ticker", "suffix", "described", "apposition", "mines", "officer", "partner", "acts", "shares", "owns")


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
        candidate.rules["within"] += bool(WITHIN.search(masked, max(0, start - 2), start))
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
    if PERSON_NEAR.search(before) or (" " in candidate.name and PERSON_AFTER.match(after)):
        candidate.add("person", -3)
        return
    if PLACE_AFTER.match(after):
        candidate.add("place", -2)
        return
    if PLACE_BEFORE.search(before):
        candidate.add("place", -1)
    _weigh_brackets(after, candidate)
    _weigh_descriptions(before, after, candidate)
    if not is_modifier(text, start, end):
        _weigh_deeds(before, after, candidate)


def _weigh_deeds(before: str, after: str, candidate: _Candidate) -> None:
    """Weigh what the name does, has and is party to."""
    if PARTNER.search(before):
        candidate.add("partner", 2 if SURE_PARTNER.search(before) else 1)
    if ACTS.match(after):
        candidate.add("acts", 2 if STAKES.match(after) else 1)
    if SHARES.search(before) or SHARES_AFTER.match(after):
        candidate.add("shares", 1)
    if OFFICER_OF.search(before) or OFFICER_AFTER.match(after):
        candidate.add("officer", 2)
    if MINES_AFTER.match(after):
        candidate.add("mines", 2, PartyKind.MINER)
    if SUBSIDIARY.search(before):
        candidate.add("subsidiary", 1)
    if BELONGS_AFTER.match(after):
        candidate.add("owns", 1)
    candidate.add("seen", 0)


def _weigh_brackets(after: str, candidate: _Candidate) -> None:
    ticker = TICKER.match(after)
    if ticker is not None:
        candidate.add("ticker", 3 if ticker["symbol"] else _bare_ticker_points(candidate.name, ticker["bare"]))
    defined = DEFINED.match(after)
    if defined is not None and defined["short"].lower() not in {"company", "the company", "buyer", "seller", "parties"}:
        candidate.shorts.add(defined["short"])


def _bare_ticker_points(name: str, symbol: str) -> int:
    """Weigh "(SMOY)" behind a name: initials make it an abbreviation ("right of first offer (ROFO)"), not a ticker."""
    initials = "".join(word[0] for word in name.split()).upper()
    if len(initials) > 1 and symbol.upper().endswith(initials[-2:]):
        return 0
    return 2 if symbol[0].upper() == initials[0] and len(symbol) > 2 else 1


def _weigh_descriptions(before: str, after: str, candidate: _Candidate) -> None:
    lead = DESCRIBED_BEFORE.search(before)
    if lead is not None and (kind := kind_ending(SUCH_AS.sub("", lead["phrase"]))) is not None:
        candidate.add("described", 2, kind)
    tail = DESCRIBED_AFTER.match(after)
    if tail is None or (kind := kind_described(tail["phrase"])) is None:
        return
    if kind is not PartyKind.UNDISCLOSED or FIRM.match(tail["phrase"]):
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
