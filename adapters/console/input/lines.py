"""Plays lines that nobody types: from a pipe, a file, or the command line."""

import asyncio
import os
import threading
from collections.abc import AsyncIterable, AsyncIterator, Iterable
from contextlib import suppress
from datetime import timedelta

from adapters.console.input.line_protocol import MemberLine, MoveClock, Quit, SwitchMember, read_line
from adapters.console.input.session import Exchange, Session, notice
from adapters.console.output.writers import Output
from adapters.runtime.clock import MachineClock
from bot.delivery.worker import Worker

CHUNK = 64 * 1024
MOST_WAITING = 16
"""Chunks read ahead of what has been answered."""


class Player:
    """Plays lines, one after the other, to a session."""

    def __init__(
        self, session: Session, worker: Worker, clock: MachineClock, output: Output, member: str
    ) -> None:
        """Begin with `member` speaking."""
        self._session = session
        self._worker = worker
        self._clock = clock
        self._caught_up = clock.now()
        self.output = output
        self.member = member

    async def play(self, lines: AsyncIterable[str]) -> None:
        """Play all lines, and say what falls due before, between and after them."""
        await self._worker.drain()
        async for line in lines:
            if not await self.step(line):
                break
        await self._worker.drain()

    async def step(self, line: str) -> bool:
        """Play one line; return whether there is more to come."""
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
            case MemberLine(line=words, member=member):
                await self._catch_up()
                self.output.answer(await self._session.say(member or self.member, words))
            case None:
                pass
        return True

    async def _catch_up(self) -> None:
        """Say what has fallen due while nobody spoke."""
        now = self._clock.now()
        if abs(now - self._caught_up) >= timedelta(seconds=1):
            self._caught_up = now
            await self._worker.drain()


async def listed_lines(lines: Iterable[str]) -> AsyncIterator[str]:
    """Hand out lines that are there already."""
    for line in lines:
        yield line


async def pipe_lines(pipe: int) -> AsyncIterator[str]:
    """Hand out a pipe's lines as they come; what is not UTF-8 shows as replacement characters.

    A thread of its own waits for them, so that a signal ends the wait; nobody waits for the thread.
    """
    loop = asyncio.get_running_loop()
    arrived: asyncio.Queue[bytes | None] = asyncio.Queue()
    room = threading.Semaphore(MOST_WAITING)

    def read() -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody listens any more
            for chunk in iter(lambda: os.read(pipe, CHUNK), b""):
                room.acquire()
                loop.call_soon_threadsafe(arrived.put_nowait, chunk)
            loop.call_soon_threadsafe(arrived.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    begun: list[bytes] = []
    while (chunk := await arrived.get()) is not None:
        room.release()
        first, *others = chunk.split(b"\n")
        begun.append(first)
        for other in others:
            yield b"".join(begun).decode("utf-8", errors="replace")
            begun = [other]
    if any(begun):
        yield b"".join(begun).decode("utf-8", errors="replace")
