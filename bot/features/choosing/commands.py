"""The command that sets films side by side, of which one is to be watched."""

from dataclasses import dataclass

from bot.messages.commands import Command


@dataclass(frozen=True, slots=True)
class ChooseCommand(Command, name="choose", reads_only=True, opened_by="film"):
    """Set a film and others side by side: what the club thinks of each, and which one fits.

    `members`: those who watch, besides the one who asks; `everyone` are all of the club.
    """

    film: str
    others: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
