"""Grammar of `/merge THIS into THAT`, where titles may hold the word "into", too."""

import re
from itertools import islice

from bot.domain.words.patterns import lazy_pattern
from bot.features.merging.commands import MergeFilmCommand
from bot.language.grammar.reading import Reading
from bot.language.grammar.titles import unquoted

_MOST_CUTS = 20
_INTO = lazy_pattern(r"(?:^|\s+)into(?:\s+|$)", re.IGNORECASE)


def parse_merge(text: str, reading: Reading) -> MergeFilmCommand:
    """Split at the "into" with titles on both sides: *Escape into Night* into *Into the Wild*.

    Without the word, the whole text is the film to be merged, and the other one is asked for.
    """
    text = text.strip()
    parted = [
        (unquoted(text[: each.start()]), unquoted(text[each.end() :]))
        for each in islice(_INTO.finditer(text), _MOST_CUTS)
    ]
    if not parted:
        return MergeFilmCommand(own=unquoted(text))
    own, film = max(
        parted, key=lambda pair: (sum(map(reading.titles.is_title, pair)), bool(pair[0]))
    )
    return MergeFilmCommand(own, film)
