"""`/status`, `/feeds`, `/help`, `/digest now`: how the service is doing, and its summary on demand."""

from typing import Any

import discord
from discord import app_commands

from bot.discord import long_answers
from bot.discord.answers import answer, think
from bot.discord.services import Services
from bot.discord.status import feeds_message, help_message, status_message


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add the commands."""

    @tree.command(name="help", description="What can be asked, and how to read an alert")
    async def help_(interaction: discord.Interaction) -> None:
        await answer(interaction, help_message([command.name for command in tree.get_commands()]))

    @tree.command(name="status", description="How the service is doing")
    async def status(interaction: discord.Interaction) -> None:
        is_operator = interaction.user.id in services.operator_ids
        await answer(interaction, await status_message(services, is_operator=is_operator))

    @tree.command(name="feeds", description="Which sources are read, and how well")
    async def feeds(interaction: discord.Interaction) -> None:
        await answer(interaction, await feeds_message(services))

    digest = app_commands.Group(name="digest", description="The summary of a day or a week")

    @digest.command(name="now", description="Compose the digest of the last day or week now")
    @app_commands.describe(period="How far back")
    @app_commands.choices(
        period=[
            app_commands.Choice(name="the last day", value="daily"),
            app_commands.Choice(name="the last week", value="weekly"),
        ]
    )
    async def now(interaction: discord.Interaction, period: str = "weekly") -> None:
        await think(interaction)
        await answer(interaction, await services.work(long_answers.digest, period))

    tree.add_command(digest)
