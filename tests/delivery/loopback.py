"""A messenger on the loopback device: a server that can fail as platforms do, and its client.

One request a connection, one JSON line each way. The server knows a key only for a while, keeps
its history, loses answers after it has accepted a message, and can limit its rate.
"""

import asyncio
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.domain.errors import Delayed, Uncertain
from bot.domain.ids import DeliveryId, MemberId, PlaceId
from bot.messages.replies import Reply
from bot.ports.store import EVERYWHERE


@dataclass(frozen=True, slots=True)
class Manners:
    """Behaviour of the server. Shares are 0..1, times are seconds; `gap`: between two messages."""

    drops: float = 0.05
    delays: float = 0.05
    delay: float = 0.2
    key_memory: float = 2.0
    gap: float = 0.0


@dataclass
class Loopback:
    """Server: records which messages were shown where, and when."""

    manners: Manners = field(default_factory=Manners)
    dice: random.Random = field(default_factory=lambda: random.Random(7))
    shown: Counter[str] = field(default_factory=Counter)
    at: dict[str, float] = field(default_factory=dict)
    place_of: dict[str, str] = field(default_factory=dict)
    refused: int = 0
    looked_for: int = 0
    on_message: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0
    _open_from: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Loopback"]:
        """Listen on a free port."""
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0, backlog=4096)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()

    @property
    def repeats(self) -> int:
        """Number of messages shown beyond the first of each key."""
        return sum(self.shown.values()) - len(self.shown)

    async def reaches(self, many: int) -> None:
        """Wait until so many different messages were shown."""
        while len(self.shown) < many:
            self.on_message.clear()
            await self.on_message.wait()

    async def moment(self) -> None:
        """Let the others work for a moment."""
        await asyncio.sleep(0.1)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, ValueError, asyncio.IncompleteReadError):
            asked = json.loads(await reader.readuntil(b"\n"))
            answer = self._find(asked) if asked["op"] == "find" else self._accept(asked)
            if self.dice.random() < self.manners.delays:
                await asyncio.sleep(self.manners.delay)
            if self.dice.random() >= self.manners.drops:
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        writer.close()

    def _find(self, asked: dict[str, str]) -> dict[str, Any]:
        self.looked_for += 1
        return {"message": f"m-{asked['key']}" if asked["key"] in self.shown else None}

    def _accept(self, asked: dict[str, str]) -> dict[str, Any]:
        now, key, place = time.monotonic(), asked["key"], asked["place"]
        if key in self.at and now - self.at[key] < self.manners.key_memory:
            return {"message": f"m-{key}"}
        if now < self._open_from[place]:
            self.refused += 1
            return {"retry_after": self._open_from[place] - now}
        self._open_from[place] = max(now, self._open_from[place]) + self.manners.gap
        self.shown[key] += 1
        self.at[key] = now
        self.place_of[key] = place
        self.on_message.set()
        return {"message": f"m-{key}"}


@dataclass(frozen=True, slots=True)
class LoopbackMessenger:
    """The Messenger port to a `Loopback`. Without `history` it trusts in the keys alone."""

    port: int
    memory: timedelta
    history: bool = True

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        """Send one message by its key."""
        said = {"op": "send", "place": place, "key": delivery_id, "text": reply.summary}
        answer = await self._ask(said)
        if "retry_after" in answer:
            raise Delayed(answer["retry_after"])
        return str(answer["message"])

    async def edit(
        self, place: PlaceId, message: str, reply: Reply, *, delivery_id: DeliveryId
    ) -> None:
        raise NotImplementedError

    async def delete(self, place: PlaceId, message: str) -> None:
        raise NotImplementedError

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        """Look through the history."""
        del since
        if not self.history:
            return None
        answer = await self._ask({"op": "find", "place": place, "key": delivery_id})
        return None if answer["message"] is None else str(answer["message"])

    @property
    def reach(self) -> Collection[str]:
        return EVERYWHERE

    def direct_place(self, place: PlaceId, member_id: MemberId) -> PlaceId | None:
        return PlaceId(f"{place.partition('#')[0]}@{member_id.rpartition(':')[2]}")

    def remembers(self, place: PlaceId) -> timedelta:
        """Return for how long the keys are relied upon."""
        del place
        return self.memory

    async def _ask(self, asked: dict[str, str]) -> dict[str, Any]:
        return await _lost_in_doubt(self._exchange(asked))

    async def _exchange(self, asked: dict[str, str]) -> dict[str, Any]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(json.dumps(asked).encode() + b"\n")
            answer: dict[str, Any] = json.loads(await reader.readuntil(b"\n"))
            return answer
        finally:
            writer.close()


async def _lost_in_doubt(exchange: Awaitable[dict[str, Any]]) -> dict[str, Any]:
    try:
        return await exchange
    except (OSError, asyncio.IncompleteReadError) as error:
        raise Uncertain("no answer") from error
