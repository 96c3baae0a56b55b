"""`/company` and `/league`: portfolios and who has contracted most."""

from typing import Any

import discord
from discord import app_commands

from bot.cogs.choices import AS_OF_HELP, complete_company
from bot.discord import long_answers
from bot.discord.answers import answer, think
from bot.discord.replies import read_day
from bot.discord.services import Services
from bot.messages.portfolio import ORDERS

Choice = app_commands.Choice[str]


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add both commands."""

    async def offer(interaction: discord.Interaction, text: str) -> list[Choice]:
        return await complete_company(services, interaction, text)

    @tree.command(name="company", description="A company's deals, tenants, megawatts and share reactions")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(name="A miner or a tenant", as_of=AS_OF_HELP)
    @app_commands.autocomplete(name=offer)
    async def company(
        interaction: discord.Interaction,
        name: app_commands.Range[str, 1, 60],
        as_of: app_commands.Range[str, 8, 10] | None = None,
    ) -> None:
        day = read_day(as_of)
        await think(interaction)
        await answer(interaction, await services.work(long_answers.company, name, day))

    @tree.command(name="league", description="Who has contracted most, and at what price")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(by="What decides the order", as_of=AS_OF_HELP)
    @app_commands.choices(by=[Choice(name=words, value=key) for key, words in ORDERS.items()])
    async def league(
        interaction: discord.Interaction, by: str = "mw", as_of: app_commands.Range[str, 8, 10] | None = None
    ) -> None:
        day = read_day(as_of)
        await think(interaction)
        await answer(interaction, await services.work(long_answers.league, by, day))
