"""Who wrote a film's music, which no fact of the catalogue tells: `scored by John Williams` is about no actor of that name."""

import re
from collections.abc import Iterator

from bot.domain.words.patterns import lazy_pattern
from bot.language.wishes.lexicon.entries import Entry
from bot.language.wishes.measures.measures import Found
from bot.language.wishes.wish import Understood

_MUSIC_BY = lazy_pattern(
    r"(?<!\w)(?:with\s+)?(?:the\s+|a\s+)?(?:film\s+)?(?:music|scores?|scored|soundtracks?|composed)\s+by\s+"
    r"(?P<who>[^\W\d_]+(?:\s+(?!(?:but|and|or|from|under|with|in|for|of|no|not|please)(?!\w))[^\W\d_]+){0,2})",
    re.IGNORECASE,
)


def composers(text: str) -> Iterator[Found]:
    """Find the composers that are asked for."""
    for found in _MUSIC_BY.finditer(text):
        label = f"music by {found['who']}"
        entry = Entry(label, untold=f"have {label}")
        yield found.start(), found.end(), Understood(found[0], entry)
