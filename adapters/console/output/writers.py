"""What comes out of the terminal: laid out for people, or one JSON object a line for programs."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from adapters.console.ids import place_of
from adapters.console.input.keys import ActionKeys
from adapters.console.input.session import Exchange
from adapters.console.output.files import save_documents
from adapters.console.output.terminal import Look
from bot.domain.ids import DeliveryId, PlaceId
from bot.messages.codec import reply_to_json
from bot.messages.replies import Reply

Write = Callable[[str], None]
"""Puts text out and flushes it: what was shown has left this process."""

ShowWhenIdle = Callable[[Callable[[], None]], Awaitable[object]]
"""Calls the function when nothing else is being written."""

LONGEST_ECHO = 400


@dataclass(frozen=True, slots=True)
class DueMessage:
    """What is to be said unasked, and where."""

    delivery_id: DeliveryId
    place: PlaceId
    reply: Reply
    keys: ActionKeys


class Output(Protocol):
    """Shows what was answered, and what is said unasked."""

    def answer(self, turn: Exchange) -> None:
        """Show the reply to a line."""
        ...

    def note(self, text: str) -> None:
        """Tell people how this terminal works; nothing for programs."""
        ...

    async def delivery(self, due: DueMessage) -> None:
        """Show what fell due."""
        ...


class TextOutput:
    """For people. `echo` repeats each line before its reply, as in a script's log."""

    def __init__(
        self,
        write: Write,
        look: Callable[[], Look],
        *,
        echo: bool,
        unasked: ShowWhenIdle | None = None,
        files: Path | None = None,
    ) -> None:
        """Write to `write`; `look` is asked each time, for a window may change its size.

        What nobody asked for goes through `unasked`, where somebody may be typing. Files that a
        reply holds are kept in the folder `files`.
        """
        self._write = write
        self._look = look
        self._echo = echo
        self._unasked = unasked or _at_once
        self._files = files

    def note(self, text: str) -> None:
        """Write it."""
        self._write(self._look().text(text))

    def answer(self, turn: Exchange) -> None:
        """Show the reply, after the line that caused it."""
        from adapters.console.output.render import render  # noqa: PLC0415 - rich loads while the bot starts

        look = self._look()
        echo = f"{turn.member}> {_short(look.text(turn.line))}\n" if self._echo else ""
        self._write(f"{echo}{render(turn.reply, look)}\n")
        if self._files is not None:
            for each in save_documents(turn.reply, self._files):
                self._write(look.text(f"{each}\n\n"))

    async def delivery(self, due: DueMessage) -> None:
        """Show what fell due, and for whom."""
        from adapters.console.output.render import render  # noqa: PLC0415 - rich loads while the bot starts

        look = self._look()
        place = place_of(due.place)
        whom = place.member if place and place.member else "everyone"
        text = f"Matinee to {whom}:\n{render(due.reply, look, due.keys)}\n"
        await self._unasked(lambda: self._write(text))


class JsonOutput:
    """For programs: each reply as one JSON object on a line of its own, in ASCII."""

    def __init__(self, write: Write) -> None:
        """Write to `write`."""
        self._write = write

    def note(self, text: str) -> None:
        """Keep standard output to JSON."""

    def answer(self, turn: Exchange) -> None:
        """Write the reply."""
        self._line(reply_to_json(turn.reply))

    async def delivery(self, due: DueMessage) -> None:
        """Write what fell due, with its delivery's id and its place."""
        self._line(
            {"delivery": due.delivery_id, "place": due.place, "reply": reply_to_json(due.reply)}
        )

    def _line(self, data: dict[str, Any]) -> None:
        # ASCII, so that no reader takes an exotic line separator in a review for a line's end.
        self._write(json.dumps(data, ensure_ascii=True) + "\n")


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_ECHO else f"{line[:LONGEST_ECHO]}…"


async def _at_once(show: Callable[[], None]) -> None:
    show()
