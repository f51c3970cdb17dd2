"""Small words that steer a wish, as they are mistyped or masked: `withuot aliens`, `in teh sea`, `mindf*ck`."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from bot.domain.words.patterns import lazy_pattern

_STEERING = (
    "the and not but with this that than then when what where just like more less from about after before "
    "under never other rather nothing dialogue subtitles violence animated something anything without except instead between please because"
).split()
"""Words whose place in a sentence tells how to read its others."""

_WORDS = frozenset(
    "form ont nad ether noting befor hen wen ate tan tat tis rater othe baout".split()
)
"""Slips that are words themselves, of this language or of another."""

_TOGETHER = {
    "alot": "a lot", "allot": "a lot", "aswell": "as well", "atleast": "at least", "eachother": "each other",
    "incase": "in case", "infront": "in front", "nevermind": "never mind", "noone": "no one", "thru": "through",
}  # fmt: skip
"""Words that are written together, or shorter: `liked it alot`."""

_SURE = 6
"""Letters of a word of which one may lack or stand twice: `witout`, `insted`."""

_WORD = lazy_pattern(r"(?<![\w'’*@\"“])[a-z]{3,10}(?![\w'’*\"”])", re.IGNORECASE)
_MASKED = (
    (re.compile(r"f[*#@$!_-]{1,2}c?k", re.IGNORECASE), "fuck"),
    (re.compile(r"sh[*#@$!1]t", re.IGNORECASE), "shit"),
    (re.compile(r"b[*#@$!]tch", re.IGNORECASE), "bitch"),
)
"""Words that are masked so that nobody takes offence, wherever in a word they stand."""


def without_slips(text: str) -> str:
    """Return a text with its small words as they are spelt."""
    for masked, word in _MASKED:
        text = masked.sub(word, text)
    return _WORD.sub(lambda found: _slips().get(found[0].lower(), found[0]), text)


@cache
def _slips() -> Mapping[str, str]:
    """Return the words that are meant, by their slips."""
    found: dict[str, str] = dict(_TOGETHER)
    for word in _STEERING:
        for slip in _of(word):
            if slip not in _STEERING and slip not in _WORDS:
                found.setdefault(slip, word)
    return found


def _of(word: str) -> Iterator[str]:
    """Yield a word with two letters in each other's place, and of a long one with one too few or too many."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if len(word) >= _SURE:
        for at in range(1, len(word)):
            yield word[:at] + word[at + 1 :]
            yield word[:at] + word[at] + word[at:]
