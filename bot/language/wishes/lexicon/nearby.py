"""Words that no entry knows, read as the known ones that are nearest in meaning (`nearby.toml`) or in form."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from rapidfuzz.distance import Prefix

from bot.language.wishes.lexicon import data
from bot.language.wishes.lexicon.entries import Entry, phrase_of
from bot.language.wishes.lexicon.notions import fillers, lexicon, stems
from bot.language.wishes.lexicon.tokens import Token, tokens_of
from recommender import BaseIndex
from recommender.text import analyzer

BEGINNING = 5
"""Letters that two words of one family share: `gloominess` is near `gloomy`."""

_FORMS = frozenset(
    "ness iness ish ic esque like y ly ily er ers ing ed ism ist al ful ier iest".split()
)
"""Endings that leave a word's meaning nearly as it is."""


def nearest_known(tokens: Sequence[Token], index: BaseIndex) -> Iterator[tuple[Token, str, Entry]]:
    """Yield the words that nothing knows, each with the known one nearest in meaning or in form."""
    for token in tokens:
        if (token.stem,) in lexicon() or token.word in fillers():
            continue
        used = token.stem in stems() or is_used(token, index)
        known = nearby().get(token.stem) or (None if used else _of_one_family(token.stem))
        if known and (entry := lexicon().get(phrase_of(known))):
            yield token, known, entry


def is_known(text: str) -> bool:
    """Tell whether every word of a text, as it is spelt, is one of wishes: `sheep`, not `dana`."""
    said = tokens_of(text)
    return bool(said) and all((e.stem,) in lexicon() or e.stem in nearby() for e in said)


def is_used(token: Token, index: BaseIndex) -> bool:
    return any(index.term(field, token.stem) >= 0 for field in ("text", "title", "theme words"))


def _of_one_family(stem: str) -> str | None:
    """Return the known word of which this is another form: `vampiric`, `gloominess`."""
    alike = beginnings().get(stem[:BEGINNING], ())
    forms = (each for each in alike if _is_form(stem, each))
    return min(forms, key=len, default=None)


def _is_form(stem: str, known: str) -> bool:
    shared = Prefix.similarity(stem, known)
    return len(known) - shared <= 1 and stem[shared:] in _FORMS


@cache
def nearby() -> Mapping[str, str]:
    """Return the known words that are nearest in meaning to words of no entry, by their stems."""
    return {
        analyzer.stem(analyzer.fold(word)): known
        for known, words in data.table("nearby.toml").items()
        for word in words.split()
    }


@cache
def beginnings() -> Mapping[str, tuple[str, ...]]:
    """Return the single words of the lexicon by their first letters, as many as tell a word."""
    found: dict[str, list[str]] = {}
    for phrase, entry in lexicon().items():
        if len(phrase) == 1 and len(phrase[0]) >= BEGINNING and not entry.filler:
            found.setdefault(phrase[0][:BEGINNING], []).append(phrase[0])
    return {start: tuple(words) for start, words in found.items()}
