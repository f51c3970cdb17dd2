"""What falls due is said in Discord once, whatever Discord answers; clubs come and go."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from adapters.discord.outgoing.messenger import DiscordMessenger, mark_of
from bot.delivery.worker import Worker
from bot.domain.clubs.club import Club
from bot.domain.errors import Delayed, Rejected, Uncertain, Unreadable
from bot.domain.ids import ClubId, DeliveryId, PlaceId
from bot.features.reviews.commands import ReviewsCommand
from bot.maintenance.periodic import PeriodicMaintenance
from bot.messages.replies import Actions, Button, Paragraph, Reply
from bot.messages.spans import Plain
from bot.registry import compose
from tests.adapters.discord.conftest import ANA, BEN, CHIEF, Town
from tests.adapters.discord.payloads import EVERYTHING_NEEDED
from tests.adapters.discord.seeing import button, seen

FIRST, SECOND = DeliveryId("d1"), DeliveryId("d2")
WORDS = Reply((Paragraph((Plain("Her is out today."),)),), "Her is out today.")
LOOKING_BACK = timedelta(minutes=5)


def hall(town: Town) -> PlaceId:
    return PlaceId(f"discord:#{town.server.channels[0]}")


def messages(town: Town) -> list[str]:
    said = town.discord.messages.get(town.server.channels[0], [])
    return [seen(each) for each in said]


async def deliver(town: Town, messenger: DiscordMessenger) -> None:
    """Let time do its work through the real messenger."""
    await PeriodicMaintenance(town.room.store, town.room.clock, town.room.ids).once()
    await Worker(town.room.store, messenger, town.room.clock, compose, "tester").drain()


async def test_one_delivery_is_one_message(closed_town: Town) -> None:
    town = closed_town
    async with town.open() as platform:
        said = [await platform.messenger.send(hall(town), WORDS, delivery_id=FIRST) for _ in "ab"]
        assert said[0] == said[1]
        await platform.messenger.send(hall(town), WORDS, delivery_id=SECOND)

        assert messages(town) == ["Her is out today."] * 2
        own = "discord-own:"
        assert sorted(platform.messenger.reach) == [own, f"discord:{town.server.number}"]
        assert platform.messenger.remembers(hall(town)) == timedelta(minutes=2)


async def test_what_was_said_is_found_in_the_history(closed_town: Town) -> None:
    town = closed_town
    async with town.open() as platform:
        since = town.room.clock.now() - LOOKING_BACK
        assert await platform.messenger.find(hall(town), FIRST, since) is None
        name = await platform.messenger.send(hall(town), WORDS, delivery_id=FIRST)
        assert await platform.messenger.find(hall(town), FIRST, since) == name
        assert await platform.messenger.find(hall(town), SECOND, since) is None


async def test_a_closed_history_is_not_taken_for_an_empty_one(closed_town: Town) -> None:
    town = closed_town
    town.server.allowed = EVERYTHING_NEEDED & ~(1 << 16)
    async with town.open() as platform:
        await asyncio.sleep(0)
        with pytest.raises(Unreadable):
            await platform.messenger.find(hall(town), FIRST, town.room.clock.now())


@pytest.mark.parametrize(
    ("path", "status", "expected"),
    [
        ("/messages$", 500, None),
        ("/messages$", 503, Uncertain),
        ("/messages$", 0, Uncertain),
        ("/messages$", 404, Rejected),
        ("/messages$", 401, Delayed),
        ("/messages$", 400, Rejected),
    ],
)
async def test_what_discord_answers_becomes_an_outcome(
    closed_town: Town, path: str, status: int, expected: type[Exception] | None
) -> None:
    town = closed_town
    async with town.open() as platform:
        town.discord.fail(path, status)
        if expected is None:
            await platform.messenger.send(hall(town), WORDS, delivery_id=FIRST)
        else:
            with pytest.raises(expected):
                await platform.messenger.send(hall(town), WORDS, delivery_id=FIRST)


async def test_an_answer_lost_after_it_was_said_is_no_second_message(closed_town: Town) -> None:
    town = closed_town
    async with town.open() as platform:
        town.discord.fail("/messages$", 0, after=True)
        with pytest.raises(Uncertain):
            await platform.messenger.send(hall(town), WORDS, delivery_id=FIRST)
        await platform.messenger.send(hall(town), WORDS, delivery_id=FIRST)
        assert messages(town) == ["Her is out today."]


async def test_a_short_limit_is_waited_for_and_a_long_one_passed_on(closed_town: Town) -> None:
    town = closed_town
    async with town.open() as platform:
        town.discord.limit("/messages$", 0.2)
        await platform.messenger.send(hall(town), WORDS, delivery_id=FIRST)
        town.discord.limit("/messages$", 45)
        with pytest.raises(Delayed) as delayed:
            await platform.messenger.send(hall(town), WORDS, delivery_id=SECOND)
        assert delayed.value.retry_after == 45


async def test_places_that_are_closed_are_given_up(closed_town: Town) -> None:
    town = closed_town
    async with town.open() as platform:
        send = platform.messenger.send
        with pytest.raises(Rejected, match="that channel is gone"):
            await send(PlaceId("discord:#12345"), WORDS, delivery_id=FIRST)
        with pytest.raises(Rejected, match="no such place"):
            await send(PlaceId("slack:#12345"), WORDS, delivery_id=FIRST)
        town.server.allowed = 1 << 10
        with pytest.raises(Rejected, match="may not write"):
            await send(hall(town), WORDS, delivery_id=FIRST)
        town.discord.closed.add(town.discord.direct(ANA.number))
        with pytest.raises(Rejected, match="direct messages are closed"):
            await send(PlaceId(f"discord:@{ANA.number}"), WORDS, delivery_id=FIRST)


async def test_before_the_connection_everything_waits(closed_town: Town) -> None:
    messenger = DiscordMessenger()
    with pytest.raises(Delayed):
        await messenger.send(hall(closed_town), WORDS, delivery_id=FIRST)
    with pytest.raises(Delayed):
        await messenger.find(hall(closed_town), FIRST, closed_town.room.clock.now())


def test_marks_are_numbers_that_discord_takes() -> None:
    marks = {mark_of(DeliveryId(f"d{n}")) for n in range(10_000)}
    assert len(marks) > 9_990
    assert all(1_000 <= each < 2**31 for each in marks)


async def test_a_reminder_comes_as_a_direct_message(closed_town: Town) -> None:
    town = closed_town
    async with town.open() as platform:
        receipt = await town.discord.slash(ANA, town.server, "remind", film="All of Us Strangers")
        assert "<t:1706259600:f>" in str(receipt.shown)
        town.room.clock.forward(days=6, hours=12)
        await deliver(town, platform.messenger)

        [said] = town.discord.messages[town.discord.direct(ANA.number)]
        assert "All of Us Strangers" in seen(said)
        listed = await town.discord.press(ANA, None, said, button(said, "Watchlist"))
        assert "watchlist" in seen(listed.shown)


async def test_a_reminder_in_a_channel_notifies_its_owner_and_nobody_else(
    closed_town: Town,
) -> None:
    town = closed_town
    async with town.open() as platform:
        await town.discord.slash(ANA, town.server, "remind", film="All of Us Strangers", here=True)
        await town.discord.slash(BEN, town.server, "review", film="Her", text="<@501> @everyone")
        town.room.clock.forward(days=6, hours=12)
        await deliver(town, platform.messenger)

        assert any("reviewed Her" in each for each in messages(town))
        assert town.discord.notified == [ANA.number]


async def test_a_message_is_edited_and_deleted_as_often_as_need_be(closed_town: Town) -> None:
    town = closed_town
    later = Reply((Paragraph((Plain("Her came out."),)),), "Her came out.")
    async with town.open() as platform:
        said = await platform.messenger.send(hall(town), WORDS, delivery_id=FIRST)
        for _ in "ab":
            await platform.messenger.edit(hall(town), said, later, delivery_id=FIRST)
        assert messages(town) == ["Her came out."]
        since = town.room.clock.now() - LOOKING_BACK
        assert await platform.messenger.find(hall(town), FIRST, since) == said
        for _ in "ab":
            await platform.messenger.delete(hall(town), said)
        assert messages(town) == []
        with pytest.raises(Rejected, match="that message is gone"):
            await platform.messenger.edit(hall(town), said, later, delivery_id=FIRST)


async def test_a_choice_stands_for_its_value(closed_town: Town) -> None:
    """A kind of release, chosen from Discord's own menu, finds its day."""
    town = closed_town
    async with town.open():
        told = await town.discord.slash(
            ANA, town.server, "remind", film="All of Us Strangers", kind="cinema"
        )
        assert "<t:1706259600:f>" in str(told.shown)


