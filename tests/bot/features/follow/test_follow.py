"""A followed account: asked about, read politely, each entry once, what is said here stays."""

import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from aiohttp import web

from adapters.letterboxd.feeds import LetterboxdFeeds
from bot.domain.clubs.club import Member
from bot.domain.follows import Follow
from bot.domain.ids import ClubId, FilmId, MemberId
from bot.domain.reviews.review import Review
from bot.features.follow.handlers import MOST_OF_MEMBER
from bot.maintenance.following import LONGEST, Follower
from bot.messages.replies import Button, Reply
from bot.ports.store import Store
from bot.request.feed_peeks import FeedPeeks
from tests.adapters.letterboxd.letterboxd import Logged, OwnLetterboxd, own_letterboxd
from tests.delivery.crashing import Crash, Fuse, Fused
from tests.support import Room, actions, text

HEAT = Logged(1, "Heat", 1995, 949, 4.5)
HER = Logged(2, "Her", 2013, 152601, 3.0, "<p>Warm. They part.</p>", spoiler=True, liked=True)
NEW = datetime(2024, 1, 20, 13, tzinfo=UTC)
YES, LATEST = "Yes, follow it from now on", "Yes, and bring in the last 2"


@dataclass
class Following:
    """A club, a Letterboxd of its own, and the task that reads it."""

    room: Room
    own: OwnLetterboxd
    reader: LetterboxdFeeds
    waits: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.room.clock.forward(seconds=seconds)

    def follower(self, store: object = None, seed: int = 1) -> Follower:
        return Follower(
            cast("Store", store or self.room.store),
            self.reader,
            self.room.bot.films.titles,
            self.room.clock,
            self.room.ids,
            belongs=self.room.bot.directories.belongs,
            chance=random.Random(seed),
            sleep=self.sleep,
        )

    async def follow(self, label: str = YES, member: str = "ana", account: str = "ana") -> Reply:
        asked = await self.room.say(member, f"/follow letterboxd {account}")
        return await self.room.press(member, asked, label)

    async def read(self, *, hours: float = 0) -> list[tuple[str, str]]:
        """Let time pass, read all that is due, and return what the club hears."""
        self.room.clock.forward(hours=hours)
        while await self.follower().step():
            pass
        return [(place, text(reply)) for place, reply in await self.room.deliver()]

    async def reviews(self, member: str = "ana") -> dict[FilmId, Review]:
        async with self.room.store.reading(ClubId(self.room.club)) as work:
            found = await work.reviews.of_member(MemberId(f"test:{member}"))
        return {each.film_id: each for each in found}

    async def followed(self, member: str = "ana") -> Sequence[Follow]:
        async with self.room.store.reading(ClubId(self.room.club)) as work:
            return await work.follows.of(MemberId(f"test:{member}"))


@pytest.fixture
async def following(room: Room) -> AsyncIterator[Following]:
    async with own_letterboxd() as own, LetterboxdFeeds(own.home) as reader:
        peeks = FeedPeeks(room.store.feeds, room.clock, reader)
        room.bot.fetcher = replace(room.bot.fetcher, feeds=peeks)
        await room.say("ana", "/setup here yes announce yes", admin=True)
        await room.deliver()  # whose channel it is now
        room.mailbox.shown.clear()
        own.logged["ana"] = [HER, HEAT]
        yield Following(room, own, reader)


def _labels(reply: Reply) -> list[str]:
    return [each.label for each in actions(reply)]


async def test_it_shows_whose_account_it_is_before_it_follows(following: Following) -> None:
    asked = await following.room.say("ana", "/follow letterboxd @Ana")
    said = text(asked)

    assert "Her (2013) ★★★ · Heat (1995) ★★★★½" in said
    assert "Is this your own account, or has its owner allowed it?" in said
    assert _labels(asked) == [YES, LATEST]
    assert await following.followed() == []


async def test_only_the_member_who_asked_can_confirm(following: Following) -> None:
    asked = await following.room.say("ana", "/follow letterboxd ana")
    refused = await following.room.press("ben", asked, YES)

    assert "Somebody else asked that" in refused.summary
    assert await following.followed("ben") == []


