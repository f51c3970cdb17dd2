"""What is asked back where nothing follows a keyword of `recommend`."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.errors import UsageError
from bot.features.picks.commands import RecommendCommand
from bot.messages.spans import Usage

_EXAMPLES: Mapping[str, tuple[str, RecommendCommand, str]] = MappingProxyType(
    {
        "unlike": ("Unlike which film?", RecommendCommand(unlike=("Carol",)), ""),
        "like": ("Like which film?", RecommendCommand(like=("Carol", "Weekend")), ""),
        "with": ("With whom?", RecommendCommand(members=("ben", "cleo")), ", or with everyone"),
        "more": ("More of what?", RecommendCommand(more="humour"), ""),
        "less": ("Less of what?", RecommendCommand(less="violence"), ""),
    }
)
"""The question, the example and the addition for a keyword that nothing follows."""


def said_after(keyword: str, text: str) -> str:
    """Return the text after a keyword. UsageError, with an example, where nothing follows it."""
    if not text.strip(" ,;"):
        question, example, or_else = _EXAMPLES[keyword]
        raise UsageError(f"{question} Say it so: ", Usage(example), or_else)
    return text
