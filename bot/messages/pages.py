"""Lists of deals as messages, page by page. Pure.

Buttons carry the whole query in their ids, so a page turns after a restart too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from bot.messages.digest import deal_line
from bot.messages.limits import MAX_CUSTOM_ID, MAX_DESCRIPTION, fit
from bot.messages.markdown import join_lines
from bot.messages.message import Button, Embed, Message
from bot.messages.render import BLUE, DISCLAIMER
from bot.messages.wording import PLAIN, Style, number, plural, short_money
from db.deals import DealFilter
from db.records import DealRecord

PAGE = 8
SORT_WORDS = {
    "day": "newest first",
    "value": "largest value first",
    "mw": "most megawatts first",
    "updated": "last changed first",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """What `/deals` was asked, small enough for a button's id. `days` counts back from today."""

    company: str | None = None
    kind: str | None = None
    status: str | None = None
    days: int | None = None
    min_value_usd: int | None = None
    min_mw: float | None = None
    sort: str = "day"
    as_of: str | None = None

    def filter(self, *, now: datetime, page: int) -> DealFilter:
        """Return the page as the database is asked for it."""
        as_of = datetime.fromisoformat(self.as_of).replace(tzinfo=UTC) if self.as_of else None
        since = (now - timedelta(days=self.days)).date().isoformat() if self.days else None
        return DealFilter(
            company=self.company,
            deal_types=(self.kind,) if self.kind else (),
            statuses=(self.status,) if self.status else (),
            since=since,
            min_value_usd=self.min_value_usd,
            min_capacity_mw=self.min_mw,
            alerting_only=True,
            sort=self.sort,
            limit=PAGE,
            offset=page * PAGE,
            as_of=as_of,
        )

    def packed(self) -> str:
        """Return the query as a button carries it."""
        short: dict[str, str | float | None] = {
            "c": self.company,
            "k": self.kind,
            "s": self.status,
            "d": self.days,
            "v": self.min_value_usd,
        }
        short |= {"m": self.min_mw, "o": self.sort, "a": self.as_of}
        return urlencode(
            {key: value for key, value in short.items() if value is not None and (key, value) != ("o", "day")}
        )


def unpack_query(text: str) -> ListQuery:
    """Read what `packed` wrote."""
    short = dict(parse_qsl(text))
    return ListQuery(
        company=short.get("c"),
        kind=short.get("k"),
        status=short.get("s"),
        days=int(short["d"]) if "d" in short else None,
        min_value_usd=int(short["v"]) if "v" in short else None,
        min_mw=float(short["m"]) if "m" in short else None,
        sort=short.get("o", "day"),
        as_of=short.get("a"),
    )


def deals_page(
    deals: Sequence[DealRecord], query: ListQuery, *, total: int, page: int, now: datetime, style: Style = PLAIN
) -> Message:
    """Draw one page of a list of deals."""
    pages = max(1, -(-total // PAGE))
    lines = [f"{deal_line(deal, style=style).removeprefix('- ')}\n-# {_day(deal)} · `{deal.slug}`" for deal in deals]
    embed = Embed(
        title=plural(total, "deal") if total else "No stored deal fits",
        author=_asked(query),
        colour=BLUE,
        description=join_lines(lines, MAX_DESCRIPTION)
        if lines
        else "Ask for less: a longer period, no minimum, or another company.",
        footer=f"page {page + 1} of {pages} · {DISCLAIMER}" if total else DISCLAIMER,
        timestamp=now,
    )
    return Message(embeds=(fit(embed),), buttons=tuple(_turns(query, page, pages)))


def _asked(query: ListQuery) -> str:
    parts = [query.company or "", (query.kind or "").replace("_", " "), (query.status or "").replace("_", " ")]
    parts.append(f"last {query.days} days" if query.days else "")
    parts.append(f"from {short_money(query.min_value_usd)}" if query.min_value_usd else "")
    parts.append(f"from {number(query.min_mw, decimals=1)} MW" if query.min_mw else "")
    parts.append(f"as known on {query.as_of}" if query.as_of else "")
    return " · ".join([*filter(None, parts), SORT_WORDS[query.sort]])


def _turns(query: ListQuery, page: int, pages: int) -> Iterator[Button]:
    for label, target in (("◀ Back", page - 1), ("Next ▶", page + 1)):
        custom_id = f"mp:page:{target}:{query.packed()}"
        if 0 <= target < pages and len(custom_id) <= MAX_CUSTOM_ID:
            yield Button(label=label, custom_id=custom_id)


def _day(deal: DealRecord) -> str:
    return f"{deal.facts.announced_on.date}" if deal.facts.announced_on else f"seen {deal.first_seen_at:%Y-%m-%d}"
