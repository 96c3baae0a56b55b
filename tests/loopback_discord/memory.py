"""What the loopback Discord knows: one application, one server, its channels and messages, and nonces for a while."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime

APPLICATION_ID, BOT_ID, GUILD_ID, OWNER_ID = 100, 100, 200, 300
NONCE_S = 120.0
_FULL = str((1 << 53) - 1)


@dataclass
class Message:
    id: int
    channel_id: int
    body: dict
    at: float
    deleted: bool = False
    edits: int = 0


@dataclass
class Memory:
    """State behind both sockets. `clock` is the loop's; nonces are forgotten after two minutes of it."""

    clock: object
    channels: tuple[int, ...] = tuple(range(500, 520))
    messages: list[Message] = field(default_factory=list)
    nonces: dict[tuple[int, str], Message] = field(default_factory=dict)
    commands: list[dict] = field(default_factory=list)
    callbacks: dict[str, dict] = field(default_factory=dict)
    answered_at: dict[str, float] = field(default_factory=dict)
    followups: dict[str, list[dict]] = field(default_factory=dict)
    recognised: int = 0
    unreadable: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    ids: object = field(
        default_factory=lambda: itertools.count(
            int(datetime.now(UTC).timestamp() * 1000 - 1420070400000) << 22, 1 << 10
        )
    )

    def post(self, channel_id: int, body: dict) -> Message:
        """Store a message, or return the one that bears its nonce already."""
        key = (channel_id, str(body.get("nonce")))
        known = self.nonces.get(key)
        if body.get("enforce_nonce") and known is not None and self.clock() - known.at < NONCE_S:
            self.recognised += 1
            return known
        message = Message(id=next(self.ids), channel_id=channel_id, body=body, at=self.clock())
        self.messages.append(message)
        if body.get("nonce") is not None:
            self.nonces[key] = message
        return message

    def in_channel(self, channel_id: int) -> list[Message]:
        return [message for message in self.messages if message.channel_id == channel_id and not message.deleted]

    def find(self, channel_id: int, message_id: int) -> Message | None:
        return next((m for m in self.in_channel(channel_id) if m.id == message_id), None)


def user(user_id: int = BOT_ID, name: str = "pulse", *, bot: bool = True) -> dict:
    return {
        "id": str(user_id), "username": name, "discriminator": "0", "avatar": None, "global_name": None, "bot": bot,
        "public_flags": 0, "flags": 0, "primary_guild": None,
    }  # fmt: skip


def message_json(message: Message) -> dict:
    body = message.body
    files = [
        {
            "id": str(index), "filename": file["filename"], "size": file["size"], "url": f"https://cdn.discordapp.com/attachments/{index}",
            "proxy_url": f"https://cdn.discordapp.com/attachments/{index}", "content_type": "image/png", "description": file.get("description"),
        }
        for index, file in enumerate(body.get("files", []))
    ]  # fmt: skip
    return {
        "id": str(message.id), "channel_id": str(message.channel_id), "type": 19 if body.get("message_reference") else 0,
        "content": body.get("content") or "", "author": user(), "embeds": body.get("embeds") or [], "attachments": files,
        "components": body.get("components") or [], "mentions": [], "mention_roles": [], "mention_everyone": False,
        "pinned": False, "tts": False, "flags": 0, "timestamp": datetime.now(UTC).isoformat(), "edited_timestamp": None,
        "nonce": body.get("nonce"),
    }  # fmt: skip


def guild_json(memory: Memory) -> dict:
    channels = [
        {"id": str(channel_id), "type": 0, "name": f"deals-{channel_id}", "position": at, "permission_overwrites": []}
        for at, channel_id in enumerate(memory.channels)
    ]
    member = {
        "user": user(),
        "roles": [],
        "flags": 0,
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
    }
    return {
        "id": str(GUILD_ID), "name": "Loopback", "owner_id": str(OWNER_ID), "unavailable": False, "member_count": 2,
        "roles": [{"id": str(GUILD_ID), "name": "@everyone", "permissions": _FULL, "position": 0, "color": 0}],
        "members": [member], "channels": channels, "emojis": [], "threads": [], "premium_tier": 0,
    }  # fmt: skip


def application_json() -> dict:
    return {
        "id": str(APPLICATION_ID), "name": "Market Pulse", "icon": None, "description": "", "bot_public": True,
        "bot_require_code_grant": False, "verify_key": "0" * 64, "owner": user(OWNER_ID, "owner", bot=False),
        "flags": 0,
    }  # fmt: skip
