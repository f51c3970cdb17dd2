"""The command of the club's memory."""

from bot.features.memory.asking import answer
from bot.features.memory.commands import AskCommand
from bot.language.grammar.reading import Reading
from bot.messages.commands import Command
from bot.request.registration import Feature, Registration


def _read(text: str, _: Reading) -> Command:
    """Take all that was typed for the question: it has no options."""
    return AskCommand(text.strip())


MEMORY = Feature(commands=(Registration(AskCommand, answer, _read),))
