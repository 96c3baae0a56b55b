"""`/ask`: a question in plain words."""

from typing import Any

import discord
from discord import app_commands

from bot.cogs.choices import AS_OF_HELP
from bot.discord.answers import answer, say, think
from bot.discord.replies import read_day
from bot.discord.services import Services


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add the command."""

    @tree.command(name="ask", description="Ask about the stored deals in plain words")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.describe(question="For example: how much is the IREN deal with Microsoft worth?", as_of=AS_OF_HELP)
    async def ask(
        interaction: discord.Interaction,
        question: app_commands.Range[str, 2, 300],
        as_of: app_commands.Range[str, 8, 10] | None = None,
    ) -> None:
        if services.ask is None:
            await say(interaction, "Questions are not switched on here; `/deals` and `/deal` show what is stored.")
            return
        day = read_day(as_of)
        await think(interaction)
        await answer(interaction, await services.ask(question, day))
