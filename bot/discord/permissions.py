"""Which permissions the bot needs in a channel it writes to, and who may set watches."""

from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.errors import InputError

T = TypeVar("T")
_NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}
Place = discord.abc.GuildChannel | discord.Thread


def missing(permissions: discord.Permissions, *, thread: bool) -> list[str]:
    """Name the permissions that lack, as Discord's settings call them."""
    needed = dict(_NEEDED)
    if thread:
        del needed["send_messages"]
        needed["send_messages_in_threads"] = "Send Messages in Threads"
    return [words for name, words in needed.items() if not getattr(permissions, name)]


def check_place(interaction: discord.Interaction, channel: Any) -> Place:
    """Return the channel a watch may write to; else say what lacks and where to give it."""
    guild = interaction.guild
    place = guild.get_channel_or_thread(channel.id) if guild is not None and channel is not None else None
    if (
        guild is None
        or place is None
        or not isinstance(place, discord.TextChannel | discord.Thread | discord.VoiceChannel)
    ):
        raise InputError("I cannot write there; choose a text channel or a thread that I can see.")
    lacking = missing(place.permissions_for(guild.me), thread=isinstance(place, discord.Thread))
    if lacking:
        raise InputError(
            f"In {place.mention} I lack {', '.join(lacking)}. Give my role these in the channel's settings, then try again."
        )
    return place


def admins_only(command: T) -> T:
    """Mark a command or group for members who manage the server; checked again at run time, admins can override."""
    return app_commands.default_permissions(manage_guild=True)(app_commands.guild_only()(command))


def require_admin(interaction: discord.Interaction) -> str:
    """Return the server's id; refuse members who may not manage it."""
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])
    return str(interaction.guild_id)
