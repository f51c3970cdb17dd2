"""Says in the terminal what fell due, once for each delivery as far as a terminal can."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from adapters.console.ids import caller_of, place_of
from adapters.console.input.keys import Pressable, message_keys
from adapters.console.output.writers import DueMessage, Output
from bot.domain.errors import Rejected, Uncertain
from bot.domain.ids import DeliveryId, PlaceId
from bot.messages.replies import Reply

MOST_REMEMBERED = 10_000
"""Deliveries whose ids are kept at least; long before as many more are said, a lease runs out."""


class SentLog:
    """A file of the delivery ids that were said, oldest first, one a line.

    A terminal has no answer to give: nothing tells whether a line on the screen was seen. So an id
    is written down, and on the disk, right after the message was written out and flushed. Killed
    between the two, Matinee says it once more at the next start: nothing is lost, and what is
    repeated is what may not have been seen. Killed any later, it is never repeated.
    """

    def __init__(self, path: Path) -> None:
        """Remember what the file remembers."""
        self._path = path
        self._ids = dict.fromkeys(_lines(path))

    def __contains__(self, delivery_id: object) -> bool:
        """Whether it was said, by this process or before it, or by another meanwhile."""
        if delivery_id not in self._ids:
            self._ids.update(dict.fromkeys(_lines(self._path)))
        return delivery_id in self._ids

    def add(self, delivery_id: DeliveryId) -> None:
        """Write down that it was said; returns when the disk has it."""
        self._ids[delivery_id] = None
        if len(self._ids) > 2 * MOST_REMEMBERED:
            self._shorten()
            return
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        _write(handle, f"{delivery_id}\n")

    def _shorten(self) -> None:
        self._ids = dict.fromkeys(list(self._ids)[-MOST_REMEMBERED:])
        fresh = self._path.with_suffix(".new")
        handle = os.open(fresh, os.O_WRONLY | os.O_TRUNC | os.O_CREAT, 0o600)
        _write(handle, "".join(f"{each}\n" for each in self._ids))
        fresh.replace(self._path)


def _write(handle: int, text: str) -> None:
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("ascii", errors="replace").split()
    except FileNotFoundError:
        return []


class ConsoleMessenger:
    """The Messenger port for one club at one terminal.

    `pressable` holds the actions of everything said so far, for whoever types their keys.
    """

    def __init__(self, club: str, said: SentLog, output: Output) -> None:
        """Say what is for `club`."""
        self._club = club
        self._said = said
        self._output = output
        self.pressable: dict[str, Pressable] = {}

    @property
    def reach(self) -> tuple[str]:
        """Speak to the one club that is open in this terminal."""
        return (caller_of(self._club, "").club_id,)

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        """Print it, unless it was printed before; return the console's name for the message."""
        if place_of(place) is None:
            raise Rejected(f"no such place in the terminal: {place}")
        try:
            if delivery_id not in self._said:
                keys = message_keys(reply, sum("." not in key for key in self.pressable))
                self.pressable |= keys.pressable
                await self._output.delivery(DueMessage(delivery_id, place, reply, keys))
                self._said.add(delivery_id)
        except OSError as error:
            raise Uncertain(f"the terminal may not have shown it: {error.strerror}") from error
        return _message(delivery_id)

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        """Return the message's name if it was said."""
        del place, since  # an id is said once, wherever and whenever
        return _message(delivery_id) if delivery_id in self._said else None

    def remembers(self, place: PlaceId) -> timedelta:
        """Say that it is no use to send again without looking: `find` reads a file."""
        del place
        return timedelta()


def _message(delivery_id: DeliveryId) -> str:
    return f"console:said:{delivery_id}"
