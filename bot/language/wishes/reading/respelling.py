"""Words that nobody knows, read as the known ones that they are a slip or an ending away from."""

from collections.abc import Sequence

from bot.language.wishes.lexicon import spelling
from bot.language.wishes.lexicon.entries import stem_of
from bot.language.wishes.lexicon.nearby import is_used, nearby
from bot.language.wishes.lexicon.notions import (
    fillers,
    lexicon,
    long_words,
    misspelt,
    misspelt_fillers,
    misspelt_forms,
    stems,
    vocabulary,
)
from bot.language.wishes.lexicon.tokens import Token
from bot.language.wishes.people.people import is_name, is_nickname
from recommender import BaseIndex
from recommender.text.stopwords import STOP_WORDS

_ENDINGS = ("en", "em", "er", "es", "e", "n", "s", "sk", "ska")
_LONG_FILLER = 6
"""Letters of a word from which it may be a misspelt filler."""


def misspelt_small_words(tokens: Sequence[Token], index: BaseIndex) -> list[Token]:
    """Return the words that nobody knows and that are one slip away from a filler: `basicaly`."""
    return [
        token
        for token in tokens
        if len(token.word) >= _LONG_FILLER
        and not ({token.word, token.stem} & stems() or token.word in fillers())
        and not (token.stem in nearby() or is_used(token, index) or is_name(token.word, index))
        and spelling.nearest(token.word, misspelt_fillers())
    ]


def spelt(tokens: Sequence[Token], index: BaseIndex) -> list[Token]:
    """Return the words with those that nobody knows replaced by the lexicon's nearest."""
    return [_respelt(token, index) for token in tokens]


def _respelt(token: Token, index: BaseIndex) -> Token:
    word, stem = token.word, token.stem
    if degree := _of_a_degree(word):
        return Token(degree, stem_of(degree), token.start, token.end, token.comma)
    if (
        len(word) < spelling.SHORTEST - 1
        or stem in stems()
        or word in stems()
        or stem in vocabulary()
    ):
        return token
    if word in STOP_WORDS or stem in nearby() or is_used(token, index) or is_nickname(word):
        return token
    meant = (
        _inflected(word)
        or spelling.nearest(stem, misspelt())
        or spelling.nearest(word, misspelt())
        or _stem_of_typed(word)
        or (None if is_name(word, index) else spelling.nearest_long(word, long_words()))
    )
    return Token(meant, meant, token.start, token.end, token.comma) if meant else token


def _stem_of_typed(word: str) -> str | None:
    """Return the stem of the word, as phrases have it, that is a slip away: `inspring`."""
    meant = spelling.nearest(word, misspelt_forms())
    return stem_of(meant) if meant else None


def _of_a_degree(word: str) -> str | None:
    """Return the known word of a comparative or superlative that is none itself: `scariest`, `gorier`."""
    if not word.endswith(("est", "ier")) or (stem_of(word),) in lexicon():
        return None
    if word.endswith("ier"):
        forms = [f"{word[:-3]}y"]
    else:
        bare = word[:-3]
        forms = [bare, f"{bare}e", f"{bare[:-1]}y" if bare.endswith("i") else bare[:-1]]
    return next((each for each in forms if len(each) > 2 and (stem_of(each),) in lexicon()), None)


def _inflected(word: str) -> str | None:
    """Return the known word that a German, Romance or compared form belongs to: `lustiger`, `divertidas`."""
    short = word.removesuffix("s")
    forms = [word[: -len(end)] for end in _ENDINGS if word.endswith(end)]
    forms += [short[:-1] + end for end in "oae" if short[-1:] in "oaie"]
    return next((each for each in forms if len(each) > 2 and (each,) in lexicon()), None)
