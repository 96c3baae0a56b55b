"""What a mention is recognised by: keys of its parties, words of its site, its day, a key of its content.

    StoredMention                      a mention with where and when it was read
    normal_name(name) -> str           a name without case, punctuation and legal suffixes
    party_key(name, keys) -> str|None  the company's key, else its normal name
    block_of(key), same_party(a, b)    which keys may be one company under a shortened name
    stored(mention, …) -> StoredMention with its party keys

Knows no rule of resolution.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from extractors.closed_sets import Precision
from extractors.models import Mention, PartialDate

_SUFFIX = re.compile(
    r"[\s,]+(?:inc|incorporated|corp|corporation|ltd|limited|llc|plc|holdings?|group|co|company|technologies|se|ag|nv)\.?$"
)
_WORD = re.compile(r"[a-z0-9]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


#: What companies call their trade, often left out by the press.
_TRADE_WORDS = _words(
    "ai cloud clouds compute computing data digital energy hosting infrastructure labs mining networks platforms power"
    " services solutions systems tech technology web"
)
#: Words of a site's name that do not tell one site from another.
_COMMON_SITE_WORDS = _words(
    "a and at campus center centers centre centres city complex county data facility former in its location near new of"
    " park phase plant region site sites state the valley west east north south"
)
_REGIONS = _words(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois"
    " indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri"
    " montana nebraska nevada hampshire jersey mexico york carolina dakota ohio oklahoma oregon pennsylvania rhode"
    " tennessee texas utah vermont virginia washington wisconsin wyoming alberta quebec ontario columbia british canada"
    " norway sweden finland iceland kingdom united states usa us uk"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMention:
    """One mention with its article. `authority` ranks the article's kind, 0 = a filing or press release, the best.

    `told_at` is when the article was published (or fetched, where that is unknown). `copy_of` is the article it
    copies. `pin` is the deal the operator put the mention into. `happened_on` is the day its status was reached, where
    the source dates it. `id` names the mention and decides nothing.
    """

    id: int
    article_id: int
    told_at: datetime
    authority: int
    publisher: str
    mention: Mention
    provider_key: str | None
    customer_key: str | None
    copy_of: int | None = None
    pin: int | None = None
    happened_on: PartialDate | None = None

    @property
    def parties(self) -> frozenset[str]:
        """The blocks of the named sides; one or none when a side is unnamed. Only mentions of one block can agree."""
        return frozenset(block_of(key) for key in (self.provider_key, self.customer_key) if key is not None)

    @property
    def origin(self) -> int:
        """The article whose words these are: copies share it."""
        return self.copy_of if self.copy_of is not None else self.article_id


def stored(
    mention: Mention,
    *,
    id: int,  # noqa: A002 - the field's name
    article_id: int,
    told_at: datetime,
    authority: int = 2,
    publisher: str = "",
    copy_of: int | None = None,
    pin: int | None = None,
    keys: Mapping[str, str] | None = None,
) -> StoredMention:
    """Wrap a mention, looking its parties up in `keys` (normal name -> company key)."""
    return StoredMention(
        id=id,
        article_id=article_id,
        told_at=told_at,
        authority=authority,
        publisher=publisher,
        mention=mention,
        provider_key=party_key(mention.provider, keys or {}),
        customer_key=party_key(mention.customer, keys or {}),
        copy_of=copy_of,
        pin=pin,
    )


def normal_name(name: str) -> str:
    """Reduce a name to what identifies it: lower case, no punctuation, no legal suffixes."""
    text = re.sub(r"[^\w&+\- ]+", " ", name.casefold().replace("’", "'"))
    text = re.sub(r"\s+", " ", text).strip()
    while (shorter := _SUFFIX.sub("", text)) != text and shorter:
        text = shorter
    return text


def party_key(name: str | None, keys: Mapping[str, str]) -> str | None:
    """Return the key of the company a name stands for; an unknown company is its own normal name."""
    if not name or not (normal := normal_name(name)):
        return None
    return keys.get(normal, normal)


def block_of(key: str) -> str:
    """Reduce a party's key to its stem: "parallax cloud" and "parallax" may be one company."""
    words = key.split()
    while len(words) > 1 and words[-1] in _TRADE_WORDS:
        words.pop()
    return " ".join(words)


def same_party(one: str | None, other: str | None) -> bool:
    """Tell whether two keys may be one company: equal, or one is the beginning of the other; unnamed may be anyone.

    "Redwood" may be "Redwood Labs"; "Redwood Labs" is not "Redwood AI".
    """
    if one is None or other is None or one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(f"{shorter} ")


def site_words(site: str | None) -> frozenset[str]:
    """Return the words of a site that tell it from others; a state or country alone tells nothing."""
    return _words((site or "").casefold()) - _COMMON_SITE_WORDS - _REGIONS


def event_day(item: StoredMention) -> int | None:
    """Return the day (ordinal) the deal happened as this mention has it, None when it cannot be placed.

    A background mention without a date says only that the deal is older than the article.
    """
    announced = item.mention.announced_on
    if announced is not None and announced.precision in {Precision.DAY, Precision.MONTH}:
        return _middle(announced)
    return item.told_at.astimezone(UTC).toordinal() if item.mention.primary else None


def _middle(when: PartialDate) -> int:
    first = date.fromisoformat(when.date).toordinal()
    return first + 14 if when.precision is Precision.MONTH else first


def content_key(item: StoredMention) -> tuple[str, ...]:
    """Return what orders mentions by what they say, never by when they arrived here."""
    facts = item.mention
    said = (
        item.told_at.astimezone(UTC).isoformat(),
        item.authority,
        item.publisher,
        item.provider_key,
        item.customer_key,
        facts.primary,
        facts.deal_type,
        facts.status,
        facts.value_usd,
        facts.value_original,
        facts.value_max_usd,
        facts.capacity_mw,
        facts.term_years,
        facts.gpu_count,
        facts.site,
        facts.announced_on,
        facts.provider_kind,
        facts.customer_kind,
        facts.confidence,
        facts.customer,
        facts.provider,
        item.happened_on,
    )
    return tuple(map(str, said))
