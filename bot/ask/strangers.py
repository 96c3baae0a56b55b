"""Names in a question that no company bears: a site perhaps, or something nobody here has heard of.

An answer that leaves such a name out would speak of all deals and look like an answer about that one. Knows words of
questions, no deals.
"""

import calendar
import re

from extractors.parties.stopwords import words

_CAPITAL = r"[A-Z][\w&.\-]*\w|[A-Z]"
#: A run of capitalised words, not counting a possessive.
_RUN = re.compile(rf"(?<![\w$])(?:{_CAPITAL})(?: (?:{_CAPITAL}|\d+))*")
#: Where a name stands whatever its case: "what does acme have", "acme's tenants", "who supplies acme".
_SLOT = re.compile(
    r"\b(?:does|did|has|who (?:hosts|supplies|powers)) (?P<name>[a-z][\w\-]{2,})\b|(?<!\w)(?P<owner>[a-z][\w\-]{2,})['’]s\b"
)
#: Words that start a sentence, stand in a slot, or are written in capitals without being anybody's name.
_ORDINARY = words(
    """
        a about after all an and any are as at before between biggest by can cheapest compare count could deal deals did
        do does each estimate every evidence fewest find for from give has have hello hi highest host hosts how in is it
        its kind largest last latest lease leases least list longest lowest me miner miners most name new newest news no
        number of on one or our please proof prove rank ranking recent shares shortest should show since smallest some
        source sources stock stocks sum summarise summarize supplies tell tenant tenants than that the their them there
        these they this today top total was we were what when where which who whose why will with world would year
        yesterday you ai api asic btc bitcoin capex cloud colo cpu eu ev exahash gpu gpus gw gwh hpc ipo jv jvs kw loi
        m&a mw mwh nda noi opex ppa pue q q1 q2 q3 q4 h1 h2 roi sec tdp uk us usd utc
        """
) | {name.casefold() for name in (*calendar.month_name, *calendar.day_name)}
_MODEL = re.compile(r"(?:gb|vr|b|h|a|mi)\d{2,4}\w*|\d.*", re.IGNORECASE)


def strangers(text: str) -> tuple[str, ...]:
    """Return the names in a text from which the known companies were taken out, in order, each once."""
    hits = [(hit.start(), hit.group()) for hit in _RUN.finditer(text)]
    hits += [(hit.start(), hit["name"] or hit["owner"]) for hit in _SLOT.finditer(text)]
    names = (_bare(run) for _, run in sorted(hits))
    return tuple(dict.fromkeys(name for name in names if name))


def _bare(run: str) -> str:
    """Drop ordinary words from both ends of a run; nothing may remain."""
    left = run.rstrip(".").split()
    while left and _is_ordinary(left[0]):
        left.pop(0)
    while left and _is_ordinary(left[-1]):
        left.pop()
    return " ".join(left)


def _is_ordinary(word: str) -> bool:
    return word.casefold().strip(".") in _ORDINARY or _MODEL.fullmatch(word) is not None
