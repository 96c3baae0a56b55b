"""The websocket side: hello, identify, ready, heartbeats, resume, and every way a connection can go wrong."""

import asyncio
import json
import zlib
from contextlib import suppress

from aiohttp import WSMsgType, web

from tests.loopback_discord.memory import APPLICATION_ID, GUILD_ID, Memory, guild_json, user

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 0, 1, 2, 6, 7, 9, 10, 11


class Socket:
    """One client's connection."""

    def __init__(self, ws: web.WebSocketResponse, *, compressed: bool) -> None:
        self.ws, self._zlib = ws, zlib.compressobj() if compressed else None
        self.session = ""

    async def send(self, op: int, data: object = None, *, event: str | None = None, seq: int | None = None) -> None:
        text = json.dumps({"op": op, "d": data, "t": event, "s": seq})
        if self.ws.closed:
            return
        with suppress(ConnectionError):  # it was cut; what it missed comes with RESUME
            if self._zlib is None:
                await self.ws.send_str(text)
            else:
                packed = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                await self.ws.send_bytes(packed)


class Gateway:
    """All connections. Events keep their numbers, so that a resumed session gets what it missed."""

    def __init__(self, memory: Memory, *, heartbeat_s: float = 40.0) -> None:
        self.memory, self.heartbeat_s = memory, heartbeat_s
        self.sockets: set[Socket] = set()
        self.events: list[tuple[int, str, dict]] = []
        self.identifies = self.resumes = 0
        self.beats: list[float] = []
        self.refuse_resume = self.mute_acks = False
        self.seq = 0

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(max_msg_size=0)
        await ws.prepare(request)
        socket = Socket(ws, compressed=request.query.get("compress") == "zlib-stream")
        await socket.send(HELLO, {"heartbeat_interval": self.heartbeat_s * 1000})
        try:
            async for frame in ws:
                if frame.type is WSMsgType.TEXT:
                    await self._receive(socket, json.loads(frame.data))
        finally:
            self.sockets.discard(socket)
        return ws

    async def _receive(self, socket: Socket, frame: dict) -> None:
        if frame["op"] == HEARTBEAT:
            self.beats.append(self.memory.clock())
            if not self.mute_acks:
                await socket.send(HEARTBEAT_ACK)
        elif frame["op"] == IDENTIFY:
            self.identifies += 1
            await self._greet(socket)
        elif frame["op"] == RESUME:
            self.resumes += 1
            await self._resume(socket, frame["d"]["seq"])

    async def _greet(self, socket: Socket) -> None:
        socket.session = f"session-{self.identifies}"
        self.sockets.add(socket)
        ready = {
            "v": 10, "user": user(), "guilds": [{"id": str(GUILD_ID), "unavailable": True}], "session_id": socket.session,
            "resume_gateway_url": "wss://gateway.discord.gg", "application": {"id": str(APPLICATION_ID), "flags": 0},
        }  # fmt: skip
        await self._number(socket, "READY", ready)
        await self._number(socket, "GUILD_CREATE", guild_json(self.memory))

    async def _number(self, socket: Socket, event: str, data: dict) -> None:
        self.seq += 1
        await socket.send(DISPATCH, data, event=event, seq=self.seq)

    async def _resume(self, socket: Socket, seen: int) -> None:
        if self.refuse_resume:
            self.refuse_resume = False
            await socket.send(INVALID_SESSION, False)
            return
        self.sockets.add(socket)
        for seq, event, data in self.events:
            if seq > seen:
                await socket.send(DISPATCH, data, event=event, seq=seq)
        self.seq += 1
        await socket.send(DISPATCH, {}, event="RESUMED", seq=self.seq)

    async def dispatch(self, event: str, data: dict) -> None:
        """Send an event to every client, or keep it for the one that resumes."""
        self.seq += 1
        self.events.append((self.seq, event, data))
        await asyncio.gather(*(socket.send(DISPATCH, data, event=event, seq=self.seq) for socket in self.sockets))

    async def ask_to_reconnect(self) -> None:
        await asyncio.gather(*(socket.send(RECONNECT) for socket in self.sockets))

    async def close_all(self, code: int) -> None:
        await asyncio.gather(*(socket.ws.close(code=code) for socket in tuple(self.sockets)))

    def abort_all(self) -> None:
        """Cut the wire without a goodbye."""
        for socket in tuple(self.sockets):
            transport = socket.ws._req.transport
            if transport is not None:
                transport.abort()
        self.sockets.clear()