async def test_a_closed_direct_message_falls_back_to_the_channel_where_allowed(
    closed_town: Town,
) -> None:
    town = closed_town
    async with town.open() as platform:
        await town.discord.slash(CHIEF, town.server, "setup", here=True)
        await town.discord.slash(ANA, town.server, "settings", fallback=True)
        await town.discord.slash(ANA, town.server, "remind", film="All of Us Strangers")
        town.discord.closed.add(town.discord.direct(ANA.number))
        town.room.clock.forward(days=6, hours=12)
        for _ in range(2):
            await deliver(town, platform.messenger)

        assert any("All of Us Strangers" in each for each in messages(town))
        assert town.discord.messages.get(town.discord.direct(ANA.number), []) == []


async def test_a_new_club_is_greeted_once(closed_town: Town) -> None:
    town = closed_town
    async with town.open() as platform:
        other = town.discord.open_server("Sunday club")
        await town.discord.gateway.say("GUILD_CREATE", {**other.guild, "unavailable": None})
        club = f"discord:{other.number}"
        await eventually(town, club, lambda found: found.name == "Sunday club")
        await town.discord.gateway.say("GUILD_CREATE", {**other.guild, "unavailable": None})
        await deliver(town, platform.messenger)

        [welcome] = town.discord.messages[other.channels[0]]
        assert "/review film:All of Us Strangers" in seen(welcome)
        panel = await town.discord.press(CHIEF, other, welcome, button(welcome, "Set up the club"))
        assert "The club's settings" in seen(panel.shown)


