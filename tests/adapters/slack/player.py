"""Plays a club in the tests' Slack, and writes down what its members see."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from adapters.slack.host.manifest import WRITE_REVIEW
from bot.delivery.worker import Worker
from bot.maintenance.nights import NightClock
from bot.maintenance.periodic import PeriodicMaintenance
from bot.ports.messenger import Messenger
from bot.registry import compose
from tests.adapters.plays import CHANNEL, Deed, Seen, chosen, is_busy, long_texts, values_of
from tests.adapters.slack.answers import Post
from tests.adapters.slack.driver import Workspace
from tests.support import Room

Json = dict[str, Any]

CHANNELS = {CHANNEL: "C1", "late": "C2", "horror": "C3", "secret": "C4"}
_NAMES = {channel: f"#{name}" for name, channel in CHANNELS.items()}

_QUIET = 0.06
"""Seconds without anything new after which a request counts as answered."""

_ACKNOWLEDGED = 0.3
"""Seconds after an acknowledgement in which the answer to it begins."""

_PATIENCE = 60.0


@dataclass
class SlackPlayer:
    """Members of a workspace, each with what they saw last."""

    club: Workspace
    messenger: Messenger
    room: Room
    prefix: str = ""
    platform: str = "slack"
    last: dict[str, list[Post]] = field(default_factory=lambda: defaultdict(list))
    said: dict[str, str] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)
    _homes: dict[str, Json] = field(default_factory=dict)
    _views: int = 0
    _sent: dict[str, Json] = field(default_factory=dict)
    _kept: dict[str, Json] = field(default_factory=dict)

    async def do(self, deed: Deed) -> Sequence[Seen]:
        """Let a member do something; return all that is seen then."""
        if deed.label:
            return await self._press(deed)
        head, _, rest = deed.what.partition(": ")
        match head.split():
            case ["open", "home"]:
                event = self.club.event(type="app_home_opened", user=_user(deed.who), tab="home")
                return await self._seen(deed, self.club.way.send("events_api", event))
            case ["again"]:
                body = {**self._sent[deed.who], "trigger_id": self.club.trigger()}
                if "actions" in body:
                    action = {**body["actions"][0], "action_ts": self.club.slack.timestamp()}
                    body["actions"] = [action]
                return await self._seen(deed, self.club.way.send("interactive", body))
            case ["sends"]:
                return await self._sends(deed, self._kept[deed.who], values_of(rest))
            case ["writes"]:
                self.said[deed.who] = rest = long_texts(rest)
                return [Seen(f"#{deed.where}", rest)]
            case ["saves", author]:
                body = self.club.on_message(deed.who, _user(author), self.said[author])
                return await self._seen(deed, self.club.way.send("interactive", body))
            case ["shortcut", *_]:
                body = self.club.shortcut(deed.who, WRITE_REVIEW)
                return await self._seen(deed, self.club.way.send("interactive", body))
        return await self._seen(deed, self._say(deed))

    async def pass_time(self, until: datetime) -> Sequence[Seen]:
        """Set the clock, and return what was said unasked."""
        self.room.clock.instant = until
        await PeriodicMaintenance(self.room.store, self.room.clock, self.room.ids).once()
        await NightClock(self.room.store, self.room.bot.handle, self.room.clock).once()
        worker = Worker(self.room.store, self.messenger, self.room.clock, compose, "player")
        return await self._seen(Deed("now", CHANNEL, ""), worker.drain())

    def _say(self, deed: Deed) -> Awaitable[Json]:
        channel = f"D{_user(deed.who)}" if deed.where == "dm" else CHANNELS.get(deed.where, "C1")
        line = _with_ids(deed.what)
        if deed.what.startswith("/"):
            return self.club.way.send(
                "slash_commands", self.club.slash(deed.who, line, channel=channel)
            )
        if deed.where == "dm":
            return self.club.way.send("events_api", self.club.directly(deed.who, line))
        more = {"thread_ts": "1700000000.000001"} if deed.where == "thread" else {}
        body = self.club.mention(deed.who, line, **more)
        if "@matinee" in line:
            body["event"]["text"] = line.replace("@matinee", f"<@{self.club.bot_user}>")
        body["event"]["channel"] = channel
        return self.club.way.send("events_api", body)

    async def _press(self, deed: Deed) -> Sequence[Seen]:
        at_home = deed.where == "home"
        post = None if at_home else self._holding(deed)
        element = _element(self._homes[deed.who]["blocks"] if post is None else post.blocks, deed)
        chosen = _option(element, deed.option)
        body = self._sent[deed.who] = self.club.pressing(deed.who, post, element, chosen)
        if deed.values == {}:
            self._kept[deed.who] = view = await self.club.opened(body)
            self._views = len(self.club.slack.views)
            return [Seen("a form", form_text(view), deed.who)]
        if deed.values is None or not _opens(element, deed):
            return await self._seen(deed, self.club.way.send("interactive", body))
        view = await self.club.opened(body)
        self._views = len(self.club.slack.views)
        form = Seen("a form", form_text(view), deed.who)
        return [form, *await self._sends(deed, view, deed.values)]

    async def _sends(self, deed: Deed, view: Json, values: dict[str, str]) -> Sequence[Seen]:
        """Fill a form in and send it; tell what is wrong in its fields."""
        filled = self._sent[deed.who] = self.club.filled(deed.who, view, **_filled(view, values))

        async def send() -> Json:
            answer = await self.club.way.send("interactive", filled)
            errors = answer.get("errors", {})
            if errors:
                told.append(
                    Seen("the form", "\n".join(f"{n}: {e}" for n, e in errors.items()), deed.who)
                )
            return answer

        told: list[Seen] = []
        seen = await self._seen(deed, send())
        return [*told, *seen]

    def _holding(self, deed: Deed) -> Post:
        """Return the last message that has what is pressed."""
        label = deed.label.partition(" #")[0]
        for post in reversed(self.last[deed.who]):
            if any(_label(each) == label for each in _all_elements(post.blocks)):
                return post
        raise AssertionError(f"{deed.who}: no {label!r}")

    async def _seen(
        self,
        deed: Deed,
        sending: Awaitable[object],
    ) -> list[Seen]:
        """Wait until all is answered; return what is new."""
        self._remember()
        calls = len(self.club.slack.calls)
        await sending
        found: list[Seen] = []
        loop = asyncio.get_running_loop()
        quiet_at, end = loop.time() + _ACKNOWLEDGED, loop.time() + _PATIENCE
        while is_busy() or loop.time() < quiet_at:
            assert loop.time() < end, f"{deed.what}: still being answered"
            await asyncio.sleep(0.01)
            new = self._new(deed)
            if new or len(self.club.slack.calls) > calls:
                calls = len(self.club.slack.calls)
                found += new
                quiet_at = loop.time() + _QUIET
        return found

    def _remember(self) -> None:
        self._known = {p.ts: repr(p.blocks) + p.text for p in self.club.slack.posts}

    def _new(self, deed: Deed) -> list[Seen]:
        found = []
        for post in self.club.slack.posts:
            now = repr(post.blocks) + post.text
            before = self._known.get(post.ts)
            if before != now:
                self._known[post.ts] = now
                found.append(self._seen_post(post, deed, changed=before is not None))
        views = self.club.slack.views[self._views :]
        found += [Seen("a form", form_text(view), deed.who) for view in views]
        self._views = len(self.club.slack.views)
        for user, home in list(self.club.slack.homes.items()):
            name = user[1:].lower()
            if self._homes.get(name) is not home:
                found.append(_seen_home(name, self._homes.get(name), home))
                self._homes[name] = home
        for channel, name, _ in self.club.slack.uploads:
            found.append(Seen(self._where(channel), f"file {name}"))
        self.club.slack.uploads.clear()
        return found

    def _seen_post(self, post: Post, deed: Deed, *, changed: bool) -> Seen:
        reader = post.user[1:].lower() if post.user else ""
        reader = post.channel[2:].lower() if post.channel.startswith("DU") else reader
        for name in [reader] if reader else ("ana", "ben", "cleo", "dan"):
            self.last[name].append(post)
        if not reader and deed.who != "now":
            self.last[deed.who].append(post)
        where = self._where(post.channel) + (" (thread)" if post.thread else "")
        text = text_of(post.blocks) if post.blocks else post.text
        return Seen(where, text, reader, pressable(post.blocks), changed or post.replaces)

    def _where(self, channel: str) -> str:
        return "dm" if channel.startswith("D") else _NAMES.get(channel, channel)


def _seen_home(name: str, before: Json | None, now: Json) -> Seen:
    """Return what is new in App Home, the first time all of it."""
    shown = text_of(now["blocks"]).split("\n")
    pressed = pressable(now["blocks"])
    if before is None:
        return Seen("Home", "\n".join(shown), name, pressed)
    text, labels = text_of(before["blocks"]).split("\n"), pressable(before["blocks"])
    new = [each for each in shown if each not in text]
    return Seen(
        "Home", "\n".join(new) or "(nothing new)", name, [e for e in pressed if e not in labels]
    )


def _user(name: str) -> str:
    return f"U{name.upper()}"


def _with_ids(line: str) -> str:
    """Write members as Slack escapes them."""
    for name in ("ana", "ben", "cleo", "dan"):
        line = line.replace(f"@{name}", f"<@U{name.upper()}|{name}>")
    return line


def _all_elements(blocks: Sequence[Json]) -> Iterator[Json]:
    for block in blocks:
        if block["type"] == "actions":
            yield from block["elements"]


def _label(element: Json) -> str:
    shown: Json = element.get("text") or element["placeholder"]
    return str(shown["text"])


def _element(blocks: Sequence[Json], deed: Deed) -> Json:
    label, _, place = deed.label.partition(" #")
    found = [each for each in _all_elements(blocks) if _label(each) == label]
    labels = [_label(each) for each in _all_elements(blocks)]
    assert found, f"{deed.who}: no {label!r} among {labels}"
    return found[int(place or 1) - 1]


def _option(element: Json, label: str) -> str:
    if element["type"] != "static_select":
        return ""
    options = [each["text"]["text"] for each in element["options"]]
    return str(options[chosen(options, label)])


def _opens(element: Json, deed: Deed) -> bool:
    return _label(element).endswith("…") or deed.values is not None


def _filled(view: Json, values: dict[str, str]) -> dict[str, Any]:
    kinds = {b["block_id"]: b["element"]["type"] for b in view["blocks"] if b["type"] == "input"}
    found: dict[str, Any] = {}
    for name, value in values.items():
        kind = kinds.get(name)
        if kind == "multi_users_select":
            found[name] = [_user(each) for each in value.replace("@", "").split()]
        elif kind == "users_select":
            found[name] = _user(value.removeprefix("@"))
        elif kind in {"conversations_select", "channels_select"}:
            found[name] = CHANNELS[value.removeprefix("#")]
        else:
            found[name] = value
    return found


def pressable(blocks: Sequence[Json]) -> list[str]:
    """Return the labels of all that can be pressed; those of menus with their options."""
    return [_pressed(each) for each in _all_elements(blocks)]


def _pressed(element: Json) -> str:
    if element["type"] != "static_select":
        return _label(element)
    return f"{_label(element)}: {' / '.join(each['text']['text'] for each in element['options'])}"


def text_of(blocks: Sequence[Json]) -> str:
    """Write down what a reader sees of blocks, but for what can be pressed."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Json) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield f"# {block['text']['text']}"
        case "section":
            picture = " [poster]" if "accessory" in block else ""
            yield block["text"]["text"] + picture
        case "context":
            yield "- " + " ".join(_rich(each) for each in block["elements"])
        case "rich_text":
            for each in block["elements"]:
                yield from _rich(each).split("\n")
        case "divider":
            yield "---"
        case "data_visualization":
            yield f"[chart: {block['title']}]"
        case "actions":
            pass
        case kind:
            yield f"[{kind}]"


