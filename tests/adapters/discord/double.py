"""A small Discord: its REST API and its gateway on loopback, for the real client to talk to.

It keeps what Discord keeps (messages, nonces, what an interaction was answered with), refuses what
Discord refuses, and can be told to fail.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.adapters.discord.bodies import Inspector
from tests.adapters.discord.exchange import Exchange, Fault
from tests.adapters.discord.gateway import Gateway
from tests.adapters.discord.payloads import Json, Person, Server, attachment, interaction, message
from tests.adapters.discord.rest import A_MILLISECOND, FIRST_ID, LOADING, Rest
from tests.adapters.discord.scheduled import Events

TOKEN = "MTAwMA.Gabcde.this-is-the-token-of-the-double"  # noqa: S105 - of the double alone


@dataclass
class Discord:
    """The double itself; see `running`."""

    gateway: Gateway = field(default_factory=lambda: Gateway(TOKEN))
    inspector: Inspector = field(default_factory=Inspector)
    exchanges: dict[str, Exchange] = field(default_factory=dict)
    messages: dict[int, list[Json]] = field(default_factory=dict)
    nonces: dict[tuple[int, str], Json] = field(default_factory=dict)
    directs: dict[int, int] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    notified: list[int] = field(default_factory=list)
    registered: list[Json] = field(default_factory=list)
    registrations: int = 0
    faults: list[Fault] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    uploads: dict[str, bytes] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    application: Json = field(default_factory=dict)
    events: Events = field(init=False)
    shards: int = 1
    url: str = ""
    last_id: int = FIRST_ID

    def __post_init__(self) -> None:
        self.events = Events(self)

    # What people do ------------------------------------------------------------------------------

    def new_id(self) -> int:
        self.last_id += A_MILLISECOND
        return self.last_id

    def open_server(self, name: str, *, channels: int = 1) -> Server:
        number = self.new_id()
        server = Server(number, name, tuple(self.new_id() for _ in range(channels)))
        self.gateway.servers[number] = server
        return server

    async def does(
        self,
        person: Person,
        kind: int,
        data: Json,
        server: Server | None,
        *,
        source: Json | None = None,
        wait: bool = True,
    ) -> Exchange:
        """Let somebody do something, and wait until it is fully answered."""
        number = self.new_id()
        channel = server.channels[0] if server else self.direct(person.number)
        exchange = Exchange(number, person, channel, server, time.monotonic(), source=source)
        payload = interaction(number, kind, data, person, channel, server)
        if source is not None:
            payload["message"] = source
        self.exchanges[payload["token"]] = exchange
        await self.gateway.say("INTERACTION_CREATE", payload)
        if wait:
            await self.settled(exchange)
        return exchange

    async def settled(self, exchange: Exchange, seconds: float = 30.0) -> Exchange:
        """Wait until an interaction is answered and nothing is still being thought about."""
        async with asyncio.timeout(seconds):
            while not await self._is_settled(exchange):
                await exchange.told.wait()
        return exchange

    async def _is_settled(self, exchange: Exchange) -> bool:
        exchange.told.clear()
        if exchange.acknowledged_at is None:
            return False
        if exchange.kind in {6, 8, 9}:
            return exchange.kind != 6
        pending = exchange.original is None or exchange.original["flags"] & LOADING
        promised = exchange.original is not None and exchange.original["content"] == "Here it is:"
        return not pending and (not promised or bool(exchange.followups))

    async def slash(
        self,
        person: Person,
        server: Server | None,
        name: str,
        **given: object,
    ) -> Exchange:
        """Give a slash command; options by the types under which they were registered."""
        data = self.command(name, given)
        return await self.does(person, 2, data, server)

    def command(self, name: str, given: Json, focused: str = "") -> Json:
        known = next(each for each in self.registered if each["name"] == name)
        types = {each["name"]: each["type"] for each in known["options"]}
        options = [
            {"name": each, "type": types[each], "value": value}
            | ({"focused": True} if each == focused else {})
            for each, value in given.items()
        ]
        files = {v: self.attachment_of(v) for k, v in given.items() if types[k] == 11}
        data: Json = {"id": "77", "name": name, "type": 1, "options": options}
        return data | ({"resolved": {"attachments": files}} if files else {})

    def upload(self, name: str, data: bytes) -> str:
        """Upload a file; return its id."""
        number = str(self.new_id())
        self.uploads[f"{number}/{name}"] = data
        return number

    def attachment_of(self, number: str) -> Json:
        path = next(each for each in self.uploads if each.startswith(f"{number}/"))
        url = f"{self.url}/cdn/{path}"
        return attachment(int(number), path.partition("/")[2], url, len(self.uploads[path]))

    async def typing(
        self, person: Person, server: Server | None, name: str, focused: str, **given: object
    ) -> list[Json]:
        """Type into an option; return what is offered."""
        exchange = await self.does(person, 4, self.command(name, given, focused), server)
        choices = exchange.body["data"]["choices"]
        assert isinstance(choices, list)
        return choices

    async def says(
        self,
        person: Person,
        server: Server | None,
        content: str,
        *,
        mentions: Sequence[Person] = (),
    ) -> Json:
        """Write a plain message; return what Discord tells of it."""
        number = self.new_id()
        channel = server.channels[0] if server else self.direct(person.number)
        told = message(number, channel, person.user, {"content": content}, [])
        told["mentions"] = [each.user for each in mentions]
        if server:
            told |= {"guild_id": str(server.number), "member": person.member}
        await self.gateway.say("MESSAGE_CREATE", told)
        return told

    async def sent(self, channel: int, count: int, seconds: float = 30.0) -> list[Json]:
        """Wait until so many messages were sent to a channel; return all of them."""
        async with asyncio.timeout(seconds):
            while len(self.messages.get(channel, [])) < count:  # noqa: ASYNC110 - many send, none tells
                await asyncio.sleep(0.02)
        return self.messages[channel]

    async def settled_messages(self, before: int, seconds: float = 30.0) -> None:
        """Wait until more messages than before were sent anywhere, and none for a moment."""
        count = before + 1
        async with asyncio.timeout(seconds):
            while sum(map(len, self.messages.values())) < count:  # noqa: ASYNC110 - many send
                await asyncio.sleep(0.02)
        await asyncio.sleep(0.05)

    async def press(
        self, person: Person, server: Server | None, source: Json, custom_id: str
    ) -> Exchange:
        """Press a button by its id."""
        data = {"custom_id": custom_id, "component_type": 2}
        return await self.does(person, 3, data, server, source=source)

    async def choose(
        self, person: Person, server: Server | None, source: Json, custom_id: str, value: str
    ) -> Exchange:
        """Choose from a menu."""
        data = {"custom_id": custom_id, "component_type": 3, "values": [value]}
        return await self.does(person, 3, data, server, source=source)

    async def submit(
        self,
        person: Person,
        server: Server | None,
        opened: Exchange,
        typed: Json,
        file: str | None = None,
    ) -> Exchange:
        """Send a modal in: what is not in `typed` stays as it was filled in."""
        modal = opened.body["data"]
        labels = [submitted(label, typed, file) for label in modal["components"]]
        data: Json = {"custom_id": modal["custom_id"], "components": labels}
        if file:
            data["resolved"] = {"attachments": {file: self.attachment_of(file)}}
        return await self.does(person, 5, data, server, source=opened.source)

    async def save_message(
        self, person: Person, server: Server | None, author: Person, content: str, *files: str
    ) -> Exchange:
        """Use the command in a message's menu."""
        number = self.new_id()
        source = message(number, 1, author.user, {"content": content}, [])
        source["attachments"] = [self.attachment_of(each) for each in files]
        data = {
            "id": "78",
            "name": "Save as review",
            "type": 3,
            "target_id": str(number),
            "resolved": {"messages": {str(number): source}},
        }
        return await self.does(person, 2, data, server)

    def direct(self, person: int) -> int:
        return self.directs.setdefault(person, self.new_id())

    def fail(self, path: str, status: int, times: int = 1, *, after: bool = False) -> None:
        """Let requests to such a path fail, or, with status 0, be cut off; `after` they took effect."""
        self.faults.append(Fault(re.compile(path), status, times, after=after))

    def limit(self, path: str, seconds: float, times: int = 1) -> None:
        """Let requests to such a path be too many."""
        body = {"message": "You are being rate limited.", "retry_after": seconds, "global": False}
        headers = {"Via": "1.1 google", "Retry-After": str(seconds)}
        self.faults.append(Fault(re.compile(path), 429, times, body, headers))


