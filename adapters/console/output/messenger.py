"""Messenger of the terminal: prints each delivery once, as far as a terminal can assure that."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from adapters.console.ids import caller_of, place_of
from adapters.console.input.keys import Pressable, message_keys
from adapters.console.output.writers import DueMessage, Output
from bot.domain.errors import Rejected, Uncertain
from bot.domain.ids import DeliveryId, MemberId, PlaceId
from bot.messages.replies import Reply

MOST_REMEMBERED = 10_000
"""Delivery ids kept at least; by the time as many more are sent, no lease lasts."""


class SentLog:
    """File of the ids of sent deliveries, oldest first, one a line.

    A terminal acknowledges nothing. So an id is written to the disk right after its message was
    flushed. Killed between the two, Matinee sends the message again at the next start; killed any
    later, never again.
    """

    def __init__(self, path: Path) -> None:
        """Load the file, if there is one."""
        self._path = path
        self._ids = dict.fromkeys(_lines(path))

    def __contains__(self, delivery_id: object) -> bool:
        """Whether it was sent, by this process or any other."""
        if delivery_id not in self._ids:
            self._ids.update(dict.fromkeys(_lines(self._path)))
        return delivery_id in self._ids

    def add(self, delivery_id: DeliveryId) -> None:
        """Append an id; returns when the disk has it."""
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
    """Messenger port for one club at one terminal.

    `pressable`: the actions of all messages sent so far, by their keys.
    """

    def __init__(self, club: str, sent: SentLog, output: Output) -> None:
        """Send the messages of `club`."""
        self._club = club
        self._sent = sent
        self._output = output
        self.pressable: dict[str, Pressable] = {}

    @property
    def reach(self) -> tuple[str]:
        """The one club that is open in this terminal."""
        return (caller_of(self._club, "").club_id,)

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        """Print the message, unless it was printed before; return its id."""
        if place_of(place) is None:
            raise Rejected(f"no such place in the terminal: {place}")
        try:
            if delivery_id not in self._sent:
                keys = message_keys(reply, sum("." not in key for key in self.pressable))
                self.pressable |= keys.pressable
                await self._output.delivery(DueMessage(delivery_id, place, reply, keys))
                self._sent.add(delivery_id)
        except OSError as error:
            raise Uncertain(f"the terminal may not have shown it: {error.strerror}") from error
        return _message(delivery_id)

    async def edit(
        self, place: PlaceId, message: str, reply: Reply, *, delivery_id: DeliveryId
    ) -> None:
        """Leave a message as it is: what a terminal has printed stays."""

    async def delete(self, place: PlaceId, message: str) -> None:
        """Leave a message where it is: what a terminal has printed stays."""

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        """Return the message's id if it was sent."""
        del place, since  # an id is sent once, wherever and whenever
        return _message(delivery_id) if delivery_id in self._sent else None

    def direct_place(self, place: PlaceId, member_id: MemberId) -> PlaceId | None:
        """Return a member's place of their own in the club of `place`."""
        known = place_of(place)
        return caller_of(known.club, member_id.removeprefix("console:")).direct if known else None

    def remembers(self, place: PlaceId) -> timedelta:
        """Zero: the terminal drops no repeats by itself, so `find` has to be asked first."""
        del place
        return timedelta()


def _message(delivery_id: DeliveryId) -> str:
    return f"console:said:{delivery_id}"
