"""`/estimate lease|cloud|mining|compare|deal`: what compute is worth, with its range and a what-if."""

from typing import Any

import discord
from discord import app_commands

from bot.cogs.choices import complete_deal
from bot.discord import long_answers
from bot.discord.answers import answer, think
from bot.discord.replies import deal_reply
from bot.discord.services import Services
from bot.messages.estimate_message import EXAMPLES, Asked

_WORDS = app_commands.Range[str, 2, 200]


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add the group."""
    group = app_commands.Group(
        name="estimate",
        description="What megawatts, GPUs or a contract are worth",
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
    )

    async def work(interaction: discord.Interaction, use: str, what: str) -> None:
        await think(interaction)
        asked = Asked(words=what, use=use)
        await answer(interaction, await services.work(long_answers.estimate, asked, interaction.guild_id))

    @group.command(description="Space and power, leased")
    @app_commands.describe(what=f"What is known, such as: {EXAMPLES['lease']}")
    async def lease(interaction: discord.Interaction, what: _WORDS) -> None:
        await work(interaction, "lease", what)

    @group.command(description="GPUs as a service")
    @app_commands.describe(what=f"What is known, such as: {EXAMPLES['cloud']}")
    async def cloud(interaction: discord.Interaction, what: _WORDS) -> None:
        await work(interaction, "cloud", what)

    @group.command(description="Bitcoin mining on the same power")
    @app_commands.describe(what=f"What is known, such as: {EXAMPLES['mining']}")
    async def mining(interaction: discord.Interaction, what: _WORDS) -> None:
        await work(interaction, "mining", what)

    @group.command(description="One megawatt as mining, lease and GPU cloud")
    @app_commands.describe(what=f"What is known, such as: {EXAMPLES['compare']}")
    async def compare(interaction: discord.Interaction, what: _WORDS) -> None:
        await think(interaction)
        await answer(interaction, await services.work(long_answers.comparison, Asked(words=what), interaction.guild_id))

    async def offer_deal(interaction: discord.Interaction, text: str) -> list[app_commands.Choice[str]]:
        return await complete_deal(services, interaction, text)

    @group.command(description="The model's view of a stored deal")
    @app_commands.describe(deal="The deal")
    @app_commands.autocomplete(deal=offer_deal)
    async def deal(interaction: discord.Interaction, deal: app_commands.Range[str, 1, 100]) -> None:
        await answer(interaction, await deal_reply(services, deal, tab="value"))

    tree.add_command(group)
