"""Topic of help: something that people ask about Matinee, with the answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.replies import Action
from bot.messages.spans import Plain, Span, Usage

Part = str | Usage


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: the words that ask for it, the answer, and what can be pressed below it."""

    name: str
    asked: re.Pattern[str]
    parts: tuple[Part, ...]
    actions: tuple[Action, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """The answer as spans."""
        return tuple(Plain(each) if isinstance(each, str) else each for each in self.parts)


def topic(name: str, asked: str, *parts: Part, actions: Sequence[Action] = ()) -> Topic:
    """Return a topic; a blank in the pattern `asked` is any white space, ` ?` none, too."""
    words = asked.replace(" ?", r"\s*").replace(" ", r"\s+")
    return Topic(
        name, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), parts, tuple(actions)
    )
