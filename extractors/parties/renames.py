"""Find where an article says that a company goes by another name: "X, formerly Y", "Y has renamed itself X".

    find_renames(reading) -> tuple[Rename, ...]
    under_one_name(parties, renames) -> parties         a company and what it was called are one party, not a pair

Reads what lies between two names that follow each other. The first must be a company of the article (named, described
or with a legal suffix): "Jane Moor, formerly Google" renames nobody. Plans and doubts match no pattern. Does not know
whose deals that makes one (`extractors.resolution.renaming`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.closed_sets import PartyKind, Where
from extractors.models import Evidence, PartySpan, Rename
from extractors.parties.capitals import LEGAL_SUFFIX, capitalised_names, mask_names, may_be_company, without_suffix
from extractors.parties.companies import TICKER
from extractors.reading import Reading
from extractors.sites.site_names import is_site_name

#: Nothing below can be true without one of these words.
_CUE = re.compile(
    r"\b(?:formerly|previously|once|known\sas|now|f/k/a|fka|until|renam\w+|rebrand\w*|its\s(?:\w+\s)?name|name\schange"
    r"|(?:the|new)\sname)\b",
    re.IGNORECASE,
)
_QUOTE = r"[\"\u201c\u2018']?"
_BRACKET = r"(?:\s\([^()\n]{1,60}\))?"
#: "…, a bitcoin miner from Texas,"
_APPOSED = r"(?:,\s(?:an?|the|one)\s[^.;:\n,()]{3,80},)?"
_KNOWN = r"(?:known|called|named|trading|operating|listed|doing\sbusiness)(?:\sas|\sunder\sthe\sname(?:\sof)?)?"

#: What stands between the new name and the old one.
_NEW_THEN_OLD = re.compile(
    rf"""
    {_BRACKET}
    (?: ,\s | \s\( (?:[^()\n]{{1,40}}[,;]\s)? | \s[\u2013\u2014-]\s | \s )
    (?: (?:the|a)\s(?:[\w-]+\s){{0,3}}?(?:company|miner|firm|business|operator|provider)\s | (?:which|who)\s(?:was|were)\s )?
    (?:
        formerly (?:\s{_KNOWN})?
      | (?:previously|once|earlier|originally|long) \s {_KNOWN}
      | until\s(?:[\w,]+\s){{1,4}}? (?:known|called|named) (?:\sas)?
      | (?:f/k/a|fka)
    )
    \s(?:the\s)? {_QUOTE}
    """,
    re.VERBOSE,
)
_SAYS = r"(?:\s(?:said|says|announced|confirmed)\s(?:on\s\w+\s|in\sa\sstatement\s)?(?:that\s)?(?:it|the\scompany))?"
_HAS = r"(?:\s(?:has|had|is|have|will))?(?:\s(?:also|now|since|officially|formally|legally))?"
_ITS_NAME = r"its\s(?:(?:corporate|company|legal|trading|registered|brand)\s)?name"
#: What stands between the old name and the new one.
_OLD_THEN_NEW = re.compile(
    rf"""
    {_BRACKET} {_APPOSED} {_SAYS}
    (?:
        {_HAS} \s (?:renam(?:ed|es|ing)|rebrand(?:s|ed|ing)?) (?:\sitself)? (?:\s(?:as|to|to\sbecome))?
      | {_HAS} \s (?:chang(?:es|ed|ing|e)) \s {_ITS_NAME} \s to
      | {_HAS} \s (?:adopt(?:s|ed|ing)?|tak(?:es|en|ing)|took) \s the\s(?:new\s)?name (?:\sof)?
      | \s (?:was|were|has\sbeen|had\sbeen|is\sbeing|will\sbe|is\sto\sbe) \s (?:renamed|rebranded) (?:\s(?:as|to))?
      | \s (?:is\s)? (?:now) \s (?:known\sas|called|named|calls\sitself|trades\sas|operates\sas|goes\sby)
      | (?:,\s(?:which\sis\s)?|\s\() (?:since|now) \s (?:renamed|rebranded\sas|known\sas|called|named|trading\sas|operating\sas)
      | \s\(now
    )
    \s(?:the\s)? {_QUOTE}
    """,
    re.VERBOSE,
)
#: "…changed its name from OLD to NEW": what stands before the old name, and between the two.
_FROM = re.compile(
    rf"(?:chang\w+\s{_ITS_NAME}|name\schange|renam\w+(?:\sitself)?|rebrand\w*(?:\sitself)?)\sfrom\s{_QUOTE}$"
)
_TO = re.compile(rf"[\"\u201d\u2019']?\s(?:to|into|as)\s{_QUOTE}")
#: Behind a name that only describes: "formerly Google's tenant", "formerly Nasdaq-listed", "formerly Alpine executives".
_DESCRIBES = re.compile(
    r"(?:['\u2019]s?\s|-|/)|\s(?:units?|divisions?|subsidiar\w+|business|arm|executives?|employees?|engineers?|staff|tenants?"
    r"|customers?|sites?|campus|facility|plant|mine|land|property|building|data\scent\w+|shares?|stock|and\s[A-Z])\b"
)
_CLOSING = re.compile(r"[\"\u201d]?")
#: How much of what stands before a name is looked at.
_BEFORE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """A capitalised name at its place; `is_company` = the article treats it as one."""

    start: int
    end: int
    text: str
    key: str | None
    is_company: bool


def find_renames(reading: Reading) -> tuple[Rename, ...]:
    """Return each change of a name that an article tells, once."""
    found: dict[tuple[str, str], Rename] = {}
    for where, plain, given in (
        (Where.TITLE, reading.title, reading.article.title),
        (Where.TEXT, reading.text, reading.article.text),
    ):
        if _CUE.search(plain) is None:
            continue
        names = _names(plain, [span for span in reading.parties if span.where is where and span.name is not None])
        for old, new, rule in _pairs(plain, names):
            start, end = min(old.start, new.start), max(old.end, new.end)
            proof = Evidence(where=where, start=start, end=end, text=given[start:end], rule=f"rename.{rule}")
            found.setdefault((old.text, new.text), Rename(old=old.text, new=new.text, evidence=(proof,)))
    return tuple(found.values())


def under_one_name(parties: tuple[PartySpan, ...], renames: Sequence[Rename]) -> tuple[PartySpan, ...]:
    """Call a renamed company by one name: the table's, where the table has it, else the new one."""
    for told in renames:
        both = [span for span in parties if span.name in {told.old, told.new}]
        own = next((span for span in both if span.key is not None), None) or next(
            (span for span in both if span.name == told.new), None
        )
        if own is None:
            continue
        kind = next((span.kind for span in (own, *both) if span.kind is not PartyKind.UNDISCLOSED), own.kind)
        parties = tuple(
            replace(span, name=own.name, key=own.key, kind=kind) if span.name in {told.old, told.new} else span
            for span in parties
        )
    return parties


def _names(plain: str, parties: Sequence[PartySpan]) -> list[_Name]:
    """Return the companies of a text and whatever else may be one, in order."""
    # With its suffix, so that "Corp." is no name of its own.
    ordered = [replace(one, end=_end(plain, one.end)) for one in sorted(parties, key=lambda one: one.start)]
    found = [
        _Name(start=span.start, end=span.end, text=span.name or "", key=span.key, is_company=True) for span in ordered
    ]
    masked = TICKER.sub(lambda match: "\u00a7" * len(match[0]), mask_names(plain, ordered))
    for start, end, _ in capitalised_names(masked):
        name, name_end, suffixed = without_suffix(plain, start, end)
        if may_be_company(name) and not is_site_name(name, frozenset()):
            found.append(_Name(start=start, end=_end(plain, name_end), text=name, key=None, is_company=suffixed))
    return sorted(found, key=lambda one: one.start)


def _end(plain: str, end: int) -> int:
    suffix = LEGAL_SUFFIX.match(plain, end)
    return suffix.end() if suffix else end


def _pairs(plain: str, names: Sequence[_Name]) -> Iterator[tuple[_Name, _Name, str]]:
    """Yield (old, new, rule) of neighbouring names between which a rename stands."""
    for left, right in pairwise(names):
        if left.text == right.text or (left.key is not None and left.key == right.key):
            continue
        if _DESCRIBES.match(plain, _CLOSING.match(plain, right.end).end()):  # type: ignore[union-attr]
            continue
        if left.is_company and _NEW_THEN_OLD.fullmatch(plain, left.end, right.start):
            yield right, left, "formerly"
        elif left.is_company and _OLD_THEN_NEW.fullmatch(plain, left.end, right.start):
            yield left, right, "renamed"
        elif (left.is_company or right.is_company) and _is_from_to(plain, left, right):
            yield left, right, "from_to"


def _is_from_to(plain: str, left: _Name, right: _Name) -> bool:
    before = _FROM.search(plain, max(0, left.start - _BEFORE), left.start)
    return before is not None and _TO.fullmatch(plain, left.end, right.start) is not None
