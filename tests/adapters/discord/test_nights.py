"""A film night through the real client: planned, voted on in private, decided, rated, told."""

from adapters.discord.outgoing.messenger import DiscordMessenger
from bot.delivery.worker import Worker
from bot.domain.ids import ClubId
from bot.domain.nights import Night
from bot.maintenance.nights import NightClock
from bot.registry import compose
from tests.adapters.discord.conftest import ANA, BEN, Town
from tests.adapters.discord.payloads import Json
from tests.adapters.discord.seeing import button, ephemeral, menu, seen


async def _night(town: Town) -> Night:
    async with town.room.store.reading(ClubId(f"discord:{town.server.number}")) as work:
        return [*await work.nights.open(), *await work.nights.past(1)][0]


async def _deliver(town: Town, messenger: DiscordMessenger) -> list[Json]:
    """Let time do its work through the real messenger; return what the channel shows now."""
    room = town.room
    await NightClock(room.store, room.bot.handle, room.clock).once()
    room.clock.forward(seconds=1)
    await Worker(room.store, messenger, room.clock, compose, "tester").drain()
    shown = town.discord.messages.get(town.server.channels[0], [])
    return [
        each for each in shown if not ephemeral(each) and "I keep what this club" not in seen(each)
    ]


async def _stage_ends(town: Town, messenger: DiscordMessenger) -> list[Json]:
    until = (await _night(town)).until
    assert until is not None
    town.room.clock.forward(seconds=(until - town.room.clock.instant).total_seconds())
    return await _deliver(town, messenger)


async def test_a_night_from_plan_to_ratings(closed_town: Town) -> None:
    town = closed_town
    async with town.open() as platform:
        discord, server, messenger = town.discord, town.server, platform.messenger
        planned = await discord.slash(ANA, server, "night", action="new", when="friday at 8")
        assert ephemeral(planned.shown)
        (card,) = await _deliver(town, messenger)
        await discord.press(ANA, server, card, button(card, "Can't"))
        await discord.press(BEN, server, card, button(card, "I'm in"))
        asked = await discord.press(ANA, server, card, button(card, "Nominate…"))
        nominated = await discord.submit(ANA, server, asked, {"film": "Paddington 2"})
        assert "Nominated: Paddington 2" in seen(nominated.shown)
        (card,) = await _deliver(town, messenger)
        assert "Paddington 2" in seen(card)
        assert "In: Ben" in seen(card)

        card, opened = await _stage_ends(town, messenger)
        assert "vote is open" in seen(opened)
        ballot = await discord.press(BEN, server, card, button(card, "Vote"))
        assert ephemeral(ballot.shown)
        chooser = menu(ballot.shown, "Yes please")
        film = chooser["options"][0]["value"]
        filled = await discord.choose(BEN, server, ballot.shown, chooser["custom_id"], film)
        assert "Yes please" in seen(filled.shown)
        assert ephemeral(filled.shown)
        vetoes = menu(filled.shown, "I won't watch")
        last = vetoes["options"][-1]["value"]
        noted = await discord.choose(BEN, server, filled.shown, vetoes["custom_id"], last)
        assert "nobody else learns of it" in seen(noted.shown)
        assert ephemeral(noted.shown)
        (card, *_) = await _deliver(town, messenger)
        assert "1 of 1 have voted" in seen(card)
        assert "Yes please" not in seen(card)

        *_, decided = await _stage_ends(town, messenger)
        assert "We watch Paddington 2" in seen(decided)
        file = await discord.press(BEN, server, decided, button(decided, "Add to calendar"))
        assert ephemeral(file.shown)

        *_, rate = await _stage_ends(town, messenger)
        form = await discord.press(BEN, server, rate, button(rate, "Rate it…"))
        thanks = await discord.submit(BEN, server, form, {"rating": "4.5/5", "text": "A miracle."})
        assert "You were the last" in seen(thanks.shown)
        *_, told = await _deliver(town, messenger)

    assert "Paddington 2 (2017): ★★★★½ on the night" in seen(told)
    assert "A miracle" in seen(told)


async def test_a_time_is_found_by_menus(closed_town: Town) -> None:
    town = closed_town
    async with town.open() as platform:
        discord, server, messenger = town.discord, town.server, platform.messenger
        when = "in 2 days, in 3 days"
        await discord.slash(ANA, server, "night", action="when", when=when)
        (card,) = await _deliver(town, messenger)
        slots = await discord.press(BEN, server, card, button(card, "When can you?"))
        assert ephemeral(slots.shown)
        yes = menu(slots.shown, "Yes")
        second = yes["options"][1]["value"]
        answered = await discord.choose(BEN, server, slots.shown, yes["custom_id"], second)
        assert "Yes" in seen(answered.shown)
        no = menu(answered.shown, "No")
        first = no["options"][0]["value"]
        await discord.choose(BEN, server, answered.shown, no["custom_id"], first)
        (card,) = await _deliver(town, messenger)
        assert "1 answer so far" in seen(card)
        assert "Yes" not in seen(card)

        card, settled = await _stage_ends(town, messenger)

    assert "1 guest can make it" in seen(settled)
    assert "In: Ben" in seen(card)
    assert (await _night(town)).starts_at.isoformat() == second
