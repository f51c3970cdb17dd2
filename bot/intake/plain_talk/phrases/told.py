"""Chat that asks for nothing: what somebody tells of their day, wishes others, or asks them.

Its words are those of wishes (`my boss is sick again`, `happy birthday mum`), but no film is meant by them.
"""

import re

from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.features.picks.commands import RecommendCommand
from bot.features.talk.commands import AskAboutFilmCommand, UnclearCommand
from bot.messages.commands import Command

_CHAT = Templates("bot.intake.plain_talk.phrases", "told.toml")
_MORE = lazy_pattern(
    r"(?<!\w)(?:some|any)thing|(?<!\w)(?:smth|sth|more|similar|like\s+(?:it|that))(?!\w)",
    re.IGNORECASE,
)
_SENTENCES = lazy_pattern(r"[.!?;]+\s+(?=\S)")


def as_chat(command: Command, line: str, form: str) -> Command:
    """Return the command of a line; of chat that none was asked by, one that leaves it be."""
    by_its_words = isinstance(command, RecommendCommand | UnclearCommand) or (
        isinstance(command, AskAboutFilmCommand) and command.film.islower() and not command.loved
    )
    told = is_chat(form) or (isinstance(command, RecommendCommand) and _saw_it(form))
    return UnclearCommand(line, chat=True) if by_its_words and told else command


def is_chat(line: str) -> bool:
    """Tell whether a line is chat that asks for no film."""
    if _CHAT["asks"].search(line) or _CHAT["company"].match(line):
        return False
    return all(map(_is_chat_alone, filter(None, _SENTENCES.split(line))))


def _is_chat_alone(sentence: str) -> bool:
    if _CHAT["greets"].match(sentence) or _CHAT["others"].match(sentence):
        return True
    return _CHAT["told"].match(sentence) is not None and not _CHAT["taste"].search(sentence)


def _saw_it(line: str) -> bool:
    """Tell whether a line tells of a film that was seen and asks for none: `saw it in the cinema`."""
    return _CHAT["saw it"].match(line) is not None and not _MORE.search(line)
