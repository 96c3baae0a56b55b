"""A Discord message as plain values, and the payload it is sent as.

The same payload goes to the bot's channel, to a plain webhook, to the terminal and to the preview. Messages are
classic embeds with buttons, not Components V2: plain webhooks of servers that want only alerts accept embeds but no
V2 layout with buttons, an embed's footer carries the row id that a search after a crash looks for, and the V2 flag
can never be taken off a message again. Knows no deal.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

#: buttons a row holds
MAX_BUTTONS_A_ROW = 5


class ButtonStyle(IntEnum):
    """Discord's numbers for a button's look."""

    PRIMARY = 1
    SECONDARY = 2
    SUCCESS = 3
    DANGER = 4
    LINK = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    name: str
    value: str
    inline: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A coloured card. `image` names an attachment of the same message."""

    title: str
    colour: int
    description: str = ""
    url: str | None = None
    author: str = ""
    fields: tuple[Field, ...] = ()
    footer: str = ""
    timestamp: datetime | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """Either opens `url` or comes back to the bot as `custom_id`."""

    label: str
    custom_id: str | None = None
    url: str | None = None
    style: ButtonStyle = ButtonStyle.SECONDARY


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file with the words for those who cannot see it."""

    filename: str
    content: bytes
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sent. `role_id` is the one role that may be pinged."""

    embeds: tuple[Embed, ...] = ()
    buttons: tuple[Button, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    content: str = ""
    role_id: int | None = None


def payload(message: Message, *, with_buttons: bool = True) -> dict[str, Any]:
    """Return the JSON body Discord takes; an absent part is an absent key, files travel beside it."""
    ping = f"<@&{message.role_id}>" if message.role_id else ""
    body: dict[str, Any] = {
        "content": " ".join(filter(None, [ping, message.content])),
        "embeds": [embed_payload(embed) for embed in message.embeds],
        "allowed_mentions": {"parse": [], "roles": [str(message.role_id)] if message.role_id else []},
        "components": _components(message.buttons) if with_buttons else [],
        "attachments": [
            {"id": index, "filename": file.filename, "description": file.alt}
            for index, file in enumerate(message.attachments)
        ],
    }
    return {key: value for key, value in body.items() if value not in ("", [])}


def embed_payload(embed: Embed) -> dict[str, Any]:
    """Return one embed in Discord's shape."""
    body: dict[str, Any] = {"type": "rich", "title": embed.title, "color": embed.colour}
    if embed.author:
        body["author"] = {"name": embed.author}
    if embed.description:
        body["description"] = embed.description
    if embed.url:
        body["url"] = embed.url
    if embed.fields:
        body["fields"] = [{"name": f.name, "value": f.value, "inline": f.inline} for f in embed.fields]
    if embed.image:
        body["image"] = {"url": f"attachment://{embed.image}"}
    if embed.footer:
        body["footer"] = {"text": embed.footer}
    if embed.timestamp:
        body["timestamp"] = embed.timestamp.isoformat()
    return body


def _components(buttons: tuple[Button, ...]) -> list[dict[str, Any]]:
    rows = [buttons[at : at + MAX_BUTTONS_A_ROW] for at in range(0, len(buttons), MAX_BUTTONS_A_ROW)]
    return [{"type": 1, "components": [_button(button) for button in row]} for row in rows]


def _button(button: Button) -> dict[str, Any]:
    if button.url:
        return {"type": 2, "style": int(ButtonStyle.LINK), "label": button.label, "url": button.url}
    return {"type": 2, "style": int(button.style), "label": button.label, "custom_id": button.custom_id}
