"""`/assumptions show|set|reset`: what the model assumes, and what this server wants assumed for its own questions."""

from typing import Any

import discord
from discord import app_commands

from bot.discord.answers import answer
from bot.discord.permissions import require_admin
from bot.discord.services import Services
from bot.valuation.server_model import Server, reset_for_server, set_for_server, show_assumptions

_KEY = app_commands.Range[str, 1, 60]


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add the group."""
    group = app_commands.Group(name="assumptions", description="What the capacity model assumes, with source and date")

    def server_of(interaction: discord.Interaction) -> Server:
        guild_id = require_admin(interaction)
        name = interaction.guild.name if interaction.guild else ""
        return Server(guild_id=guild_id, name=name or "", user_id=str(interaction.user.id))

    @group.command(description="Show assumptions, this server's own first")
    @app_commands.describe(text="A part of a name, such as: power, rent, gb300")
    async def show(interaction: discord.Interaction, text: app_commands.Range[str, 0, 60] = "") -> None:
        guild_id = str(interaction.guild_id) if interaction.guild_id else None
        await answer(interaction, await services.store.run(show_assumptions, guild_id, text=text))

    @group.command(name="set", description="Assume something else for this server's questions (needs Manage Server)")
    @app_commands.describe(key="The key, as /assumptions show prints it", value="A number, or low, base, high")
    async def set_(interaction: discord.Interaction, key: _KEY, value: app_commands.Range[str, 1, 60]) -> None:
        server = server_of(interaction)
        said = await services.store.run(set_for_server, server, key=key, value=value, now=services.clock())
        await answer(interaction, said, share=False)

    @group.command(description="Return to the shipped assumption (needs Manage Server)")
    @app_commands.describe(key="The key, as /assumptions show prints it")
    async def reset(interaction: discord.Interaction, key: _KEY) -> None:
        said = await services.store.run(reset_for_server, server_of(interaction), key=key)
        await answer(interaction, said, share=False)

    tree.add_command(group)
