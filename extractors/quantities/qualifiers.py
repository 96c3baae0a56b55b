"""Read what stands before and after an amount: how firm it is, and per what. Knows no amounts.

A qualifier is read from at most 48 characters before the amount, so its cost does not depend on the text's length.
"""

import re

from extractors.closed_sets import Qualifier

_REACH = 48
_APPROX = r"""about | around | approximately | approx\.? | roughly | nearly | almost | some | circa | ca?\. | ~ | \u2248
    | close\ to | (?:an\ )?estimated | just\ under | slightly\ (?:under|below) | a\ little\ (?:under|below|over)
    | in\ the\ (?:region|neighbou?rhood|order|range|vicinity)\ of | on\ the\ order\ of | roundly | practically
    | an?\ (?:expected|projected)?\ ?average\ of | (?:an\ )?(?:implied|rumou?red) | near | not\ quite"""
_AT_LEAST = r"""(?:well\ |just\ |slightly\ |comfortably\ )?(?:more\ than|over|above|exceed(?:s|ed|ing)?|greater\ than|beyond)
    | at\ least | in\ excess\ of | upwards?\ of | (?:no|not)\ (?:less|fewer)\ than | north\ of | a\ minimum\ of | minimum\ of
    | surpass(?:es|ed|ing)? | topp(?:ed|ing) | tops | >=? | \u2265 | minimum"""
_UP_TO = r"""up\ to | as\ (?:much|many|high|long|large|big)\ as | (?:a\ |to\ a\ )?maximum\ (?:of)? | at\ most | (?:no|not)\ more\ than
    | (?:less|fewer|lower)\ than | under | below | <=? | \u2264 | not\ exceeding | capped\ at | could\ (?:reach|total)
    | to\ a\ ceiling\ of"""
_BETWEEN = r"(?:\s*\(?\s*(?:(?:an?|the|its|another|an\ additional|additional|a\ further|a\ total\ of|in\ total)\s+)?)"
_LEFT = re.compile(
    rf"""(?<![A-Za-z])(?: (?P<approx>{_APPROX}) | (?P<at_least>{_AT_LEAST}) | (?P<up_to>{_UP_TO}) ){_BETWEEN}$""",
    re.VERBOSE | re.IGNORECASE,
)
_RIGHT = re.compile(
    r"\s?\+|[-\s]plus\b|\s(?:or|and)\s(?:more|above|higher)\b|\sat\s(?:a\sminimum|least)\b|\s(?P<approx>or\sso|approximately)\b",
    re.IGNORECASE,
)
#: Before an article these are prepositions ("news about a $3 billion deal"), before a span of time always.
_PREPOSITIONS = frozenset({"about", "around", "near", "over", "under", "above", "below", "beyond"})
_ABOUT_TIME = frozenset({"over", "under", "beyond", "near"})


def _is_preposition(words: str, *, over_counts: bool) -> bool:
    first, *rest = words.split() or [""]
    if first not in _PREPOSITIONS:
        return False
    return bool(set(rest) & {"a", "an", "the", "its", "another"}) or (not over_counts and first in _ABOUT_TIME)


def qualifier_at(text: str, start: int, end: int, *, over_counts: bool = True) -> Qualifier:
    """Return how firmly the amount at `start`..`end` is stated.

    With `over_counts` false "over" and "under" are prepositions ("over 15 years"), not "more" and "less than".
    """
    left = text[max(0, start - _REACH) : start]
    match = _LEFT.search(left)
    if match is not None and not _is_preposition(match[0].lower(), over_counts=over_counts):
        return Qualifier(match.lastgroup or Qualifier.EXACT)
    after = _RIGHT.match(text, end)
    if after is not None:
        return Qualifier.APPROX if after["approx"] else Qualifier.AT_LEAST
    return Qualifier.EXACT


