"""Client of TMDB: retries what may pass, gives up on the rest, never shows its key."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from adapters.tmdb.client import RetryPolicy, TmdbClient
from adapters.tmdb.pace import RequestPace
from bot.domain.errors import SourceError, SourceLacks, SourceRefused
from tests.adapters.tmdb.conftest import Waits
from tests.adapters.tmdb.server import (
    KEY,
    LANTERN,
    TOKEN,
    FakeTmdb,
    Trouble,
    cut_off,
    failing,
    saying,
)

PATH = "/movie/900001"


async def test_a_v3_key_goes_into_the_query(tmdb: FakeTmdb, client: TmdbClient) -> None:
    assert (await client.get(PATH, {}))["title"] == LANTERN["title"]
    assert tmdb.queries == [{"api_key": KEY}]


async def test_a_v4_token_goes_into_the_header(tmdb: FakeTmdb) -> None:
    async with TmdbClient(tmdb.url, TOKEN) as client:
        assert (await client.get(PATH, {"language": "en-GB"}))["id"] == LANTERN["id"]
    assert tmdb.queries == [{"language": "en-GB"}]


async def test_a_wrong_key_is_refused_at_once_and_the_log_says_what_to_do(
    tmdb: FakeTmdb, caplog: pytest.LogCaptureFixture
) -> None:
    async with TmdbClient(tmdb.url, "f" * 32) as client:
        with pytest.raises(SourceRefused, match="I can't ask TMDB at present") as refusal:
            await client.get(PATH, {})
    assert "check TMDB_API_KEY" in caplog.text
    assert not refusal.value.retry
    assert len(tmdb.asked) == 1


async def test_what_is_not_there_is_told_apart(tmdb: FakeTmdb, client: TmdbClient) -> None:
    with pytest.raises(SourceLacks):
        await client.get("/movie/404", {})
    assert len(tmdb.asked) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        failing(500),
        failing(503),
        cut_off,
        saying(b'{"page": 1, "results": ['),
        saying(b"<html>down for maintenance</html>"),
        saying(b"[1, 2]"),
        saying(b"\xff\xfe\x00"),
        saying(b" " * (RetryPolicy().largest + 1)),
    ],
)
async def test_what_may_pass_is_tried_again(
    tmdb: FakeTmdb, client: TmdbClient, waits: Waits, trouble: Trouble
) -> None:
    tmdb.troubles = [trouble, trouble]

    assert (await client.get(PATH, {}))["id"] == LANTERN["id"]
    assert len(tmdb.asked) == 3
    first, second = waits.slept
    assert 0.15 <= first <= 0.45
    assert 0.3 <= second <= 0.9


async def test_what_does_not_pass_is_given_up(tmdb: FakeTmdb, client: TmdbClient) -> None:
    tmdb.always = failing(502)
    with pytest.raises(SourceError, match="Try again") as failure:
        await client.get(PATH, {})
    assert failure.value.retry
    assert len(tmdb.asked) == RetryPolicy().attempts


async def test_nobody_listening_is_no_crash(waits: Waits, unused_tcp_port: int) -> None:
    pace = RequestPace(now=waits.read, sleep=waits.sleep)
    async with TmdbClient(f"http://127.0.0.1:{unused_tcp_port}/3", KEY, pace) as client:
        with pytest.raises(SourceError) as failure:
            await client.get(PATH, {})
    assert failure.value.retry


async def test_no_answer_in_time(tmdb: FakeTmdb, waits: Waits) -> None:
    over = asyncio.Event()

    async def hanging(request: web.Request) -> web.StreamResponse:
        tmdb.asked.append(request.path)
        await over.wait()
        return web.Response()

    app = web.Application()
    app.router.add_get("/{rest:.*}", hanging)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        policy, pace = RetryPolicy(timeout=0.05), RequestPace(now=waits.read, sleep=waits.sleep)
        async with TmdbClient(f"http://{host}:{port}/3", KEY, pace, policy) as client:
            with pytest.raises(SourceError) as failure:
                await client.get(PATH, {})
    finally:
        over.set()
        await runner.cleanup()
    assert failure.value.retry
    assert len(tmdb.asked) == policy.attempts


async def test_asked_to_wait_it_waits_as_long(
    tmdb: FakeTmdb, client: TmdbClient, waits: Waits
) -> None:
    tmdb.troubles = [failing(429, Retry_After="2")]

    assert (await client.get(PATH, {}))["id"] == LANTERN["id"]
    assert waits.slept == [2.0]


async def test_asked_to_wait_till_a_date(tmdb: FakeTmdb, client: TmdbClient, waits: Waits) -> None:
    then = datetime.now(UTC) + timedelta(seconds=3)
    tmdb.troubles = [failing(429, Retry_After=format_datetime(then, usegmt=True))]

    await client.get(PATH, {})
    assert 1 < waits.slept[0] <= 3


async def test_asked_to_wait_for_long_it_leaves_tmdb_alone(
    tmdb: FakeTmdb, client: TmdbClient, waits: Waits
) -> None:
    tmdb.troubles = [failing(429, Retry_After="60")]
    for _ in range(3):
        with pytest.raises(SourceError, match="wait") as failure:
            await client.get(PATH, {})
        assert failure.value.retry
    assert len(tmdb.asked) == 1

    waits.now += 61
    assert (await client.get(PATH, {}))["id"] == LANTERN["id"]


@pytest.mark.parametrize("header", ["", "soon", "-5", "nan", "inf", "Thu, 99 Foo 2024"])
async def test_a_senseless_wish_is_no_obstacle(
    tmdb: FakeTmdb, client: TmdbClient, waits: Waits, header: str
) -> None:
    tmdb.troubles = [failing(429, Retry_After=header)]
    if header == "inf":
        with pytest.raises(SourceError, match="wait"):
            await client.get(PATH, {})
        waits.now += 3601
    assert (await client.get(PATH, {}))["id"] == LANTERN["id"]


async def test_not_faster_than_forty_a_second(waits: Waits) -> None:
    pace = RequestPace(now=waits.read, sleep=waits.sleep)
    for _ in range(420):
        await pace.wait()
    assert waits.now == pytest.approx(10.0)


async def test_the_key_is_never_shown(
    tmdb: FakeTmdb, client: TmdbClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tmdb.always = cut_off
    with pytest.raises(SourceError) as failure:
        await client.get(PATH, {})

    assert KEY not in repr(client)
    assert KEY not in f"{failure.value!r} {failure.value}"
    assert failure.value.__cause__ is None
    assert failure.value.__context__ is None
    assert KEY not in caplog.text


async def test_a_redirect_is_not_followed(tmdb: FakeTmdb, client: TmdbClient) -> None:
    tmdb.always = failing(302, Location="http://127.0.0.1:9/3/movie/1")
    with pytest.raises(SourceError) as failure:
        await client.get(PATH, {})
    assert not failure.value.retry
