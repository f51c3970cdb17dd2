"""A club to talk to in tests: the real core on a real database, with a clock that tests move."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.delivery.worker import Worker
from bot.domain.errors import Rejected
from bot.domain.ids import ClubId, DeliveryId, MemberId, PlaceId
from bot.domain.nights import Stage
from bot.language.grammar.forms import with_value
from bot.maintenance.nights import NightClock
from bot.maintenance.periodic import PeriodicMaintenance
from bot.messages.commands import Command
from bot.messages.plain_text import plain
from bot.messages.replies import (
    Action,
    Actions,
    Button,
    Fields,
    FilmCard,
    FilmItem,
    FilmList,
    Footnote,
    Heading,
    Paragraph,
    Quote,
    Reply,
)
from bot.messages.requests import Caller, Request, Role
from bot.messages.spans import Plain
from bot.ports.store import EVERYWHERE, Store
from bot.registry import compose
from bot.service import Bot

SHARED = Path(__file__).parents[2] / "shared" / "data"
"""Larger data, beside the checkout; most machines have none."""


@dataclass
class HandClock:
    """A clock that stands still until it is moved."""

    instant: datetime = datetime(2024, 1, 20, 12, tzinfo=UTC)
    seconds: float = 0.0

    def now(self) -> datetime:
        return self.instant

    def elapsed(self) -> float:
        return self.seconds

    def forward(self, **amount: float) -> None:
        passed = timedelta(**amount)
        self.instant += passed
        self.seconds += passed.total_seconds()

    def set_by(self, **amount: float) -> None:
        """Set the clock forward, or back where negative: no time passes."""
        self.instant += timedelta(**amount)


@dataclass
class CountingIds:
    """Names in order, so that a run can be repeated."""

    count: int = 0

    def new(self) -> str:
        self.count += 1
        return f"i{self.count:06}"


@dataclass
class Mailbox:
    """A messenger that keeps what it was given, once per delivery id, as the platforms do.

    It is refused at the places that are `closed`. `messages` are those sent since they were last
    taken; `shown` is all that can be read, as it was last edited.
    """

    messages: dict[DeliveryId, tuple[PlaceId, Reply]] = field(default_factory=dict)
    shown: dict[DeliveryId, tuple[PlaceId, Reply]] = field(default_factory=dict)
    closed: set[PlaceId] = field(default_factory=set)

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        if place in self.closed:
            raise Rejected("closed to us")
        if delivery_id not in self.messages:
            self.messages[delivery_id] = self.shown[delivery_id] = (place, reply)
        return f"message-{delivery_id}"

    async def edit(
        self, place: PlaceId, message: str, reply: Reply, *, delivery_id: DeliveryId
    ) -> None:
        assert message == f"message-{delivery_id}"
        self.shown[delivery_id] = (place, reply)

    async def delete(self, place: PlaceId, message: str) -> None:
        del place
        self.shown.pop(DeliveryId(message.removeprefix("message-")), None)

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        del place, since
        return f"message-{delivery_id}" if delivery_id in self.messages else None

    @property
    def reach(self) -> Collection[str]:
        return EVERYWHERE

    def direct_place(self, place: PlaceId, member_id: MemberId) -> PlaceId | None:
        return PlaceId(f"{place.partition('#')[0]}@{member_id.rpartition(':')[2]}")

    def remembers(self, place: PlaceId) -> timedelta:
        del place
        return timedelta(minutes=2)

    def take(self) -> list[tuple[PlaceId, Reply]]:
        """Return and forget all messages."""
        taken = list(self.messages.values())
        self.messages.clear()
        return taken


@dataclass
class Room:
    """One club with its bot; members speak, replies come back."""

    bot: Bot
    store: Store
    clock: HandClock
    ids: CountingIds
    mailbox: Mailbox
    club: str = "test:club"
    requests: int = 0

    async def say(
        self,
        member: str,
        content: str | Command,
        *,
        admin: bool = False,
        attachment: str | None = None,
        request_id: str | None = None,
    ) -> Reply:
        """Let a member say something and return the answer."""
        self.requests += 1
        caller = self.caller(member, admin=admin)
        request = Request(
            request_id or f"{self.club} {self.requests}", caller, content, attachment, "file.txt"
        )
        return await self.bot.handle(request)

    async def bring(self, member: str, file: str | bytes, name: str = "ratings.csv") -> Reply:
        """Send a file of films; return its preview."""
        data = file.encode() if isinstance(file, str) else file
        caller = self.caller(member)
        return await self.bot.handle(
            Request(self.ids.new(), caller, "/import", attachment_name=name, upload=data)
        )

    async def say_from(
        self,
        member: str,
        content: str | Command,
        *,
        place: PlaceId | None = None,
        may_post: bool = True,
        closed: bool = False,
    ) -> Reply:
        """Let a member say something in another place, or in one that not everybody may use."""
        self.requests += 1
        caller = self.caller(member)
        caller = replace(caller, place=place or caller.place, may_post=may_post, closed=closed)
        return await self.bot.handle(Request(f"{self.club} {self.requests}", caller, content))

    def caller(self, member: str, *, admin: bool = False) -> Caller:
        return Caller(
            club_id=ClubId(self.club),
            member_id=MemberId(f"test:{member}"),
            name=member,
            place=PlaceId(f"{self.club}#room"),
            direct=PlaceId(f"{self.club}@{member}"),
            roles=frozenset({Role.ADMIN}) if admin else frozenset(),
        )

    async def press(self, member: str, reply: Reply, label: str) -> Reply:
        """Press the button of this label."""
        return await self.say(member, button(reply, label).command)

    async def open_film(self, member: str, reply: Reply, place: int = 1) -> Reply:
        """Open the film at this place of the reply's first list, from 1."""
        lists = (each.choice for each in reply.blocks if isinstance(each, FilmList))
        choice = next(each for each in lists if each is not None)
        value = choice.options[place - 1].value
        return await self.say(member, with_value(choice.command, choice.field, value))

    def other(self, club: str) -> "Room":
        """Open another club on the same database."""
        return replace(self, club=club)

    async def film_began(self) -> None:
        """Let the time come at which the film that was decided for the next night has begun."""
        async with self.store.reading(ClubId(self.club)) as work:
            decided = [each for each in await work.nights.open() if each.stage is Stage.DECIDED]
        self.clock.instant = max(self.clock.instant, decided[0].starts_at + timedelta(minutes=1))

    async def deliver(self) -> list[tuple[PlaceId, Reply]]:
        """Let time do its work: plans are looked after, a worker says what is due. Return that."""
        await PeriodicMaintenance(self.store, self.clock, self.ids).once()
        await NightClock(self.store, self.bot.handle, self.clock).once()
        worker = Worker(self.store, self.mailbox, self.clock, compose, "tester")
        await worker.drain()
        return self.mailbox.take()


