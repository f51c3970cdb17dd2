"""Plays lines that nobody types: from a pipe, a file, or the command line."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from adapters.clock import MachineClock
from adapters.console.output import Output
from adapters.console.script import MoveClock, Quit, Switch, Words, read_line
from adapters.console.session import Session, Turn, notice
from bot.deliveries import Worker


class Player:
    """Plays lines, one after the other, to a session."""

    def __init__(
        self, session: Session, worker: Worker, clock: MachineClock, output: Output, member: str
    ) -> None:
        """Begin with `member` speaking."""
        self._session = session
        self._worker = worker
        self._clock = clock
        self.output = output
        self.member = member

    async def play(self, lines: Iterable[str]) -> None:
        """Play all lines, and say what falls due before, between and after them."""
        await self._worker.drain()
        for line in lines:
            if not await self.step(line):
                break
        await self._worker.drain()

    async def step(self, line: str) -> bool:
        """Play one line; return whether there is more to come."""
        try:
            step = read_line(line)
        except ValueError as error:
            self.output.answer(Turn(self.member, line.strip(), notice(str(error))))
            return True
        match step:
            case Quit():
                return False
            case Switch(member=member):
                self.member = member
            case MoveClock(instant=instant):
                self._clock.set(instant)
                await self._worker.drain()
            case Words(line=words, member=member):
                self.output.answer(await self._session.say(member or self.member, words))
            case None:
                pass
        return True


def lines_of(pipe: BinaryIO) -> Iterator[str]:
    """Read lines as they come; what is not UTF-8 shows as replacement characters."""
    for line in pipe:
        yield line.decode("utf-8", errors="replace")
