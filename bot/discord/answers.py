"""Answering an interaction: one message, for the asker alone unless shared, and a helpful sentence for every error.

Knows discord.py's interactions; knows no command.
"""

import logging
from uuid import uuid4

import discord
from discord import app_commands

from bot.discord.payload import edit_arguments, send_arguments
from bot.errors import MarketPulseError
from bot.messages.message import Button, Message
from db.errors import DeskError

_log = logging.getLogger(__name__)

SHARE = Button(label="Share", custom_id="mp:share:")


async def think(interaction: discord.Interaction, *, private: bool = True) -> None:
    """Tell Discord that the answer takes a moment; harmless when it was told before."""
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=private, thinking=True)


async def answer(
    interaction: discord.Interaction, message: Message, *, private: bool = True, share: bool = True
) -> None:
    """Send the answer, after `think` or at once; a private one in a server carries a Share button."""
    buttons = message.buttons
    if private and share and interaction.guild_id is not None:
        buttons = (*buttons, SHARE)
    arguments = send_arguments(
        Message(embeds=message.embeds, buttons=buttons, attachments=message.attachments, content=message.content)
    )
    if interaction.response.is_done():
        await interaction.followup.send(ephemeral=private, **arguments)
    else:
        await interaction.response.send_message(ephemeral=private, **arguments)


async def turn(interaction: discord.Interaction, message: Message) -> None:
    """Replace the message whose button was pressed, keeping its Share button."""
    shared = _has_share(interaction.message)
    buttons = (*message.buttons, SHARE) if shared else message.buttons
    arguments = edit_arguments(
        Message(embeds=message.embeds, buttons=buttons, attachments=message.attachments, content=message.content)
    )
    if interaction.response.is_done():
        await interaction.edit_original_response(**arguments)
    else:
        await interaction.response.edit_message(**arguments)


def _has_share(message: discord.Message | None) -> bool:
    rows = message.components if message is not None else []
    return any(
        getattr(item, "custom_id", None) == SHARE.custom_id for row in rows for item in getattr(row, "children", [])
    )


async def say(interaction: discord.Interaction, text: str) -> None:
    """Answer with one private sentence."""
    if interaction.response.is_done():
        await interaction.followup.send(text, ephemeral=True)
    else:
        await interaction.response.send_message(text, ephemeral=True)


async def answer_error(interaction: discord.Interaction, error: BaseException) -> None:
    """Turn any error into a private sentence that helps; what nobody foresaw is logged under a number."""
    cause = getattr(error, "original", error)
    sentence = _sentence(cause)
    if sentence is None:
        number = uuid4().hex[:8]
        _log.error("interaction failed", exc_info=cause, extra={"incident": number})
        sentence = f"Something broke on my side. Tell the operator the number {number}; nothing you did was lost."
    try:
        await say(interaction, sentence)
    except discord.HTTPException:
        # The interaction expired or was answered twice: nobody is left to tell.
        _log.warning("interaction could not be answered", exc_info=True)


def _sentence(error: BaseException) -> str | None:
    match error:
        case MarketPulseError() | DeskError():
            return str(error)
        case app_commands.MissingPermissions():
            # Discord's own settings call a guild a server.
            missing = ", ".join(
                name.replace("guild", "server").replace("_", " ").title() for name in error.missing_permissions
            )
            words = f"Only members with the permission {missing} may do this here."
        case app_commands.NoPrivateMessage():
            words = "This works in a server only: watches belong to a channel of it."
        case app_commands.CommandOnCooldown():
            words = f"That was quick. Try again in {error.retry_after:.0f} seconds."
        case app_commands.TransformerError():
            words = f"“{str(error.value)[:80]}” does not fit here; pick one from the list."
        case app_commands.CheckFailure():
            words = "You may not use this command here."
        case _:
            return None
    return words
