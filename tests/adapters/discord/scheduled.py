"""The scheduled events of the tests' Discord: kept, refused and changed as Discord does."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aiohttp import web

from tests.adapters.discord.payloads import BOT, Json, Person, Server, member, user
from tests.adapters.discord.rest import answered, refused

if TYPE_CHECKING:
    from tests.adapters.discord.double import Discord

CREATE_EVENTS = 1 << 44
_ONE = "/{event}"


class Events:
    """Answers requests about events.

    `now`: as Discord's clock has it, which refuses what is past; `lost`: how many new events it enters
    without being able to say so; `watcher` is told of each request once it was done, and not answered yet.
    """

    def __init__(self, double: "Discord") -> None:
        self.double = double
        self.now = datetime(2024, 1, 20, 12, tzinfo=UTC)
        self.kept: dict[int, list[Json]] = {}
        self.lost = 0
        self.watcher: Callable[[str], None] = lambda _: None
        self.interested: dict[str, list[Person]] = {}

    def routes(self) -> list[web.RouteDef]:
        path = "/api/v10/guilds/{guild}/scheduled-events"
        return [
            web.get(path, self._all),
            web.post(path, self._create),
            web.patch(f"{path}{_ONE}", self._change),
            web.delete(f"{path}{_ONE}", self._delete),
            web.get(f"{path}{_ONE}/users", self._users),
        ]

    def of(self, server: Server) -> list[Json]:
        """Return the events of a server."""
        return self.kept.setdefault(server.number, [])

    def _server(self, request: web.Request) -> Server | None:
        return self.double.gateway.servers.get(int(request.match_info["guild"]))

    def _one(self, request: web.Request) -> Json | None:
        there = self.kept.get(int(request.match_info["guild"]), [])
        return next((each for each in there if each["id"] == request.match_info["event"]), None)

    async def _all(self, request: web.Request) -> web.Response:
        server = self._server(request)
        self.watcher("looked")
        return answered(self.of(server)) if server else refused(404, 10004)

    async def _create(self, request: web.Request) -> web.Response:
        body, server = await request.json(), self._server(request)
        self.double.inspector.look("post", "/guilds/{guild_id}/scheduled-events", body)
        if server is None:
            return refused(404, 10004)
        if not server.allowed & CREATE_EVENTS:
            return refused(403, 50013)
        if not self._is_sound(body):
            return refused(400, 50035)
        made = {"id": str(self.double.new_id()), "creator_id": str(BOT), "status": 1, **body}
        self.of(server).append(made)
        self.watcher("entered")
        if self.lost:
            self.lost -= 1
            assert request.transport is not None
            request.transport.abort()
        return answered(made)

    def _is_sound(self, body: Json) -> bool:
        """Whether it begins later, ends after that, and says where: an external event has to."""
        starts, ends = (
            datetime.fromisoformat(body[f"scheduled_{each}_time"]) for each in ("start", "end")
        )
        return self.now < starts < ends and bool(body.get("entity_metadata", {"location": 1}))

    async def _change(self, request: web.Request) -> web.Response:
        body, event = await request.json(), self._one(request)
        path = "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}"
        self.double.inspector.look("patch", path, body)
        if event is None:
            return refused(404, 10070)
        if not self._is_sound(body):
            return refused(400, 50035)
        event.update(body)
        self.watcher("changed")
        return answered(event)

    async def _delete(self, request: web.Request) -> web.Response:
        event = self._one(request)
        if event is None:
            return refused(404, 10070)
        self.kept[int(request.match_info["guild"])].remove(event)
        self.watcher("taken out")
        return web.Response(status=204)

    async def _users(self, request: web.Request) -> web.Response:
        event = self._one(request)
        if event is None:
            return refused(404, 10070)
        after, limit = int(request.query.get("after", 0)), int(request.query["limit"])
        there = sorted(self.interested.get(event["id"], []), key=lambda each: each.number)
        page = [each for each in there if each.number > after][:limit]
        return answered([_answer(event["id"], each) for each in page])


def _answer(event: str, person: Person) -> Json:
    account = user(person.number, person.name)
    return {
        "guild_scheduled_event_id": event,
        "user_id": str(person.number),
        "user": account,
        "member": member(account),
        "response": 1,
    }
