"""Who watches: ages and older family, in any words."""

import re
from collections.abc import Iterator
from functools import cache

from bot.domain.words.numbers import number_words
from bot.domain.words.patterns import lazy_pattern
from bot.domain.words.templates import Templates
from bot.domain.words.text import folded
from bot.language.wishes.lexicon.entries import Entry
from bot.language.wishes.lexicon.notions import lexicon
from bot.language.wishes.lexicon.tokens import tokens_of
from bot.language.wishes.measures.measures import Found
from bot.language.wishes.reading.understanding import understood
from bot.language.wishes.wish import Understood

_AGES_IN_WORDS = number_words(2, 15)
_WHO = Templates("bot.language.wishes.reading", "audiences.toml")
_DATE = lazy_pattern(
    r"(?:(?:for|on|have|got)\s+)?(?:(?:a|my|our)\s+)?(?:date|tinder\s+date)\s+(?:(?:no|nr|num(?:ber)?)\.?|#)\s*(?:\d{1,2}|one|two|three|four|five)(?![\w-])",
    re.IGNORECASE,
)
"""A date with its number: `date no 3`."""

_GROWN_UP, _TEENAGER, _SMALL = 17, 12, 5


def audiences(text: str) -> Iterator[Found]:
    """Find who watches: `for my 7 year old`, `with my very catholic grandma`."""
    for found in _WHO["elders"].finditer(text):
        yield found.start(), found.end(), _as_if_typed("with my parents", found[0])
    for found in _WHO["little_one"].finditer(text):
        yield found.start(), found.end(), _as_if_typed("for the kids", found[0])
    for found in _DATE.finditer(text):
        yield found.start(), found.end(), _as_if_typed("date night", found[0])
    for found in _WHO["friends"].finditer(text):
        words = "girls night" if found["girls"] else "boys night"
        yield found.start(), found.end(), _as_if_typed(words, found[0])
    for found in _WHO["among_others"].finditer(text):
        yield found.start(), found.end(), Understood(found[0], Entry(found[0], filler=True))
    if _WHO["has_age"].search(text):
        yield from _aged(text)


def _aged(text: str) -> Iterator[Found]:
    """Find those who watch and whose age is told: `my 80 yo neighbour`."""
    for found in _WHO["old_friend"].finditer(text):
        if int(found["age"]) > _GROWN_UP:
            yield found.start(), found.end(), Understood(found[0], Entry(found[0], filler=True))
    for found in (
        *_age_in_brackets().finditer(text),
        *_WHO["childs_age"].finditer(text),
        *_WHO["aged"].finditer(text),
        *_WHO["own_age"].finditer(text),
    ):
        age = _in_years(found["age"])
        if age <= _GROWN_UP:
            words = "for the kids" if age > _SMALL else "for small children"
            words = "for teenagers" if age > _TEENAGER else words
            yield found.start(), found.end(), _as_if_typed(words, found[0])


@cache
def _age_in_brackets() -> re.Pattern[str]:
    """Return the pattern of a child with its age in brackets: `nephew (6) is obsessed with dinosaurs`."""
    age = r"(?:aged?\s+)?(?P<age>\d{1,2})\s*(?:y(?:ea)?rs?|y\.?o\.?)?(?:\s*old)?"
    child = _WHO.words("a_child")
    return re.compile(rf"(?<![\w-]){child}\s*[(\[,]\s*{age}\s*[)\],]", re.IGNORECASE)


def for_children(typed: str) -> Understood:
    """Return that a film is for a child whose taste is told, which comes before its being for children."""
    return _as_if_typed("for a child who likes that", typed)


def _as_if_typed(words: str, typed: str) -> Understood:
    """Return the notion of a phrase of the lexicon, typed in other words."""
    entry = lexicon()[tuple(token.stem for token in tokens_of(words))]
    return understood(typed.strip(), entry, 0)


def _in_years(typed: str) -> int:
    """Return an age in digits or in words."""
    return int(typed) if typed.isdigit() else _AGES_IN_WORDS[folded(typed)]
