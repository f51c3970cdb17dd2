"""Matinee on a small Slack: the real client and server, over the loopback, on either transport."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from adapters.runtime.settings.settings import Secret, Settings
from adapters.slack.host.platform import SlackPlatform
from tests.adapters.slack.double import APP_TOKEN, BOT_TOKEN, FakeSlack, serving
from tests.adapters.slack.driver import SECRET, Http, Socket, Workspace
from tests.support import Room

PEOPLE: dict[str, dict[str, Any]] = {
    "UANA": {"name": "ana", "profile": {"display_name": "Ana"}, "is_admin": True},
    "UBEN": {"name": "ben", "profile": {"display_name": "", "real_name": "Ben"}},
    "UCLEO": {"name": "cleo", "profile": {"display_name": "Cleo"}},
}


def settings_for(slack: FakeSlack, transport: str) -> Settings:
    """Set Matinee up for a small Slack."""
    by_http, by_socket = transport in {"http", "both"}, transport in {"socket", "both"}
    return Settings(
        slack_bot_token=Secret(BOT_TOKEN),
        slack_app_token=Secret(APP_TOKEN) if by_socket else None,
        slack_signing_secret=Secret(SECRET) if by_http else None,
        slack_http_port=0,
        slack_api_url=f"{slack.url}/api/",
    )


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A workspace with three members; nothing that Slack would refuse may have been sent to it."""
    async with serving() as fake:
        fake.users |= PEOPLE
        yield fake
        assert fake.complaints == []


@asynccontextmanager
async def connected(
    slack: FakeSlack, room: Room, settings: Settings, *, ready: bool = True
) -> AsyncIterator[SlackPlatform]:
    """Run the platform until the end."""
    platform, stopping = SlackPlatform(settings), asyncio.Event()
    running = asyncio.create_task(platform.serve(room.bot, stopping))
    try:
        if ready and settings.slack_signing_secret:
            await slack.until(lambda: platform.port or running.done())
        if ready and settings.slack_app_token:
            await slack.until(lambda: slack.sockets or running.done())
        yield platform
    finally:
        stopping.set()
        async with asyncio.timeout(15):
            await running


@asynccontextmanager
async def workspace(slack: FakeSlack, room: Room, transport: str) -> AsyncIterator[Workspace]:
    """Open a workspace whose members speak to a running Matinee."""
    async with (
        connected(slack, room, settings_for(slack, transport)) as platform,
        aiohttp.ClientSession() as session,
    ):
        url = f"http://127.0.0.1:{platform.port}/slack/events"
        yield Workspace(slack, Http(session, url) if transport == "http" else Socket(slack))


@pytest.fixture(params=["http", "socket"])
async def club(
    slack: FakeSlack, room: Room, request: pytest.FixtureRequest
) -> AsyncIterator[Workspace]:
    """A workspace on each transport in turn."""
    async with workspace(slack, room, request.param) as opened:
        yield opened


@pytest.fixture
def settled(room: Room) -> Room:
    """The club as the platform names it, for a look at what is kept."""
    return replace(room, club="slack:T1")
