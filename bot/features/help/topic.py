"""Topic of help: something that people ask about Matinee, with the answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages.replies import Action
from bot.messages.spans import Plain, Span, Usage

Part = str | Usage


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its name, the answer, and what can be pressed below it."""

    name: str
    parts: tuple[Part, ...]
    actions: tuple[Action, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """The answer as spans."""
        return tuple(Plain(each) if isinstance(each, str) else each for each in self.parts)


def topic(name: str, *parts: Part, actions: Sequence[Action] = ()) -> Topic:
    """Return a topic of these parts of an answer."""
    return Topic(name, parts, tuple(actions))
