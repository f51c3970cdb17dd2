"""Notes to systemd, on a real socket."""

import asyncio
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.runtime.process.systemd import Systemd

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="has no such sockets")


@pytest.fixture(params=["path", "abstract"])
def heard(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[socket.socket]:
    """The end of the socket that systemd has."""
    if request.param == "abstract" and sys.platform != "linux":
        pytest.skip("abstract names are Linux's")
    name = f"\0matinee-{tmp_path.name}-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(name if request.param == "abstract" else str(tmp_path / "notify"))
        listening.setblocking(False)
        yield listening


def address(heard: socket.socket) -> str:
    """Return the value of NOTIFY_SOCKET."""
    name = heard.getsockname()
    return f"@{name[1:].decode()}" if isinstance(name, bytes) else str(name)


def told(heard: socket.socket) -> list[str]:
    """Return what was said since the last look."""
    said = []
    while True:
        try:
            said.append(heard.recv(100).decode())
        except BlockingIOError:
            return said


async def test_it_says_when_it_is_ready_that_it_lives_and_that_it_stops(
    heard: socket.socket,
) -> None:
    stopping = asyncio.Event()
    environ = {"NOTIFY_SOCKET": address(heard), "WATCHDOG_USEC": "200000"}
    running = asyncio.create_task(Systemd(environ).run(stopping))
    await asyncio.sleep(0.5)
    said = told(heard)
    assert said[0] == "READY=1"
    assert set(said[1:]) == {"WATCHDOG=1"}
    assert len(said) > 3  # every 0.1 s

    time.sleep(0.3)  # noqa: ASYNC251 - a loop that hangs
    assert told(heard) == []
    await asyncio.sleep(0.05)
    assert set(told(heard)) == {"WATCHDOG=1"}

    stopping.set()
    async with asyncio.timeout(5):
        await running
    assert told(heard)[-1] == "STOPPING=1"


@pytest.mark.parametrize("more", [{}, {"WATCHDOG_USEC": "1000", "WATCHDOG_PID": "1"}])
async def test_without_a_watchdog_of_its_own_it_says_only_when_it_begins_and_stops(
    heard: socket.socket, more: dict[str, str]
) -> None:
    stopping = asyncio.Event()
    running = asyncio.create_task(Systemd({"NOTIFY_SOCKET": address(heard), **more}).run(stopping))
    await asyncio.sleep(0.1)
    stopping.set()
    await running
    assert told(heard) == ["READY=1", "STOPPING=1"]


@pytest.mark.parametrize("name", ["", "/nowhere/at/all"])
async def test_without_systemd_nothing_happens(name: str) -> None:
    stopping = asyncio.Event()
    stopping.set()
    await Systemd({"NOTIFY_SOCKET": name, "WATCHDOG_USEC": "1000"}).run(stopping)