async def test_a_club_that_shows_us_the_door_is_noted_until_we_are_back(closed_town: Town) -> None:
    town = closed_town
    club = f"discord:{town.server.number}"
    async with town.open():
        await eventually(town, club, lambda found: found.joined_at is not None)
        await town.discord.gateway.say("GUILD_DELETE", {"id": str(town.server.number)})
        await eventually(town, club, lambda found: found.left_at is not None)
    async with town.open():
        await eventually(town, club, lambda found: found.left_at is None)


async def test_a_club_that_left_while_we_were_away_is_noted(closed_town: Town) -> None:
    town = closed_town
    club = f"discord:{town.server.number}"
    async with town.open():
        await town.discord.slash(ANA, town.server, "help")
        await eventually(town, club, lambda found: found.joined_at is not None)
    del town.discord.gateway.servers[town.server.number]
    town.discord.open_server("Sunday club")
    async with town.open():
        await eventually(town, club, lambda found: found.left_at is not None)


async def eventually(town: Town, club: str, is_so: Callable[[Club], bool]) -> None:
    """Wait until a club is noted as it should be."""
    for _ in range(500):
        async with town.room.store.reading(ClubId(club)) as work:
            if is_so(await work.clubs.get()):
                return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{club} is not noted so")


async def test_a_line_for_the_club_is_pressed_by_anybody(closed_town: Town) -> None:
    town = closed_town
    reply = Reply(
        (*WORDS.blocks, Actions((Button("Read reviews", ReviewsCommand("id:her-2013")),))),
        WORDS.summary,
    )
    async with town.open() as platform:
        await platform.messenger.send(hall(town), reply, delivery_id=FIRST)
        [said] = town.discord.messages[town.server.channels[0]]
        told = await town.discord.press(ANA, town.server, said, button(said, "Read reviews"))
        assert "No reviews of Her" in seen(told.shown)