def _rich(part: Json) -> str:
    match part["type"]:
        case "rich_text_quote":
            return "> " + "".join(map(_rich, part["elements"])).replace("\n", "\n> ")
        case "rich_text_section" | "rich_text_preformatted":
            return "".join(map(_rich, part["elements"]))
        case "rich_text_list":
            return "\n".join(f"* {_rich(each)}" for each in part["elements"])
        case "user":
            return "@" + str(part["user_id"])[1:].capitalize()
        case "channel":
            return str(_NAMES.get(part["channel_id"], "#?"))
        case "date":
            zone = ZoneInfo("Europe/London")
            return f"{datetime.fromtimestamp(part['timestamp'], zone):%a %-d %b %H:%M}"
        case "image":
            return "[picture]"
    text = str(part.get("text") or part.get("url") or "")
    return f"`{text}`" if (part.get("style") or {}).get("code") else text


def form_text(view: Json) -> str:
    """Write down a modal: its title, and each field with what it holds."""
    lines = [f"# {view['title']['text']}  [{(view.get('submit') or {}).get('text', '')}]"]
    for block in view["blocks"]:
        if block["type"] != "input":
            lines += _lines(block)
            continue
        element = block["element"]
        hint = f" - {block['hint']['text']}" if block.get("hint") else ""
        optional = "" if block.get("optional") else " (needed)"
        now = _now(element)
        lines.append(f"{block['label']['text']}{optional}{hint}: {now}")
    return "\n".join(lines)


def _now(element: Json) -> str:
    option = element.get("initial_option")
    if option:
        return f"= {option['text']['text']}"
    for name in ("initial_value", "initial_date", "initial_conversation", "initial_user"):
        if element.get(name):
            shown = str(element[name])
            return f"= {_NAMES.get(shown, shown)}"
    if element.get("initial_users"):
        return f"= {', '.join(each[1:].capitalize() for each in element['initial_users'])}"
    options = " / ".join(each["text"]["text"] for each in element.get("options", ()))
    shown = (element.get("placeholder") or {}).get("text", "")
    return f"[{element['type']}{' ' + shown if shown else ''}{': ' + options if options else ''}]"