_UNITS: tuple[tuple[str, str], ...] = (
    ("gpu_hour", r"(?:GPU|chip|H\d{3}|B\d{3}|GB\d{3})s?(?:[-\s]|\s?/\s?|\sper\s|\san\s)(?:hours?|hrs?|h)"),
    ("kwh", r"kWh|kilowatt[-\s]hours?"),
    ("mwh", r"MWh|megawatt[-\s]hours?"),
    ("mw_year", r"(?:MW|megawatt)[-\s](?:year|yr|annum)"),
    ("kw_month", r"(?:kW|kilowatt)[-\s]month"),
    ("mw", r"(?:\w{1,12}\s){0,2}?(?:critical\s)?(?:IT\s)?(?:MWs?|megawatts?)"),
    ("gw", r"(?:GW|gigawatt)"),
    ("kw", r"(?:kW|kilowatt)"),
    ("year", r"years?|yr|annum|twelve\smonths|12\smonths"),
    ("quarter", r"quarters?|qtr"),
    ("month", r"months?|mo"),
    ("week", r"weeks?"),
    ("day", r"days?"),
    ("hour", r"hours?|hr"),
    ("gpu", r"GPUs?|chips?|accelerators?|H\d{3}s?|B\d{3}s?"),
    ("server", r"servers?|racks?|nodes?"),
    ("share", r"(?:\w{1,12}\s)?shares?|ADS|unit|warrant"),
    ("coin", r"(?:bit)?coins?|BTC|bitcoin(?:\smined)?"),
    ("acre", r"acres?"),
    ("hash", r"(?:TH|PH|EH)(?:/s)?(?:/day)?|terahash|petahash"),
    ("token", r"(?:million\s)?tokens?"),
    ("site", r"sites?|buildings?|campus|data\s?cent(?:er|re)"),
)
_ALTERNATIVES = "|".join(rf"(?P<{name}>{pattern})" for name, pattern in _UNITS)
_PER = re.compile(
    rf"""
    (?: \s?/\s? | [-\s]per[-\s](?:each\s)? | \s(?:an?|each|every|for\s(?:each|every))\s )
    (?: {_ALTERNATIVES} ) (?![A-Za-z])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ADVERB = re.compile(
    r"""
    \+?[,\s]{1,2}(?:\(?on\s)?(?:
        (?P<year>annually|yearly|p\.?\s?a\.?(?![a-z])|annualized|annualised|on\san\sannual\sbasis)
      | (?P<month>monthly) | (?P<quarter>quarterly) | (?P<annual_next>annuali[sz]ed|annual)(?=\s)
      | (?:in|of|as|worth\sof)\s(?:\w{1,14}\s){0,3}?(?P<annual>annuali[sz]ed|annual|yearly|ARR\b|run[-\s]rate)
      | (?:in|of)\s(?P<monthly>monthly)\s
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PERIODS = {"annual": "year", "annual_next": "year", "monthly": "month"}
_BEFORE = re.compile(
    r"""
    (?<![A-Za-z])(?: (?P<year>annuali[sz]ed|annual|yearly|per[-\s]year|run[-\s]rate|\(ARR\)|ARR)
                   | (?P<month>monthly) | (?P<quarter>quarterly) )
    (?:\s[A-Za-z()"-]{1,14}){0,4}?
    (?:\s(?:of|at|is|to|exceeding|reach(?:es|ing)?|totals?|totall?ing|was|be|:)(?:\s(?:\w{1,13})){0,3}|:)?\s*$
    """,
    re.VERBOSE | re.IGNORECASE,
)


def per_after(text: str, end: int) -> tuple[str | None, int]:
    """Return the denominator printed after the amount that ends at `end`, and where it ends."""
    match = _PER.match(text, end)
    if match is None:
        adverb = _ADVERB.match(text, end)
        if adverb is None:
            return None, end
        return _PERIODS.get(adverb.lastgroup or "", adverb.lastgroup), adverb.end()
    name, stop = match.lastgroup or "", match.end()
    second = _PER.match(text, stop) or _ADVERB.match(text, stop)
    if second is not None and name not in {"year", "month", "quarter"}:
        period = _PERIODS.get(second.lastgroup or "", second.lastgroup)
        if period in {"year", "month", "hour", "quarter"}:
            name, stop = f"{name}_{period}", second.end()
    return name, stop


def per_before(text: str, start: int) -> str | None:
    """Return the period named before the amount ("annual revenue of …"), if one is."""
    match = _BEFORE.search(text[max(0, start - 60) : start])
    return match.lastgroup if match is not None else None
