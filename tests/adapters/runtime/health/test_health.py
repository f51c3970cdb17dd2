"""Health and metrics: what is told of a process, and that no label names a club, a member or their words."""

import asyncio
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families

from adapters.runtime.composition import Application
from adapters.runtime.health.readiness import Readiness
from adapters.runtime.health.server import health_application, serve_health
from adapters.runtime.platforms import Platform
from adapters.runtime.settings.environment import SettingsError
from bot.delivery.worker import Worker
from bot.features.reviews.commands import ReviewsCommand
from bot.maintenance.periodic import PeriodicMaintenance
from bot.registry import COMMANDS, compose
from bot.request.middleware.command_tally import (
    ANSWERED,
    BOUNDS,
    FAILED,
    REFUSED,
    UNAVAILABLE,
    UNREAD,
)
from tests.adapters.conftest import ROOT
from tests.adapters.runtime.test_platforms import Connected, connected
from tests.support import Room

Asked = TestClient[Any, Any]


@dataclass
class Watched:
    """A room's process, as those who watch over it see it."""

    asked: Asked
    worker: Worker

    async def ready(self) -> tuple[int, dict[str, Any]]:
        """Return the status of `/readyz`, and its JSON."""
        async with self.asked.get("/readyz") as response:
            return response.status, await response.json()

    async def metrics(self) -> str:
        """Return the text of `/metrics`."""
        async with self.asked.get("/metrics") as response:
            assert response.status == 200
            assert response.headers["Content-Type"].startswith("text/plain; version=")
            return await response.text()


def application(room: Room) -> Application:
    """Make the application of a room."""
    worker = Worker(room.store, room.mailbox, room.clock, compose, "tester")
    return Application(room.bot, worker, room.store, room.ids, ())


@asynccontextmanager
async def watched(room: Room, *platforms: Platform) -> AsyncIterator[Watched]:
    """Serve the health of a room's process."""
    app = application(room)
    readiness = Readiness(room.store, room.clock, platforms, lambda: room.mailbox.reach)
    async with TestClient(TestServer(health_application(app, readiness))) as asked:
        yield Watched(asked, app.worker)


async def test_a_process_that_is_well_says_so(room: Room) -> None:
    async with watched(room, connected("here")) as process:
        async with process.asked.get("/healthz") as response:
            assert (response.status, await response.text()) == (200, "alive\n")
        status, told = await process.ready()
    assert (status, told["ready"]) == (200, True)
    assert set(told) == {"ready", "database", "here", "outbox"}
    assert all(part["ok"] for name, part in told.items() if name != "ready")


@dataclass
class Silent(Connected):
    """Platform that was last heard some time ago."""

    seconds: float | None = None

    async def silence(self) -> float | None:
        return self.seconds


@pytest.mark.parametrize(
    ("seconds", "says"), [(None, "not connected"), (61.0, "Nothing was heard of it for 61 s")]
)
async def test_a_platform_out_of_reach_is_named(
    room: Room, seconds: float | None, says: str
) -> None:
    here, there = connected("here"), connected("there")
    away = Silent(there.name, there.messenger, seconds=seconds)
    async with watched(room, here, away) as process:
        status, told = await process.ready()
        text = await process.metrics()
    assert (status, told["ready"]) == (503, False)
    assert [name for name in ("database", "here", "there", "outbox") if not told[name]["ok"]] == [
        "there"
    ]
    assert says in told["there"]["text"]
    assert ('platform_silence_seconds{platform="there"} 61' in text) == (seconds is not None)


async def test_deliveries_that_wait_too_long_are_told_until_they_are_sent(room: Room) -> None:
    await room.say("ana", "/remind All of Us Strangers")
    async with watched(room) as process:
        room.clock.forward(days=5, hours=21)  # it is due at 9 of the sixth day
        await PeriodicMaintenance(room.store, room.clock, room.ids).once()
        assert (await process.ready())[0] == 200
        room.clock.forward(minutes=4)
        assert (await process.ready())[0] == 200
        assert "matinee_outbox_lag_seconds 240.0" in await process.metrics()
        room.clock.forward(minutes=2)
        status, told = await process.ready()
        assert (status, told["outbox"]["ok"]) == (503, False)
        assert "waits for 360 s" in told["outbox"]["text"]
        await process.worker.drain()
        assert (await process.ready())[0] == 200
        text = await process.metrics()
    assert "matinee_outbox_lag_seconds 0.0" in text
    assert 'matinee_deliveries_total{outcome="sent"} 1.0' in text