async def test_from_now_on_brings_only_what_is_logged_later_and_announces_it(
    following: Following,
) -> None:
    await following.follow()
    assert await following.read() == []
    assert await following.reviews() == {}
    following.own.logged["ana"].insert(0, replace(HEAT, number=9, at=NEW, day="2024-01-20"))
    ((place, said),) = await following.read(hours=9)

    assert place == "test:club#room"
    assert said.startswith("ana reviewed Heat (1995): ★★★★½")
    assert "on Letterboxd" in said
    assert [each.rating for each in (await following.reviews()).values()] == [9]
    assert await following.read(hours=9) == []


async def test_the_latest_come_in_unannounced_folded_and_with_a_link_back(
    following: Following,
) -> None:
    await following.follow(LATEST)
    assert await following.read() == []
    her = (await following.reviews())[FilmId("her-2013")]

    assert (her.rating, her.text, her.spoiler, her.liked) == (6, "Warm. They part.", True, True)
    assert her.page == f"{following.own.home}/ana/film/2/"
    shown = text(await following.room.say("ben", "/reviews Her"))
    assert "They part" not in shown
    assert "on Letterboxd" in shown


async def test_an_entry_that_asks_for_privacy_is_for_its_author_alone(following: Following) -> None:
    await following.follow()
    asking = replace(HEAT, number=9, at=NEW, words="<p>Just for me: the divorce.</p>")
    following.own.logged["ana"] = [asking]
    assert await following.read(hours=9) == []
    assert "divorce" not in text(await following.room.say("ben", "/reviews Heat"))
    assert (await following.reviews())[FilmId("heat-1995")].private


async def test_an_edit_changes_the_review_and_its_announcement(following: Following) -> None:
    await following.follow()
    first = replace(HEAT, number=9, at=NEW)
    following.own.logged["ana"] = [first]
    await following.read(hours=9)
    following.own.logged["ana"] = [replace(first, rating=2.0, words="<p>Colder.</p>")]
    await following.read(hours=9)

    (review,) = (await following.reviews()).values()
    assert (review.rating, review.text) == (4, "Colder.")
    (shown,) = [text(reply) for _, reply in following.room.mailbox.shown.values()]
    assert shown.startswith("ana reviewed Heat (1995): ★★ ")


async def test_what_the_member_says_here_stands(following: Following) -> None:
    await following.room.say("ana", "/review Her 5/5 --private Mine.")
    await following.follow(LATEST)
    await following.read()
    assert (await following.reviews())[FilmId("her-2013")].text == "Mine."
    following.room.clock.forward(minutes=5)
    await following.room.say("ana", "/review Heat 1/5")
    following.own.logged["ana"] = [HER, replace(HEAT, rating=5.0)]
    await following.read(hours=9)
    assert (await following.reviews())[FilmId("heat-1995")].rating == 2


async def test_a_review_deleted_here_does_not_come_back(following: Following) -> None:
    await following.follow(LATEST)
    await following.read()
    following.room.clock.forward(minutes=5)
    shown = await following.room.say("ana", "/reviews Heat")
    asked = await following.room.press("ana", shown, "Delete…")
    (delete,) = [
        e for e in actions(asked) if isinstance(e, Button) and e.label.startswith("Delete")
    ]
    await following.room.say("ana", delete.command)
    assert FilmId("heat-1995") not in await following.reviews()
    following.own.logged["ana"] = [HER, replace(HEAT, rating=5.0)]
    await following.read(hours=9)
    assert FilmId("heat-1995") not in await following.reviews()


async def test_a_private_review_stays_private_when_the_film_is_logged_again(
    following: Following,
) -> None:
    await following.room.say("ana", "/review Heat 2/5 --private Mine.")
    await following.follow()
    following.own.logged["ana"] = [replace(HEAT, number=9, at=NEW, words="<p>Better.</p>")]
    assert await following.read(hours=9) == []
    (review,) = (await following.reviews()).values()
    assert (review.text, review.private) == ("Better.", True)


