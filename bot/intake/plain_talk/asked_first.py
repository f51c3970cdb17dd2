"""Questions whether a command is meant that was said in passing, or that cannot be taken back."""

from bot.features.talk.commands import UnclearCommand
from bot.messages.codec import action_id
from bot.messages.commands import Command


def asked_first(line: str, command: Command) -> UnclearCommand | None:
    """Return the question whether a command is meant; None where it is too long to ask about."""
    try:
        return UnclearCommand(line, meant=action_id(command))
    except ValueError:
        return None
