"""Discover companies that no table knows, from the words around a capitalised name.

Evidence: a legal suffix ("Inc."), a ticker in brackets, a descriptor before ("bitcoin miner X") or after ("X, a
neocloud"), shares, or the place of a contract partner ("a lease with X"). A full name once discovered is found again
in its short form. Does not know whether the company takes part in a deal.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from extractors.closed_sets import PartyKind, Where
from extractors.linear import LinearModel
from extractors.models import PartySpan
from extractors.parties.capitals import LEGAL_SUFFIX, capitalised_names, mask_names, may_be_company, without_suffix
from extractors.parties.companies import TICKER, is_modifier, ticker_after
from extractors.parties.company_candidates import Candidate, Found, Spot, points_of, pool, spellings_of
from extractors.parties.company_cues import (
    ACTS,
    BELONGS_AFTER,
    CASHTAG,
    COINS,
    DEFINED,
    DESCRIBED_AFTER,
    DESCRIBED_BEFORE,
    FIRM,
    FROM_PLACE,
    MINES_AFTER,
    NAMED_TAG,
    OFFICER_AFTER,
    OFFICER_OF,
    PARTNER,
    PERSON_AFTER,
    PERSON_NEAR,
    PLACE_AFTER,
    PLACE_BEFORE,
    SHARES,
    SHARES_AFTER,
    SQUARE_TICKER,
    STAKES,
    SUBSIDIARY,
    SUCH_AS,
    SURE_PARTNER,
    WITHIN,
)
from extractors.parties.describing import kind_described, kind_ending
from extractors.parties.name_reasons import BY_POINTS, COMPANY, name_reasons
from extractors.parties.stopwords import PLACES
from extractors.sites.site_names import is_site_name, named_sites

#: How many places of one name are weighed; more say nothing new.
_SEEN_ENOUGH = 8
#: Characters around a name that are kept for the model.
_NEAR = 40
#: A name is taken for a company if that is at least this likely: a missed party costs more than an idle name.
_LIKELY = 0.35
#: Points below which nothing is asked: people and places.
_HOPELESS = -3


def discover(
    text: str, *, known: Sequence[PartySpan] = (), title: str = "", names: LinearModel = BY_POINTS
) -> dict[str, Found]:
    """Return the unknown companies of a normalised text by every spelling to look for; `known` spans are left alone.

    `names` is the learned model that accepts candidates; without one, their points decide.
    """
    candidates, tags = candidates_in(text, known=known)
    accepted = [one for one in candidates.values() if _is_accepted(one, candidates, title, names)]
    return tags | spellings_of(accepted, candidates, title)


def candidates_in(text: str, *, known: Sequence[PartySpan] = ()) -> tuple[dict[str, Candidate], dict[str, Found]]:
    """Return the names of a normalised text that may be unknown companies, and the symbols that surely are."""
    masked = mask_names(text, known)
    sites = named_sites(masked)
    candidates: dict[str, Candidate] = {}
    for start, end, heading in capitalised_names(masked):
        name, name_end, suffixed = without_suffix(masked, start, end)
        if not may_be_company(name) or (not suffixed and is_site_name(name, sites)):
            continue
        candidate = candidates.get(name)
        if candidate is None:
            candidate = candidates[name] = Candidate(name)
            if _is_word(name, masked):
                candidate.add("word", -2)
        if suffixed:
            candidate.add("suffix", 2)
        candidate.rules["within"] += not heading and bool(WITHIN.search(masked, max(0, start - 2), start))
        if len(candidate.spots) < _SEEN_ENOUGH:
            before, after = masked[max(0, start - _NEAR) : start], masked[name_end : name_end + _NEAR]
            candidate.spots.append(Spot(before, after, heading))
        if not heading and candidate.rules["seen"] < _SEEN_ENOUGH:
            _weigh(masked, start, name_end, candidate)
    tags = dict(_cashtags(masked, candidates))
    pool(candidates)
    return candidates, tags


def _is_accepted(one: Candidate, candidates: Mapping[str, Candidate], title: str, names: LinearModel) -> bool:
    if points_of(one, title) < _HOPELESS:
        return False
    return names.chances(name_reasons(one, candidates, title))[COMPANY] >= _LIKELY


def _is_word(name: str, text: str) -> bool:
    """Tell whether the text uses a name of one word as a word, too ("Contracted capacity … contracted revenue")."""
    return " " not in name and re.search(rf"(?<![\w.@/-]){re.escape(name.lower())}(?![\w-]|\.\w)", text) is not None


def _cashtags(text: str, candidates: dict[str, Candidate]) -> Iterator[tuple[str, Found]]:
    """Yield "$FJK" for symbols no table knows; a name in brackets behind one is the company's."""
    for match in CASHTAG.finditer(text):
        symbol = match["symbol"]
        if symbol in COINS:
            continue
        named = NAMED_TAG.match(text, match.end())
        if named is not None and may_be_company(named["name"]):
            candidate = candidates.setdefault(named["name"], Candidate(named["name"]))
            candidate.add("ticker", 3)
            candidate.shorts |= {symbol, match[0]}
        else:
            yield match[0], Found(symbol, PartyKind.UNDISCLOSED, "discovered.cashtag")


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


def _weigh(text: str, start: int, end: int, candidate: Candidate) -> None:
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


def _weigh_deeds(before: str, after: str, candidate: Candidate) -> None:
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


def _weigh_brackets(after: str, candidate: Candidate) -> None:
    ticker = TICKER.match(after)
    if ticker is not None:
        candidate.add("ticker", 3 if ticker["symbol"] else _bare_ticker_points(candidate.name, ticker["bare"]))
    if SQUARE_TICKER.match(after):
        candidate.add("ticker", 3)
    home = FROM_PLACE.match(after)
    if home is not None and home["place"].split()[0].lower() in PLACES:
        candidate.add("home", 1)
    defined = DEFINED.match(after)
    if defined is not None and defined["short"].lower() not in {"company", "the company", "buyer", "seller", "parties"}:
        candidate.shorts.add(defined["short"])


def _bare_ticker_points(name: str, symbol: str) -> int:
    """Weigh "(SMOY)" behind a name: initials make it an abbreviation ("right of first offer (ROFO)"), not a ticker."""
    initials = "".join(word[0] for word in name.split()).upper()
    if len(initials) > 1 and symbol.upper().endswith(initials[-2:]):
        return 0
    return 2 if symbol[0].upper() == initials[0] and len(symbol) > 2 else 1


def _weigh_descriptions(before: str, after: str, candidate: Candidate) -> None:
    lead = DESCRIBED_BEFORE.search(before)
    if lead is not None and (kind := kind_ending(SUCH_AS.sub("", lead["phrase"]))) is not None:
        candidate.add("described", 2, kind)
    tail = DESCRIBED_AFTER.match(after)
    if tail is None or (kind := kind_described(tail["phrase"])) is None:
        return
    if kind is not PartyKind.UNDISCLOSED or FIRM.match(tail["phrase"]):
        candidate.add("apposition", 2, kind)
