"""Our messages as discord.py's objects, and nothing else of Discord."""

from io import BytesIO
from typing import Any

import discord

from bot.messages.limits import breaches
from bot.messages.message import MAX_BUTTONS_A_ROW, Button, Message, payload


class OversizeError(ValueError):
    """A message that Discord would refuse; its text names the limits it breaks."""


def send_arguments(message: Message) -> dict[str, Any]:
    """Return the keyword arguments of `send`; measured first, so that a refusal never comes from Discord."""
    body = payload(message)
    if faults := breaches(body, file_sizes=tuple(len(file.content) for file in message.attachments)):
        raise OversizeError("; ".join(faults))
    arguments: dict[str, Any] = {
        "embeds": [discord.Embed.from_dict(embed) for embed in body.get("embeds", [])],
        "allowed_mentions": _mentions(message),
    }
    if body.get("content"):
        arguments["content"] = body["content"]
    if message.attachments:
        arguments["files"] = files_of(message)
    if message.buttons:
        arguments["view"] = view_of(message.buttons)
    return arguments


def edit_arguments(message: Message) -> dict[str, Any]:
    """Return the keyword arguments of `edit`: what is absent is taken away."""
    arguments = send_arguments(message)
    arguments["attachments"] = arguments.pop("files", [])
    arguments.setdefault("view", None)
    return arguments


def files_of(message: Message) -> list[discord.File]:
    """Return fresh file objects; one object serves one attempt."""
    return [
        discord.File(BytesIO(file.content), filename=file.filename, description=file.alt)
        for file in message.attachments
    ]


def view_of(buttons: tuple[Button, ...]) -> discord.ui.View:
    """Draw buttons that the client answers by their ids alone, after a restart too.

    The view is stopped at once: discord.py would else keep it and call the buttons' own, empty callbacks.
    """
    view = discord.ui.View(timeout=None)
    for at, button in enumerate(buttons):
        style = discord.ButtonStyle.link if button.url else discord.ButtonStyle(int(button.style))
        view.add_item(
            discord.ui.Button(
                label=button.label,
                custom_id=None if button.url else button.custom_id,
                url=button.url,
                style=style,
                row=at // MAX_BUTTONS_A_ROW,
            )
        )
    view.stop()
    return view


def _mentions(message: Message) -> discord.AllowedMentions:
    roles = [discord.Object(message.role_id)] if message.role_id else False
    return discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
