"""What a command or a button asks, fetched and drawn: one coroutine per question, each returns one message.

The database is asked on its own thread and charts are drawn on a worker thread; the event loop never waits. Knows no
Discord.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.capacity.assumptions import Assumptions
from bot.charts import draw_chart
from bot.charts.canvas import Chart
from bot.delivery.announce import standing
from bot.delivery.digest_rounds import ALL, digest_chart
from bot.discord.services import Services
from bot.errors import InputError
from bot.messages.comparing import comparison_card
from bot.messages.deal_card import deal_tab, side_message
from bot.messages.digest import Period, compose, digest_message
from bot.messages.estimate_message import (
    Asked,
    answer_comparison,
    answer_estimate,
    comparison_message,
    estimate_message,
)
from bot.messages.league import price
from bot.messages.message import Attachment, Embed, Message
from bot.messages.pages import ListQuery, deals_page
from bot.messages.portfolio import company_message, league_message
from bot.messages.render import BLUE, DISCLAIMER
from bot.messages.wording import PLAIN, Style
from bot.valuation.live_network import with_network
from bot.valuation.model_tables import load_assumptions
from bot.valuation.server_model import overlaid
from db.connection import Database
from db.deals import DealFilter, count_deals, get_deal, list_deals
from db.network import network_figures
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


async def deal_chart_reply(services: Services, deal_id: int) -> Message:
    """Draw a deal among its peers: by price where it has one, else its miner's deals over time."""
    deal = await find_deal(services, deal_id)
    priced = price(deal) is not None
    wanted = DealFilter(limit=ALL, company=None if priced else deal.facts.provider)
    deals = await services.store.run(list_deals, wanted)
    return await chart_reply(services, "prices" if priced else "timeline", deals)


async def chart_reply(services: Services, name: str, deals: Sequence[DealRecord] | None = None) -> Message:
    """Draw a chart of the given deals, of all when none are given."""
    if deals is None:
        deals = await services.store.run(list_deals, DealFilter(limit=ALL, alerting_only=True))
    chart = await asyncio.to_thread(draw_chart, name, list(deals), now=services.clock())
    return picture(chart)


def picture(chart: Chart) -> Message:
    """Frame a chart as a message; its title already stands in the picture."""
    embed = Embed(title=chart.title, colour=BLUE, footer=DISCLAIMER, image=chart.filename)
    return Message(
        embeds=(embed,), attachments=(Attachment(filename=chart.filename, content=chart.png, alt=chart.alt),)
    )


async def digest_reply(services: Services, name: str, *, style: Style = PLAIN) -> Message:
    """Compose the digest of the last day or week as of now."""
    end = services.clock() + timedelta(seconds=1)  # what was stored this very second counts too
    span = Period(name=name, start=end - timedelta(days=7 if name == "weekly" else 1), end=end)
    deals = await services.store.run(list_deals, DealFilter(limit=ALL))
    digest = compose(deals, span)
    chart = await asyncio.to_thread(digest_chart, digest, deals)
    return digest_message(digest, style=style, chart=chart)


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
    wanted = DealFilter(text=text or None, limit=25, sort="updated")
    deals = await services.store.run(list_deals, wanted)
    return [(f"{deal.name} · {deal.slug}"[:100], deal.slug[:100]) for deal in deals]


async def company_choices(services: Services, text: str) -> list[str]:
    """Return up to 25 company names of stored deals for an autocompletion."""
    deals = await services.store.run(list_deals, DealFilter(text=text or None, limit=100, sort="updated"))
    names = [name for deal in deals for name in (deal.facts.provider, deal.facts.customer) if name]
    wanted = text.casefold()
    fitting = [name for name in dict.fromkeys(names) if wanted in name.casefold()]
    return sorted(fitting, key=lambda name: (not name.casefold().startswith(wanted), name))[:25]


async def company_reply(services: Services, name: str) -> Message:
    """Return a company's portfolio with its timeline."""
    deals = await services.store.run(list_deals, DealFilter(company=name, alerting_only=True, limit=ALL))
    if not deals:
        raise InputError(f"No stored deal names “{name[:60]}”. Start typing and pick a company from the list.")
    everyone = await services.store.run(list_deals, DealFilter(alerting_only=True, limit=ALL))
    shown = _spelling(name, deals)
    chart = await asyncio.to_thread(draw_chart, "timeline", deals, now=services.clock()) if len(deals) > 1 else None
    return company_message(shown, deals, everyone, now=services.clock(), chart=chart)


def _spelling(name: str, deals: Sequence[DealRecord]) -> str:
    """Return the name as the deals spell it: an alias leads to the same company."""
    names = [party for deal in deals for party in (deal.facts.provider, deal.facts.customer) if party]
    exact = [party for party in names if party.casefold() == name.casefold()]
    return exact[0] if exact else Counter(names).most_common(1)[0][0]


async def league_reply(services: Services, order: str) -> Message:
    """Return the league in one order with its chart."""
    deals = await services.store.run(list_deals, DealFilter(alerting_only=True, limit=ALL))
    name = "contracted" if order in {"mw", "value"} else "prices"
    chart = await asyncio.to_thread(draw_chart, name, deals, now=services.clock()) if deals else None
    return league_message(deals, order=order, now=services.clock(), chart=chart)


async def estimate_reply(services: Services, asked: Asked, *, guild_id: int | None = None) -> Message:
    """Return an estimate with its tornado."""
    from bot.charts.tornado import draw_tornado

    assumptions = await services.store.run(current_assumptions, services.clock(), guild_id=guild_id)

    def work() -> Message:
        result = answer_estimate(asked, assumptions)
        chart = draw_tornado(result, now=services.clock()) if result.headline and result.drivers else None
        return estimate_message(result, asked, chart=chart)

    return await asyncio.to_thread(work)


async def comparison_reply(services: Services, asked: Asked, *, guild_id: int | None = None) -> Message:
    """Return one megawatt in three uses."""
    assumptions = await services.store.run(current_assumptions, services.clock(), guild_id=guild_id)
    found = await asyncio.to_thread(answer_comparison, asked, assumptions)
    return comparison_message(found, asked)


def current_assumptions(db: Database, now: datetime, *, guild_id: int | None = None) -> Assumptions:
    """Return the model's tables with fresh network figures, and over them what the server assumes differently."""
    live = with_network(load_assumptions(), network_figures(db), now=now)
    return overlaid(db, str(guild_id) if guild_id is not None else None, live)
