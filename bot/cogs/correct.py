"""`/correct`: propose what a fact should be; the operator decides."""

from typing import Any

import discord
from discord import app_commands

from bot.cogs.choices import complete_deal
from bot.discord.modals import CorrectionForm
from bot.discord.replies import find_deal
from bot.discord.services import Services


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add the command."""

    async def offer(interaction: discord.Interaction, text: str) -> list[app_commands.Choice[str]]:
        return await complete_deal(services, interaction, text)

    @tree.command(name="correct", description="Suggest a correction with its source; the operator decides")
    @app_commands.describe(deal="The deal that is told wrongly")
    @app_commands.autocomplete(deal=offer)
    async def correct(interaction: discord.Interaction, deal: app_commands.Range[str, 1, 100]) -> None:
        found = await find_deal(services, deal)
        await interaction.response.send_modal(CorrectionForm(services, found.id))
