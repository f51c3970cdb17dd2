"""Normalised keys of titles: the same key however a title is typed."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from rapidfuzz.distance import OSA

from bot.domain.words.numbers import ORDINALS, number_words
from bot.domain.words.patterns import lazy_pattern

_FRACTION = lazy_pattern(r"(?<=\d)(?=[¼½¾⅐-⅞])")
_RAISED = lazy_pattern(r"(?<=\w)(?=[²³¹⁰⁴-⁹₀-₉])")
# Accents of Latin, Greek and Cyrillic, Hebrew and Arabic points, which people leave out. Marks of
# kana and of Indic scripts change the letter, and stay.
_ACCENTS = lazy_pattern("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]")
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
_ELISION = lazy_pattern(r"^\W*l['’](?=\w)")
_APOSTROPHE = lazy_pattern(r"['’‘ʼ`´ʹ]")
_AND = lazy_pattern(r"&|(?<=\s)\+(?=\s)")
_JOINT = lazy_pattern(r"(?<=\w)[^\w\s&+]+(?=\w)|(?<=\w)[^\w\s&+]+$")
_ASCII_GAP = lazy_pattern(r"[^a-z0-9]+")
_TRAILING_ARTICLE = lazy_pattern(
    r"^(?P<title>.*\S), *(?P<article>the|an?|l[eao]s?|el|il|der|die|das|une?|l')$", re.IGNORECASE
)

_SUBTITLE = lazy_pattern(r"(?<=\S)(?::| [-–—])(?= )")

_SLIGHT = frozenset({"the", "a", "an", "and"})
_KIND = lazy_pattern(r"(?P<title>.*?\S) (?:the )?(?:movie|film)")

# Articles that are often other words in English (die, as, o, de) are left out.
_ARTICLE_WORDS = (
    "the a an le la les l un une el los las una der das ein eine il lo gli uno het een os um uma "
    "det ett az"
)
ARTICLES = frozenset(_ARTICLE_WORDS.split())
_ROMAN_WORDS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix"
_ROMAN = MappingProxyType(
    {word: str(number) for number, word in enumerate(_ROMAN_WORDS.split(), 1)}
)
_ROMAN_SET = frozenset(_ROMAN)
_ROMAN_LETTERS = MappingProxyType({"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000})
_ANY_ROMAN = lazy_pattern(
    r"\b(?=[mdclxvi]{2})m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\b"
)
_NUMBERED = frozenset({"part", "pt", "episode", "chapter", "volume", "vol", "book"})
_NUMBERS = MappingProxyType({word: str(number) for word, number in number_words(1, 20).items()})
_ORDINALS = dict(zip(ORDINALS, "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th".split(), strict=True))
_SAME = MappingProxyType(
    {"dr": "doctor", "mr": "mister", "n": "and", "st": "saint", "versus": "vs"} | _ORDINALS
)
_MIXED_UP = frozenset({*_ROMAN, *_NUMBERS, *_NUMBERED, *_SAME})
_LEET = lazy_pattern(r"(?<=[a-z])[013457](?=[a-z])")
_LEET_LETTERS = MappingProxyType({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "v"})


@dataclass(frozen=True, slots=True)
class TitleKeys:
    """Keys of one title, from strict to loose.

    `plain` keeps the article; `key` is what `normalise` returns; `loose` also equates number words,
    lone roman numerals, digits for letters, and joined words. `joined` is `plain` without the gaps
    of punctuation: `la confidential` for `L.A. Confidential`.
    """

    plain: str
    key: str
    loose: tuple[str, ...]
    joined: str


def normalise(title: str) -> str:
    """Return the key of a title; empty only for a blank title."""
    return keys_of(title).key


def keys_of(title: str) -> TitleKeys:
    """Compute all keys of a title."""
    folded = _fold(title)
    spaced = _words(folded)
    if not spaced:
        symbols = "".join(unicodedata.normalize("NFKC", title).casefold().split())
        return TitleKeys(symbols, symbols, (symbols,), symbols)
    bare = _without_article(spaced)
    key = " ".join(_careful_numerals(bare))
    loose = " ".join(_generous(bare))
    plain, joint = " ".join(spaced), _JOINT.sub("", folded)
    if joint == folded:
        return TitleKeys(plain, key, (loose,), plain)
    joined = _words(joint)
    loosest = " ".join(_generous(_without_article(joined)))
    return TitleKeys(plain, key, tuple(dict.fromkeys((loose, loosest))), " ".join(joined))


def squeezed(words: str) -> str:
    """Return normalised words without the gaps between them."""
    return words.replace(" ", "")


def unordered(words: str) -> str:
    """Return normalised words in alphabetical order, without "the", "a" and "and"."""
    return " ".join(sorted(unslighted(words).split()))


def unslighted(words: str) -> str:
    """Return normalised words without "the", "a" and "and", unless there are no others."""
    return " ".join(word for word in words.split() if word not in _SLIGHT) or words


def without_its_kind(words: str) -> str | None:
    """Return a title without a "movie" or "film" at its end: `stowaway movie`."""
    found = _KIND.fullmatch(words)
    return found["title"] if found else None


def without_slipped_article(plain: str) -> str | None:
    """Return a title without a mistyped "the": `teh rapids`, `te way`, `thelash`."""
    first, _, rest = plain.partition(" ")
    if first.startswith("the") and len(first) > len("they're"):
        return plain.removeprefix("the")
    slipped = first != "the" and len(first) <= len("the") + 1 and OSA.distance(first, "the") == 1
    return rest if rest and slipped else None


def numbers(words: str) -> Counter[str]:
    """Count the numbers in a normalised title as digits, however they are written."""
    return Counter(word for word in _generous(words.split()) if word.isdigit())


def hard_numbers(words: str) -> Counter[str]:
    """Count the numbers in a normalised title but those in words: `13`, `ii`, `part two`."""
    spelled = Counter(
        _NUMBERS[word]
        for before, word in pairwise(["", *words.split()])
        if word in _NUMBERS and before not in _NUMBERED
    )
    return numbers(words) - spelled


def without_numbers(words: str) -> str:
    """Return a normalised title without its numbers: `terminator`, of `terminator ii`."""
    return " ".join(word for word in _generous(words.split()) if not word.isdigit())


def main_titles(title: str) -> Iterator[str]:
    """Yield what stands before each colon or dash of a title: `Borat`, of `Borat: Cultural ...`."""
    for found in _SUBTITLE.finditer(title):
        yield title[: found.start()]


def _fold(title: str) -> str:
    """Unify case, accents, width, apostrophes and "and"."""
    if turned := _TRAILING_ARTICLE.match(title):
        title = f"{turned['article']} {turned['title']}"
    if not title.isascii():
        title = _RAISED.sub("-", _FRACTION.sub(" ", title))
        title = unicodedata.normalize("NFKD", title.replace("ı", "i")).casefold()
        title = unicodedata.normalize("NFC", _ACCENTS.sub("", title)).translate(_LETTERS)
    title = _ELISION.sub("l ", title.lower())
    return _AND.sub(" and ", _APOSTROPHE.sub("", title))


def _words(folded: str) -> list[str]:
    """Split at all characters but letters, digits and combining marks."""
    if folded.isascii():
        return _ASCII_GAP.sub(" ", folded).split()
    return "".join(
        letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in folded
    ).split()


def _without_article(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and words[0] in ARTICLES else words


def _careful_numerals(words: list[str]) -> list[str]:
    """Convert roman numerals of two letters or more, and lone ones after "part", to digits."""
    if _ROMAN_SET.isdisjoint(words):
        return words
    return [
        _ROMAN.get(word, word)
        if place and (len(word) > 1 or words[place - 1] in _NUMBERED)
        else word
        for place, word in enumerate(words)
    ]


def _generous(words: list[str]) -> list[str]:
    """Unify spellings that people mix up: V and 5, Part Two and 2, Se7en and Seven, Dr and Doctor."""
    text = " ".join(words)
    if _MIXED_UP.isdisjoint(words) and not (_LEET.search(text) or _ANY_ROMAN.search(text)):
        return words
    kept = [_one_generous(word) for word in _careful_numerals(words)]
    if len(kept) > 1 and kept[-2] != "and":
        kept[-1] = _ROMAN.get(kept[-1], kept[-1])
    return [
        "vs" if word == "v" and place else word
        for place, word in enumerate(kept)
        if not (place and word in _NUMBERED and "".join(kept[place + 1 : place + 2]).isdigit())
    ]


def _one_generous(word: str) -> str:
    if not word.isalpha():
        word = _LEET.sub(lambda digit: _LEET_LETTERS[digit[0]], word)
    if len(word) > 1 and _ANY_ROMAN.fullmatch(word):
        return str(_roman_value(word))
    return _NUMBERS.get(word) or _SAME.get(word, word)


def _roman_value(word: str) -> int:
    """Return the value of a roman numeral; a smaller letter before a greater is subtracted."""
    values = [_ROMAN_LETTERS[letter] for letter in word]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
