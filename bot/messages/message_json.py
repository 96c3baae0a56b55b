"""A message as the outbox keeps it: plain JSON values, files included, lossless both ways."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.messages.message import Attachment, Button, ButtonStyle, Embed, Field, Message, embed_payload, payload


def message_to_json(message: Message) -> dict[str, Any]:
    """Write a message as the outbox keeps it, files included."""
    embeds = [
        {
            **embed_payload(embed),
            "image_name": embed.image,
            "url": embed.url,
            "author": embed.author,
            "footer": embed.footer,
        }
        for embed in message.embeds
    ]
    buttons = [
        {"label": b.label, "custom_id": b.custom_id, "url": b.url, "style": int(b.style)} for b in message.buttons
    ]
    files = [
        {"filename": f.filename, "alt": f.alt, "content": base64.b64encode(f.content).decode()}
        for f in message.attachments
    ]
    return {
        "content": message.content,
        "role_id": message.role_id,
        "embeds": embeds,
        "buttons": buttons,
        "files": files,
    }


def message_from_json(whole: Mapping[str, Any]) -> Message:
    """Read a message back from the outbox, losslessly."""
    return Message(
        content=whole["content"],
        role_id=whole["role_id"],
        embeds=tuple(_embed_from(embed) for embed in whole["embeds"]),
        buttons=tuple(Button(**{**b, "style": ButtonStyle(b["style"])}) for b in whole["buttons"]),
        attachments=tuple(Attachment(**{**f, "content": base64.b64decode(f["content"])}) for f in whole["files"]),
    )


def _embed_from(body: Mapping[str, Any]) -> Embed:
    return Embed(
        title=body["title"],
        colour=body["color"],
        description=body.get("description", ""),
        url=body["url"],
        author=body["author"],
        footer=body["footer"],
        image=body["image_name"],
        fields=tuple(Field(**field) for field in body.get("fields", [])),
        timestamp=datetime.fromisoformat(body["timestamp"]) if "timestamp" in body else None,
    )


def rendering_hash(message: Message) -> str:
    """Name what a message shows, whatever row carries it and whenever it was last touched."""
    body = payload(replace(message, role_id=None, attachments=()))
    for embed in body.get("embeds", []):
        embed.pop("timestamp", None)
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:16]
