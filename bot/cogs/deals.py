"""`/deals` and `/deal`: lists with filters, and one record from five sides."""

from typing import Any

import discord
from discord import app_commands

from bot.cogs.choices import AS_OF_HELP, complete_company, complete_deal
from bot.delivery.watch_requests import KIND_CHOICES, read_amount
from bot.discord.answers import answer
from bot.discord.replies import deal_reply, deals_reply, read_day, versus_reply
from bot.discord.services import Services
from bot.messages.deal_card import TABS
from bot.messages.pages import SORT_WORDS, ListQuery
from bot.messages.wording import STATUS_WORDS, TYPE_WORDS

Choice = app_commands.Choice[str]
_KINDS = [Choice(name=TYPE_WORDS[kind], value=kind.value) for kind in KIND_CHOICES]
_STATUSES = [Choice(name=words, value=status.value) for status, words in STATUS_WORDS.items()]
_SORTS = [Choice(name=words, value=key) for key, words in SORT_WORDS.items()]
_TABS = [Choice(name=words, value=key) for key, words in TABS.items()]
_PERIODS = [
    app_commands.Choice(name=words, value=days)
    for words, days in (("last 7 days", 7), ("last 30 days", 30), ("last 90 days", 90), ("last year", 365))
]


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add both commands."""

    async def offer_company(interaction: discord.Interaction, text: str) -> list[Choice]:
        return await complete_company(services, interaction, text)

    async def offer_deal(interaction: discord.Interaction, text: str) -> list[Choice]:
        return await complete_deal(services, interaction, text)

    @tree.command(name="deals", description="List the deals, filtered and sorted")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(
        company="A miner or a tenant",
        kind="Only this kind",
        status="Only deals that stand there",
        period="Only deals announced since then",
        min_value="From this value, like 500m or 1.5bn",
        min_mw="From so many megawatts",
        sort="What comes first",
        as_of=AS_OF_HELP,
    )
    @app_commands.choices(kind=_KINDS, status=_STATUSES, sort=_SORTS)
    @app_commands.choices(period=_PERIODS)
    @app_commands.autocomplete(company=offer_company)
    async def deals(
        interaction: discord.Interaction,
        *,
        company: app_commands.Range[str, 1, 60] | None = None,
        kind: str | None = None,
        status: str | None = None,
        period: int | None = None,
        min_value: app_commands.Range[str, 1, 30] | None = None,
        min_mw: app_commands.Range[float, 0, 100_000] | None = None,
        sort: str = "day",
        as_of: app_commands.Range[str, 8, 10] | None = None,
    ) -> None:
        day = read_day(as_of)
        query = ListQuery(
            company=company,
            kind=kind,
            status=status,
            days=period,
            min_value_usd=read_amount(min_value) if min_value else None,
            min_mw=min_mw,
            sort=sort,
            as_of=day.date().isoformat() if day else None,
        )
        await answer(interaction, await deals_reply(services, query))

    @tree.command(name="deal", description="Show one deal: facts, evidence, history, share moves, value")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(
        deal="The deal",
        tab="Which side of it",
        versus="Another deal to lay beside it",
        as_of=AS_OF_HELP,
    )
    @app_commands.choices(tab=_TABS)
    @app_commands.autocomplete(deal=offer_deal, versus=offer_deal)
    async def deal(
        interaction: discord.Interaction,
        deal: app_commands.Range[str, 1, 100],
        tab: str = "facts",
        versus: app_commands.Range[str, 1, 100] | None = None,
        as_of: app_commands.Range[str, 8, 10] | None = None,
    ) -> None:
        if versus is not None:
            message = await versus_reply(services, deal, versus)
        else:
            message = await deal_reply(services, deal, tab=tab, as_of=read_day(as_of))
        await answer(interaction, message)
