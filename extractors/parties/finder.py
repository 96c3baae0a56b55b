"""Find every party of an article: known companies, discovered ones and parties without a name, title first.

Knows the order in which the finders run and who gives way to whom; does not know what the parties do.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.closed_sets import Where
from extractors.linear import Features, LinearModel
from extractors.models import Company, PartySpan
from extractors.parties.companies import CompanyFinder, find_cashtags
from extractors.parties.company_candidates import Found
from extractors.parties.discovery import candidates_in, discover, find_discovered
from extractors.parties.name_reasons import BY_POINTS, name_reasons
from extractors.parties.unnamed import find_unnamed
from extractors.text.normalise import normalise

#: "CoreWeave, a cloud provider" and "another miner, Core Scientific" name one party, not two.
_APPOSED_BEFORE = re.compile(
    r"(?:'s)?(?:,?\s(?:Inc|Corp|Ltd|plc|AG|LLC)\.?)?(?:\s\([^()\n]{1,60}\))*(?:,\s|\s[\u2014\u2013-]{1,2}\s|\s\(|\s(?:is|was|as)\s)(?:which\sis\s|itself\s|once\s|formerly\s|also\s|now\s)?$"
)
_APPOSED_AFTER = re.compile(r"(?:,\s|:\s|\s\u2014\s|\s\(|\s(?:is|was)\s|\s)?$")

_ABBREVIATION = re.compile(
    r"(?:,?\s(?:Inc|Corp|Ltd|LLC|LP)\.?)?\s\(\s?(?:the\s)?\"?(?P<short>[A-Z][A-Z0-9]{1,5})\"?\s?\)"
)


class PartyFinder:
    """Find the parties of articles, given the company table."""

    def __init__(self, companies: Sequence[Company]) -> None:
        self._companies = companies
        self._finder = CompanyFinder(companies)

    def find(self, title: str, text: str, *, names: LinearModel = BY_POINTS) -> tuple[PartySpan, ...]:
        """Return the parties of the title, then those of the text, each in order; offsets are those of the originals.

        `names` is the learned model that accepts unknown companies; without one, points decide.
        """
        plain_title, plain = normalise(title), normalise(text)
        in_title, in_text = self._finder.find_both(plain_title, plain)
        known_title = self._with_shorts(plain_title, Where.TITLE, in_title)
        known = self._with_shorts(plain, Where.TEXT, in_text)
        found = discover(plain, known=known, title=plain_title, names=names)
        found = {**_from_title(plain_title, known_title), **found}
        spans = [
            *_merged(plain_title, Where.TITLE, known_title, found),
            *_merged(plain, Where.TEXT, known, found),
        ]
        originals = {Where.TITLE: title, Where.TEXT: text}
        return tuple(replace(span, text=originals[span.where][span.start : span.end]) for span in spans)

    def name_candidates(self, title: str, text: str) -> Mapping[str, Features]:
        """Return every name of the text that may be an unknown company, with what the name model sees of it."""
        plain_title, plain = normalise(title), normalise(text)
        known = self._with_shorts(plain, Where.TEXT, self._finder.find_both(plain_title, plain)[1])
        candidates, _ = candidates_in(plain, known=known)
        return {name: name_reasons(one, candidates, plain_title) for name, one in candidates.items()}

    def _with_shorts(self, text: str, where: Where, named: Sequence[PartySpan]) -> list[PartySpan]:
        spans = [*named, *find_cashtags(text, where, self._companies)]
        return _without_overlaps([*spans, *_abbreviated(text, spans)])


def _abbreviated(text: str, spans: Sequence[PartySpan]) -> Iterator[PartySpan]:
    """Yield the places of "SLC" where the text says "Spring Lane Capital (SLC)"."""
    for span in spans:
        match = _ABBREVIATION.match(text, span.end)
        if match is None or not _initials(span.text).startswith(match["short"].upper()):
            continue
        for other in re.finditer(rf"(?<![\w$]){match['short']}(?!\w)", text):
            if not match.start() <= other.start() < match.end():
                yield replace(
                    span, start=other.start(), end=other.end(), text=other[0], ticker=None, rule="company.abbreviation"
                )


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[A-Za-z0-9]+", name)).upper()


def _from_title(title: str, known: Sequence[PartySpan]) -> dict[str, Found]:
    """Discover in the title only what a ticker, a suffix or a descriptor proves: its capitals prove nothing."""
    return {
        name: company
        for name, company in discover(title, known=known).items()
        if company.rule.removeprefix("discovered.") in {"ticker", "suffix", "described", "cashtag"}
    }


def _merged(text: str, where: Where, known: list[PartySpan], found: dict[str, Found]) -> list[PartySpan]:
    named = _without_overlaps([*known, *find_discovered(text, where, found)])
    unnamed = [one for one in find_unnamed(text, where) if not _apposed(text, one, named)]
    return _without_overlaps([*named, *unnamed], named_first=True)


def _apposed(text: str, one: PartySpan, named: Sequence[PartySpan]) -> bool:
    for other in named:
        if other.end <= one.start <= other.end + 90 and _APPOSED_BEFORE.fullmatch(text, other.end, one.start):
            return True
        if one.end <= other.start <= one.end + 3 and _APPOSED_AFTER.fullmatch(text, one.end, other.start):
            return True
    return False


def _without_overlaps(spans: Sequence[PartySpan], *, named_first: bool = False) -> list[PartySpan]:
    """Keep the longer of two overlapping spans; with `named_first` a name inside an unnamed phrase goes before it."""
    ranked = sorted(spans, key=lambda one: (named_first and one.name is None, one.start - one.end, one.start))
    kept: list[PartySpan] = []
    for one in ranked:
        at = bisect_left(kept, one.start, key=lambda other: other.start)
        beside = kept[max(0, at - 1) : at + 1]
        if not any(one.start < other.end and other.start < one.end for other in beside):
            kept.insert(at, one)
    return kept
