"""The gateway of the tests' Discord: websockets that can be dropped, resumed and invalidated."""

import asyncio
import json
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.adapters.discord.payloads import APPLICATION, BOT, Json, Server, user

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11


@dataclass
class Connection:
    """One websocket, its answers compressed as a stream."""

    socket: web.WebSocketResponse
    packer: Any = field(default_factory=zlib.compressobj)

    async def send(self, payload: Json) -> None:
        raw = json.dumps(payload).encode()
        await self.socket.send_bytes(
            self.packer.compress(raw) + self.packer.flush(zlib.Z_SYNC_FLUSH)
        )


@dataclass
class Gateway:
    """Says what happens to whoever has identified; remembers it for those who resume."""

    token: str
    servers: dict[int, Server] = field(default_factory=dict)
    url: str = ""
    heartbeat: float = 40.0
    refuses_resume: bool = False
    deaf: bool = False
    apart: float = 0.0
    concurrency: int = 16
    said: list[Json] = field(default_factory=list)
    live: list[Connection] = field(default_factory=list)
    identified: int = 0
    hasty: int = 0
    _identified_at: dict[int, float] = field(default_factory=dict)
    resumed: int = 0
    heartbeats: int = 0
    shards: list[Any] = field(default_factory=list)
    intents: int = 0
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def say(self, event: str, data: Json) -> None:
        """Dispatch an event to every connection, and to those who resume later."""
        payload = {"op": DISPATCH, "s": len(self.said) + 1, "t": event, "d": data}
        self.said.append(payload)
        for each in list(self.live):
            await each.send(payload)

    def last(self, event: str) -> tuple[str, Json]:
        """Return the last event of this kind, to be said again."""
        return event, next(each["d"] for each in reversed(self.said) if each["t"] == event)

    async def drop(self) -> None:
        """Cut every connection without a word."""
        for each in self._leaving():
            if each.socket._req is not None and each.socket._req.transport is not None:
                each.socket._req.transport.abort()

    async def ask_to_reconnect(self) -> None:
        """Tell every connection to come back."""
        for each in self._leaving():
            await each.send({"op": RECONNECT, "d": None, "s": None, "t": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Tell every connection that its session is over."""
        for each in self._leaving():
            await each.send({"op": INVALID, "d": resumable, "s": None, "t": None})

    def _leaving(self) -> list[Connection]:
        self.ready.clear()
        leaving, self.live = self.live, []
        return leaving

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Speak to one client until it leaves."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(socket)
        hello = {"heartbeat_interval": int(self.heartbeat * 1000)}
        await connection.send({"op": HELLO, "d": hello, "s": None, "t": None})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._heard(connection, json.loads(frame.data))
        if connection in self.live:
            self.live.remove(connection)
        return socket

    async def _heard(self, connection: Connection, payload: Json) -> None:
        match payload["op"]:
            case 1:
                if self.deaf:
                    return
                self.heartbeats += 1
                await asyncio.sleep(0.02)  # on loopback it would be back before it was sent off
                await connection.send({"op": ACK, "d": None, "s": None, "t": None})
            case 2:
                await self._identify(connection, payload["d"])
            case 6:
                await self._resume(connection, payload["d"])

    async def _identify(self, connection: Connection, data: Json) -> None:
        if data["token"] != self.token:
            await connection.socket.close(code=4004, message=b"Authentication failed.")
            return
        shard, _ = data.get("shard") or (0, 1)
        bucket, now = shard % self.concurrency, asyncio.get_running_loop().time()
        if now - self._identified_at.get(bucket, -self.apart) < self.apart:
            self.hasty += 1
            await connection.send({"op": INVALID, "d": False, "s": None, "t": None})
            return
        self._identified_at[bucket] = now
        self.identified += 1
        self.intents = data["intents"]
        self.shards.append(data.get("shard"))
        index, count = data.get("shard") or (0, 1)
        mine = [each for each in self.servers.values() if (each.number >> 22) % count == index]
        ready = {
            "v": 10,
            "user": user(BOT, "matinee", bot=True),
            "session_id": f"session-{self.identified}",
            "resume_gateway_url": self.url,
            "guilds": [{"id": str(each.number), "unavailable": True} for each in mine],
            "application": {"id": str(APPLICATION), "flags": 0},
        }
        await self._only(connection, "READY", ready | {"shard": [index, count]})
        self.live.append(connection)
        for each in mine:
            await self._only(connection, "GUILD_CREATE", each.guild)
        self.ready.set()

    async def _resume(self, connection: Connection, data: Json) -> None:
        if self.refuses_resume:
            await connection.send({"op": INVALID, "d": False, "s": None, "t": None})
            return
        self.resumed += 1
        for payload in self.said[data["seq"] :]:
            await connection.send(payload)
        await self._only(connection, "RESUMED", {})
        self.live.append(connection)
        self.ready.set()

    async def _only(self, connection: Connection, event: str, data: Json) -> None:
        payload = {"op": DISPATCH, "s": len(self.said) + 1, "t": event, "d": data}
        self.said.append(payload)
        await connection.send(payload)
