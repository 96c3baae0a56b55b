"""What a plain-word question asks for: which fact, of which deals, in which period, in which order.

It knows words of questions; it knows nothing of answers, SQL or deals. A question that no rule understands becomes
`Topic.UNKNOWN`; one that asks for advice or the future becomes `Topic.REFUSED`, because no stored sentence answers it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from bot.ask.names import CompanyIndex
from bot.ask.strangers import strangers
from extractors.closed_sets import DealStatus, DealType


class Topic(StrEnum):
    """The fact a question is about."""

    VALUE = "value"
    CAPACITY = "capacity"
    TERM = "term"
    GPUS = "gpus"
    SITE = "site"
    WHEN = "when"
    STATUS = "status"
    REACTION = "reaction"
    DELIVERY = "delivery"
    PREPAYMENT = "prepayment"
    EVIDENCE = "evidence"
    CUSTOMERS = "customers"
    PROVIDERS = "providers"
    COUNT = "count"
    TOTAL_CAPACITY = "total_capacity"
    TOTAL_VALUE = "total_value"
    RANKING = "ranking"
    LIST = "list"
    ESTIMATE = "estimate"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as understood. `since` is inclusive, `until` exclusive; `order` names a field of a mention.

    `strangers` are names that no known company bears; they may be sites.
    """

    text: str
    topic: Topic
    companies: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    deal_types: frozenset[DealType] = frozenset()
    statuses: frozenset[DealStatus] = frozenset()
    gpus: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    order: str | None = None
    ascending: bool = False
    limit: int = 10


_MOST = r"\b(?:biggest|largest|highest|longest|most(?! recent)|richest)\b"
_LEAST = r"\b(?:smallest|lowest|shortest|least|fewest|cheapest)\b"
#: First match wins, so the narrow comes before the wide.
_TOPICS: tuple[tuple[Topic, str], ...] = (
    (
        Topic.REFUSED,
        r"should i|shall i|\bbuy or sell\b|price target|will .*\b(?:go|rise|fall|moon)|predict|forecast|recommend",
    ),
    (
        Topic.ESTIMATE,
        r"\bestimate\b|hashprice|per gpu.?hour|gpu.?hours?|(?:worth|value) of \d|what (?:is|are|would) [\d.,]+ ?[mg]w\b",
    ),
    (
        Topic.EVIDENCE,
        r"\bprov(?:e|es|ed|en)\b|\bproof\b|\bevidence\b|\bsources?\b|\bwho says\b|which sentence|how do you know",
    ),
    (Topic.REACTION, r"\bshares?\b|\bstocks?\b|\breact\w*|\bmarket (?:move|response)|\bjump|\bsoar|\bpremarket\b"),
    (Topic.RANKING, _MOST + r"|" + _LEAST + r"|\b(?:top|ranking|rank|league)\b"),
    (
        Topic.TOTAL_CAPACITY,
        r"(?:total|all|altogether|combined|contracted).*\b(?:mw|gw|megawatts?|gigawatts?|capacity|power)\b",
    ),
    (Topic.TOTAL_VALUE, r"(?:total|altogether|combined|sum of).*\b(?:value|worth|dollars?|usd|money|revenue)\b"),
    (
        Topic.COUNT,
        r"\bhow many (?:\w+ ){0,2}(?:deals?|contracts?|leases?|agreements?)\b|\bnumber of (?:deals?|contracts?|leases?)\b",
    ),
    (Topic.CUSTOMERS, r"\b(?:tenants?|customers?|clients?)\b|\bwho (?:rents|leases|buys) from\b|\bto whom\b"),
    (
        Topic.PROVIDERS,
        r"\b(?:landlords?|providers?|hosts?|suppliers?)\b|\bwho (?:hosts|supplies|powers)\b|\bfrom whom\b",
    ),
    (Topic.PREPAYMENT, r"\bpre-?pa(?:id|y\w*)\b|\bup-?front\b|\bin advance\b"),
    (
        Topic.DELIVERY,
        r"\bwhen\b.*\b(?:deliver\w*|starts?|begins?|live|online|ready|energi[sz]ed)\b|\bdelivery\b|\bgo(?:es)? live\b",
    ),
    (Topic.GPUS, r"\bgpus?\b|\bchips?\b|\baccelerators?\b"),
    (Topic.CAPACITY, r"\b(?:mw|gw|megawatts?|gigawatts?|capacity|how much power|how big)\b"),
    (Topic.TERM, r"\bhow long\b|\bterm\b|\byears?\b.*\b(?:last|run)|\bduration\b|\bexpir"),
    (Topic.SITE, r"\bwhere\b|\bsites?\b|\bcampus\b|\blocation\b"),
    (Topic.WHEN, r"\bwhen\b|\bwhat date\b|\bannounced on\b"),
    (Topic.VALUE, r"\bhow much\b|\bvalue\b|\bworth\b|\bcost\b|\bdollars?\b|\bprice\b|\bbillions?\b"),
    (Topic.STATUS, r"\bstatus\b|\bsigned yet\b|\bis it (?:final|signed|done)\b|\bstill (?:on|alive)\b|\bclosed\b"),
    (
        Topic.LIST,
        r"\bdeals?\b|\bcontracts?\b|\bleases?\b|\bagreements?\b|\bnews\b|\blist\b|\bshow\b|\blatest\b|\brecent\b",
    ),
)
_TOPIC_PATTERNS = tuple((topic, re.compile(pattern, re.IGNORECASE)) for topic, pattern in _TOPICS)

