"""The command that sets films side by side, of which one is to be watched."""

from dataclasses import dataclass
from typing import ClassVar

from bot.messages.commands import Command


@dataclass(frozen=True, slots=True)
class ChooseCommand(Command):
    """Set a film and others side by side: what the club thinks of each, and which one fits.

    `members`: those who watch, besides the one who asks; `everyone` are all of the club.
    """

    name: ClassVar[str] = "choose"
    reads_only: ClassVar[bool] = True
    typed: ClassVar[bool] = False
    opened_by: ClassVar[str] = "film"

    film: str
    others: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
