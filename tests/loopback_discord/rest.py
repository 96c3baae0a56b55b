"""The HTTP side: the routes the bot uses, rate limits, and faults put in its way."""

import asyncio
import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import web

from tests.loopback_discord import contract
from tests.loopback_discord.memory import Memory, application_json, message_json, user

Fault = Callable[[str, str], "web.Response | str | None"]
_MESSAGES = "/channels/{channel_id}/messages"


@dataclass
class Rest:
    """Answers REST calls after `latency_s()`.

    `fault(method, path)` may return a response instead, or "reset" (not done), "swallow" (done, but the answer is
    lost) or "taken, but failing" (done, but a 502 says otherwise).
    """

    memory: Memory
    fault: Fault | None = None
    latency_s: Callable[[], float] | None = None
    calls: list[tuple[str, str]] = field(default_factory=list)
    objections: list[str] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer a call; a client that is gone by then is no trouble of ours."""
        with suppress(ConnectionError):
            return await self._handle(request)
        return web.Response()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        path = re.sub(r"^/api/v\d+", "", request.path)
        self.calls.append((request.method, path))
        trouble = self.fault(request.method, path) if self.fault else None
        if isinstance(trouble, web.Response):
            return trouble
        if trouble == "reset":
            request.transport.abort()
            return web.Response()
        if self.latency_s:
            await asyncio.sleep(self.latency_s())
        answer = await self._route(request, path)
        if self.latency_s:
            await asyncio.sleep(self.latency_s())
        if trouble == "swallow" and request.transport is not None:
            request.transport.abort()
        return failing(502) if trouble == "taken, but failing" else answer

    async def _route(self, request: web.Request, path: str) -> web.Response:
        for pattern, method, handler in self._routes():
            match = re.fullmatch(pattern, path)
            if match and method == request.method:
                return await handler(request, *match.groups())
        return _json({"message": f"no route {request.method} {path}", "code": 0}, status=404)

    def _routes(self):
        return (
            (r"/users/@me", "GET", self._me),
            (r"/oauth2/applications/@me", "GET", self._application),
            (r"/gateway/bot", "GET", self._gateway_bot),
            (r"/applications/(\d+)(?:/guilds/\d+)?/commands", "PUT", self._commands),
            (r"/channels/(\d+)/messages", "POST", self._post),
            (r"/channels/(\d+)/messages", "GET", self._history),
            (r"/channels/(\d+)/messages/(\d+)", "PATCH", self._edit),
            (r"/interactions/(\d+)/([^/]+)/callback", "POST", self._callback),
            (r"/webhooks/(\d+)/([^/]+)", "POST", self._webhook),
            (r"/webhooks/(\d+)/([^/]+)/messages/([^/]+)", "PATCH", self._edit_webhook),
        )

    async def _me(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != "Bot good-token":
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        return _json(user())

    async def _application(self, request: web.Request) -> web.Response:
        return _json(application_json())

    async def _gateway_bot(self, request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
        return _json({"url": "wss://gateway.discord.gg", "shards": 1, "session_start_limit": limit})

    async def _commands(self, request: web.Request, application_id: str) -> web.Response:
        body = await request.json()
        self._check("/applications/{application_id}/commands", "put", body)
        self.memory.commands = [
            command
            | {
                "id": str(9000 + at),
                "application_id": application_id,
                "version": "1",
                "description": command.get("description", ""),
            }
            for at, command in enumerate(body)
        ]
        return _json(self.memory.commands)

    async def _post(self, request: web.Request, channel: str) -> web.Response:
        body = await _body(request)
        self._check(_MESSAGES, "post", body)
        if int(channel) in self.memory.closed:
            return _json({"message": "Missing Access", "code": 50001}, status=403)
        return _json(message_json(self.memory.post(int(channel), body)))

    async def _history(self, request: web.Request, channel: str) -> web.Response:
        if int(channel) in self.memory.unreadable:
            return _json({"message": "Missing Access", "code": 50001}, status=403)
        found = self.memory.in_channel(int(channel))
        if after := request.query.get("after"):
            found = [message for message in found if message.id > int(after)]
        newest_first = sorted(found[: int(request.query.get("limit", "50"))], key=lambda m: -m.id)
        return _json([message_json(message) for message in newest_first])

    async def _edit(self, request: web.Request, channel: str, message_id: str) -> web.Response:
        body = await _body(request)
        self._check(f"{_MESSAGES}/{{message_id}}", "patch", body)
        message = self.memory.find(int(channel), int(message_id))
        if message is None:
            return _json({"message": "Unknown Message", "code": 10008}, status=404)
        message.body |= body
        message.edits += 1
        return _json(message_json(message))

    async def _callback(self, request: web.Request, interaction_id: str, token: str) -> web.Response:
        body = await _body(request)
        self._check("/interactions/{interaction_id}/{interaction_token}/callback", "post", body)
        if token in self.memory.callbacks:
            return _json({"message": "Interaction has already been acknowledged.", "code": 40060}, status=400)
        self.memory.callbacks[token] = body
        self.memory.answered_at[token] = self.memory.clock()
        told = {"id": interaction_id, "type": 2, "response_message_id": str(next(self.memory.ids))}
        resource = {}
        if body["type"] in {4, 7}:
            message = self.memory.post(0, body.get("data", {}))
            resource = {"resource": {"type": body["type"], "message": message_json(message)}}
        return _json({"interaction": told, **resource})

    async def _webhook(self, request: web.Request, webhook_id: str, token: str) -> web.Response:
        body = await _body(request)
        self._check("/webhooks/{webhook_id}/{webhook_token}", "post", body)
        self.memory.followups.setdefault(token, []).append(body)
        return _json(message_json(self.memory.post(int(webhook_id), body)))

    async def _edit_webhook(self, request: web.Request, webhook_id: str, token: str, message_id: str) -> web.Response:
        body = await _body(request)
        self.memory.followups.setdefault(token, []).append(body)
        return _json(message_json(self.memory.post(0, body)))

    def _check(self, path: str, method: str, body: object) -> None:
        if found := contract.faults(path, method, body):
            self.objections.append(f"{method} {path}: {found}")


async def _body(request: web.Request) -> dict:
    if not request.content_type.startswith("multipart/"):
        return await request.json()
    body, files = {}, []
    async for part in await request.multipart():
        if part.name == "payload_json":
            body = json.loads(await part.text())
        else:
            files.append({"filename": part.filename, "size": len(await part.read())})
    described = {item["filename"]: item.get("description") for item in body.get("attachments", [])}
    return body | {"files": [file | {"description": described.get(file["filename"])} for file in files]}


def _json(value: object, *, status: int = 200, headers: dict | None = None) -> web.Response:
    # The client parses a body only under exactly this content type, without a charset.
    return web.Response(
        body=json.dumps(value).encode(), status=status, content_type="application/json", headers=headers
    )


def rate_limited(retry_after_s: float, *, everywhere: bool = False) -> web.Response:
    """Answer like a bucket that is empty."""
    headers = {
        "Via": "1.1 loopback",
        "Retry-After": str(retry_after_s),
        "X-RateLimit-Scope": "global" if everywhere else "user",
    }
    if everywhere:
        headers["X-RateLimit-Global"] = "true"
    body = {"message": "You are being rate limited.", "retry_after": retry_after_s, "global": everywhere}
    return _json(body, status=429, headers=headers)


def failing(status: int) -> web.Response:
    """Answer like a server in trouble."""
    return web.Response(status=status, text="upstream trouble")
