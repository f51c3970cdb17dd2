"""How many films a wish asks for: `three korean thrillers`, `top 5`, `two comedies and a drama`."""

import re
from collections.abc import Sequence
from functools import cache

from bot.domain.words.numbers import number_words
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.domain.words.text import folded
from bot.language.wishes.lexicon.tokens import tokens_of
from bot.language.wishes.measures.measures import Found
from bot.language.wishes.reading.alternatives import either_of

_ABROAD = ("de", "fr", "es", "it")
COUNTS = {
    "a couple of": 2, "a dozen": 12, "twelve": 12, "twenty": 20, **number_words(2, 10),
    **number_words(3, 3, *_ABROAD), **number_words(5, 5, *_ABROAD),
}  # fmt: skip
"""Numbers of films in words."""


def number_of(typed: str) -> int:
    """Return a number of films, in digits or in the words of `COUNTS`."""
    return COUNTS.get(" ".join(folded(typed).split())) or int(typed)


_SAID = Templates("bot.language.wishes.reading", "lists.toml")
_ONE = lazy_pattern(
    r"\b(?:just|only)\s+one\b|(?<!in\s)\b(?:one|a\s+single)\s+(?:film|movie)\b", re.IGNORECASE
)
_BILL = lazy_pattern(r"\b(?P<bill>double|triple)[\s-]+(?:bill|feature)s?\b", re.IGNORECASE)
"""Films for one evening: `a double feature about twins`."""

_COUNTED = frozenset(
    "films movies flicks picks films suggestions ideas recommendations filme películas filmes".split()
)

_AND_MORE = lazy_pattern(
    rf"(?:\s*(?:,|(?<=\s)(?:and|plus)(?=\s)|&))+\s*(?P<count>\d|an?|one|{'|'.join(COUNTS)})\s+",
    re.IGNORECASE,
)
"""What stands before another kind of films that is counted, too."""


@cache
def _count() -> re.Pattern[str]:
    """Return the pattern of a number of films at the beginning of a wish: `give me three`, `the top 5`."""
    asking, others = _SAID.words("asking"), _SAID.words("not_films")
    number = rf"(?P<count>\d{{1,3}}|{'|'.join(COUNTS)})"
    return re.compile(rf"^\W*(?:{asking}\s+)*{number}\s+(?=\w)(?!{others}(?!\w))", re.IGNORECASE)


def count_asked(text: str, taken: Sequence[Found]) -> tuple[int | None, int]:
    """Return how many films are asked for, and where that ends: `three korean thrillers`, `top 5`."""
    if _ONE.search(text):
        return 1, 0
    if bill := _BILL.search(text):
        return (2 if bill["bill"].lower() == "double" else 3), 0
    found = _count().match(text)
    if not found or any(start < found.end() for start, _, _ in taken):
        return None, 0
    number = number_of(found["count"])
    nouns = any(
        part.entry.noun and text[start:end].lower().endswith(("s", "n"))
        for start, end, part in taken
    )
    counted = _COUNTED.intersection(token.word for token in tokens_of(text))
    if (nouns or counted) and number:
        return number, found.end("count")
    return None, 0


def counted_kinds(
    text: str, asked: Sequence[Found], count: int | None
) -> tuple[int | None, list[Found]]:
    """Return how many films are asked for in all, and kinds that are counted one by one as alternatives.

    No film is both of `three comedies and a drama`.
    """
    joined = list[Found]()
    for start, end, part in asked:
        before = joined[-1] if joined else None
        more = _AND_MORE.fullmatch(text[before[1] : start]) if before and count else None
        if before and more and count and before[2].entry.noun and part.entry.noun:
            count += 1 if more["count"].lower() in {"a", "an", "one"} else number_of(more["count"])
            whole = text[before[0] : end]
            joined[-1] = before[0], end, either_of(whole, [before[2], part])
        else:
            joined.append((start, end, part))
    return count, joined
