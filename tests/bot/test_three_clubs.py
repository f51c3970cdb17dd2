"""Three clubs of the same people at random work: no word reaches who may not read it, files included.

Every text holds a word of its own. A plain model knows who may read it now; whatever Matinee says or hands over is
searched for such words.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from bot.domain.ids import ClubId, MemberId
from bot.features.reviews.commands import DeleteReviewCommand
from bot.features.transfer.commands import (
    SaveImportCommand,
    ShareImportCommand,
    TakeLikelyCommand,
    UndoImportCommand,
)
from bot.messages.commands import Command
from bot.messages.replies import Button, Document, Reply
from tests.support import Room, actions

CLUBS = ("test:one", "test:two", "test:one'%_")
MEMBERS = ("ana", "ben", "cleo")
ADMIN = "dana"
FILMS = {
    "Heat": "heat-1995", "Carol": "carol-2015", "Aftersun": "aftersun-2022", "Yi Yi": "yi-yi-2000",
    "Moonlight": "moonlight-2016",
}  # fmt: skip
WORD = re.compile(r"zq\d+q")

Place = tuple[str, str, str]
"""Club, member and film of a review."""


@dataclass
class Said:
    """A text by its own word: whose it is, and who may read it."""

    place: Place
    private: bool
    gone: bool = False
    """Changed or deleted: its author alone may have it, as a former version."""
    forgotten: bool = False


@dataclass
class Imported:
    """An import that was saved: its reply with the buttons, its words, and whether time is left."""

    reply: Reply
    words: list[str]


@dataclass
class Clubs:
    """The clubs, and what a plain model knows of them."""

    rooms: dict[str, Room]
    chance: random.Random
    said: dict[str, Said] = field(default_factory=dict)
    now: dict[Place, str] = field(default_factory=dict)
    hidden: set[Place] = field(default_factory=set)
    muted: set[tuple[str, str]] = field(default_factory=set)
    exports: dict[tuple[str, str], str] = field(default_factory=dict)
    imports: dict[tuple[str, str], Imported] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    looked_through: dict[int, tuple[Reply, set[str]]] = field(default_factory=dict)

    @property
    def room(self) -> Room:
        return self.rooms[CLUBS[0]]

    # Who may read what ----------------------------------------------------------------------------

    def new_word(self, place: Place, *, private: bool) -> str:
        word = f"zq{len(self.said)}q"
        self.said[word] = Said(place, private)
        return word

    def put(self, place: Place, word: str) -> None:
        """Let a word be what its author says of the film now."""
        if place in self.now:
            self.said[self.now[place]].gone = True
        self.now[place] = word

    def take_away(self, place: Place) -> None:
        self.said[self.now.pop(place)].gone = True

    def may_read(self, club: str, member: str | None, word: str) -> bool:
        """Tell whether a member may find a word; None: everybody in the channel can."""
        said = self.said[word]
        of_club, author, _ = said.place
        if of_club != club or said.forgotten:
            return False
        if member == author:
            return True
        if said.gone or said.private:
            return False
        if said.place in self.hidden:
            return member == ADMIN  # who looks through what is hidden
        return (club, author) not in self.muted

    def check(self, club: str, member: str | None, reply: Reply) -> None:
        """Search all that a reply holds, its buttons' commands too."""
        for word in self.words_in(reply):
            assert self.may_read(club, member, word), (club, member, word, self.said[word], reply)
            author = self.said[word].place[1]
            self.seen["own" if member == author else "others'"] += 1

    def words_in(self, reply: Reply) -> set[str]:
        """Return the words of a reply; what stays in a channel is looked through once."""
        if id(reply) not in self.looked_through:
            self.looked_through[id(reply)] = (reply, set(WORD.findall(repr(reply))))
        return self.looked_through[id(reply)][1]

    # What is done ---------------------------------------------------------------------------------

    async def say(self, club: str, member: str, content: str | Command) -> Reply:
        self.room.clock.forward(seconds=self.chance.choice((1, 7, 300)))
        reply = await self.rooms[club].say(member, content, admin=member == ADMIN)
        self.check(club, member, reply)
        return reply

    def somewhere(self) -> tuple[str, str, str]:
        film = self.chance.choice(list(FILMS))
        return self.chance.choice(CLUBS), self.chance.choice(MEMBERS), film

    async def write(self) -> None:
        place = club, member, film = self.somewhere()
        private = self.chance.random() < 0.4
        former = self.now.get(place)
        stays_private = former is not None and self.said[former].private
        word = self.new_word(place, private=private or stays_private)
        flag = " --private" if private else ""
        reply = await self.say(club, member, f"/review {film} 4/5 {word} in the rain.{flag}")
        assert word in repr(reply)
        self.put(place, word)

    async def delete(self) -> None:
        place = club, member, film = self.somewhere()
        async with self.room.store.reading(ClubId(club)) as work:
            theirs = await work.reviews.of_member(MemberId(f"test:{member}"))
        for each in theirs:
            if each.film_id == FILMS[film]:
                await self.say(club, member, DeleteReviewCommand(each.review_id))
                if place in self.now:
                    self.take_away(place)

    async def look(self) -> None:
        club, member, film = self.somewhere()
        line = self.chance.choice((
            f"/reviews {film}", f"/review {film}", f"/film {film}", "/reviews @ana", "/reviews @ben", "/reviews", "/me @cleo",
            "/stats", "/year", "/match @ben", "/recommend for everyone", f"/recommend like {film}", "/recent",
            "/ask what did anybody say of the rain?", "/me", "/privacy", "/import", "/export club",
        ))  # fmt: skip
        await self.say(club, self.chance.choice((member, ADMIN)), line)

    async def moderate(self) -> None:
        place = club, member, film = self.somewhere()
        act = self.chance.choice(("hide", "unhide", "mute", "unmute", "hidden", "log"))
        if act in {"hide", "unhide"}:
            if place not in self.now:
                return
            reply = await self.say(club, ADMIN, f"/moderate {act} {film} @{member}")
            if reply.summary.startswith(("Hidden:", "Visible again:")):
                (self.hidden.add if act == "hide" else self.hidden.discard)(place)
        elif act in {"mute", "unmute"}:
            reply = await self.say(club, ADMIN, f"/moderate {act} @{member}")
            if reply.summary.startswith("Muted:") or "is heard again" in reply.summary:
                (self.muted.add if act == "mute" else self.muted.discard)((club, member))
        else:
            await self.say(club, ADMIN, f"/moderate {act}")

    async def bring_in(self) -> None:
        """Bring a table in, and save it, drop it, or leave it."""
        club, member, _ = self.somewhere()
        films = self.chance.sample(list(FILMS), 3)
        words = {film: self.new_word((club, member, film), private=True) for film in films}
        rows = "".join(f"{film},3,{word} in the snow.\n" for film, word in words.items())
        await self._import(club, member, f"Title,Rating,Review\n{rows}", "r.csv", words)

    async def bring_back(self) -> None:
        """Bring in what the member took along earlier, perhaps before they were forgotten."""
        club, member, _ = self.somewhere()
        if written := self.exports.get((club, member)):
            there = {each["title"]: each for each in json.loads(written)["films"]}
            words: dict[str, str] = {}
            for film, each in there.items():
                for word in WORD.findall(each.get("text", "")):
                    self.said[word].forgotten = False  # their own file tells it again
                    words[film] = word
                    if (club, member, film) not in self.now:  # else what is said here stands
                        self.said[word].private = not each.get("public")
                for word in WORD.findall(json.dumps(each.get("former", []))):
                    self.said[word].forgotten = False
            await self._import(club, member, written, "matinee.json", words)

    async def _import(
        self, club: str, member: str, data: str, name: str, words: dict[str, str]
    ) -> None:
        self.room.clock.forward(seconds=5)
        reply = await self.rooms[club].bring(member, data, name)
        self.check(club, member, reply)
        if take := _command(reply, TakeLikelyCommand):
            reply = await self.say(club, member, take)
        if not (save := _command(reply, SaveImportCommand)) or self.chance.random() < 0.2:
            return
        new = {film: word for film, word in words.items() if (club, member, film) not in self.now}
        reply = await self.say(club, member, save)
        for film, word in new.items():
            self.said[word].gone = False
            self.put((club, member, film), word)
        if _command(reply, ShareImportCommand):
            self.imports[club, member] = Imported(reply, list(new.values()))

    async def share_or_undo(self) -> None:
        club, member, _ = self.somewhere()
        found = self.imports.get((club, member))
        if found is None:
            return
        kind = self.chance.choice((ShareImportCommand, UndoImportCommand))
        command = _command(found.reply, kind)
        assert command
        # What a moderator has hidden, or shown again, is not changed: its author has said nothing since.
        current = [e for e in found.words if self.now.get(self.said[e].place) == e]
        if kind is UndoImportCommand:
            reply = await self.say(club, member, command)
            if reply.summary.startswith("Undone"):
                for each in current:
                    self.take_away(self.said[each].place)
            del self.imports[club, member]
            return
        for each in current:
            self.said[each].private = False
        await self.say(club, member, command)

    async def take_along(self) -> None:
        club, member, _ = self.somewhere()
        reply = await self.say(club, member, "/export")
        found = [each.content for each in reply.blocks if isinstance(each, Document)]
        mine = {word for place, word in self.now.items() if place[:2] == (club, member)}
        assert mine <= set(WORD.findall("".join(found)))
        if found:
            self.exports[club, member] = found[0]

    async def forget(self) -> None:
        club, member, _ = self.somewhere()
        reply = await self.say(club, member, "/forget")
        erase = [e for e in actions(reply) if isinstance(e, Button) and "Erase" in e.label]
        for button in erase:
            await self.say(club, member, button.command)
        for each in self.said.values():
            each.forgotten |= each.place[:2] == (club, member)
        for place in [place for place in self.now if place[:2] == (club, member)]:
            del self.now[place]
        self.hidden = {place for place in self.hidden if place[:2] != (club, member)}
        self.muted.discard((club, member))
        self.imports.pop((club, member), None)

    async def deliver(self) -> None:
        """Let announcements be said and taken back; then the channels hold what all may read."""
        self.room.clock.forward(minutes=10)
        await self.room.deliver()
        for place, reply in self.room.mailbox.shown.values():
            club, _, room = place.partition("#")
            if room:
                self.check(club, None, reply)


