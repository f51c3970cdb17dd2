"""Plays a club in the tests' Discord, and writes down what its members see."""

import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.delivery.worker import Worker
from bot.maintenance.nights import NightClock
from bot.maintenance.periodic import PeriodicMaintenance
from bot.ports.messenger import Messenger
from bot.registry import compose
from tests.adapters.discord.bodies import walk
from tests.adapters.discord.conftest import Town
from tests.adapters.discord.exchange import Exchange
from tests.adapters.discord.payloads import BOT, Json, Person, Server
from tests.adapters.discord.reading import read
from tests.adapters.discord.seeing import ephemeral
from tests.adapters.plays import Deed, Seen, chosen, idle, long_texts, values_of

MODAL, SUGGESTIONS = 9, 8

_GIVEN = re.compile(r"(?<!\S)(?P<name>[a-z_0-9]+):")


@dataclass
class DiscordPlayer:
    """Members of a server, each with what they saw last. `channels`: numbers by their names."""

    town: Town
    people: dict[str, Person]
    channels: dict[str, int]
    messenger: Messenger
    platform: str = "discord"
    last: dict[str, list[tuple[Json, Server | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    said: dict[str, str] = field(default_factory=dict)
    _pressed_again: dict[str, Callable[[], Awaitable[tuple[Exchange, Server | None]]]] = field(
        default_factory=dict
    )
    _kept: dict[str, tuple[Exchange, Server | None]] = field(default_factory=dict)

    async def do(self, deed: Deed) -> Sequence[Seen]:
        """Let a member do something; return all that is seen then."""
        person = self.people[deed.who]
        server = self._server(deed.where)
        before = self._all()
        if deed.label:
            return await self._press(deed, person, before)
        head, _, rest = deed.what.partition(": ")
        match head.split():
            case ["again"]:
                exchange, server = await self._pressed_again[deed.who]()
                return await self._told(deed, exchange, before, server)
            case ["sends"]:
                exchange, server = self._kept[deed.who]
                return await self._sends(deed, exchange, server, values_of(rest), before)
            case ["writes"]:
                self.said[deed.who] = rest = long_texts(rest)
                return [Seen(f"#{deed.where}", rest)]
            case ["types"]:
                return [await self._typing(deed, person, server, rest)]
            case ["saves", author]:
                exchange = await self.town.discord.save_message(
                    person, server, self.people[author], self.said[author]
                )
                return await self._told(deed, exchange, before, server)
            case ["match", other]:
                data = {"id": "79", "name": "Taste match", "type": 2}
                data |= {"target_id": str(self.people[other].number)}
                exchange = await self.town.discord.does(person, 2, data, server)
                return await self._told(deed, exchange, before, server)
        if deed.what.startswith("/"):
            name, given = self._given(deed.what)
            exchange = await self.town.discord.slash(person, server, name, **given)
            return await self._told(deed, exchange, before, server)
        return await self._says(deed, person, server, before)

    async def pass_time(self, until: datetime) -> Sequence[Seen]:
        """Set the clock, and return what was said unasked."""
        room = self.town.room
        room.clock.instant = until
        before = self._all()
        await PeriodicMaintenance(room.store, room.clock, room.ids).once()
        await NightClock(room.store, room.bot.handle, room.clock).once()
        await Worker(room.store, self.messenger, room.clock, compose, "player").drain()
        return self._new(before)

    def _server(self, where: str) -> Server | None:
        if where == "dm":
            return None
        server, here = self.town.server, self.channels[where]
        server.channels = (here, *(each for each in server.channels if each != here))
        return server

    def _given(self, line: str) -> tuple[str, dict[str, object]]:
        """Read `/film film:Her` as Discord sends it."""
        name, _, rest = line[1:].partition(" ")
        parts = list(_GIVEN.finditer(rest))
        ends = [*(each.start() for each in parts[1:]), len(rest)][: len(parts)]
        types = {
            each["name"]: each["type"]
            for each in next(e for e in self.town.discord.registered if e["name"] == name)[
                "options"
            ]
        }
        given: dict[str, object] = {}
        for part, end in zip(parts, ends, strict=True):
            value: object = rest[part.end() : end].strip()
            kind = types[part["name"]]
            if kind == 6:
                value = str(self.people[str(value).removeprefix("@")].number)
            elif kind == 7:
                value = str(self.channels[str(value).removeprefix("#")])
            elif kind == 5:
                value = value == "True"
            elif kind == 4:
                value = int(str(value))
            else:
                value = self._with_numbers(str(value))
            given[part["name"]] = value
        return name, given

    def _with_numbers(self, text: str) -> str:
        for name, person in self.people.items():
            text = text.replace(f"@{name}", f"<@{person.number}>")
        return text

    async def _typing(self, deed: Deed, person: Person, server: Server | None, line: str) -> Seen:
        name, given = self._given(line)
        focused = list(given)[-1]
        choices = await self.town.discord.typing(person, server, name, focused, **given)
        return Seen("suggestions", "\n".join(each["name"] for each in choices[:6]), deed.who)

    async def _says(
        self, deed: Deed, person: Person, server: Server | None, before: dict[str, str]
    ) -> Sequence[Seen]:
        named = "@matinee" in deed.what or server is None
        text = deed.what.replace("@matinee", f"<@{BOT}>") if named else f"<@{BOT}> {deed.what}"
        count = sum(map(len, self.town.discord.messages.values()))
        others = [each for name, each in self.people.items() if f"@{name}" in text]
        await self.town.discord.says(person, server, self._with_numbers(text), mentions=others)
        await self.town.discord.settled_messages(count)
        await idle()
        return self._new(before, deed)

    async def _press(self, deed: Deed, person: Person, before: dict[str, str]) -> Sequence[Seen]:
        source, server, part = self._pressed(deed)
        discord = self.town.discord

        async def press() -> tuple[Exchange, Server | None]:
            if part["type"] != 3:
                return await discord.press(person, server, source, part["custom_id"]), server
            place = chosen([each["label"] for each in part["options"]], deed.option)
            value = part["options"][place]["value"]
            return await discord.choose(person, server, source, part["custom_id"], value), server

        self._pressed_again[deed.who] = press
        exchange, _ = await press()
        if exchange.kind != MODAL or deed.values is None:
            return await self._told(deed, exchange, before, server)
        form = Seen("a form", self._form(exchange), deed.who)
        if not deed.values:
            self._kept[deed.who] = exchange, server
            return [form]
        return [form, *await self._sends(deed, exchange, server, deed.values, before)]

    async def _sends(
        self,
        deed: Deed,
        form: Exchange,
        server: Server | None,
        values: dict[str, str],
        before: dict[str, str],
    ) -> Sequence[Seen]:
        typed = {name: self._typed(name, value) for name, value in values.items()}
        sent = await self.town.discord.submit(self.people[deed.who], server, form, typed)
        return await self._told(deed, sent, before, server)

    def _typed(self, name: str, value: str) -> object:
        """Write a value of a form as Discord sends it."""
        if name == "switches":
            return value.split(",")
        if name == "channel":
            return [str(self.channels[value.removeprefix("#")])]
        if name in {"member", "members"}:
            return [str(self.people[each.strip("@ ")].number) for each in value.split(",")]
        return value

    def _pressed(self, deed: Deed) -> tuple[Json, Server | None, Json]:
        """Find what is pressed on the last message that has it."""
        label, _, place = deed.label.partition(" #")
        for source, server in reversed(self.last[deed.who]):
            parts = [e for e in walk(source["components"]) if e["type"] in {2, 3}]
            found = [e for e in parts if (e.get("label") or e.get("placeholder")) == label]
            if found:
                return source, server, found[int(place or 1) - 1]
        raise AssertionError(f"{deed.who}: no {label!r}")

    # What is seen --------------------------------------------------------------------------------

    async def _told(
        self, deed: Deed, exchange: Exchange, before: dict[str, str], server: Server | None
    ) -> Sequence[Seen]:
        if exchange.kind == MODAL:
            return [Seen("a form", self._form(exchange), deed.who)]
        await idle()
        shown = exchange.shown
        self.last[deed.who].append((shown, server))
        found = []
        if ephemeral(shown) or server is None:
            where = "dm" if server is None else self._name_of(exchange.channel)
            changed = exchange.kind == 7
            found.append(Seen(where, self.text_of(shown), deed.who, pressable(shown), changed))
            before[shown["id"]] = repr(shown)
        return [*found, *self._new(before, deed)]

    def _all(self) -> dict[str, str]:
        messages = self.town.discord.messages.values()
        return {each["id"]: repr(each) for there in messages for each in there}

    def _new(self, before: dict[str, str], deed: Deed | None = None) -> list[Seen]:
        found = []
        for channel, messages in self.town.discord.messages.items():
            for each in messages:
                former = before.get(each["id"])
                if former == repr(each):
                    continue
                reader = next(
                    (
                        n
                        for n, p in self.people.items()
                        if self.town.discord.directs.get(p.number) == channel
                    ),
                    "",
                )
                server = None if reader else self.town.server
                for name in [reader] if reader else [deed.who] if deed else list(self.people):
                    self.last[name].append((each, server))
                where = "dm" if reader else self._name_of(channel)
                found.append(
                    Seen(where, self.text_of(each), reader, pressable(each), former is not None)
                )
        return found

    def _name_of(self, channel: int) -> str:
        return next((f"#{n}" for n, number in self.channels.items() if number == channel), "dm")

    def text_of(self, message: Json) -> str:
        """Write down what a reader sees of a message, but for what can be pressed."""
        lines = [self._read(message["content"])] if message["content"] else []
        lines += list(self._lines(message["components"]))
        return "\n".join(lines)

    def _lines(self, items: Sequence[Json]) -> Iterator[str]:
        for item in items:
            match item["type"]:
                case 10:
                    yield self._read(item["content"])
                case 14:
                    yield "---"
                case 9:
                    inner = "\n".join(self._lines(item["components"]))
                    yield inner + (" [poster]" if item["accessory"]["type"] == 11 else "")
                case 13:
                    yield f"file {item['file']['url'].partition('//')[2]}"
                case 12:
                    yield "[picture]"
                case _:
                    yield from self._lines(item.get("components") or ())

    def _read(self, markdown: str) -> str:
        return "\n".join(self._read_line(line) for line in markdown.split("\n"))

    def _read_line(self, line: str) -> str:
        found = []
        for piece in read(line):
            text = piece.text
            marks = set(piece.marks)
            if "hidden" in marks:
                text = "▮" * len(text)
            if "time" in marks:
                moment = datetime.fromtimestamp(int(text), ZoneInfo("Europe/London"))
                text = f"{moment:%a %-d %b %H:%M}"
            if "mention" in marks:
                text = self._mentioned(text)
            if "code" in marks:
                text = f"`{text}`"
            if not text and piece.marks:
                text = {"-#": "- ", ">": "> "}.get(piece.marks[0], f"{piece.marks[0]} ")
            found.append(text)
        return "".join(found)

    def _mentioned(self, text: str) -> str:
        number = int(re.sub(r"\D", "", text) or 0)
        for name, person in self.people.items():
            if person.number == number:
                return f"@{name.capitalize()}"
        return next((f"#{n}" for n, c in self.channels.items() if c == number), text)

    def _form(self, exchange: Exchange) -> str:
        modal = exchange.body["data"]
        lines = [f"# {modal['title']}"]
        for label in modal["components"]:
            if label["type"] == 10:
                lines.append(label["content"])
                continue
            part = label["component"]
            hint = f" - {label['description']}" if label.get("description") else ""
            lines.append(f"{label['label']}{hint} ({part['custom_id']}): {self._held(part)}")
        return "\n".join(lines)

    def _held(self, part: Json) -> str:
        options = part.get("options") or ()
        chosen = [each["label"] for each in options if each.get("default")]
        if part.get("default_values"):
            names = [self._mentioned(str(each["id"])) for each in part["default_values"]]
            return f"= {', '.join(names)}"
        if chosen:
            return f"= {', '.join(chosen)}"
        if part.get("value"):
            return f"= {part['value']}"
        kinds = {
            4: "text",
            21: "radio",
            22: "ticks",
            19: "file",
            8: "channel",
            5: "member",
            3: "menu",
        }
        offered = " / ".join(each["label"] for each in options)
        return f"[{kinds.get(part['type'], part['type'])}{': ' + offered if offered else ''}]"


def pressable(message: Json) -> list[str]:
    """Return the labels of all that can be pressed; those of menus with their options."""
    found = []
    for each in walk(message["components"]):
        if each["type"] == 2:
            found.append(each["label"])
        elif each["type"] == 3:
            options = " / ".join(option["label"] for option in each["options"])
            found.append(f"{each['placeholder']}: {options}")
    return found
