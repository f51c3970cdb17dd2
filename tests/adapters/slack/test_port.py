"""Slack's port for whoever reaches it: nothing unsigned is read, nothing waits for ever, nothing fills the log."""

import asyncio
import gzip
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from urllib.parse import quote, urlsplit

import pytest

from adapters.runtime.process import http_server
from adapters.runtime.process.logs import SecretFilter
from adapters.slack.api import Api
from adapters.slack.host import health
from adapters.slack.incoming import http
from bot.domain.errors import StoreError
from tests.adapters.slack.answers import no
from tests.adapters.slack.conftest import workspace
from tests.adapters.slack.double import BOT_TOKEN, FakeSlack
from tests.adapters.slack.driver import Http, Workspace, signed
from tests.support import Room

WORDS = "Quetzalcoatlus"


@pytest.fixture
async def club(slack: FakeSlack, room: Room) -> AsyncIterator[Workspace]:
    async with workspace(slack, room, "http") as opened:
        yield opened


def way(club: Workspace) -> Http:
    assert isinstance(club.way, Http)
    return club.way


@asynccontextmanager
async def raw(club: Workspace) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Connect to the port without speaking HTTP for one."""
    parts = urlsplit(way(club).url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    with closing(writer):
        yield reader, writer


async def ends(reader: asyncio.StreamReader, seconds: float) -> bytes:
    async with asyncio.timeout(seconds):
        return await reader.read()


@pytest.mark.parametrize("body", [b"no gzip at all", gzip.compress(b"x" * 5_000_000), b""])
async def test_unsigned_gzip_is_refused_unread(club: Workspace, body: bytes) -> None:
    status, _ = await way(club).post(body, {"Content-Encoding": "gzip"})
    assert status == 401


async def test_signed_gzip_is_taken_as_it_was_signed(club: Workspace) -> None:
    body = gzip.compress(b"payload={}")
    status, _ = await way(club).post(body, {"Content-Encoding": "gzip", **signed(body)})
    assert status == 400


async def test_without_a_signature_no_body_is_waited_for(club: Workspace) -> None:
    async with raw(club) as (reader, writer):
        writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n")
        assert b" 401 " in await ends(reader, 3)


async def test_a_body_without_end_is_cut_at_the_limit(club: Workspace) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in signed(b"x").items())
    async with raw(club) as (reader, writer):
        start = (
            f"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n{head}\r\n"
        )
        writer.write(start.encode())
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        with suppress(ConnectionError):
            async with asyncio.timeout(5):
                while not reader.at_eof():
                    writer.write(chunk)
                    await writer.drain()
                    await asyncio.sleep(0)


@pytest.mark.parametrize("half", ["", "POST /slack/eve", "POST /slack/events HTTP/1.1\r\nHost:"])
async def test_half_a_request_is_not_waited_for(
    slack: FakeSlack, room: Room, monkeypatch: pytest.MonkeyPatch, half: str
) -> None:
    monkeypatch.setattr(http_server, "PATIENCE", 0.3)
    async with workspace(slack, room, "http") as club, raw(club) as (reader, writer):
        writer.write(half.encode())
        await ends(reader, 3)


async def test_half_a_body_is_not_waited_for(
    slack: FakeSlack, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "PATIENCE", 0.3)
    head = "".join(f"{name}: {value}\r\n" for name, value in signed(b"x").items())
    async with workspace(slack, room, "http") as club, raw(club) as (reader, writer):
        start = f"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n{head}\r\nhalf"
        writer.write(start.encode())
        assert b" 408 " in await ends(reader, 3)


async def test_connections_are_limited_and_given_back(
    slack: FakeSlack, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "MOST_CONNECTIONS", 3)
    async with workspace(slack, room, "http") as club:
        async with AsyncExitStack() as opened:
            for _ in range(3):
                await opened.enter_async_context(raw(club))
            await asyncio.sleep(0.1)
            async with raw(club) as (reader, _):
                assert await ends(reader, 1) == b""
        await asyncio.sleep(0.2)
        assert (await club.say("ana", "/review Her")).text.startswith("Her")


def garbage() -> Iterator[bytes]:
    for number in range(200):
        yield bytes((number * 7 + place) % 256 for place in range(60)) + b"\r\n\r\n"


async def test_a_flood_of_nonsense_is_a_line_in_the_log(
    club: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for each in garbage():
            async with raw(club) as (_, writer):
                writer.write(each)
                await writer.drain()
        for _ in range(200):
            await way(club).post(b"payload=x", {"X-Slack-Signature": "v0=1"})
    ours = [each for each in caplog.records if each.levelno >= logging.INFO]
    assert len(ours) <= 3, [each.getMessage() for each in ours]


async def test_health_says_what_is_not_well(
    club: Workspace, slack: FakeSlack, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "KEPT", 0.0)
    address = way(club).url.replace("/slack/events", "/health")

    async def look() -> tuple[int, str]:
        async with way(club).session.get(address) as response:
            return response.status, await response.text()

    assert await look() == (200, "database: ok\nslack: ok\n")
    slack.troubles["auth.test"].append(lambda: no("account_inactive"))
    assert await look() == (503, "database: ok\nslack: refuses (account_inactive)\n")

    async def broken() -> None:
        raise StoreError("the disk is gone", retry=False)

    monkeypatch.setattr(room.bot, "check_store", broken)
    api = Api(f"{slack.url}/api/", BOT_TOKEN)
    found = await health.Health(room.bot, api).look()
    await api.close()
    assert found == (False, "database: cannot be read\nslack: ok\n")


async def test_slack_is_not_asked_at_everybodys_will(club: Workspace, slack: FakeSlack) -> None:
    before = len(slack.calls)
    address = way(club).url.replace("/slack/events", "/health")
    for _ in range(20):
        async with way(club).session.get(address) as response:
            assert response.status == 200
    assert len(slack.calls) - before == 1


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_no_payload_is_logged_at_any_level(
    slack: FakeSlack, room: Room, transport: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(SecretFilter([]))
    for name in ("adapters", "bot", "db", "recommender"):
        caplog.set_level(logging.DEBUG, name)
    async with workspace(slack, room, transport) as club:
        await club.say("ana", f"/review Her 4/5 {WORDS}.")
        await club.answered("events_api", club.directly("ana", f"review Carol 5/5 {WORDS}!"))
        await club.way.send(
            "events_api", club.event(type="reaction_added", user="UANA", text=WORDS)
        )
        if transport == "http":
            unknown = b"payload=" + quote(f'{{"type": "{WORDS}"}}').encode()
            content = "application/x-www-form-urlencoded"
            assert (await way(club).post(unknown, signed(unknown), content))[0] == 404
    logged = "\n".join(f"{each.getMessage()} {each.exc_text}" for each in caplog.records)
    assert WORDS not in logged
    assert "/response/" not in logged