def button(reply: Reply, label: str) -> Button:
    """Find a button by its label."""
    for action in actions(reply):
        if isinstance(action, Button) and action.label == label:
            return action
    raise AssertionError(f"no button {label!r} among {[each.label for each in actions(reply)]}")


def actions(reply: Reply) -> list[Action]:
    """Collect everything that can be pressed, in order."""
    found: list[Action] = []
    for block in reply.blocks:
        match block:
            case Actions(each):
                found += each
            case FilmList(items, choice=choice):
                found += [action for item in items for action in item.actions]
                found += [choice] if choice else []
    return found


def items(reply: Reply) -> Sequence[FilmItem]:
    """Collect the films of a reply's lists."""
    return [item for block in reply.blocks if isinstance(block, FilmList) for item in block.items]


def text(reply: Reply) -> str:
    """Flatten a reply to plain lines, spoilers hidden: for searching, not for reading."""
    lines: list[str] = []
    for block in reply.blocks:
        match block:
            case Heading(spans) | Paragraph(spans) | Footnote(spans):
                lines.append(plain(spans))
            case Quote(spans, source):
                lines.append(f"{plain(spans)} — {plain(source)}")
            case Fields(fields):
                lines += [f"{each.name}: {plain(each.spans)}" for each in fields]
            case FilmCard(title=title, year=year, facts=facts, logline=logline, byline=byline):
                lines += [f"{title} ({year})", *([plain(byline)] if byline else [])]
                lines.append(plain(logline))
                lines += [f"{f.name}: {plain(f.spans)}" for f in facts]
            case FilmList(films):
                for film in films:
                    lines.append(f"{film.title} ({film.year})")
                    lines += [plain(film.byline)] if film.byline else []
                    lines += [plain(line) for line in film.told]
    return "\n".join(lines)


def said_plainly(told: str) -> tuple[Paragraph, ...]:
    """Return a text as the only paragraph of a reply."""
    return (Paragraph((Plain(told),)),)
