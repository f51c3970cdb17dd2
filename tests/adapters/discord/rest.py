"""The REST API of the tests' Discord: it answers, and refuses, as Discord does."""

import json
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aiohttp import web
from discord.utils import time_snowflake

from tests.adapters.discord.bodies import EPHEMERAL
from tests.adapters.discord.exchange import Exchange
from tests.adapters.discord.payloads import (
    APPLICATION,
    BOT,
    Json,
    Server,
    direct_channel,
    member,
    message,
    user,
)

if TYPE_CHECKING:
    from tests.adapters.discord.double import Discord

LOADING = 1 << 7
ANSWER_WITHIN = 3.0
FIRST_ID = time_snowflake(datetime(2024, 1, 20, 12, tzinfo=UTC))
A_MILLISECOND = 1 << 22
"""Of ids: Discord's hold the time."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Rest:
    """Answers requests from what the double knows."""

    double: "Discord"
    token: str

    def routes(self) -> list[web.RouteDef]:
        api = "/api/v10"
        hook = f"{api}/webhooks/{{app}}/{{token}}"
        return [
            web.get(f"{api}/users/@me", self._me),
            web.get(f"{api}/users/@me/guilds", self._guilds),
            web.get(f"{api}/guilds/{{guild}}", self._guild),
            web.get(f"{api}/guilds/{{guild}}/members/{{user}}", self._member),
            web.get(f"{api}/channels/{{channel}}", self._channel),
            web.get(f"{api}/oauth2/applications/@me", self._application),
            web.get(f"{api}/gateway/bot", self._gateway),
            web.get(f"{api}/applications/{{app}}/commands", self._commands),
            web.put(f"{api}/applications/{{app}}/commands", self._register),
            web.post(f"{api}/interactions/{{id}}/{{token}}/callback", self._callback),
            web.post(hook, self._follow),
            web.get(f"{hook}/messages/@original", self._original),
            web.patch(f"{hook}/messages/@original", self._edit),
            web.post(f"{api}/users/@me/channels", self._direct),
            web.post(f"{api}/channels/{{channel}}/messages", self._send),
            web.get(f"{api}/channels/{{channel}}/messages", self._history),
            web.patch(f"{api}/channels/{{channel}}/messages/{{message}}", self._edit_sent),
            web.delete(f"{api}/channels/{{channel}}/messages/{{message}}", self._delete_sent),
            web.get("/cdn/{id}/{name}", self._file),
            web.get("/gateway/", self.double.gateway.serve),
        ]

    @web.middleware
    async def faulty(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Fail where it was asked for; else answer."""
        self.double.requests.append(f"{request.method} {request.path}")
        fault = next((each for each in self.double.faults if each.path.search(request.path)), None)
        if fault is None or request.path.startswith("/gateway"):
            return await self._authorised(request, handler)
        fault.times -= 1
        if fault.times <= 0:
            self.double.faults.remove(fault)
        if fault.after:
            await handler(request)
        if fault.status == 0:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        return answered(fault.body, fault.status, fault.headers)

    async def _authorised(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        needs = not re.search(r"/(interactions|webhooks|cdn|gateway)/", request.path)
        if needs and request.headers.get("Authorization") != f"Bot {self.token}":
            return refused(401, 0)
        found: web.StreamResponse = await handler(request)
        return found

    async def _me(self, request: web.Request) -> web.Response:
        del request
        return answered(user(BOT, "matinee", bot=True))

    async def _guilds(self, request: web.Request) -> web.Response:
        del request
        found = [
            {"id": str(each.number), "name": each.name, "permissions": str(each.allowed)}
            for each in self.double.gateway.servers.values()
        ]
        return answered(found)

    async def _member(self, request: web.Request) -> web.Response:
        """Return a member. Everybody is one, but for those who have left."""
        server = self.double.gateway.servers.get(int(request.match_info["guild"]))
        person = int(request.match_info["user"])
        if server is None:
            return refused(404, 10004)
        if person in server.left:
            return refused(404, 10007)
        name = self.double.names.get(person, f"user{person}")
        return answered(member(user(person, name)))

    async def _guild(self, request: web.Request) -> web.Response:
        server = self.double.gateway.servers.get(int(request.match_info["guild"]))
        return answered(server.guild) if server else refused(404, 10004)

    async def _channel(self, request: web.Request) -> web.Response:
        number = int(request.match_info["channel"])
        server = self._server_of(number)
        if server is None:
            return refused(404, 10003)
        if number in server.hidden:
            return refused(403, 50001)
        return answered(server.channel(number))

    async def _application(self, request: web.Request) -> web.Response:
        del request
        found = {
            "id": str(APPLICATION),
            "name": "Matinee",
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "",
            "summary": "",
            "team": None,
            "owner": user(1, "owner"),
            "flags": 0,
            "approximate_guild_count": len(self.double.gateway.servers),
        }
        return answered(found | self.double.application)

    async def _gateway(self, request: web.Request) -> web.Response:
        del request
        start = {
            "total": 1000,
            "remaining": 999,
            "reset_after": 0,
            "max_concurrency": self.double.gateway.concurrency,
        }
        found = {
            "url": self.double.gateway.url,
            "shards": self.double.shards,
            "session_start_limit": start,
        }
        return answered(found)

    async def _commands(self, request: web.Request) -> web.Response:
        del request
        return answered(self.double.registered)

    async def _register(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.double.inspector.look("put", "/applications/{application_id}/commands", body)
        self.double.registrations += 1
        self.double.registered = [
            {**each, "id": str(n), "options": each.get("options", [])}
            for n, each in enumerate(body)
        ]
        return answered(self.double.registered)

    async def _callback(self, request: web.Request) -> web.Response:
        body, files = await read(request)
        path = "/interactions/{interaction_id}/{interaction_token}/callback"
        self.double.inspector.look("post", path, body, files)
        exchange = self.double.exchanges.get(request.match_info["token"])
        if exchange is None or time.monotonic() - exchange.sent_at > ANSWER_WITHIN:
            return refused(404, 10062)
        if exchange.acknowledged_at is not None:
            return refused(400, 40060)
        exchange.acknowledged_at = time.monotonic()
        exchange.kind, exchange.body = body["type"], body
        data = body.get("data") or {}
        if body["type"] in {4, 5}:
            loading = LOADING if body["type"] == 5 else 0
            exchange.original = self._message(exchange.channel, data, files, loading)
        elif body["type"] in {6, 7}:
            exchange.original = (
                exchange.source if body["type"] == 6 else self._changed(exchange, data, files)
            )
        exchange.told.set()
        found: Json = {"interaction": {"id": str(exchange.number), "type": 2}}
        if body["type"] in {4, 7}:
            found["resource"] = {"type": body["type"], "message": exchange.original}
        return answered(found)

    def _message(self, channel: int, data: Json, files: list[str], more_flags: int = 0) -> Json:
        made = message(self.double.new_id(), channel, user(BOT, "matinee", bot=True), data, files)
        made["flags"] |= more_flags
        if not made["flags"] & EPHEMERAL:
            self.double.messages.setdefault(channel, []).append(made)
        return made

    def _changed(self, exchange: Exchange, data: Json, files: list[str]) -> Json:
        """Put a body where a message stood; it stays as private as it was."""
        before = exchange.original or exchange.source
        assert before is not None
        after = message(int(before["id"]), exchange.channel, before["author"], data, files)
        after["flags"] |= before["flags"] & EPHEMERAL
        before.update(after)
        return before

    async def _original(self, request: web.Request) -> web.Response:
        exchange = self.double.exchanges.get(request.match_info["token"])
        if exchange is None or exchange.original is None:
            return refused(404, 10008)
        return answered(exchange.original)

    async def _edit(self, request: web.Request) -> web.Response:
        body, files = await read(request)
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        self.double.inspector.look("patch", path, body, files)
        exchange = self.double.exchanges.get(request.match_info["token"])
        if exchange is None or exchange.original is None:
            return refused(404, 10008)
        exchange.original = self._changed(exchange, body, files)
        exchange.kind = 7 if exchange.kind == 6 else exchange.kind
        exchange.told.set()
        return answered(exchange.original)

    async def _follow(self, request: web.Request) -> web.Response:
        body, files = await read(request)
        self.double.inspector.look("post", "/webhooks/{webhook_id}/{webhook_token}", body, files)
        exchange = self.double.exchanges.get(request.match_info["token"])
        if exchange is None or exchange.original is None:
            return refused(404, 10015)
        if exchange.original["flags"] & LOADING:
            made = self._changed(exchange, body, files)
        else:
            made = self._message(exchange.channel, body, files)
            exchange.followups.append(made)
        exchange.told.set()
        return answered(made)

    async def _direct(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.double.inspector.look("post", "/users/@me/channels", body)
        person = int(body["recipient_id"])
        return answered(direct_channel(self.double.direct(person), user(person, f"user{person}")))

    async def _send(self, request: web.Request) -> web.Response:
        body, files = await read(request)
        self.double.inspector.look("post", "/channels/{channel_id}/messages", body, files)
        channel = int(request.match_info["channel"])
        if channel in self.double.closed:
            return refused(403, 50007)
        server = self._server_of(channel)
        if server is None and channel not in self.double.directs.values():
            return refused(404, 10003)
        if server is not None and not server.allowed & (1 << 11):
            return refused(403, 50013)
        key = (channel, str(body.get("nonce")))
        if key not in self.double.nonces:
            self.double.nonces[key] = self._message(channel, body, files)
            self.double.notified += map(int, body["allowed_mentions"].get("users", []))
        return answered({**self.double.nonces[key], "nonce": body.get("nonce")})

    def _sent(self, request: web.Request) -> Json | None:
        there = self.double.messages.get(int(request.match_info["channel"]), [])
        return next((each for each in there if each["id"] == request.match_info["message"]), None)

    async def _edit_sent(self, request: web.Request) -> web.Response:
        body, files = await read(request)
        path = "/channels/{channel_id}/messages/{message_id}"
        self.double.inspector.look("patch", path, body, files)
        before = self._sent(request)
        if before is None:
            return refused(404, 10008)
        channel = int(request.match_info["channel"])
        before.update(message(int(before["id"]), channel, before["author"], body, files))
        return answered(before)

    async def _delete_sent(self, request: web.Request) -> web.Response:
        before = self._sent(request)
        if before is None:
            return refused(404, 10008)
        self.double.messages[int(request.match_info["channel"])].remove(before)
        return web.Response(status=204)

    def _server_of(self, channel: int) -> Server | None:
        servers = self.double.gateway.servers.values()
        return next((each for each in servers if channel in each.channels), None)

    async def _history(self, request: web.Request) -> web.Response:
        channel = int(request.match_info["channel"])
        server = self._server_of(channel)
        if server is not None and not server.allowed & (1 << 16):
            return answered([])
        limit, after = int(request.query.get("limit", 50)), int(request.query.get("after", 0))
        later = [each for each in self.double.messages.get(channel, []) if int(each["id"]) > after]
        page = later[:limit] if after else later[-limit:]
        return answered(page[::-1])

    async def _file(self, request: web.Request) -> web.Response:
        name = f"{request.match_info['id']}/{request.match_info['name']}"
        if name not in self.double.uploads:
            return web.Response(status=404)
        return web.Response(body=self.double.uploads[name])


def answered(
    data: object, status: int = 200, headers: dict[str, str] | None = None
) -> web.Response:
    """Answer in JSON; discord.py reads it as such only under this very type, without a charset."""
    kind = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(data).encode(), status=status, headers=kind)


def refused(status: int, code: int) -> web.Response:
    return answered({"message": "Refused.", "code": code}, status)


async def read(request: web.Request) -> tuple[Json, list[str]]:
    """Read a body, and the names of the files that came with it."""
    if not request.content_type.startswith("multipart/"):
        return await request.json(), []
    body: Json = {}
    files = []
    async for part in await request.multipart():
        if part.name == "payload_json":  # type: ignore[union-attr]  # never nested
            body = json.loads(await part.text())  # type: ignore[union-attr]  # never nested
        else:
            files.append(part.filename or "")  # type: ignore[union-attr]  # never nested
            await part.read()  # type: ignore[union-attr]  # never nested
    return body, files