async def test_what_is_not_known_for_sure_is_told_and_comes_later(following: Following) -> None:
    following.own.logged["ana"] = [
        replace(HEAT, tmdb=None, title="Nothing of the Kind"),
        Logged(3, "The Thing", 2010, None, 4.0),
    ]
    await following.follow(LATEST)
    await following.read()
    assert await following.reviews() == {}
    told = text(await following.room.say("ana", "/follow"))
    assert "Nothing of the Kind (1995)" in told
    following.own.logged["ana"] = [HEAT]
    await following.read(hours=9)
    assert list(await following.reviews()) == ["heat-1995"]


async def test_stopping_keeps_the_reviews_and_reads_no_more(following: Following) -> None:
    await following.follow(LATEST)
    await following.read()
    listed = await following.room.say("ana", "/follow")
    assert "2 entries became reviews" in text(listed)
    await following.room.press("ana", listed, "Stop ana")
    requests = len(following.own.requests)
    await following.read(hours=48)

    assert len(following.own.requests) == requests
    assert len(await following.reviews()) == 2
    assert "You follow nothing yet" in text(await following.room.say("ana", "/follow"))


async def test_a_misspelt_or_missing_name_is_refused_with_what_to_do(following: Following) -> None:
    for typed, said in (
        ("nobody", "knows nobody called nobody"),
        ("my name", "is no name on Letterboxd"),
        ("https://example.org/ana", "is no name on Letterboxd"),
    ):
        assert said in text(await following.room.say("ana", f"/follow letterboxd {typed}"))
    linked = await following.room.say("ana", "/follow https://letterboxd.com/ana/films/")
    assert "ana is on Letterboxd" in text(linked)


async def test_one_member_follows_a_few_accounts(following: Following) -> None:
    for number in range(MOST_OF_MEMBER + 1):
        following.own.logged[f"ana{number}"] = []
        following.room.clock.forward(minutes=1)
        asked = await following.room.say("ana", f"/follow ana{number}")
        if number < MOST_OF_MEMBER:
            await following.room.press("ana", asked, YES)
    assert "as many as one member can" in asked.summary


async def test_a_renamed_account_is_told_and_asked_ever_more_rarely(following: Following) -> None:
    await following.follow()
    del following.own.logged["ana"]
    await following.read()
    assert "knows nobody called ana now" in text(await following.room.say("ana", "/follow"))
    waits = []
    for _ in range(7):
        (follow,) = await following.followed()
        waits.append(follow.next_at - following.room.clock.now())
        following.room.clock.instant = follow.next_at
        await following.read()
    assert waits[0] < waits[2] < waits[3]
    assert max(waits) <= LONGEST * 1.2
    following.own.logged["ana"] = [replace(HEAT, number=9, at=NEW)]
    await following.read(hours=24 * 4)
    assert "nobody" not in text(await following.room.say("ana", "/follow"))
    assert len(await following.reviews()) == 1


async def test_a_busy_server_is_left_alone_by_all(following: Following) -> None:
    await following.follow()
    following.own.logged["ben"] = [HEAT]
    following.room.clock.forward(minutes=1)
    await following.follow(member="ben", account="ben")
    following.own.answers["ana"] = lambda: web.Response(status=429, headers={"Retry-After": "7200"})
    before = len(following.own.requests)
    assert await following.follower().step()
    assert await following.follower().step()  # ben's is put off without a request
    assert len(following.own.requests) == before + 1
    following.own.answers.clear()
    await following.read(hours=4)
    assert all(
        each.read_at for each in [*await following.followed(), *await following.followed("ben")]
    )


async def test_who_has_left_the_club_is_followed_no_more(following: Following) -> None:
    class Empty:
        async def name(self, club_id: ClubId, member_id: MemberId) -> str | None:
            del club_id, member_id
            return None

    await following.follow(LATEST)
    following.room.bot.directories.add("test", Empty())
    await following.read()
    assert await following.followed() == []
    assert await following.reviews() == {}


async def test_nothing_of_it_is_left_after_forgetting(following: Following) -> None:
    await following.follow(LATEST)
    await following.read()
    asked = await following.room.say("ana", "/forget")
    await following.room.press("ana", asked, "Erase everything")
    following.room.clock.forward(days=2)
    await following.read()

    assert await following.followed() == []
    assert await following.reviews() == {}
    assert await following.read(hours=24) == []


