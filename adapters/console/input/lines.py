"""Player of lines from a pipe, a file or the command line."""

import asyncio
import os
import threading
from collections.abc import AsyncIterable, AsyncIterator, Iterable
from contextlib import suppress
from datetime import timedelta

from adapters.console.input.line_protocol import (
    MemberLine,
    MoveClock,
    Quit,
    SwitchMember,
    read_line,
)
from adapters.console.input.session import Exchange, Session, notice
from adapters.console.output.writers import Output
from adapters.runtime.process.clock import MachineClock
from bot.delivery.worker import Worker

CHUNK = 64 * 1024
MOST_WAITING = 16
"""Chunks that may be read ahead of the answers."""


class Player:
    """Sends lines to a session, one after the other, and delivers due messages in between."""

    def __init__(
        self, session: Session, worker: Worker, clock: MachineClock, output: Output, member: str
    ) -> None:
        """Begin with `member` as the current one."""
        self._session = session
        self._worker = worker
        self._clock = clock
        self._caught_up = clock.now()
        self.output = output
        self.member = member

    async def play(self, lines: AsyncIterable[str]) -> None:
        """Play all lines; deliver due messages before, between and after them."""
        await self._worker.drain()
        async for line in lines:
            if not await self.step(line):
                break
        await self._worker.drain()

    async def step(self, line: str) -> bool:
        """Play one line; return whether to go on."""
        try:
            step = read_line(line)
        except ValueError as error:
            self.output.answer(Exchange(self.member, line.strip(), notice(str(error))))
            return True
        match step:
            case Quit():
                return False
            case SwitchMember(member=member):
                self.member = member
            case MoveClock(instant=instant):
                self._clock.set(instant)
                await self._worker.drain()
            case MemberLine(line=text, member=member):
                await self._catch_up()
                self.output.answer(await self._session.say(member or self.member, text))
            case None:
                pass
        return True

    async def _catch_up(self) -> None:
        """Deliver messages that fell due since the last line, at most once a second."""
        now = self._clock.now()
        if abs(now - self._caught_up) >= timedelta(seconds=1):
            self._caught_up = now
            await self._worker.drain()


async def listed_lines(lines: Iterable[str]) -> AsyncIterator[str]:
    """Yield the lines of a collection."""
    for line in lines:
        yield line


async def pipe_lines(pipe: int) -> AsyncIterator[str]:
    """Yield a pipe's lines as they come; bytes that are not UTF-8 become replacement characters.

    A daemon thread reads them, so that a signal can end the wait at once.
    """
    loop = asyncio.get_running_loop()
    arrived: asyncio.Queue[bytes | None] = asyncio.Queue()
    free_slots = threading.Semaphore(MOST_WAITING)

    def read() -> None:
        with suppress(RuntimeError):  # the loop is closed
            for chunk in iter(lambda: os.read(pipe, CHUNK), b""):
                free_slots.acquire()
                loop.call_soon_threadsafe(arrived.put_nowait, chunk)
            loop.call_soon_threadsafe(arrived.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    begun: list[bytes] = []
    while (chunk := await arrived.get()) is not None:
        free_slots.release()
        first, *others = chunk.split(b"\n")
        begun.append(first)
        for other in others:
            yield b"".join(begun).decode("utf-8", errors="replace")
            begun = [other]
    if any(begun):
        yield b"".join(begun).decode("utf-8", errors="replace")
