"""Topic of help that a line asks about."""

import re

from bot.domain.words.patterns import lazy_pattern
from bot.features.help.topic import Topic
from bot.features.help.topics import ASKED, TOPICS

_DUBBED = lazy_pattern(r"(?<!\w)dubbed\s+in(?!\w)", re.IGNORECASE)
"""What asks for a film in a language, and not that Matinee speaks it."""

_SHORT = 3
"""Words up to which a line that is no question may name a topic: `spoilers`, `import from letterboxd`."""


def named_topic(name: str) -> Topic | None:
    """Return the topic of this name."""
    return next((each for each in TOPICS if each.name == name.casefold()), None)


def topic_of(line: str) -> Topic | None:
    """Return the topic that a line asks about, in whatever words; None if it asks about none."""
    if known := named_topic(line.strip()):
        return known
    line = _DUBBED.sub("dubbed", line)
    return next((each for each in TOPICS if ASKED[each.name].search(line)), None)


def asks(line: str) -> bool:
    """Tell whether a line may be a question about Matinee itself: it asks, or only names a topic."""
    return ASKED["question"].match(line) is not None or len(line.split()) <= _SHORT