_TYPE_WORDS: tuple[tuple[DealType, str], ...] = (
    (DealType.HOSTING_LEASE, r"\bleases?\b|\bcolocation\b|\bcolo\b|\bhosting\b"),
    (DealType.CLOUD_CONTRACT, r"\bcloud\b|\bgpu contracts?\b"),
    (DealType.ACQUISITION, r"\bacqui\w+|\btakeovers?\b|\bmergers?\b|\bbids?\b"),
    (DealType.FINANCING, r"\bfinanc\w+|\bloans?\b|\bnotes\b|\bbonds?\b"),
    (DealType.JOINT_VENTURE, r"\bjoint ventures?\b|\bjvs?\b"),
    (DealType.EQUITY_STAKE, r"\bstakes?\b|\bwarrants?\b"),
)
_STATUS_WORDS: tuple[tuple[frozenset[DealStatus], str], ...] = (
    (
        frozenset({DealStatus.RUMORED, DealStatus.IN_TALKS, DealStatus.LOI}),
        r"\brumou?r\w*|\bin talks\b|\bletters? of intent\b|\bunsigned\b",
    ),
    (
        frozenset({DealStatus.REJECTED, DealStatus.TERMINATED}),
        r"\breject\w*|\bterminat\w*|\bcancel\w*|\bcollapsed\b|\bfailed\b",
    ),
    (
        frozenset({DealStatus.SIGNED, DealStatus.EXPANDED, DealStatus.CLOSED}),
        r"\bsigned\b|\bfirm deals?\b|\bcommitted\b",
    ),
)
_GPU = re.compile(r"\b(?:gb|vr|b|h|a|mi)\d{3}x?\b", re.IGNORECASE)
_ORDERS: tuple[tuple[str, str], ...] = (
    ("capacity_mw", r"\b(?:mw|gw|megawatts?|power|capacity)\b"),
    ("term_years", r"\blongest\b|\bterm\b"),
    ("gpu_count", r"\bgpus?\b"),
    ("value_usd", r""),
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MONTH = re.compile(rf"\b(since|after|before|in|during|of|from|until) ({'|'.join(_MONTHS)})\b(?: (20[2-4]\d))?")
_UNITS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_NUMBER_WORDS = {"two": 2, "three": 3, "five": 5, "ten": 10}


def understand(text: str, companies: CompanyIndex, *, now: datetime) -> Question:
    """Read a question. Periods are relative to `now` (UTC)."""
    names = companies.find(text)
    since, until = _period(text, today=now.astimezone(UTC).date())
    topic = _topic(text, has_company=bool(names))
    return Question(
        text=text,
        topic=topic,
        companies=names,
        strangers=strangers(companies.without_names(text)),
        deal_types=_deal_types(text),
        statuses=_statuses(text),
        gpus=tuple(dict.fromkeys(model.upper() for model in _GPU.findall(text))),
        since=since,
        until=until,
        order=_order(text) if topic is Topic.RANKING else None,
        ascending=bool(re.search(_LEAST, text, re.IGNORECASE)),
        limit=_limit(text),
    )


def _topic(text: str, *, has_company: bool) -> Topic:
    for topic, pattern in _TOPIC_PATTERNS:
        if pattern.search(text):
            return topic
    return Topic.LIST if has_company else Topic.UNKNOWN


def _deal_types(text: str) -> frozenset[DealType]:
    return frozenset(kind for kind, pattern in _TYPE_WORDS if re.search(pattern, text, re.IGNORECASE))


def _statuses(text: str) -> frozenset[DealStatus]:
    return frozenset(
        status for group, pattern in _STATUS_WORDS if re.search(pattern, text, re.IGNORECASE) for status in group
    )


def _order(text: str) -> str:
    return next(field for field, pattern in _ORDERS if re.search(pattern, text, re.IGNORECASE))


def _limit(text: str) -> int:
    match = re.search(
        r"\b(?:top|biggest|largest|last|latest) (\d{1,2}|two|three|five|ten)\b(?! (?:days?|weeks?|months?))"
        r"|\b(\d{1,2}|two|three|five|ten) (?:biggest|largest|smallest|longest|shortest|last|latest|newest|most)\b",
        text,
        re.IGNORECASE,
    )
    if match is None:
        return 10
    word = (match.group(1) or match.group(2)).lower()
    return max(1, int(_NUMBER_WORDS.get(word, word)))


def _period(text: str, *, today: date) -> tuple[date | None, date | None]:
    """Read "in 2025", "since March 2026", "this year", "last 30 days", "this week"."""
    lowered = text.lower()
    if match := _MONTH.search(lowered):
        return _month_period(match, today=today)
    if match := re.search(r"\b(since|after|before|in|during|of|from|until) (20[2-4]\d)\b", lowered):
        return _year_period(match.group(1), int(match.group(2)))
    return _relative_period(lowered, today=today)


def _relative_period(lowered: str, *, today: date) -> tuple[date | None, date | None]:
    if match := re.search(r"\b(?:last|past) (?:(\d{1,3}) )?(day|week|month|quarter|year)s?\b", lowered):
        return today - timedelta(days=int(match.group(1) or 1) * _UNITS[match.group(2)]), None
    if match := re.search(r"\bthis (week|month|year)\b", lowered):
        starts = {"week": today - timedelta(days=today.weekday()), "month": today.replace(day=1)}
        return starts.get(match.group(1), today.replace(month=1, day=1)), None
    if re.search(r"\btoday\b", lowered):
        return today, None
    if re.search(r"\byesterday\b", lowered):
        return today - timedelta(days=1), today
    return None, None


def _month_period(match: re.Match[str], *, today: date) -> tuple[date | None, date | None]:
    """Read "in October", "since March 2026"; without a year, the last such month."""
    month = _MONTHS.index(match.group(2)) + 1
    year = int(match.group(3) or (today.year if month <= today.month else today.year - 1))
    start = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    if match.group(1) in {"since", "from"}:
        return start, None
    if match.group(1) == "after":
        return following, None
    return (None, start) if match.group(1) in {"before", "until"} else (start, following)


def _year_period(word: str, year: int) -> tuple[date | None, date | None]:
    if word in {"since", "from"}:
        return date(year, 1, 1), None
    if word == "after":
        return date(year + 1, 1, 1), None
    if word in {"before", "until"}:
        return None, date(year, 1, 1)
    return date(year, 1, 1), date(year + 1, 1, 1)