async def test_a_damaged_database_is_told(room: Room, tmp_path: Path) -> None:
    async with watched(room) as process:
        assert (await process.ready())[1]["database"]["ok"]
        for path in tmp_path.rglob("*.db*"):
            path.write_bytes(b"\1" * path.stat().st_size)
        status, told = await process.ready()
        text = await process.metrics()
    assert (status, told["database"]) == (503, {"ok": False, "text": "It does not answer."})
    assert "outbox" not in told
    assert "matinee_outbox_lag_seconds" not in text


async def test_commands_are_counted_by_name_and_outcome(room: Room) -> None:
    await room.say("ana", "/review Her 4/5 Warm.")
    await room.say("ana", "/review Her 11/5")
    await room.say("ana", ReviewsCommand())
    async with watched(room) as process:
        text = await process.metrics()
    families = {each.name: each for each in text_string_to_metric_families(text)}
    counted = {
        (sample.labels["command"], sample.labels["outcome"]): sample.value
        for sample in families["matinee_command_seconds"].samples
        if sample.name.endswith("_count")
    }
    assert counted["review", ANSWERED] >= 1
    assert sum(counted.values()) == 3
    assert any(outcome == REFUSED for _, outcome in counted)
    buckets = [
        sample
        for sample in families["matinee_command_seconds"].samples
        if sample.name.endswith("_bucket") and sample.labels["outcome"] == ANSWERED
    ]
    assert {each.labels["le"] for each in buckets} == {*map(str, BOUNDS), "+Inf"}
    assert [each.value for each in buckets] == sorted(each.value for each in buckets)


LABELS: dict[str, set[str]] = {
    "command": {*COMMANDS, UNREAD},
    "outcome": {
        ANSWERED, REFUSED, UNAVAILABLE, FAILED,
        "sent", "retry", "dropped", "unknown", "failed", "lost_lease", "possible_duplicate",
    },
    "platform": {"here", "there"},
    "le": {*map(str, BOUNDS), "+Inf"},
}  # fmt: skip
"""Every label that there may be, and each of its values."""


async def test_no_label_names_a_club_a_member_or_what_was_said(room: Room) -> None:
    said: Sequence[str] = (
        "/review Her 4/5 Warm and quite unforgettable.", "/recommend for ben", "/me", "/film Aftersun",
        "/remind All of Us Strangers", "/setup here yes", "/nonsense", "what do you think?", "/web",
    )  # fmt: skip
    for line in said:
        await room.say("ana", line, admin=True)
    room.clock.forward(days=7)
    async with watched(room, connected("here"), connected("there")) as process:
        await PeriodicMaintenance(room.store, room.clock, room.ids).once()
        await process.worker.drain()
        text = await process.metrics()
    found = 0
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            for label, value in sample.labels.items():
                assert value in LABELS[label], sample
                found += 1
    assert found > 50
    assert not re.search(r"ana|ben|test:|room|Her|Warm|Aftersun", text.replace("quantile", ""))


async def test_a_port_that_is_taken_says_what_to_set(room: Room) -> None:
    readiness = Readiness(room.store, room.clock, (), lambda: ())
    app, stopping = application(room), asyncio.Event()
    async with TestServer(health_application(app, readiness)) as other:
        assert other.port is not None
        with pytest.raises(SettingsError, match="set MATINEE_HEALTH_PORT"):
            await serve_health(other.port, app, readiness, stopping)


def test_without_the_extra_the_rest_is_told() -> None:
    script = (
        "import sys; sys.modules['prometheus_client'] = None\n"
        "from adapters.runtime.health.server import _exposition\n"
        "print(_exposition(None))"
    )
    done = subprocess.run(  # noqa: S603 - a fixed command
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "None"


async def test_the_port_is_of_the_loopback_address_alone(room: Room) -> None:
    app, stopping = application(room), asyncio.Event()
    readiness = Readiness(room.store, room.clock, (), lambda: ())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = asyncio.create_task(serve_health(port, app, readiness, stopping))
    async with asyncio.timeout(10):
        while not taken("127.0.0.1", port):  # noqa: ASYNC110 - a port says nothing
            await asyncio.sleep(0.01)
    assert not taken("127.0.0.2", port)
    stopping.set()
    await serving


def taken(host: str, port: int) -> bool:
    with socket.socket() as other:
        try:
            other.bind((host, port))
        except OSError:
            return True
    return False
