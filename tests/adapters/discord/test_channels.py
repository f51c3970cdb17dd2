"""Channels that are hidden from Matinee, closed to some members, or closed to its own messages."""

import asyncio
from pathlib import Path

import pytest

from adapters.discord.host.platform import DiscordPlatform
from bot.domain.errors import Unreadable
from bot.domain.ids import ClubId, DeliveryId
from tests.adapters.discord.conftest import ANA, BEN, CHIEF, Town
from tests.adapters.discord.payloads import VIEW_CHANNEL
from tests.adapters.discord.seeing import button, seen
from tests.adapters.discord.test_messenger import WORDS, deliver, eventually, hall, messages

SEND_MESSAGES = 1 << 11


async def _shown(town: Town, platform: DiscordPlatform) -> None:
    """Let Matinee see a channel that was hidden from it, and wait until it does."""
    [channel] = town.server.channels[:1]
    town.server.hidden.discard(channel)
    await town.discord.gateway.say("CHANNEL_UPDATE", town.server.channel(channel))
    async with asyncio.timeout(5):
        while True:
            try:
                since = town.room.clock.now()
                await platform.messenger.find(hall(town), DeliveryId("none"), since)
            except Unreadable:
                await asyncio.sleep(0.01)
            else:
                return


async def test_a_greeting_goes_to_the_first_channel_that_matinee_sees(closed_town: Town) -> None:
    town = closed_town
    other = town.discord.open_server("Sunday club", channels=2)
    other.hidden.add(other.channels[0])  # which is also where Discord's own greetings go
    async with town.open() as platform:
        club = f"discord:{other.number}"
        await eventually(town, club, lambda found: found.joined_at is not None)
        await deliver(town, platform.messenger)
        assert other.channels[0] not in town.discord.messages
        [welcome] = town.discord.messages[other.channels[1]]
        assert "/review film:All of Us Strangers" in seen(welcome)


async def test_the_history_of_a_hidden_channel_is_not_taken_for_an_empty_one(
    closed_town: Town,
) -> None:
    town = closed_town
    town.server.hidden.add(town.server.channels[0])
    async with town.open() as platform:
        await asyncio.sleep(0)
        with pytest.raises(Unreadable):
            await platform.messenger.find(hall(town), DeliveryId("d1"), town.room.clock.now())
        await _shown(town, platform)
        name = await platform.messenger.send(hall(town), WORDS, delivery_id=DeliveryId("d1"))
        since = town.room.clock.now()
        assert await platform.messenger.find(hall(town), DeliveryId("d1"), since) == name


async def test_a_review_from_a_hidden_channel_asks_who_may_read_it(closed_town: Town) -> None:
    """A channel that Matinee does not see, not everybody sees either."""
    town = closed_town
    town.server.hidden.add(town.server.channels[0])
    async with town.open() as platform:
        asked = await town.discord.slash(ANA, town.server, "review", film="Her", rating="4/5")
        assert "Not everybody reads this channel" in seen(asked.shown)
        kept = await town.discord.press(
            ANA, town.server, asked.shown, button(asked.shown, "Only me")
        )
        assert "Only you can read it" in seen(kept.shown)

        await _shown(town, platform)
        saved = await town.discord.slash(BEN, town.server, "review", film="Her", rating="4/5")
        assert "Saved your review" in seen(saved.shown)


async def test_no_name_of_a_hidden_channel_is_ever_stored(
    closed_town: Town, tmp_path: Path
) -> None:
    town = closed_town
    town.server.hidden.add(town.server.channels[0])
    async with town.open():
        await town.discord.slash(CHIEF, town.server, "setup", here=True)
        await town.discord.slash(ANA, town.server, "remind", film="Her", on="friday", here=True)
        await town.discord.slash(ANA, town.server, "review", film="Her", rating="4/5")
    stored = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert str(town.server.number).encode() in stored
    assert b"___hidden___" not in stored


@pytest.mark.parametrize("lacking", [VIEW_CHANNEL, SEND_MESSAGES])
async def test_nothing_is_promised_where_matinee_may_not_write(
    closed_town: Town, lacking: int
) -> None:
    """Discord says with each interaction what the application may do there."""
    town = closed_town
    town.server.allowed &= ~lacking
    async with town.open() as platform:
        setup = await town.discord.slash(CHIEF, town.server, "setup", here=True)
        assert "cannot be the club's" in seen(setup.shown)
        asked = await town.discord.slash(
            ANA, town.server, "remind", film="All of Us Strangers", here=True
        )
        assert f"<#{town.server.channels[0]}>" in seen(asked.shown)
        private = button(asked.shown, "Remind me privately")
        receipt = await town.discord.press(ANA, town.server, asked.shown, private)
        assert "direct message" in seen(receipt.shown)
        town.room.clock.forward(days=6, hours=12)
        await deliver(town, platform.messenger)
        [told] = town.discord.messages[town.discord.direct(ANA.number)]
        assert "All of Us Strangers" in seen(told)
        saved = await town.discord.slash(BEN, town.server, "review", film="Her", rating="4/5")
        assert "Saved your review" in seen(saved.shown)  # as open as the server is


async def test_a_reminder_that_its_channel_refuses_is_told_to_its_owner(closed_town: Town) -> None:
    town = closed_town
    async with town.open() as platform:
        await town.discord.slash(ANA, town.server, "remind", film="All of Us Strangers", here=True)
        town.server.allowed &= ~SEND_MESSAGES
        town.room.clock.forward(days=6, hours=12)
        for _ in range(2):
            await deliver(town, platform.messenger)
        assert messages(town) == []
        [told] = town.discord.messages[town.discord.direct(ANA.number)]
        assert "All of Us Strangers" in seen(told)
        assert f"<#{town.server.channels[0]}>" in seen(told)


async def test_a_club_of_another_application_is_left_alone(closed_town: Town) -> None:
    """Two applications on one database: neither says, nor gives up, what is the other's."""
    town = closed_town
    elsewhere = town.room.other("discord:4711")
    await elsewhere.bot.membership.joined(ClubId("discord:4711"), "Theirs", None, "discord:99")
    await elsewhere.say("cleo", "/remind All of Us Strangers")
    town.room.clock.forward(days=6, hours=12)
    async with town.open() as platform:
        await deliver(town, platform.messenger)
        await eventually(
            town, f"discord:{town.server.number}", lambda found: found.joined_at is not None
        )
        async with town.room.store.reading(ClubId("discord:4711")) as work:
            [waiting] = await work.deliveries.of("reminder", elsewhere.caller("cleo").direct)
            club = await work.clubs.get()
    assert (waiting.state, waiting.attempts, club.left_at) == ("planned", 0, None)
