"""Supervisor: when one service ends, all end, in time."""

import asyncio
import os
import signal
from datetime import timedelta

import pytest

from adapters.runtime.process.supervisor import supervise, until


class Clerk:
    """Service that records how it ended."""

    def __init__(self, *, works_for: float = 60, takes: float = 0) -> None:
        self.works_for = works_for
        self.takes = takes
        self.ended = ""

    async def run(self, stopping: asyncio.Event) -> None:
        try:
            done, _ = await asyncio.wait(
                [asyncio.ensure_future(stopping.wait())], timeout=self.works_for
            )
            await asyncio.sleep(self.takes)
            self.ended = "asked to" if done else "by itself"
        except asyncio.CancelledError:
            self.ended = "cut off"
            raise


async def test_a_signal_asks_all_to_end() -> None:
    for each in (signal.SIGTERM, signal.SIGINT):
        one, two = Clerk(), Clerk()
        asyncio.get_running_loop().call_later(0.01, os.kill, os.getpid(), each)
        await supervise(one.run, two.run)
        assert (one.ended, two.ended) == ("asked to", "asked to")


async def test_when_one_ends_the_others_are_asked_to() -> None:
    one, two = Clerk(works_for=0.01), Clerk()
    await supervise(one.run, two.run)
    assert (one.ended, two.ended) == ("by itself", "asked to")


async def test_whoever_takes_too_long_is_cut_off() -> None:
    slow = Clerk(works_for=0.01, takes=60)
    quick = Clerk()
    await supervise(Clerk(works_for=0.01).run, slow.run, quick.run, grace=timedelta(seconds=0.05))
    assert (slow.ended, quick.ended) == ("cut off", "asked to")


async def test_a_second_signal_cuts_off_at_once() -> None:
    slow = Clerk(takes=60)
    loop = asyncio.get_running_loop()
    loop.call_later(0.01, os.kill, os.getpid(), signal.SIGTERM)
    loop.call_later(0.05, os.kill, os.getpid(), signal.SIGTERM)
    with pytest.raises(asyncio.CancelledError):
        await supervise(slow.run)
    assert slow.ended == "cut off"


async def test_an_error_of_one_ends_all_and_is_told() -> None:
    other = Clerk()

    async def fail(_: asyncio.Event) -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        await supervise(other.run, fail)
    assert other.ended in {"cut off", "asked to"}


async def test_signals_are_given_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    await supervise(Clerk(works_for=0).run)
    assert signal.getsignal(signal.SIGTERM) == before


async def test_work_without_an_end_is_broken_off_at_the_end() -> None:
    stopping = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, stopping.set)
    await until(stopping, asyncio.sleep(60))


async def test_work_that_fails_says_so() -> None:
    async def fail() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await until(asyncio.Event(), fail())
