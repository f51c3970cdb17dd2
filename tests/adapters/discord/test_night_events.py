"""A film night among the events of a server: entered, kept up to date, taken out, and read back."""

from datetime import datetime, timedelta

import pytest

from adapters.discord.outgoing.messenger import DiscordMessenger
from bot.delivery.worker import Worker
from bot.domain.deliveries import Purpose
from bot.domain.ids import ClubId, MemberId
from bot.domain.nights import Night
from bot.maintenance.interest import EVERY, InterestReader
from bot.maintenance.nights import NightClock
from bot.registry import compose
from tests.adapters.discord.conftest import ANA, BEN, Town
from tests.adapters.discord.payloads import Json, Person
from tests.adapters.discord.scheduled import CREATE_EVENTS
from tests.adapters.discord.seeing import seen

CLEO, DEV = Person(601, "cleo"), Person(602, "dev")


class Evening:
    """A town whose time is moved by hand; its clock reads who is interested."""

    def __init__(self, town: Town, messenger: DiscordMessenger) -> None:
        room = town.room
        self.town = town
        self.messenger = messenger
        self.reader = InterestReader(
            room.store, room.bot.handle, room.clock, messenger.interested, messenger.direct_place
        )
        self.clock = NightClock(room.store, room.bot.handle, room.clock, interest=self.reader)

    async def plan(self, when: str = "friday at 8", **given: object) -> Json:
        """Plan a night that is to be an event; return what is shown."""
        planned = await self.town.discord.slash(
            ANA, self.town.server, "night", action="new", when=when, **{"event": True, **given}
        )
        return planned.shown

    async def deliver(self, *, later: timedelta = timedelta(seconds=1)) -> list[Json]:
        """Let time do its work; return the events of the server."""
        room = self.town.room
        room.clock.forward(seconds=later.total_seconds())
        self.town.discord.events.now = room.clock.instant
        await self.clock.once()
        room.clock.forward(seconds=1)
        await Worker(room.store, self.messenger, room.clock, compose, "tester").drain()
        return self.town.discord.events.of(self.town.server)

    async def stage_ends(self) -> list[Json]:
        until = (await self.night()).until
        assert until is not None
        return await self.deliver(later=until - self.town.room.clock.instant)

    async def night(self) -> Night:
        async with self.town.room.store.reading(self.club) as work:
            return next(iter(await work.nights.open()))

    async def say(self, person: Person, **given: object) -> str:
        answer = await self.town.discord.slash(person, self.town.server, "night", **given)
        return seen(answer.shown)

    @property
    def club(self) -> ClubId:
        return ClubId(f"discord:{self.town.server.number}")

    async def coming(self) -> set[str]:
        async with self.town.room.store.reading(self.club) as work:
            guests = await work.nights.guests([(await self.night()).night_id])
            names = {each.member_id: each.name for each in await work.members.all()}
        return {names[each.member_id] for each in guests if each.coming}


@pytest.fixture
def evening_town(closed_town: Town) -> Town:
    """A town in which Matinee may create events."""
    closed_town.server.allowed |= CREATE_EVENTS
    return closed_town


def _instant(event: Json, name: str) -> datetime:
    return datetime.fromisoformat(event[f"scheduled_{name}_time"])


async def test_an_event_follows_its_night_and_ends_with_the_film(evening_town: Town) -> None:
    async with evening_town.open() as platform:
        evening = Evening(evening_town, platform.messenger)
        await evening.plan()
        (event,) = await evening.deliver()
        assert event["name"] == "Film night"
        assert _instant(event, "start") == (await evening.night()).starts_at
        assert event["entity_metadata"]["location"].startswith("#")
        number = event["id"]

        await evening.say(ANA, action="choose", film="Paddington 2")
        (event,) = await evening.deliver()

        assert event["id"] == number
        assert event["name"] == "Film night: Paddington 2 (2017)"
        assert "104 minutes" in event["description"]
        length = _instant(event, "end") - _instant(event, "start")
        assert length == timedelta(minutes=104 + 15)

        await evening.say(ANA, action="move", when="by a day")
        (event,) = await evening.deliver()
        assert event["id"] == number
        assert _instant(event, "start") == (await evening.night()).starts_at
        assert _instant(event, "end") - _instant(event, "start") == length

        await evening.say(ANA, action="cancel")
        assert await evening.deliver() == []


async def test_none_is_entered_where_nobody_asked_and_later_nights_keep_to_it(
    evening_town: Town,
) -> None:
    async with evening_town.open() as platform:
        evening = Evening(evening_town, platform.messenger)
        await evening.plan(event=False)
        assert await evening.deliver() == []
        await evening.say(ANA, action="cancel")

        await evening.plan("every week friday at 8")
        assert len(await evening.deliver()) == 1
        await evening.say(ANA, action="choose", film="Paddington 2")
        await evening.deliver()
        await evening.stage_ends()
        events = await evening.deliver()

    assert [each["name"] for each in events] == ["Film night: Paddington 2 (2017)", "Film night"]
    weeks = _instant(events[1], "start") - _instant(events[0], "start")
    assert weeks == timedelta(weeks=1)


