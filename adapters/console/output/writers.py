"""Output of the terminal: laid out for people, or one JSON object a line for programs."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from adapters.console.ids import place_of
from adapters.console.input.keys import ActionKeys
from adapters.console.input.session import Exchange
from adapters.console.output.files import save_documents
from adapters.console.output.terminal import Look
from bot.domain.ids import DeliveryId, PlaceId
from bot.messages.codec import reply_to_json
from bot.messages.replies import Actions, Document, Reply

Write = Callable[[str], None]
"""Writes text and flushes it."""

ShowWhenIdle = Callable[[Callable[[], None]], Awaitable[object]]
"""Calls the function when nothing else is being written, as above a prompt."""

LONGEST_ECHO = 400


@dataclass(frozen=True, slots=True)
class DueMessage:
    """Message of the outbox that fell due, with its place and its actions' keys."""

    delivery_id: DeliveryId
    place: PlaceId
    reply: Reply
    keys: ActionKeys


class Output(Protocol):
    """Shows replies and due messages."""

    def answer(self, exchange: Exchange) -> None:
        """Show the reply to a line."""

    def note(self, text: str) -> None:
        """Show a hint about the terminal to people; nothing to programs."""

    async def delivery(self, due: DueMessage) -> None:
        """Show a due message."""


class TextOutput:
    """Output for people. `echo` repeats each line before its reply, as in a script's log."""

    def __init__(
        self,
        write: Write,
        look: Callable[[], Look],
        *,
        echo: bool,
        when_idle: ShowWhenIdle | None = None,
        files: Path | None = None,
    ) -> None:
        """Write to `write`; `look` is called each time, since a window may be resized.

        Due messages go through `when_idle`, since somebody may be typing. Documents of replies are
        saved in the folder `files`.
        """
        self._write = write
        self._look = look
        self._echo = echo
        self._when_idle = when_idle or _at_once
        self._files = files

    def note(self, text: str) -> None:
        """Show a hint."""
        self._write(self._look().text(text))

    def answer(self, exchange: Exchange) -> None:
        """Show the reply, after its line."""
        from adapters.console.output.render import render  # noqa: PLC0415 - rich loads while the bot starts

        look = self._look()
        echo = f"{exchange.member}> {_short(look.text(exchange.line))}\n" if self._echo else ""
        self._write(f"{echo}{render(exchange.reply, look, exchange.keys)}\n")
        if self._files is not None:
            for each in save_documents(exchange.reply, self._files):
                self._write(look.text(f"{each}\n\n"))

    def reply(self, member: str, reply: Reply) -> None:
        """Show a reply whose actions cannot be pressed: its command has ended."""
        blocks = tuple(each for each in reply.blocks if not isinstance(each, Actions | Document))
        self.answer(Exchange(member, "", replace(reply, blocks=blocks)))

    async def delivery(self, due: DueMessage) -> None:
        """Show a due message and its recipient."""
        from adapters.console.output.render import render  # noqa: PLC0415 - rich loads while the bot starts

        look = self._look()
        place = place_of(due.place)
        whom = place.member if place and place.member else "everyone"
        text = f"Matinee to {whom}:\n{render(due.reply, look, due.keys)}\n"
        await self._when_idle(lambda: self._write(text))


class JsonOutput:
    """Output for programs: each reply as one JSON object on a line of its own, in ASCII."""

    def __init__(self, write: Write) -> None:
        """Write to `write`."""
        self._write = write

    def note(self, text: str) -> None:
        """Drop hints: standard output holds JSON alone."""

    def answer(self, exchange: Exchange) -> None:
        """Write the reply."""
        self._line(reply_to_json(exchange.reply))

    async def delivery(self, due: DueMessage) -> None:
        """Write a due message with its delivery's id and its place."""
        self._line(
            {"delivery": due.delivery_id, "place": due.place, "reply": reply_to_json(due.reply)}
        )

    def _line(self, data: dict[str, Any]) -> None:
        # ASCII, so that no reader takes a Unicode line separator in a review for the line's end.
        self._write(json.dumps(data, ensure_ascii=True) + "\n")


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_ECHO else f"{line[:LONGEST_ECHO]}…"


async def _at_once(show: Callable[[], None]) -> None:
    show()