def _command(reply: Reply, kind: type[Command]) -> Command | None:
    found = (each.command for each in actions(reply) if isinstance(each, Button))
    return next((each for each in found if isinstance(each, kind)), None)


@pytest.mark.parametrize(
    ("steps", "seed"),
    [(250, 1), *(pytest.param(10_000, seed, marks=pytest.mark.long) for seed in range(2, 12))],
)
async def test_no_word_reaches_who_may_not_read_it(room: Room, steps: int, seed: int) -> None:
    clubs = Clubs({club: room.other(club) for club in CLUBS}, random.Random(seed))
    for club in CLUBS:
        await clubs.say(club, ADMIN, "/setup here yes announce yes")
    weighed: dict[Callable[[], Awaitable[None]], int] = {
        clubs.write: 26, clubs.look: 36, clubs.delete: 5, clubs.moderate: 8, clubs.bring_in: 6, clubs.bring_back: 4,
        clubs.share_or_undo: 5, clubs.take_along: 5, clubs.forget: 2, clubs.deliver: 3,
    }  # fmt: skip
    for step in clubs.chance.choices(list(weighed), list(weighed.values()), k=steps):
        await step()
    assert (
        min(clubs.seen["own"], clubs.seen["others'"]) > steps / 25
    )  # words were found, and rightly