async def test_who_is_interested_is_in_until_they_take_it_back(evening_town: Town) -> None:
    async with evening_town.open() as platform:
        evening = Evening(evening_town, platform.messenger)
        await evening.plan()
        (event,) = await evening.deliver()
        interested = evening_town.discord.events.interested
        interested[event["id"]] = [BEN, CLEO, DEV]
        await evening.deliver()
        assert await evening.coming() == {"Ana"}  # read every ten minutes
        await evening.deliver(later=EVERY)
        assert await evening.coming() == {"Ana", "Ben", "Cleo", "Dev"}

        await evening.say(BEN, action="out")  # what is said here since counts
        interested[event["id"]] = [BEN, CLEO]
        await evening.deliver(later=EVERY)
        assert await evening.coming() == {"Ana", "Cleo"}


async def test_interest_is_read_right_before_a_stage_ends(evening_town: Town) -> None:
    async with evening_town.open() as platform:
        evening = Evening(evening_town, platform.messenger)
        await evening.plan()
        (event,) = await evening.deliver()
        until = (await evening.night()).until
        assert until is not None
        almost = until - evening_town.room.clock.instant - timedelta(minutes=1)
        await evening.deliver(later=almost)
        evening_town.discord.events.interested[event["id"]] = [CLEO]
        await evening.stage_ends()

        assert "Cleo" in await evening.coming()
        called = evening_town.discord.notified

    assert CLEO.number in called


async def test_a_page_of_interest_is_not_the_end(evening_town: Town) -> None:
    crowd = [Person(700 + number, f"guest{number}") for number in range(130)]
    async with evening_town.open() as platform:
        evening = Evening(evening_town, platform.messenger)
        await evening.plan()
        (event,) = await evening.deliver()
        evening_town.discord.events.interested[event["id"]] = crowd
        await evening.deliver(later=EVERY)

        assert len(await evening.coming()) == 131


async def test_who_was_forgotten_is_not_brought_back_by_an_event(evening_town: Town) -> None:
    async with evening_town.open() as platform:
        evening = Evening(evening_town, platform.messenger)
        await evening.plan()
        (event,) = await evening.deliver()
        evening_town.discord.events.interested[event["id"]] = [CLEO]
        await evening.deliver(later=EVERY)
        async with evening_town.room.store.writing(evening.club) as work:
            (cleo,) = [each for each in await work.members.all() if each.name == "Cleo"]
            direct = platform.messenger.direct_place((await evening.night()).place, cleo.member_id)
            assert direct is not None
            await work.members.forget(cleo.member_id, direct, MemberId("gone:1"))
        await evening.deliver(later=EVERY)
        assert "Cleo" not in await evening.coming()

        await evening.say(CLEO, action="in")  # unless they come by themselves
        assert "Cleo" in await evening.coming()


async def test_without_the_permission_it_is_said_what_to_do(closed_town: Town) -> None:
    async with closed_town.open() as platform:
        evening = Evening(closed_town, platform.messenger)
        refused = await evening.plan()

        assert "I may not create events in this server" in seen(refused)
        async with closed_town.room.store.reading(evening.club) as work:
            assert await work.nights.open() == []


async def test_a_permission_taken_back_meanwhile_is_told_in_the_channel(evening_town: Town) -> None:
    async with evening_town.open() as platform:
        evening = Evening(evening_town, platform.messenger)
        await evening.plan()
        evening_town.server.allowed &= ~CREATE_EVENTS
        assert await evening.deliver() == []
        await evening.deliver()
        shown = evening_town.discord.messages[evening_town.server.channels[0]]

    assert sum("is none of the server's events" in seen(each) for each in shown) == 1


async def test_an_answer_that_was_lost_enters_no_second_event(evening_town: Town) -> None:
    async with evening_town.open() as platform:
        evening = Evening(evening_town, platform.messenger)
        evening_town.discord.events.lost = 1
        await evening.plan()
        await evening.deliver()
        for _ in range(4):
            events = await evening.deliver(later=timedelta(minutes=3))
        async with evening_town.room.store.reading(evening.club) as work:
            (entry,) = await work.deliveries.of(
                Purpose.NIGHT_EVENT, (await evening.night()).night_id
            )

    assert len(events) == 1
    assert entry.message == f"discord:{evening_town.server.number}/event/{events[0]['id']}"


async def test_an_event_that_an_admin_deleted_stays_deleted(evening_town: Town) -> None:
    async with evening_town.open() as platform:
        evening = Evening(evening_town, platform.messenger)
        await evening.plan()
        await evening.deliver()
        evening_town.discord.events.of(evening_town.server).clear()
        await evening.say(ANA, action="choose", film="Paddington 2")
        await evening.deliver()
        events = await evening.deliver(later=EVERY)

    assert events == []
