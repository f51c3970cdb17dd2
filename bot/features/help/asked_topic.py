"""Topic of help that a line asks about."""

import re

from bot.features.help.topic import Topic
from bot.features.help.topics import TOPICS

_QUESTION = re.compile(
    r"(?:how|can|could|may|do|does|did|is|are|am|will|would|should|why|where|who|what|when|which|whose|wat|is\s+there|i\s+want\s+to\s+know|tell\s+me\s+how|explain|help(?:\s+me)?(?:\s+with)?|what\s+happens|show\s+me\s+how|any\s+way\s+to|i\s+don['’]?t\s+(?:know|understand)\s+how)(?!\w)",
    re.IGNORECASE,
)
_SHORT = 3
"""Words up to which a line that is no question may name a topic: `spoilers`, `import from letterboxd`."""


def named_topic(name: str) -> Topic | None:
    """Return the topic of this name."""
    return next((each for each in TOPICS if each.name == name.casefold()), None)


def topic_of(line: str) -> Topic | None:
    """Return the topic that a line asks about, in whatever words; None if it asks about none."""
    if known := named_topic(line.strip()):
        return known
    return next((each for each in TOPICS if each.asked.search(line)), None)


def asks(line: str) -> bool:
    """Tell whether a line may be a question about Matinee itself: it asks, or only names a topic."""
    return _QUESTION.match(line) is not None or len(line.split()) <= _SHORT
