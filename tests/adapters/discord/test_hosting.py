"""What a host of Matinee in Discord sees: doctor, the install link, a process that ends tidily."""

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.discord.host.checks import findings
from adapters.discord.host.invitation import find_invitation
from adapters.runtime.health_report import ClubChannel, Verdict
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Secret, Settings
from bot.domain.ids import ClubId, PlaceId
from tests.adapters.conftest import spawned, surroundings
from tests.adapters.discord.conftest import ANA, Town
from tests.adapters.discord.double import TOKEN, Discord
from tests.adapters.discord.payloads import EVERYTHING_NEEDED, Server
from tests.adapters.discord.seeing import seen

NEEDED = EVERYTHING_NEEDED  # and nothing else
LINK = (
    "https://discord.com/oauth2/authorize?client_id=1001"
    f"&scope=bot+applications.commands&permissions={NEEDED}"
)


async def told(settings: Settings) -> dict[str, tuple[Verdict, str]]:
    return {each.name: (each.verdict, each.text) for each in await findings(settings)}


async def test_all_is_well_once_it_has_run(closed_town: Town) -> None:
    before = await told(closed_town.settings)
    assert before["discord: cmds"][0] is Verdict.NOTE
    assert "next start" in before["discord: cmds"][1]
    async with closed_town.open():
        pass
    after = await told(closed_town.settings)
    assert {verdict for verdict, _ in after.values()} == {Verdict.OK}
    assert set(after) == {
        "discord", "discord: intents", "discord: rights", "discord: cmds"
    }  # fmt: skip


async def test_each_clubs_channel_is_looked_at(closed_town: Town) -> None:
    town = closed_town
    other = town.discord.open_server("Sunday club")
    channels = [
        ClubChannel(
            ClubId(f"discord:{each.number}"), each.name, PlaceId(f"discord:#{each.channels[0]}")
        )
        for each in (town.server, other)
    ]

    async def looked() -> tuple[Verdict, str]:
        found = await findings(town.settings, channels)
        [place] = [each for each in found if each.name == "discord: places"]
        return place.verdict, place.text

    assert await looked() == (Verdict.OK, "The channels of 2 clubs can be written in.")
    other.allowed &= ~(1 << 11)
    verdict, text = await looked()
    assert verdict is Verdict.NOTE
    assert "cannot write in the channel of Sunday club:" in text
    town.server.hidden.add(town.server.channels[0])
    assert "channel of Film club, Sunday club:" in (await looked())[1]
    del town.discord.gateway.servers[other.number]
    assert "channel of Film club, Sunday club:" in (await looked())[1]


async def test_clubs_of_another_application_are_its_own_business(closed_town: Town) -> None:
    place = PlaceId(f"discord:#{closed_town.server.channels[0]}")
    ours = ClubChannel(ClubId(f"discord:{closed_town.server.number}"), "Ours", place)
    theirs = ClubChannel(ClubId("discord:1"), "Theirs", PlaceId("discord:#2"), "discord:999")
    found = await findings(closed_town.settings, [ours, theirs])
    [place_] = [each for each in found if each.name == "discord: places"]
    assert place_.text == "The channel of the club can be written in."


async def test_each_thing_that_is_wrong_says_what_to_do(closed_town: Town) -> None:
    discord, settings = closed_town.discord, closed_town.settings
    discord.application = {
        "interactions_endpoint_url": "https://elsewhere.example",
        "bot_require_code_grant": True,
        "flags": 1 << 19,
    }
    closed_town.server.allowed = NEEDED & ~(1 << 15)
    found = await told(settings)
    assert found["discord: way"][0] is Verdict.BAD
    assert "Interactions Endpoint URL" in found["discord: way"][1]
    assert "Requires OAuth2 Code Grant" in found["discord: link"][1]
    assert "Turn these intents off" in found["discord: intents"][1]
    assert "Film club (attach files)" in found["discord: rights"][1]
    assert LINK in found["discord: rights"][1]


async def test_a_bad_token_and_a_discord_away_are_said(closed_town: Town) -> None:
    wrong = replace(closed_town.settings, discord_token=Secret("a.wrong.one"))
    assert (await told(wrong))["discord"][0] is Verdict.BAD
    assert "Reset Token" in (await told(wrong))["discord"][1]
    away = replace(closed_town.settings, discord_api_url="http://127.0.0.1:9/api/v10")
    assert "cannot be reached" in (await told(away))["discord"][1]
    with pytest.raises(SettingsError, match="cannot be reached"):
        await find_invitation(away)
    with pytest.raises(SettingsError, match="DISCORD_TOKEN is not set"):
        await find_invitation(replace(closed_town.settings, discord_token=None))
    assert await findings(replace(closed_town.settings, discord_token=None)) == []


async def test_the_install_link_asks_for_no_more_than_is_needed(closed_town: Town) -> None:
    assert await find_invitation(closed_town.settings) == LINK


@asynccontextmanager
async def started(
    discord: Discord, *arguments: str, **more: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start the command as a host does, with settings that lead to the double."""
    environ = surroundings(
        DISCORD_TOKEN=TOKEN,
        DISCORD_API_URL=f"{discord.url}/api/v10",
        DISCORD_GATEWAY_URL=discord.gateway.url,
        **more,
    )
    async with spawned(environ, *arguments) as process:
        yield process


async def test_the_link_on_the_command_line(discord: Discord, tmp_path: Path) -> None:
    async with started(discord, "--data", str(tmp_path), "discord", "invite") as process:
        out, err = await process.communicate()
    assert (process.returncode, out.decode().strip(), err) == (0, LINK, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGTERM")
async def test_a_process_answers_and_ends_with_a_signal(
    discord: Discord, data: Path, tmp_path: Path
) -> None:
    server = discord.open_server("Film club")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        await _answers_and_ends(discord, server, data, str(tmp_path / "notify"))
        assert [systemd.recv(100), systemd.recv(100)] == [b"READY=1", b"STOPPING=1"]


async def _answers_and_ends(discord: Discord, server: Server, data: Path, notify: str) -> None:
    run = ("--data", str(data), "run")
    async with started(discord, *run, NOTIFY_SOCKET=notify) as process:
        async with asyncio.timeout(60):
            await discord.gateway.ready.wait()
        exchange = await discord.slash(ANA, server, "review", film="Her", rating="4/5")
        assert "Saved your review" in seen(exchange.shown)

        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            _, err = await process.communicate()
    assert process.returncode == 0
    assert TOKEN not in err.decode()
    assert "Traceback" not in err.decode()