def submitted(label: Json, typed: Json, file: str | None) -> Json:
    """Return one label, or a text beside them, as Discord sends it in."""
    if label["type"] == 10:
        return {"type": 10, "id": 1}
    field_ = label["component"]
    name = field_["custom_id"]
    sent: Json = {"type": field_["type"], "id": 1, "custom_id": name}
    options = field_.get("options", ())
    match field_["type"]:
        case 21:
            chosen = next((each["value"] for each in options if each.get("default")), None)
            sent["value"] = typed.get(name, chosen)
        case 22:
            ticked = [each["value"] for each in options if each.get("default")]
            sent["values"] = typed.get(name, ticked)
        case 19:
            sent["values"] = [file] if file else []
        case 5 | 8:  # members, or channels
            former = [str(each["id"]) for each in field_.get("default_values", ())]
            sent["values"] = typed.get(name, former)
        case _:
            sent["value"] = typed.get(name, field_.get("value", ""))
    return {"type": 18, "id": 1, "component": sent}


@asynccontextmanager
async def running(discord: Discord) -> AsyncIterator[Discord]:
    """Open the double on loopback."""
    rest = Rest(discord, TOKEN)
    app = web.Application(middlewares=[rest.faulty])
    app.add_routes([*rest.routes(), *discord.events.routes()])
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    discord.url = f"http://127.0.0.1:{server.port}"
    discord.gateway.url = f"ws://127.0.0.1:{server.port}/gateway/"
    try:
        yield discord
    finally:
        await server.close()
