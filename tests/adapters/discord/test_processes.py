"""Processes that take over a part: deliveries without the gateway, pages alone."""

import asyncio
import re
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.discord.host.platform import DiscordPlatform, open_platform
from adapters.runtime.health.heartbeat import heartbeat_file
from bot.domain.errors import Unreadable
from bot.domain.ids import ClubId, MemberId, PlaceId
from tests.adapters.discord.conftest import ANA, CHIEF, Town
from tests.adapters.discord.double import Discord
from tests.adapters.discord.payloads import EVERYTHING_NEEDED
from tests.adapters.discord.seeing import seen
from tests.adapters.discord.test_hosting import started
from tests.adapters.discord.test_messenger import FIRST, LOOKING_BACK, WORDS, deliver, hall
from tests.adapters.web.browser import Browser

SENT = 'matinee_deliveries_total{outcome="sent"}'


@asynccontextmanager
async def sending(town: Town) -> AsyncIterator[DiscordPlatform]:
    """Serve without a connection to the gateway until the block ends."""
    platform = open_platform(replace(town.settings, only="worker"), town.room.clock)
    stopping = asyncio.Event()
    serving = asyncio.create_task(platform.serve(town.room.bot, stopping))
    try:
        async with asyncio.timeout(20):
            while not platform.messenger.reach:
                assert not serving.done(), serving.result()
                await asyncio.sleep(0.01)
        yield platform
    finally:
        stopping.set()
        async with asyncio.timeout(10):
            await serving


async def test_deliveries_need_no_gateway(closed_town: Town) -> None:
    town = closed_town
    async with town.open():
        await town.discord.slash(ANA, town.server, "remind", film="All of Us Strangers")
        await town.discord.slash(CHIEF, town.server, "setup", here=True)
    other = Town(town.discord, town.room, town.discord.open_server("Never noted"), town.settings)
    async with sending(town) as platform:
        assert set(platform.messenger.reach) == {"discord-own:", f"discord:{town.server.number}"}
        town.room.clock.forward(days=6, hours=12)
        await deliver(town, platform.messenger)
        [said] = town.discord.messages[town.discord.direct(ANA.number)]
        assert "All of Us Strangers" in seen(said)
        assert f"discord:{other.server.number}" not in platform.messenger.reach
    assert town.discord.gateway.identified == 1
    assert list(platform.messenger.reach) == []


async def test_without_a_gateway_a_history_is_looked_up_or_said_to_be_closed(
    closed_town: Town,
) -> None:
    town = closed_town
    async with sending(town) as platform:
        since = town.room.clock.now() - LOOKING_BACK
        name = await platform.messenger.send(hall(town), WORDS, delivery_id=FIRST)
        assert await platform.messenger.find(hall(town), FIRST, since) == name
        town.server.allowed = EVERYTHING_NEEDED & ~(1 << 16)
        with pytest.raises(Unreadable, match="history"):
            await platform.messenger.find(hall(town), FIRST, since)
        gone = PlaceId("discord:#1")
        with pytest.raises(Unreadable, match="gone"):
            await platform.messenger.find(gone, FIRST, since)


async def test_without_a_gateway_who_left_is_known(closed_town: Town) -> None:
    town = closed_town
    club, ana = ClubId(f"discord:{town.server.number}"), MemberId(f"discord:{ANA.number}")
    async with sending(town):
        town.server.left.add(CHIEF.number)
        assert await town.room.bot.directories.belongs(club, ana)
        assert not await town.room.bot.directories.belongs(
            club, MemberId(f"discord:{CHIEF.number}")
        )


async def test_a_review_written_in_a_process_of_pages_is_told_by_one_of_deliveries(
    discord: Discord, data: Path
) -> None:
    server = discord.open_server("Film club")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    more = {"MATINEE_WEB_URL": url, "MATINEE_WEB_PORT": str(port)}
    health = {"MATINEE_HEALTH_PORT": str(free_port())}
    arguments = ("--data", str(data), "run", "--only")
    async with started(discord, *arguments, "discord", **more) as process:
        async with asyncio.timeout(60):
            await discord.gateway.ready.wait()
        await discord.slash(CHIEF, server, "setup", here=True)
        told = await discord.slash(ANA, server, "web")
        await ended(process)
    link = re.search(rf"{re.escape(url)}(/[^\s)>\"]+)", str(told.shown))
    assert link is not None, told.shown

    async with (
        started(discord, *arguments, "web", **more) as pages,
        started(discord, *arguments, "worker", **more, **health) as worker,
    ):
        for name in ("web", "worker"):
            await there(heartbeat_file(data, name))
        browser = Browser(url)
        try:
            await browser.press(await browser.get(link[1]), "Sign in")
            form = await browser.press(await browser.get("/film/heat-1995"), "Write a review …")
            await browser.press(form, "Send", rating="4/5", text="Precise, lonely men.")
        finally:
            await browser.session.close()
        channel = server.channels[0]
        async with asyncio.timeout(20):
            while not any("reviewed Heat" in seen(e) for e in discord.messages.get(channel, [])):  # noqa: ASYNC110 - many send, none tells
                await asyncio.sleep(0.05)
        watching = Browser(f"http://127.0.0.1:{health['MATINEE_HEALTH_PORT']}")
        try:
            assert (await watching.get("/readyz")).status == 200
            async with asyncio.timeout(10):  # the outcome is stored after the message is there
                while SENT not in (await watching.get("/metrics")).html:  # noqa: ASYNC110 - no metric tells
                    await asyncio.sleep(0.05)
        finally:
            await watching.session.close()
        await ended(worker)
        await ended(pages)
    assert discord.gateway.identified == 1


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


async def there(file: Path) -> None:
    async with asyncio.timeout(60):
        while not file.exists():  # noqa: ASYNC110 - a file says nothing
            await asyncio.sleep(0.05)


async def ended(process: asyncio.subprocess.Process) -> None:
    """Stop a process as systemd does; it ends tidily."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(10):
        _, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    assert "Traceback" not in err.decode()
