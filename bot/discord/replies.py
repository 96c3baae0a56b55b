"""What a command or a button asks for at once: a list, a deal, what completes a word. One coroutine per question.

The database is asked on its own thread; what takes longer stands in `bot.discord.long_answers`. Knows no Discord.
"""

from datetime import UTC, datetime, timedelta

from bot.delivery.announce import standing
from bot.discord.services import Services
from bot.errors import InputError
from bot.messages.comparing import comparison_card
from bot.messages.deal_card import deal_tab, side_message
from bot.messages.message import Message
from bot.messages.pages import ListQuery, deals_page
from bot.messages.wording import PLAIN, Style
from db.deals import DealFilter, count_deals, get_deal, list_deals
from db.records import DealRecord


async def deals_reply(services: Services, query: ListQuery, *, page: int = 0, style: Style = PLAIN) -> Message:
    """Return one page of the deals that fit."""
    now = services.clock()
    wanted = query.filter(now=now, page=page)
    deals = await services.store.run(list_deals, wanted)
    total = await services.store.run(count_deals, wanted)
    return deals_page(deals, query, total=total, page=page, now=now, style=style)


async def find_deal(services: Services, wanted: str | int, *, as_of: datetime | None = None) -> DealRecord:
    """Return a deal by slug, number or words; a sentence that helps when there is none."""
    deal = await services.store.run(get_deal, wanted, as_of=as_of)
    if deal is None and isinstance(wanted, str) and as_of is None:
        fitting = await services.store.run(list_deals, DealFilter(text=wanted, limit=1))
        deal = fitting[0] if fitting else None
    if deal is None:
        when = f" as of {as_of:%Y-%m-%d}" if as_of else ""
        raise InputError(
            f"I have no deal “{str(wanted)[:80]}”{when}. Start typing a company and pick one from the list."
        )
    return deal


async def deal_reply(
    services: Services, wanted: str | int, *, tab: str = "facts", as_of: datetime | None = None, style: Style = PLAIN
) -> Message:
    """Return one side of a deal."""
    deal = await find_deal(services, wanted, as_of=as_of)
    shown = as_of.date().isoformat() if as_of else None
    return deal_tab(deal, tab, standing(deal, now=services.clock()), style=style, as_of=shown)


async def versus_reply(services: Services, one: str, other: str) -> Message:
    """Return two deals side by side."""
    return comparison_card(await find_deal(services, one), await find_deal(services, other))


async def side_reply(services: Services, deal_id: int, side: str) -> Message:
    """Return one side of a deal alone, for a button under an alert."""
    return side_message(await find_deal(services, deal_id), side)


def read_day(text: str | None) -> datetime | None:
    """Read an ISO day as its last moment, UTC."""
    if text is None:
        return None
    try:
        day = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(f"“{text[:20]}” is no day; write it like 2025-11-03.") from error
    return day.replace(tzinfo=UTC) + (timedelta(days=1, seconds=-1) if len(text.strip()) == 10 else timedelta())


async def deal_choices(services: Services, text: str) -> list[tuple[str, str]]:
    """Return (name, slug) of up to 25 deals for an autocompletion."""
    wanted = DealFilter(text=text or None, limit=25, sort="updated", brief=True)
    deals = await services.store.run(list_deals, wanted)
    return [(f"{deal.name} · {deal.slug}"[:100], deal.slug[:100]) for deal in deals]


async def company_choices(services: Services, text: str) -> list[str]:
    """Return up to 25 company names of stored deals for an autocompletion."""
    deals = await services.store.run(list_deals, DealFilter(text=text or None, limit=100, sort="updated", brief=True))
    names = [name for deal in deals for name in (deal.facts.provider, deal.facts.customer) if name]
    wanted = text.casefold()
    fitting = [name for name in dict.fromkeys(names) if wanted in name.casefold()]
    return sorted(fitting, key=lambda name: (not name.casefold().startswith(wanted), name))[:25]
