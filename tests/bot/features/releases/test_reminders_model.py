"""Reminders beside a plain model: whatever happens in between, each is heard once, in its time."""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.domain.films.film import Film, Release, ReleaseKind
from bot.domain.films.reminders import due_for
from bot.domain.ids import ClubId, FilmId, PlaceId
from bot.messages.plain_text import plain
from bot.messages.replies import Paragraph, Reply
from bot.messages.spans import Mention
from tests.support import Room, items

MEMBERS = ("ana", "ben", "cleo")
ZONES = ("Europe/London", "Pacific/Kiritimati", "Pacific/Honolulu", "America/St_Johns")
FILMS = {name: FilmId(name) for name in ("weekend-2011", "carol-2015", "her-2013")}
TITLES = {"weekend-2011": "Weekend (2011)", "carol-2015": "Carol (2015)", "her-2013": "Her (2013)"}

Key = tuple[str, str, bool]
"""Who, which film, and whether in private."""


@dataclass
class Wish:
    """What a member waits for, as the model has it."""

    day: date | None = None
    due: datetime | None = None
    heard: bool = False
    fixed: bool = False


class World:
    """The real bot, and beside it what ought to happen."""

    def __init__(self, room: Room, seed: int) -> None:
        self.room, self.chance = room, random.Random(seed)
        self.wishes: dict[Key, Wish] = {}
        self.days: dict[str, date | None] = dict.fromkeys(FILMS)
        self.hour, self.zone = time(9), ZONES[0]
        self.zones: dict[str, str] = {}
        self.heard = 0

    @property
    def now(self) -> datetime:
        return self.room.clock.now()

    async def step(self) -> None:
        """Let one thing happen, and then some time go by."""
        act = self.chance.choice(
            [
                *[self.remind] * 3,
                *[self.move] * 2,
                self.cancel,
                self.snooze,
                self.set_club,
                self.set_member,
            ]
        )
        await act()
        self.realign()
        await self.listen()
        self.room.clock.forward(minutes=self.chance.choice([1, 30, 7 * 60, 26 * 60, 60 * 60]))
        await self.listen()

    async def remind(self) -> None:
        who, film, direct = key = self.any_key()
        day = self.days[film]
        if day and due_for(day, timedelta(), self.hour, self.zone_of(key), self.now) == self.now:
            await self.move(film)  # out already: nothing to remind of
            return
        for each in [each for each in self.wishes if each[:2] == key[:2]]:
            del self.wishes[each]  # one reminder of a release is enough
        self.wishes[key] = Wish()
        where = "dm" if direct else "here"
        await self.room.say(who, f"/remind id:{film} {where}")

    async def cancel(self) -> None:
        key = self.open_key()
        if key:
            del self.wishes[key]
            await self.room.say(key[0], f"/remind cancel {TITLES[key[1]]}")

    async def snooze(self) -> None:
        key = self.open_key()
        if key and (due := self.wishes[key].due):
            self.wishes[key] = Wish(self.wishes[key].day, due + timedelta(days=2), fixed=True)
            await self.room.say(key[0], f"/remind snooze {TITLES[key[1]]} 2d")

    async def move(self, film: str = "") -> None:
        film = film or self.chance.choice(list(FILMS))
        day = (self.now + timedelta(days=self.chance.randint(-1, 4))).date()
        self.days[film] = day if self.chance.random() < 0.85 else None
        await self.shelve()

    async def shelve(self) -> None:
        async with self.room.store.reading(ClubId(self.room.club)) as work:
            films = await work.films.many(list(FILMS.values()))
        changed = [replace(each, releases=self.releases(each)) for each in films.values()]
        await self.room.store.catalogue.put(changed, source="starter", digest=self.room.ids.new())

    def releases(self, film: Film) -> tuple[Release, ...]:
        day = self.days[film.film_id]
        return (Release("GB", ReleaseKind.CINEMA, day),) if day else ()

    async def set_club(self) -> None:
        self.zone = self.chance.choice(ZONES)
        self.hour = time(self.chance.choice([0, 9, 23]), self.chance.choice([0, 30]))
        await self.room.say("ana", f"/setup zone {self.zone} hour {self.hour:%H:%M}", admin=True)

    async def set_member(self) -> None:
        who = self.chance.choice(MEMBERS)
        self.zones[who] = self.chance.choice(ZONES)
        await self.room.say(who, f"/settings zone {self.zones[who]}")

    def any_key(self) -> Key:
        film = self.chance.choice(list(FILMS))
        return self.chance.choice(MEMBERS), film, self.chance.random() < 0.5

    def open_key(self) -> Key | None:
        open_ = [key for key, wish in self.wishes.items() if not wish.heard]
        return self.chance.choice(open_) if open_ else None

    def zone_of(self, key: Key) -> str:
        return self.zones.get(key[0], self.zone) if key[2] else self.zone

    def realign(self) -> None:
        """Let every wish follow its film's day, and the clocks."""
        yesterday = (self.now - timedelta(days=1)).date()
        for key, wish in self.wishes.items():
            past = wish.day is not None and wish.day < yesterday
            day = self.days[key[1]]
            if day == wish.day and (wish.heard or wish.fixed or wish.day is None):
                continue
            if (day != wish.day and past) or (
                wish.due and wish.due <= self.now and day == wish.day
            ):
                continue
            due = None
            if day:
                due = due_for(day, timedelta(), self.hour, self.zone_of(key), self.now)
            self.wishes[key] = Wish(day, due)

    async def listen(self) -> None:
        """Compare what is heard now with what ought to be.

        What falls due in the very second in which its place was spoken to comes a second later.
        """
        self.room.clock.forward(seconds=3)
        self.realign()
        expected = sorted(
            key
            for key, wish in self.wishes.items()
            if wish.due and wish.due <= self.now and not wish.heard
        )
        for key in expected:
            self.wishes[key].heard = True
        self.heard += len(expected)
        heard = sorted(each for due in await self.room.deliver() for each in _heard(*due))
        assert heard == expected, f"at {self.now}"


def _heard(place: PlaceId, reply: Reply) -> list[Key]:
    """Return who heard of which film in a message; nothing for news of moved days."""
    lead = next(block for block in reply.blocks if isinstance(block, Paragraph))
    if any(
        words in plain(lead.spans)
        for words in (" has moved", " now has a release date", " has no day")
    ):
        return []
    names = [span.name for span in lead.spans if isinstance(span, Mention)]
    direct = "@" in place
    if not items(reply):
        film = next(film for film, title in TITLES.items() if title in plain(lead.spans))
        return [(name, film, direct) for name in names]
    found = []
    for item in items(reply):
        _, _, those = plain(item.lines[0]).partition(" · for ")
        found += [(name, str(item.film_id), direct) for name in names if not those or name in those]
    return found


async def _live(room: Room, seed: int) -> int:
    """Let a club live for about six weeks; return how many reminders were heard."""
    world = World(room, seed)
    await world.shelve()
    for _ in range(60):
        await world.step()
    return world.heard


@pytest.mark.parametrize("seed", range(3))
async def test_each_reminder_is_heard_once_in_its_time(room: Room, seed: int) -> None:
    assert await _live(room, seed) > 0  # these seeds were seen to come to something


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 400))
async def test_each_reminder_is_heard_once_in_its_time_at_length(room: Room, seed: int) -> None:
    await _live(room, seed)
