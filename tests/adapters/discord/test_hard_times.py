"""Slow answers, lost connections, limits, errors and repeats: everything is answered, once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from adapters.discord.host.platform import open_platform
from adapters.discord.outgoing.responses import BELOW, DEFER_AFTER
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Secret
from bot.domain.connections import Shards
from bot.service import CONCURRENT
from tests.adapters.discord.conftest import ANA, BEN, Town
from tests.adapters.discord.double import Discord
from tests.adapters.discord.exchange import Exchange
from tests.adapters.discord.seeing import button, ephemeral, seen

DEFERRED, DEFERRED_UPDATE = 5, 6
CALLBACK = "/callback$"


@asynccontextmanager
async def busy(town: Town, seconds: float = 1.3) -> AsyncIterator[None]:
    """Let the core be at work on other things, until this long after the block began."""
    for _ in range(CONCURRENT):
        await town.room.bot._slots.acquire()

    async def ended() -> None:
        await asyncio.sleep(seconds)
        for _ in range(CONCURRENT):
            town.room.bot._slots.release()

    ending = asyncio.create_task(ended())
    yield
    await ending


async def reviews(town: Town) -> str:
    return seen((await town.discord.slash(ANA, town.server, "reviews")).shown)


async def write(town: Town, film: str = "Her") -> Exchange:
    return await town.discord.slash(ANA, town.server, "review", film=film, rating="4/5")


async def test_a_slow_answer_is_put_off_in_private_and_the_card_follows(town: Town) -> None:
    card = await town.discord.slash(ANA, town.server, "review", film="Her")
    async with busy(town):
        share = button(card.shown, "Share")
        exchange = await town.discord.press(ANA, town.server, card.shown, share)

    assert exchange.kind == DEFERRED
    assert DEFER_AFTER <= exchange.waited < 1
    assert exchange.original is not None
    assert ephemeral(exchange.original)
    assert seen(exchange.original) == BELOW
    assert not ephemeral(exchange.shown)
    assert "Her (2013)" in seen(exchange.shown)


async def test_a_slow_private_answer_takes_the_place_it_was_promised(town: Town) -> None:
    async with busy(town):
        exchange = await write(town)

    assert exchange.kind == DEFERRED
    assert exchange.followups == []
    assert ephemeral(exchange.shown)
    assert "Saved your review" in seen(exchange.shown)


async def test_a_slow_page_turns_where_it_stands(town: Town) -> None:
    panel = await town.discord.slash(ANA, town.server, "settings")
    async with busy(town):
        opened = await town.discord.press(
            ANA, town.server, panel.shown, button(panel.shown, "Change…")
        )
        done = await town.discord.submit(ANA, town.server, opened, {"region": "France"})

    assert done.kind == 7
    assert done.shown["id"] == panel.shown["id"]
    assert "France" in seen(done.shown)


async def test_a_slow_answer_in_private_is_no_second_message(town: Town) -> None:
    await town.discord.slash(ANA, town.server, "help")
    async with busy(town):
        exchange = await town.discord.slash(ANA, None, "film", film="Her")

    assert exchange.kind == DEFERRED
    assert exchange.followups == []
    assert "Her (2013)" in seen(exchange.shown)


async def test_a_slow_file_is_put_off(town: Town) -> None:
    number = town.discord.upload("mine.txt", b"Warm and sad all the way.")
    async with busy(town):
        exchange = await town.discord.slash(ANA, town.server, "review", film="Her", file=number)
    assert exchange.kind == DEFERRED
    assert "Saved your review" in seen(exchange.shown)


async def test_one_error_of_discords_costs_a_second_and_no_answer(town: Town) -> None:
    town.discord.fail(CALLBACK, 500)
    exchange = await write(town)

    assert "Saved your review" in seen(exchange.shown)
    assert exchange.waited < 3
    assert (await reviews(town)).count("Her") == 1


async def test_a_limit_on_an_answer_is_waited_for(town: Town) -> None:
    town.discord.limit(CALLBACK, 0.3)
    exchange = await town.discord.slash(ANA, town.server, "film", film="Her")
    assert "Her (2013)" in seen(exchange.shown)

    town.discord.limit("/webhooks/", 0.3)
    async with busy(town):
        exchange = await town.discord.slash(ANA, town.server, "film", film="Her")
    assert "Her (2013)" in seen(exchange.shown)


async def test_an_answer_whose_receipt_was_lost_is_not_given_twice(town: Town) -> None:
    town.discord.fail(CALLBACK, 500, after=True)
    exchange = await write(town)
    await asyncio.sleep(1.5)  # the library tries again after a second

    assert "Saved your review" in seen(exchange.shown)
    assert exchange.followups == []


async def test_the_same_interaction_twice_has_one_effect_and_one_answer(town: Town) -> None:
    exchange = await write(town)
    await town.discord.gateway.say(*town.discord.gateway.last("INTERACTION_CREATE"))
    assert "Her" in await reviews(town)

    assert exchange.followups == []
    callbacks = [each for each in town.discord.requests if f"/{exchange.number}/" in each]
    assert len(callbacks) == 1


async def test_what_a_killed_process_put_off_is_answered_by_the_next(
    closed_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.outgoing.responses.ABANDONED_AFTER", (0.1, 0.1))
    town = closed_town
    async with town.open():
        async with busy(town, 2.0):
            data = town.discord.command("review", {"film": "Her", "rating": "4/5"})
            exchange = await town.discord.does(ANA, 2, data, town.server, wait=False)
            while exchange.acknowledged_at is None:
                await exchange.told.wait()
        said = town.discord.gateway.last("INTERACTION_CREATE")
        await town.discord.settled(exchange)
    assert exchange.original is not None
    exchange.original["flags"] |= 1 << 7  # as if it had died before it could say so
    exchange.original["content"] = ""
    async with town.open():
        await town.discord.gateway.say(*said)
        await town.discord.settled(exchange)
        assert "Saved your review" in seen(exchange.shown)
        assert (await reviews(town)).count("Her") == 1


async def test_a_connection_lost_in_the_middle_of_a_command_loses_nothing(town: Town) -> None:
    gateway = town.discord.gateway
    async with busy(town):
        data = town.discord.command("review", {"film": "Her", "rating": "4/5"})
        exchange = await town.discord.does(ANA, 2, data, town.server, wait=False)
        await asyncio.sleep(0.1)
        await gateway.drop()
    await town.discord.settled(exchange)
    assert "Saved your review" in seen(exchange.shown)

    async with asyncio.timeout(10):
        await gateway.ready.wait()
    assert (await reviews(town)).count("Her") == 1


@pytest.mark.parametrize("way", ["reconnect", "resumable", "invalid", "refused"])
async def test_every_way_to_lose_the_session_is_survived(town: Town, way: str) -> None:
    gateway = town.discord.gateway
    match way:
        case "reconnect":
            await gateway.ask_to_reconnect()
        case "resumable":
            await gateway.invalidate(resumable=True)
        case "invalid":
            await gateway.invalidate(resumable=False)
        case "refused":
            gateway.refuses_resume = True
            await gateway.ask_to_reconnect()
    async with asyncio.timeout(20):
        await gateway.ready.wait()

    assert (gateway.resumed, gateway.identified) == (
        (1, 1) if way in {"reconnect", "resumable"} else (0, 2)
    )
    exchange = await town.discord.slash(ANA, town.server, "film", film="Her")
    assert "Her (2013)" in seen(exchange.shown)


async def test_what_happened_while_the_connection_was_lost_is_answered(town: Town) -> None:
    await town.discord.gateway.ask_to_reconnect()
    exchange = await town.discord.slash(ANA, town.server, "film", film="Her")
    assert "Her (2013)" in seen(exchange.shown)


async def test_heartbeats_are_kept(closed_town: Town) -> None:
    closed_town.discord.gateway.heartbeat = 0.1
    async with closed_town.open():
        await asyncio.sleep(0.5)
        assert closed_town.discord.gateway.heartbeats >= 2


async def test_a_connection_without_acknowledged_heartbeats_is_noticed(closed_town: Town) -> None:
    gateway = closed_town.discord.gateway
    gateway.heartbeat = 0.1
    async with closed_town.open() as platform:

        async def heard(*, within: bool) -> None:
            async with asyncio.timeout(15):
                while True:
                    age = await platform.silence()
                    if age is not None and (age < 0.4) == within:
                        return
                    await asyncio.sleep(0.02)

        await heard(within=True)
        gateway.deaf = True
        await heard(within=False)
        gateway.deaf = False
        await heard(within=True)
    assert await platform.silence() is None


async def test_of_several_connections_the_one_heard_longest_ago_counts(closed_town: Town) -> None:
    closed_town.discord.shards = 2
    async with closed_town.open(shard_above=0) as platform:
        async with asyncio.timeout(20):  # shards identify one after the other, 5 s apart
            while len(closed_town.discord.gateway.shards) < 2:  # noqa: ASYNC110 - the client says nothing of it
                await asyncio.sleep(0.02)
            while (first := await platform.silence()) is None:  # noqa: ASYNC110 - nor of this
                await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
        later = await platform.silence()
        assert later is not None
        assert first + 0.2 < later < first + 5


async def test_two_members_press_at_once(town: Town) -> None:
    card = await town.discord.slash(ANA, town.server, "film", film="Her")
    watch = button(card.shown, "Watchlist")
    both = await asyncio.gather(
        *(town.discord.press(each, town.server, card.shown, watch) for each in (ANA, BEN) * 3)
    )
    assert all("watchlist" in seen(each.shown) for each in both)
    for person in (ANA, BEN):
        listed = await town.discord.slash(person, town.server, "watchlist")
        assert seen(listed.shown).count("Her (2013)") == 1


async def test_an_answer_that_discord_refuses_is_an_apology(town: Town) -> None:
    town.discord.fail(CALLBACK, 400)
    exchange = await town.discord.does(
        ANA, 2, town.discord.command("film", {"film": "Her"}), town.server, wait=False
    )
    await town.discord.settled(exchange)
    assert "something went wrong" in seen(exchange.shown)
    assert ephemeral(exchange.shown)


async def test_a_stop_lets_what_was_begun_come_to_its_end(closed_town: Town) -> None:
    town = closed_town
    async with busy(town, 1.0), town.open():
        data = town.discord.command("review", {"film": "Her", "rating": "4/5"})
        exchange = await town.discord.does(ANA, 2, data, town.server, wait=False)
        await asyncio.sleep(0.1)
    assert "Saved your review" in seen(exchange.shown)


async def test_a_token_that_is_not_taken_says_what_to_do(closed_town: Town) -> None:
    settings = replace(closed_town.settings, discord_token=Secret("not.the.token"))
    platform = open_platform(settings, closed_town.room.clock)
    with pytest.raises(SettingsError, match="Reset Token"):
        await platform.serve(closed_town.room.bot, asyncio.Event())


async def test_a_token_withdrawn_meanwhile_says_so(closed_town: Town) -> None:
    closed_town.discord.gateway.token = "another"  # noqa: S105 - of the double alone
    platform = open_platform(closed_town.settings, closed_town.room.clock)
    with pytest.raises(SettingsError, match="DISCORD_TOKEN"):
        await platform.serve(closed_town.room.bot, asyncio.Event())


async def test_discord_away_at_the_start_is_waited_for(
    closed_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.chat.connecting.FIRST_WAIT", 0.05)
    closed_town.discord.fail("/users/@me$", 0, times=2)
    async with closed_town.open():
        exchange = await closed_town.discord.slash(ANA, closed_town.server, "film", film="Her")
    assert "Her (2013)" in seen(exchange.shown)


async def test_a_process_with_some_of_the_shards_reaches_their_servers_alone(
    closed_town: Town,
) -> None:
    discord: Discord = closed_town.discord
    for number in range(8):
        discord.open_server(f"Club {number}")
    ours = [each for each in discord.gateway.servers.values() if (each.number >> 22) % 4 in {1, 2}]
    reached = {"discord-own:", *(f"discord:{each.number}" for each in ours)}
    town = replace(
        closed_town, settings=replace(closed_town.settings, discord_shards=Shards(1, 2, 4))
    )
    async with town.open() as platform:
        async with asyncio.timeout(15):
            while len(discord.gateway.live) < 2:  # noqa: ASYNC110 - the double says nothing of it
                await asyncio.sleep(0.02)
            while len(platform.messenger.reach) < len(reached):  # noqa: ASYNC110 - likewise
                await asyncio.sleep(0.02)
        assert sorted(discord.gateway.shards) == [[1, 4], [2, 4]]
        assert set(platform.messenger.reach) == reached


async def test_many_servers_are_shared_among_connections(closed_town: Town) -> None:
    discord: Discord = closed_town.discord
    more = [discord.open_server(f"Club {n}") for n in range(5)]
    discord.shards = 2
    async with closed_town.open(shard_above=3):
        async with asyncio.timeout(15):
            while len(discord.gateway.live) < 2:  # noqa: ASYNC110 - the double says nothing of it
                await asyncio.sleep(0.02)
        assert sorted(discord.gateway.shards) == [[0, 2], [1, 2]]
        exchange = await discord.slash(ANA, more[0], "film", film="Her")
        assert "Her (2013)" in seen(exchange.shown)
