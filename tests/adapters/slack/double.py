"""A small Slack: its Web API, Socket Mode, response_urls and files, on the loopback.

What Slack would refuse is refused, and kept in `complaints`. It misbehaves when told to.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from adapters.slack.host.manifest import SCOPES
from tests.adapters.slack.answers import Json, Post, Trouble, no, yes
from tests.adapters.slack.block_kit import refused, refused_view
from tests.adapters.slack.installs import Grant, Installs
from tests.adapters.slack.spec import missing_arguments

BOT_TOKEN = "xoxb-1-" + "b" * 24
APP_TOKEN = "xapp-1-" + "a" * 24
TEAM, BOT_USER, BOT_ID = "T1", "UBOT", "B1"


@dataclass
class FakeSlack:
    """What the workspace knows, what it was asked, and how it misbehaves.

    `channels`: names of channels, by id; `teams`: workspaces of channels and users; those that are not named are of the first one. `slow`: seconds before a method answers. `troubles`: for each method, answers given in the place of the right one, one for each call.
    """

    url: str = ""
    checks: bool = True
    users: dict[str, Json] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    channels: dict[str, str] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    views: list[Json] = field(default_factory=list)
    homes: dict[str, Json] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    uploads: list[tuple[str, str, bytes]] = field(default_factory=list)
    troubles: dict[str, list[Trouble]] = field(default_factory=lambda: defaultdict(list))
    slow: dict[str, float] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    uses: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    scopes: list[str] = field(default_factory=lambda: list(SCOPES))
    dead_triggers: set[str] = field(default_factory=set)
    installs: Installs = field(default_factory=Installs)
    grant: Grant | None = None
    teams: dict[str, str] = field(default_factory=dict)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    connected: int = 0
    acks: dict[str, Json] = field(default_factory=dict)
    acked: dict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))
    answered: dict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))
    _waiting: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    _clock: int = 1_700_000_000

    def timestamp(self) -> str:
        self._clock += 1
        return f"{self._clock}.000100"

    async def until(self, condition: Callable[[], Any], seconds: float = 8.0) -> None:
        """Wait until something has become so."""
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110 - many things are waited for
                await asyncio.sleep(0.005)

    # The Web API --------------------------------------------------------------------------------

    async def api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        self.calls.append((method, arguments))
        await asyncio.sleep(self.slow.get(method, 0.0))
        if self.troubles[method] and (trouble := self.troubles[method].pop(0)()) is not None:
            return trouble
        if method == "oauth.v2.access":
            return self.installs.access(request.headers, arguments)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        self.grant = self.installs.of(token)
        known = APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN
        if method != "api.test" and self.grant is None and token != known:
            return no("invalid_auth")
        self._look_at_home(method, arguments)
        if missing := missing_arguments(method, arguments):
            self.complaints.append(f"{method} without {missing}")
            return no("invalid_arguments")
        answer = getattr(self, method.replace(".", "_").lower(), None)
        if answer is None:
            self.complaints.append(f"no such method: {method}")
            return no("unknown_method")
        try:
            found: web.StreamResponse = answer(arguments)
        except Exception as error:  # noqa: BLE001 - a slip of this small Slack's own
            self.complaints.append(f"{method}: {error!r}")
            return no("internal_error")
        return found

    def _look_at_home(self, method: str, asked: Json) -> None:
        """Complain if a workspace's token is used for people and channels of another one."""
        named = [asked.get(each) for each in ("channel", "user", "users", "user_id", "channel_id")]
        teams = {self.teams[str(each)] for each in named if str(each) in self.teams}
        own = self.grant.teams if self.grant else {TEAM}
        self.complaints += [f"{method} of {each} with the token of {own}" for each in teams - own]

    def api_test(self, _: Json) -> web.Response:
        return yes()

    def auth_teams_list(self, _: Json) -> web.Response:
        assert self.grant is not None
        return yes(teams=[{"id": each, "name": n} for each, n in self.grant.covers.items()])

    def auth_test(self, _: Json) -> web.Response:
        own = {"url": "https://club.slack.com/", "team": "Film Club", "team_id": TEAM}
        own |= {"user": "matinee", "user_id": BOT_USER, "bot_id": BOT_ID}
        answer = yes(**(self.grant.who if self.grant else own))
        answer.headers["x-oauth-scopes"] = ",".join(self.scopes)
        return answer

    def apps_connections_open(self, _: Json) -> web.Response:
        return yes(url=self.url.replace("http", "ws") + "/link")

    def users_info(self, asked: Json) -> web.Response:
        user = dict(self.users.get(asked["user"], {}))
        if asked.get("include_locale") not in {True, "1", "true"}:
            user.pop("locale", None)
        return yes(user={"id": asked["user"], **user}) if user else no("user_not_found")

    def conversations_info(self, asked: Json) -> web.Response:
        channel = asked["channel"]
        if self.closed.get(channel, "is_archived") != "is_archived":
            return no(self.closed[channel])
        return yes(
            channel={
                "id": channel,
                "name": self.channels.get(channel, channel.lower()),
                "is_private": channel in self.private,
                "is_archived": channel in self.closed,
            }
        )

    def conversations_members(self, asked: Json) -> web.Response:
        return yes(members=self.members.get(asked["channel"], list(self.users)))

    def users_conversations(self, asked: Json) -> web.Response:
        known = {*self.channels, *self.members} - {*self.closed}
        there = [c for c in known if asked["user"] in self.members.get(c, list(self.users))]
        return yes(channels=[{"id": each} for each in sorted(there)])

    def conversations_open(self, asked: Json) -> web.Response:
        user = asked["users"]
        if user in self.closed:
            return no(self.closed[user])
        return yes(channel={"id": f"D{user}"})

    def chat_postmessage(self, asked: Json) -> web.Response:
        return self._post(asked, "")

    def chat_postephemeral(self, asked: Json) -> web.Response:
        return self._post(asked, asked["user"])

    def _post(self, asked: Json, user: str) -> web.Response:
        channel = asked["channel"]
        if channel in self.closed:
            return no(self.closed[channel])
        if why := self._wrong(asked):
            return no("invalid_blocks", messages=why)
        channel = f"D{channel}" if channel.startswith("U") else channel
        ts = self.timestamp()
        self.posts.append(
            Post(
                channel, asked["text"], asked.get("blocks") or [], user,
                asked.get("thread_ts") or "", ts, asked.get("metadata"),
            )
        )  # fmt: skip
        return yes(channel=channel, ts=ts, message_ts=ts)

    def chat_update(self, asked: Json) -> web.Response:
        if why := self._wrong(asked):
            return no("invalid_blocks", messages=why)
        for post in self._posted(asked):
            post.text, post.blocks = asked["text"], asked.get("blocks") or []
            post.metadata = asked.get("metadata")
            return yes(channel=post.channel, ts=post.ts)
        return no("message_not_found")

    def chat_delete(self, asked: Json) -> web.Response:
        for post in self._posted(asked):
            self.posts.remove(post)
            return yes(channel=post.channel, ts=post.ts)
        return no("message_not_found")

    def _posted(self, asked: Json) -> list[Post]:
        where = (asked["channel"], asked["ts"])
        return [each for each in self.posts if (each.channel, each.ts) == where]

    def _wrong(self, asked: Json) -> list[str]:
        if not self.checks:
            return []
        why = refused(asked.get("blocks") or [])
        why += [] if (asked.get("text") or "").strip() else ["no text"]
        self.complaints += why
        return why

    def conversations_history(self, asked: Json) -> web.Response:
        return self._read(asked, "")

    def conversations_replies(self, asked: Json) -> web.Response:
        return self._read(asked, asked["ts"])

    def _read(self, asked: Json, thread: str) -> web.Response:
        if asked["channel"] in self.closed:
            return no(self.closed[asked["channel"]])
        there = [
            {"ts": p.ts, "text": p.text, **({"metadata": p.metadata} if p.metadata else {})}
            for p in reversed(self.posts)
            if p.channel == asked["channel"] and p.thread == thread and not p.user
        ]
        start, most = int(asked.get("cursor") or 0), 2
        after = {"next_cursor": str(start + most)} if start + most < len(there) else {}
        return yes(messages=there[start : start + most], response_metadata=after)

    def views_open(self, asked: Json) -> web.Response:
        if asked["trigger_id"] in self.dead_triggers:
            return no("expired_trigger_id")
        return self._view(asked["view"], self.views.append)

    def views_publish(self, asked: Json) -> web.Response:
        return self._view(
            asked["view"], lambda view: self.homes.__setitem__(asked["user_id"], view)
        )

    def _view(self, view: Json, keep: Callable[[Json], None]) -> web.Response:
        if why := refused_view(view):
            self.complaints += why
            return no("invalid_arguments", messages=why)
        shown = {**view, "id": f"V{self.timestamp()}"}
        keep(shown)
        return yes(view=shown)

    def files_getuploadurlexternal(self, asked: Json) -> web.Response:
        name = f"F{self.timestamp()}"
        self._waiting[name] = (asked["filename"], b"")
        return yes(upload_url=f"{self.url}/upload/{name}", file_id=name)

    def files_completeuploadexternal(self, asked: Json) -> web.Response:
        channel = asked["channel_id"]
        if channel in self.closed:
            return no(self.closed[channel])
        for each in (
            json.loads(asked["files"]) if isinstance(asked["files"], str) else asked["files"]
        ):
            self.uploads.append((channel, *self._waiting.pop(each["id"])))
        return yes(files=[])

    # What is not the Web API --------------------------------------------------------------------

    async def upload(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self._waiting[name] = (self._waiting[name][0], await request.read())
        return web.Response(text=f"OK - {len(self._waiting[name][1])}")

    async def download(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}":
            raise web.HTTPFound("/login")
        return web.Response(body=self.files[request.match_info["name"]])

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """Take an answer to a response_url, five at most."""
        if (
            self.troubles["response_url"]
            and (trouble := self.troubles["response_url"].pop(0)()) is not None
        ):
            return trouble
        channel, user, name = (request.match_info[each] for each in ("channel", "user", "name"))
        self.uses[name] += 1
        if self.uses[name] > 5:
            self.complaints.append("a response_url was used more than five times")
            return web.Response(status=404, text="used_url")
        body = await request.json()
        if self._wrong(body):
            return web.Response(status=500)
        reader = "" if body.get("response_type") == "in_channel" else user
        thread = body.get("thread_ts") or ""
        post = Post(
            channel, body["text"], body.get("blocks") or [], reader, thread, self.timestamp()
        )
        post.by_url, post.replaces = True, bool(body.get("replace_original"))
        self.posts.append(post)
        self.answered[name].set()
        return web.Response(text="ok")

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        """Be the other end of Socket Mode: say hello, then take acknowledgements."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.sockets.append(socket)
        self.connected += 1
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._take_ack(json.loads(message.data))
        self.sockets.remove(socket)
        return socket

    def _take_ack(self, answer: Json) -> None:
        self.acks[answer["envelope_id"]] = answer.get("payload") or {}
        self.acked[answer["envelope_id"]].set()


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        found: Json = await request.json()
        return found
    form = {**request.query, **dict(await request.post())}
    coded = ("blocks", "view", "metadata")
    return {name: json.loads(str(v)) if name in coded else v for name, v in form.items()}


@asynccontextmanager
async def serving() -> AsyncIterator[FakeSlack]:
    """Open the workspace on a port of its own on the loopback."""
    fake = FakeSlack()
    app = web.Application(client_max_size=10**7)
    app.router.add_post("/api/{method}", fake.api)
    app.router.add_get("/api/{method}", fake.api)
    app.router.add_get("/link", fake.link)
    app.router.add_get("/oauth/v2/authorize", fake.installs.authorize)
    app.router.add_post("/response/{channel}/{user}/{name}", fake.respond)
    app.router.add_post("/upload/{name}", fake.upload)
    app.router.add_get("/files/{name}", fake.download)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        fake.url = f"http://{host}:{port}"
        yield fake
    finally:
        await runner.cleanup()
