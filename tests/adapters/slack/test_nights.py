"""A film night through the real client: planned, voted on in private, decided, rated, told."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from adapters.slack.host.platform import SlackPlatform
from bot.delivery.worker import Worker
from bot.domain.ids import ClubId
from bot.domain.nights import Night
from bot.maintenance.nights import NightClock
from bot.registry import compose
from tests.adapters.slack.answers import Post
from tests.adapters.slack.conftest import connected, settings_for
from tests.adapters.slack.double import FakeSlack
from tests.adapters.slack.driver import Socket, Workspace
from tests.support import Room

CLUB = ClubId("slack:T1")


@dataclass
class Evening:
    """A workspace with a worker, and a clock that the test moves."""

    club: Workspace
    platform: SlackPlatform
    room: Room

    async def night(self) -> Night:
        async with self.room.store.reading(CLUB) as work:
            return [*await work.nights.open(), *await work.nights.past(1)][0]

    async def deliver(self) -> list[Post]:
        """Let time do its work through the real messenger; return the posts of it."""
        before = len(self.club.slack.posts)
        room = self.room
        await NightClock(room.store, room.bot.handle, room.clock).once()
        room.clock.forward(seconds=1)
        worker = Worker(room.store, self.platform.messenger, room.clock, compose, "tester")
        await worker.drain()
        return self.club.slack.posts[before:]

    async def stage_ends(self) -> list[Post]:
        until = (await self.night()).until
        assert until is not None
        self.room.clock.forward(seconds=(until - self.room.clock.instant).total_seconds())
        return await self.deliver()


@pytest.fixture
async def evening(slack: FakeSlack, room: Room) -> AsyncIterator[Evening]:
    """A running Matinee in a workspace."""
    async with (
        connected(slack, room, settings_for(slack, "socket")) as platform,
        aiohttp.ClientSession(),
    ):
        yield Evening(Workspace(slack, Socket(slack)), platform, room)


async def test_a_night_from_plan_to_ratings(evening: Evening) -> None:
    club = evening.club
    planned = await club.say("ana", "/matinee night new friday at 8")
    assert "Film night on" in planned.words
    (card,) = [each for each in await evening.deliver() if each.channel != "DUANA"]
    await club.press("ana", card, "Can't")
    joined = await club.press("ben", card, "I'm in")
    assert "You're in" in joined.words
    await club.say("ana", "/matinee night nominate Paddington 2")

    (opened,) = await evening.stage_ends()
    assert "vote is open" in opened.words
    ballot = await club.press("ben", opened, "Vote")
    assert "Paddington 2" in ballot.words
    filled = await club.say("ben", "/matinee night vote 1")
    assert "Yes please" in filled.words

    (decided,) = await evening.stage_ends()
    assert "We watch" in decided.words
    assert "Paddington 2" in decided.words
    await club.press("ben", decided, "Add to calendar")
    await club.slack.until(lambda: club.slack.uploads)
    channel, name, content = club.slack.uploads[0]
    assert (channel, name) == ("DUBEN", "film-night.ics")
    assert b"BEGIN:VTIMEZONE" in content
    assert b"DTSTART;TZID=Europe/London:20240126T200000" in content
    assert b"Paddington 2 (2017)" in content

    asked = (await evening.stage_ends())[-1]
    view = await club.open("ben", asked, "Rate it…")
    before = len(club.slack.posts)
    await club.send("ben", view, rating="4.5/5", text="A miracle.")
    await club.slack.until(lambda: len(club.slack.posts) > before)
    (told,) = await evening.deliver()

    assert "★★★★½ on the night" in told.words
    assert "A miracle" in told.words


async def test_a_time_is_found_in_private(evening: Evening) -> None:
    club = evening.club
    await club.say("ana", "/matinee night when in 2 days, in 3 days")
    (card,) = [each for each in await evening.deliver() if each.channel != "DUANA"]
    slots = await club.press("ben", card, "When can you?")
    assert "Which of these can you make?" in slots.words
    answered = await club.say("ben", "/matinee night dates 2 / 1")
    assert "Yes" in answered.words
    later = (await evening.night()).slots[1]

    (settled,) = await evening.stage_ends()

    assert "1 guest can make it" in settled.words
    assert (await evening.night()).starts_at.isoformat() == later


async def test_a_night_is_planned_by_other_rules_in_a_form(evening: Evening) -> None:
    club = evening.club
    shown = await club.say("ana", "/matinee night")
    view = await club.open("ana", shown, "Plan one by other rules…")
    before = len(club.slack.posts)
    await club.send("ana", view, when="friday at 8, funny", rule="ranked", quorum="2")
    await club.slack.until(lambda: len(club.slack.posts) > before)

    night = await evening.night()

    assert (night.rule, night.quorum, night.wish) == ("ranked", 2, "funny")
