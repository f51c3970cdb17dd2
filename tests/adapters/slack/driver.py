"""What members do in Slack, sent to Matinee as Slack sends it: signed over HTTP, or by Socket Mode."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol
from urllib.parse import urlencode

import aiohttp

from adapters.slack.incoming.guard import SIGNATURE, TIMESTAMP, Guard
from tests.adapters.slack.answers import Post
from tests.adapters.slack.double import BOT_USER, TEAM, FakeSlack

SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 - signs nothing of anybody's

Json = dict[str, Any]


class Way(Protocol):
    """A transport."""

    async def send(self, kind: str, body: Json) -> Json:
        """Deliver something; return what came with the acknowledgement."""
        ...


@dataclass
class Http:
    """Posts signed requests."""

    session: aiohttp.ClientSession
    url: str

    async def send(self, kind: str, body: Json) -> Json:
        raw, content = _written(kind, body)
        status, answer = await self.post(raw, signed(raw), content)
        assert status == 200, status
        return json.loads(answer) if answer.startswith("{") else {}

    async def post(
        self, raw: bytes, headers: Mapping[str, str], content: str = "application/json"
    ) -> tuple[int, str]:
        """Post any bytes under any headers; return the status and the answer."""
        given = {"Content-Type": content, **headers}
        async with self.session.post(self.url, data=raw, headers=given) as response:
            return response.status, await response.text()


def signed(raw: bytes, at: float | None = None) -> dict[str, str]:
    """Sign a body as Slack does."""
    timestamp = str(int(time.time() if at is None else at))
    return {TIMESTAMP: timestamp, SIGNATURE: Guard(SECRET.encode()).seal(timestamp, raw)}


def _written(kind: str, body: Json) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(body).encode(), "application/json"
    form = body if kind == "slash_commands" else {"payload": json.dumps(body)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


@dataclass
class Socket:
    """Sends envelopes down the socket that Matinee has opened, and waits for the acknowledgement."""

    slack: FakeSlack
    numbers: "count[int]" = field(default_factory=count)

    async def send(self, kind: str, body: Json) -> Json:
        name = f"envelope-{next(self.numbers)}"
        await self.slack.until(lambda: self.slack.sockets)
        envelope = {
            "type": kind,
            "envelope_id": name,
            "payload": body,
            "accepts_response_payload": kind != "events_api",
        }
        await self.slack.sockets[-1].send_json(envelope)
        async with asyncio.timeout(20):
            await self.slack.acked[name].wait()
        return self.slack.acks[name]


@dataclass
class Workspace:
    """Members at their keyboards."""

    slack: FakeSlack
    way: Way
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    team: str = TEAM
    bot_user: str = BOT_USER
    more: Json = field(default_factory=dict)
    """What every payload holds besides, such as its organisation."""

    def trigger(self) -> str:
        return f"{next(self.numbers)}.trigger"

    def user(self, name: str) -> Json:
        return {"id": f"U{name.upper()}", "username": name, "name": name, "team_id": self.team}

    def _from(self, name: str, channel: str, url: str = "") -> Json:
        return {
            "team": {"id": self.team, "domain": "club"},
            **self.more,
            "user": self.user(name),
            "trigger_id": self.trigger(),
            **({"channel": {"id": channel, "name": "films"}} if channel else {}),
            **({"response_url": url or self.url(name, channel)} if channel else {}),
        }

    def url(self, name: str, channel: str) -> str:
        return f"{self.slack.url}/response/{channel}/U{name.upper()}/r{next(self.numbers)}"

    def slash(self, name: str, line: str, channel: str = "C1") -> Json:
        """Make the body of a slash command."""
        command, _, text = line.partition(" ")
        return {
            "command": command,
            "text": text,
            "team_id": self.team,
            "team_domain": "club",
            "user_id": f"U{name.upper()}",
            "user_name": name,
            "channel_id": channel,
            "channel_name": "films",
            "response_url": self.url(name, channel),
            "trigger_id": self.trigger(),
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            **self.more,
        }

    async def say(self, name: str, line: str, channel: str = "C1") -> Post:
        """Give a slash command; return the answer."""
        return await self.answered("slash_commands", self.slash(name, line, channel))

    async def answered(self, kind: str, body: Json) -> Post:
        """Send something; return the next thing that is posted."""
        before = len(self.slack.posts)
        await self.way.send(kind, body)
        await self.slack.until(lambda: len(self.slack.posts) > before)
        return self.slack.posts[before]

    def pressing(self, name: str, post: Post | None, element: Json, value: str = "") -> Json:
        """Make the body of a press, or of a choice; without a post it is in App Home."""
        action = {**element, "block_id": "b", "action_ts": self.slack.timestamp()}
        if element["type"] == "static_select":
            chosen = next(e for e in element["options"] if e["text"]["text"] == value)
            action["selected_option"] = chosen
        where: Json = {"container": {"type": "view"}, "view": {"id": "V0", "type": "home"}}
        if post is not None:
            thread = {"thread_ts": post.thread} if post.thread else {}
            where = {
                "container": {
                    "type": "message",
                    "message_ts": post.ts,
                    "is_ephemeral": bool(post.user),
                    **thread,
                },
                "message": {"ts": post.ts, "text": post.text, **thread},
            }
        channel = post.channel if post else ""
        return {"type": "block_actions", "actions": [action], **where, **self._from(name, channel)}

    async def press(self, name: str, post: Post, label: str, value: str = "") -> Post:
        """Press a button, or choose an option; return the answer."""
        body = self.pressing(name, post, post.element(label), value)
        return await self.answered("interactive", body)

    async def open(self, name: str, post: Post, label: str) -> Json:
        """Press what opens a form; return the modal."""
        return await self.opened(self.pressing(name, post, post.element(label)))

    async def opened(self, body: Json) -> Json:
        """Send something that opens a modal; return it."""
        before = len(self.slack.views)
        await self.way.send("interactive", body)
        await self.slack.until(lambda: len(self.slack.views) > before)
        return self.slack.views[before]

    def filled(self, name: str, view: Json, **values: Any) -> Json:  # noqa: ANN401 - as the field has it
        """Make the body of a modal that is sent, with what it holds and these values."""
        state = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                element = block["element"]
                given = values.pop(block["block_id"], None)
                state[block["block_id"]] = {element["action_id"]: _state(element, given)}
        assert not values, f"no such fields: {values}"
        sent = {**view, "state": {"values": state}, "hash": "1.x"}
        return {"type": "view_submission", "view": sent, **self._from(name, "")}

    async def send(self, name: str, view: Json, **values: Any) -> Json:  # noqa: ANN401 - likewise
        """Fill a modal in and send it; return what comes with the acknowledgement."""
        return await self.way.send("interactive", self.filled(name, view, **values))

    def event(self, **event: Any) -> Json:  # noqa: ANN401 - an event holds anything
        """Make the body of an event."""
        return {
            "type": "event_callback",
            "team_id": self.team,
            "api_app_id": "A1",
            "event_id": f"Ev{next(self.numbers)}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": self.team, "user_id": self.bot_user, "is_bot": True}],
            **self.more,
            "event": event,
        }

    def mention(self, name: str, text: str, **more: Any) -> Json:  # noqa: ANN401 - likewise
        """Make the body of a mention in a channel."""
        return self.event(
            type="app_mention",
            user=f"U{name.upper()}",
            text=f"<@{self.bot_user}> {text}",
            channel="C1",
            ts=self.slack.timestamp(),
            **more,
        )

    def directly(self, name: str, text: str, **more: Any) -> Json:  # noqa: ANN401 - likewise
        """Make the body of a direct message."""
        user = f"U{name.upper()}"
        return self.event(
            type="message",
            channel_type="im",
            user=user,
            text=text,
            channel=f"D{user}",
            ts=self.slack.timestamp(),
            **more,
        )

    def shortcut(self, name: str, callback: str, **more: Any) -> Json:  # noqa: ANN401 - likewise
        """Make the body of a global shortcut."""
        return {"type": "shortcut", "callback_id": callback, **self._from(name, ""), **more}

    def on_message(self, name: str, author: str, text: str) -> Json:
        """Make the body of the shortcut Save as review on somebody's message."""
        message = {"type": "message", "user": author, "text": text, "ts": "1.2"}
        more = {"type": "message_action", "callback_id": "save_review", "message": message}
        return {**more, **self._from(name, "C1")}


def _state(element: Json, given: Any) -> Json:  # noqa: ANN401 - as the field has it
    """Write down what a field holds when a modal is sent."""
    kind = element["type"]
    match kind:
        case "static_select" | "radio_buttons":
            options = {each["value"]: each for each in element["options"]}
            chosen = options[given] if given else element.get("initial_option")
            return {"type": kind, "selected_option": chosen}
        case "external_select":
            chosen = {"value": given} if given else element.get("initial_option")
            return {"type": kind, "selected_option": chosen}
        case "plain_text_input":
            return {"type": kind, "value": element.get("initial_value") if given is None else given}
        case "datepicker":
            return {"type": kind, "selected_date": given or element.get("initial_date")}
        case "file_input":
            return {"type": kind, "files": given or []}
        case "users_select":
            return {"type": kind, "selected_user": given or element.get("initial_user")}
        case "conversations_select":
            return {
                "type": kind,
                "selected_conversation": given or element.get("initial_conversation"),
            }
        case "multi_users_select":
            return {"type": kind, "selected_users": given or element.get("initial_users", [])}
    raise AssertionError(kind)
