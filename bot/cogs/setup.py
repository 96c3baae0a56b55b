"""`/setup`: a sensible watch in one step."""

from typing import Any

import discord
from discord import app_commands

from bot.delivery import watch_desk
from bot.discord.answers import answer
from bot.discord.permissions import admins_only, check_place, require_admin
from bot.discord.services import Services
from bot.messages.message import Button, Embed, Message
from bot.messages.render import DISCLAIMER, GREEN


def register(tree: app_commands.CommandTree[Any], services: Services) -> None:
    """Add the command."""

    @tree.command(name="setup", description="Let this channel hear of new and changed deals")
    @admins_only
    @app_commands.describe(channel="Where alerts should go; this channel if left out")
    async def setup(
        interaction: discord.Interaction, channel: discord.TextChannel | discord.Thread | None = None
    ) -> None:
        guild_id = require_admin(interaction)
        place = check_place(interaction, channel or interaction.channel)
        watch, is_new = await services.store.run(
            watch_desk.setup,
            guild_id=guild_id,
            guild_name=place.guild.name,
            channel_id=str(place.id),
            now=services.clock(),
        )
        first = f"{place.mention} now hears of every new and changed deal, and gets a digest on Mondays."
        again = f"{place.mention} listens already:\n{watch_desk.watch_line(watch)}"
        embed = Embed(
            title="Set" if is_new else "Nothing to do",
            colour=GREEN,
            description=f"{first if is_new else again}\n\n"
            "`/watch edit` changes what it hears, `/watch test` shows what the last 30 days would have sent.",
            footer=DISCLAIMER,
        )
        button = Button(label="What would it have sent?", custom_id=f"mp:test:{watch.id}")
        await answer(interaction, Message(embeds=(embed,), buttons=(button,)), share=False)
