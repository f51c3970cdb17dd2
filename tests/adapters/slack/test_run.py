"""`matinee run` with Slack's tokens: the real command, told to end by SIGTERM."""

import asyncio
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.runtime.environment import SettingsError
from adapters.runtime.settings import names
from adapters.slack.host.platform import SlackPlatform
from bot.domain.ids import ClubId, DeliveryId, MemberId, PlaceId
from bot.messages.replies import Paragraph, Plain, Reply
from tests.adapters.conftest import command, surroundings
from tests.adapters.slack.conftest import connected, settings_for
from tests.adapters.slack.double import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.adapters.slack.driver import Socket, Workspace
from tests.support import Room


async def test_it_answers_until_it_is_told_to_end(slack: FakeSlack, data: Path) -> None:
    environ = surroundings(
        SLACK_BOT_TOKEN=BOT_TOKEN,
        SLACK_APP_TOKEN=APP_TOKEN,
        SLACK_API_URL=f"{slack.url}/api",
        MATINEE_DATA_DIR=str(data),
        MATINEE_LOG_LEVEL="info",
    )
    assert {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_API_URL"} <= set(names())
    running = await asyncio.create_subprocess_exec(
        *command("run"),
        env=environ,
        cwd=Path(__file__).parent,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        await slack.until(lambda: slack.sockets, seconds=60)
        club = Workspace(slack, Socket(slack))
        receipt = await club.say("ana", "/review Her 4/5 Warm.")
        await slack.until(lambda: len(slack.posts) > 1, seconds=20)  # the line for the channel
        running.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(running.communicate(), 10)
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()

    assert receipt.text.startswith("Saved your review of Her (2013)")
    told = slack.posts[1]
    assert (told.channel, told.user) == ("C1", "")
    assert told.metadata is not None
    assert running.returncode == 0, errors.decode()
    assert BOT_TOKEN.encode() not in errors
    assert b"Warm." not in errors


async def test_deliveries_need_neither_socket_nor_secret(slack: FakeSlack, room: Room) -> None:
    settings = replace(settings_for(slack, "socket"), slack_app_token=None)
    with pytest.raises(SettingsError, match="no way in"):
        SlackPlatform(settings)
    platform, stopping = SlackPlatform(replace(settings, only="worker")), asyncio.Event()
    running = asyncio.create_task(platform.serve(room.bot, stopping))
    await slack.until(lambda: platform.messenger.reach or running.done())
    assert await platform.silence() == 0.0
    hello = Reply((Paragraph((Plain("Her is out."),)),), "Her is out.")
    await platform.messenger.send(PlaceId("slack:T1#C1"), hello, delivery_id=DeliveryId("d1"))
    club = ClubId("slack:T1")
    assert await room.bot.directories.belongs(club, MemberId("slack:UANA"))
    assert not await room.bot.directories.belongs(ClubId("slack:T2"), MemberId("slack:UANA"))
    stopping.set()
    async with asyncio.timeout(10):
        await running

    assert (slack.posts[-1].channel, slack.posts[-1].text) == ("C1", "Her is out.")
    assert not slack.sockets


async def test_a_socket_that_is_lost_is_noticed(slack: FakeSlack, room: Room) -> None:
    assert await SlackPlatform(settings_for(slack, "socket")).silence() is None
    async with connected(slack, room, settings_for(slack, "socket")) as platform:
        async with asyncio.timeout(10):
            while await platform.silence() is None:  # noqa: ASYNC110 - the client says nothing of it
                await asyncio.sleep(0.01)
        for each in list(slack.sockets):
            await each.close()
        async with asyncio.timeout(10):
            while await platform.silence() is not None:  # noqa: ASYNC110 - likewise
                await asyncio.sleep(0.001)
    async with connected(slack, room, settings_for(slack, "http")) as platform:
        assert await platform.silence() == 0.0