async def test_a_crash_at_any_moment_makes_no_double(following: Following) -> None:
    """Ends the process at each call to the store, then reads again once the lease is over."""
    await following.follow()
    logged = [replace(HEAT, number=9, at=NEW), replace(HER, number=8, at=NEW)]
    at, done = 0, False
    while not done:
        random.Random(at).shuffle(logged)
        following.own.logged["ana"] = [replace(each, rating=1.0 + at % 8 / 2) for each in logged]
        following.room.clock.forward(hours=9)
        fuse = Fuse(at)
        try:
            await following.follower(Fused(following.room.store, fuse)).step()
            done = not fuse.blown
        except Crash:
            pass
        await following.read(hours=1)
        at += 1
    assert at > 10
    assert len(await following.reviews()) == 2
    async with following.room.store.reading(ClubId(following.room.club)) as work:
        entries = await work.follows.entries(MemberId("test:ana"))
    assert sorted(each.number for each in entries) == ["8", "9"]
    announced = [
        each for each in following.room.mailbox.shown.values() if "reviewed" in text(each[1])
    ]
    assert len(announced) == 2


@pytest.mark.parametrize("feeds", [30, pytest.param(1000, marks=pytest.mark.long)])
async def test_many_feeds_are_read_politely_and_each_entry_once(
    following: Following, feeds: int
) -> None:
    """A day of three processes, killed and started anew at any moment; entries come, change and move."""
    room, own, chance = following.room, following.own, random.Random(feeds)
    own.now, own.logged = room.clock.now, {}
    own.times.clear()
    films = [("Heat", 1995, 949), ("Her", 2013, 152601)]
    async with room.store.writing(ClubId(room.club)) as work:
        for number in range(feeds):
            now, name = room.clock.now(), f"m{number}"
            own.logged[name] = []
            await work.members.save(Member(ClubId(room.club), MemberId(f"test:{name}"), name))
            follow = Follow(ClubId(room.club), MemberId(f"test:{name}"), name, now, now, since=now)
            await work.follows.save(follow)
    end, kills, entries = room.clock.now() + timedelta(days=1), 0, 0
    while room.clock.now() < end:
        fuse = Fuse(chance.randrange(60) if chance.random() < 0.1 else None)
        worker = following.follower(Fused(room.store, fuse), seed=chance.randrange(1000))
        try:
            busy = await worker.step()
        except Crash:
            kills, busy = kills + 1, True
        if not busy:
            room.clock.forward(minutes=1)
        if chance.random() < 0.2:
            entries += _log_something(own, films, chance, room.clock.now())
    own.logged = {name: chance.sample(each, len(each)) for name, each in own.logged.items()}
    await following.read(hours=9)

    gaps = [(b - a).total_seconds() for a, b in zip(own.times, own.times[1:], strict=False)]
    assert min(gaps) >= 1
    times = Counter(name for name, _ in own.requests)
    assert len(times) == feeds
    assert max(times.values()) <= 9
    assert own.conditional >= len(own.requests) - feeds - kills
    later = [each for each in own.times if end - timedelta(hours=12) < each <= end]
    assert max(Counter(each.hour for each in later).values()) <= len(later) / (
        4 if feeds < 100 else 8
    )
    assert kills > 3
    assert entries > feeds / 4
    every = [each for name in own.logged for each in (await following.reviews(name)).values()]
    assert len(every) == sum(len({each.title for each in there}) for there in own.logged.values())
    announced = Counter(
        text(reply).partition("\n")[0]
        for _, reply in room.mailbox.shown.values()
        if " reviewed " in text(reply)
    )
    assert set(announced.values()) <= {1}


def _log_something(
    own: OwnLetterboxd, films: Sequence[tuple[str, int, int]], chance: random.Random, now: datetime
) -> int:
    """Let somebody log a film, or change or move what they have logged; return how many films are new."""
    logged = own.logged[chance.choice(sorted(own.logged))]
    chance.shuffle(logged)
    if len(logged) == len(films):
        logged[0] = replace(logged[0], rating=chance.randint(1, 10) / 2)
        return 0
    title, year, tmdb = films[len(logged)]
    words = "<p>Fine.</p>"
    new = Logged(own.numbers.pop(), title, year, tmdb, 3.0, words, at=now)
    logged.insert(chance.randrange(len(logged) + 1), new)
    return 1
