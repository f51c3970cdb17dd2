"""`matinee run` with Slack's tokens: the real command, told to end by SIGTERM."""

import asyncio
import signal
import socket
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import names
from adapters.slack.host.platform import SlackPlatform
from bot.domain.ids import ClubId, DeliveryId, MemberId, PlaceId
from bot.messages.replies import Paragraph, Reply
from bot.messages.spans import Plain
from tests.adapters.conftest import spawned, surroundings
from tests.adapters.slack.conftest import connected, settings_for
from tests.adapters.slack.double import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.adapters.slack.driver import SECRET, Socket, Workspace
from tests.adapters.slack.installing import KEY, Town
from tests.adapters.slack.installs import CLIENT_ID, CLIENT_SECRET, REDIRECT, Grant
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
    async with spawned(environ, "run") as process:
        await slack.until(lambda: slack.sockets, seconds=60)
        club = Workspace(slack, Socket(slack))
        receipt = await club.say("ana", "/review Her 4/5 Warm.")
        await slack.until(lambda: len(slack.posts) > 1, seconds=20)  # the line for the channel
        errors = await ended(process)

    assert receipt.text.startswith("Saved your review of Her (2013)")
    told = slack.posts[1]
    assert (told.channel, told.user) == ("C1", "")
    assert told.metadata is not None
    assert BOT_TOKEN.encode() not in errors
    assert b"Warm." not in errors


async def test_many_workspaces_install_it_as_it_runs(
    slack: FakeSlack, data: Path, tmp_path: Path
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path / "home"
    home.mkdir()
    environ = surroundings(
        SLACK_CLIENT_ID=CLIENT_ID,
        SLACK_CLIENT_SECRET=CLIENT_SECRET,
        SLACK_REDIRECT_URI=REDIRECT,
        SLACK_SIGNING_SECRET=SECRET,
        SLACK_HTTP_PORT=str(port),
        SLACK_API_URL=f"{slack.url}/api",
        MATINEE_SECRET_KEY=KEY,
        MATINEE_DATA_DIR=str(data),
        MATINEE_LOG_LEVEL="info",
        HOME=str(home),
    )
    grant = Grant("T2", "Late Show")
    async with spawned(environ, "run") as process, aiohttp.ClientSession() as session:
        around = Town(slack, port, session)
        async with asyncio.timeout(60):
            while not await reachable(around):  # noqa: ASYNC110 - another process says nothing of it
                await asyncio.sleep(0.1)
        await around.install(grant)
        receipt = await around.members("T2").say("t2", "/review Her 4/5 Warm.", "CT2")
        await slack.until(lambda: len(slack.posts) > 1, seconds=40)  # the line for the channel
        errors = await ended(process)

    assert receipt.text.startswith("Saved your review of Her (2013)")
    assert (slack.posts[1].channel, slack.posts[1].user) == ("CT2", "")
    assert list(home.rglob("*")) == []
    kept = b"".join(each.read_bytes() for each in data.rglob("*") if each.is_file())
    assert b"Warm." in kept
    assert b"Warm." not in errors
    for secret in (grant.token, CLIENT_SECRET, KEY):
        assert secret.encode() not in errors + kept


async def reachable(around: Town) -> bool:
    """Tell whether somebody listens there."""
    try:
        return (await around.get(f"{around.base}/health"))[0] == 200
    except aiohttp.ClientError:
        return False


async def ended(process: asyncio.subprocess.Process) -> bytes:
    """Tell it to end; return what it logged."""
    process.send_signal(signal.SIGTERM)
    _, errors = await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0, errors.decode()
    return errors


async def test_deliveries_need_neither_socket_nor_secret(slack: FakeSlack, room: Room) -> None:
    settings = replace(settings_for(slack, "socket"), slack_app_token=None)
    with pytest.raises(SettingsError, match="no way in"):
        SlackPlatform(settings)
    platform, stopping = SlackPlatform(replace(settings, only="worker")), asyncio.Event()
    serving = asyncio.create_task(platform.serve(room.bot, stopping))
    await slack.until(lambda: platform.messenger.reach or serving.done())
    assert await platform.silence() == 0.0
    hello = Reply((Paragraph((Plain("Her is out."),)),), "Her is out.")
    await platform.messenger.send(PlaceId("slack:T1#C1"), hello, delivery_id=DeliveryId("d1"))
    club = ClubId("slack:T1")
    assert await room.bot.directories.belongs(club, MemberId("slack:UANA"))
    assert not await room.bot.directories.belongs(ClubId("slack:T2"), MemberId("slack:UANA"))
    stopping.set()
    async with asyncio.timeout(10):
        await serving

    assert (slack.posts[-1].channel, slack.posts[-1].text) == ("C1", "Her is out.")
    assert not slack.sockets


async def test_a_socket_that_is_lost_is_noticed(slack: FakeSlack, room: Room) -> None:
    assert await SlackPlatform(settings_for(slack, "socket")).silence() is None
    async with connected(slack, room, settings_for(slack, "socket")) as platform:
        async with asyncio.timeout(10):
            while await platform.silence() is None:  # noqa: ASYNC110 - the client says nothing of it
                await asyncio.sleep(0.01)
        slack.slow["apps.connections.open"] = 0.5  # else it may be back before anybody looks
        for each in list(slack.sockets):
            await each.close()
        async with asyncio.timeout(10):
            while await platform.silence() is not None:  # noqa: ASYNC110 - likewise
                await asyncio.sleep(0.001)
    async with connected(slack, room, settings_for(slack, "http")) as platform:
        assert await platform.silence() == 0.0
