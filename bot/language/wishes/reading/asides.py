"""What people tell beside their wish: who of them likes what, where they sit, how good their English is."""

import re
from collections.abc import Iterator
from functools import cache

from bot.domain.words.templates import Templates
from bot.language.wishes.lexicon.entries import Entry, stem_of
from bot.language.wishes.lexicon.notions import vocabulary
from bot.language.wishes.measures.measures import Found
from bot.language.wishes.reading.audiences import for_children
from bot.language.wishes.wish import Understood

_TOLD = Templates(
    "bot.language.wishes.reading",
    "asides.toml",
    {"name": "[a-z]+", "here": "[a-z]+", "again": "[a-z]+", "age": r"\d\d"},
)
_WITHOUT_TASTE = ("told", "begins", "after_a_comma")
"""Names of the forms of what says nothing of films."""


def asides(text: str) -> Iterator[Found]:
    """Find what is told beside a wish; of a child whose taste it is, that the film is for children."""
    if not _TOLD["personal"].search(text):
        return
    for found in _TOLD["taste"].finditer(text):
        child = found["child"]
        yield found.start(), found.end(), for_children(found[0]) if child else _nothing(found[0])
    for found in _TOLD["introduced"].finditer(text):
        word = (found["name"] or found["again"] or found["here"]).lower()
        if not {word, stem_of(word)} & vocabulary():  # not `hi, i'm bored`
            yield found.start(), found.end(), _nothing(found[0])
    for pattern in (*(_TOLD[form] for form in _WITHOUT_TASTE), _treats()):
        for found in pattern.finditer(text):
            yield found.start(), found.end(), _nothing(found[0])


@cache
def _treats() -> re.Pattern[str]:
    """Return the pattern of what there is to eat and drink: `a comedy with friends, wine and pizza`."""
    some, treat = _TOLD.words("some"), _TOLD.words("treat")
    listed = rf"(?:{some}\s+)*{treat}(?:\s*(?:,|and|&)\s*{treat})*"
    return re.compile(rf"(?<=,)\s*{listed}(?=\s*(?:,|$))", re.IGNORECASE)


def _nothing(typed: str) -> Understood:
    return Understood(typed, Entry(typed, filler=True))
