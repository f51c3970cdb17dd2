"""Text analysis: tokens, folded and lightly stemmed to terms; alike for films and queries.

A term is compared; its surface form is shown.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, pairwise

from recommender.text.stopwords import ELISIONS, STOP_WORDS

# Python's \w lacks vowel signs and points, so the blocks of scripts that need them are listed.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff\u0f71-\u0f84\u102b-\u103e\u17b4-\u17d3\u200d"
)
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]+|(?:(?![{_UNSPACED}_])[\w{_MARKS}])+")
_QUOTES = frozenset("'’")
_ASCII_WORD = re.compile(r"[^\W_]+", re.ASCII)
_ASCII_REST = re.compile(r"'[st](?![^\W_])", re.ASCII)
_ASCII_ELIDED = re.compile(rf"(?<![^\W_])(?i:{'|'.join(sorted(ELISIONS))})(?=')", re.ASCII)
"""For ASCII texts: the tokens of `_WORD` and what `_folded` drops, in a third of the time."""

_DROPPED = STOP_WORDS | {chr(letter) for letter in range(128)}
"""Stop words and single ASCII letters: they are no terms."""

_LATIN_MARKS = re.compile("[\u0300-\u036f]")


def words(text: str) -> list[str]:
    """Return the folded tokens of a text, stop words included, as for names and phrases."""
    if text.isascii():
        return _ASCII_WORD.findall(_without_elided(text).lower())
    return [term for term, _ in _folded(text)]


def phrase(text: str) -> str:
    """Fold a name or a phrase to one term: 'Márta Mészáros' becomes 'marta meszaros'."""
    return " ".join(words(text))


def surfaces(text: str) -> list[tuple[str, str]]:
    """Return (term, surface form) of every token but stop words, in reading order."""
    return [(stem(word), surface) for word, surface in _folded(text) if word not in _DROPPED]


def counted_surfaces(texts: Iterable[str]) -> dict[str, dict[str, int]]:
    """Count the surface forms in some texts by term; each distinct word is stemmed once."""
    counted: dict[str, dict[str, int]] = {}
    found = Counter(chain.from_iterable(_folded(text) for text in texts))
    for (word, surface), count in found.items():
        if word not in _DROPPED:
            counted.setdefault(stem(word), {})[surface] = count
    return counted


def terms_among(words: Iterable[str]) -> list[str]:
    """Return the terms among the tokens of `words`, so that a text is tokenised only once."""
    return [stem(word) for word in words if word not in _DROPPED]


def terms(text: str) -> list[str]:
    """Return the terms of a text in reading order: unigrams, as for reviews."""
    return terms_among(words(text))


@lru_cache(maxsize=8_192)
def label_terms(label: str) -> frozenset[str]:
    """Return the terms of a label, its tokens if all are stop words; cached, for labels repeat."""
    return frozenset(terms(label) or words(label))


def with_bigrams(single: list[str]) -> list[str]:
    """Return the terms and, after them, their bigrams, as for catalogue texts."""
    return single + [f"{left} {right}" for left, right in pairwise(single)]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Stem a folded word: drop an English plural ending and the -ly of `ghostly`."""
    if len(word) > 5 and word.isascii() and word.endswith("ly"):
        return word[:-2]
    if len(word) < 4 or not word.isascii() or not word.endswith("s"):
        return word
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Fold a word: no case, no compatibility forms, no Latin diacritics."""
    if word.isascii():
        return word.lower()
    plain = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", word.casefold()))
    return unicodedata.normalize("NFKC", plain).casefold()


def _folded(text: str) -> Iterable[tuple[str, str]]:
    """Yield (folded token, surface form); no l' and d', unspaced scripts as character bigrams."""
    if text.isascii():
        found = _ASCII_WORD.findall(_without_elided(text))
        return zip(map(str.lower, found), found, strict=True)
    return _folded_of_any_script(text)


def _folded_of_any_script(text: str) -> Iterator[tuple[str, str]]:
    for match in _WORD.finditer(unicodedata.normalize("NFC", text)):
        surface = match.group()
        if surface in {"s", "t"} and _after_quote(match):
            continue
        if not surface.isascii() and re.match(rf"[{_UNSPACED}]", surface):
            yield from ((bigram, bigram) for bigram in _bigrams(surface))
            continue
        word = fold(surface)
        if word and not (word in ELISIONS and _before_quote(match)):
            yield word, surface


def _without_elided(text: str) -> str:
    """Drop from an ASCII text what `_folded` drops beside apostrophes."""
    return _ASCII_ELIDED.sub(" ", _ASCII_REST.sub("' ", text)) if "'" in text else text


def _after_quote(match: re.Match[str]) -> bool:
    """Tell whether an apostrophe comes right before the match."""
    return match.string[max(match.start() - 1, 0) : match.start()] in _QUOTES


def _before_quote(match: re.Match[str]) -> bool:
    """Tell whether an apostrophe comes right after the match."""
    return match.string[match.end() : match.end() + 1] in _QUOTES


def _bigrams(run: str) -> list[str]:
    """Return the overlapping character bigrams of a run of a script without spaces."""
    folded = unicodedata.normalize("NFKC", run)
    return [folded[i : i + 2] for i in range(len(folded) - 1)] or [folded]
