"""`/merge THIS into THAT`: two films with a word between them that titles hold too."""

import re
from itertools import islice

from bot.features.merging.commands import MergeFilmCommand
from bot.grammar.reading import Reading
from bot.grammar.titles import unquoted

_MOST_CUTS = 20
_INTO = re.compile(r"(?:^|\s+)into(?:\s+|$)", re.IGNORECASE)


def parse_merge(text: str, reading: Reading) -> MergeFilmCommand:
    """Part the two films where both sides are titles best: *Escape into Night* into *Into the Wild*.

    Without the word all is the film to be merged, and the other one is asked for.
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
