"""Words of a question about reviews, and near words of the same meaning (`near_words.toml`)."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from recommender.text import analyzer
from recommender.text.stopwords import STOP_WORDS

NEAR, KIN = 0.6, 0.8
"""Weights of a near word, and of another form of the same word."""

SHORTEST_STEM, SHARED_STEM = 4, 0.57
"""Fewest first letters that two forms of one word share, and their least share of the longer form."""

_QUOTES = frozenset("\"'“”‘’„«»")


def alike(wanted: Sequence[str], known: Collection[str]) -> dict[str, list[tuple[int, float]]]:
    """Return the known words that match words of a question, each with their places and weights, 0..1."""
    found: dict[str, list[tuple[int, float]]] = {}
    for place, word in enumerate(wanted):
        near, stem = near_words().get(word, frozenset()), analyzer.stem(word)
        for each in known:
            if each == word or analyzer.stem(each) == stem:
                value = 1.0
            elif each[:SHORTEST_STEM] == word[:SHORTEST_STEM] and _is_kin(each, word):
                value = KIN
            elif each in near:
                value = NEAR
            else:
                continue
            found.setdefault(each, []).append((place, value))
    return found


def _is_kin(one: str, other: str) -> bool:
    """Tell whether two words are likely forms of one: `music` and `musician`, `annoyed` and `annoying`."""
    shared = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return shared >= max(SHORTEST_STEM, SHARED_STEM * max(len(one), len(other)))


@cache
def near_words() -> Mapping[str, frozenset[str]]:
    """Return the near words of each word."""
    found: dict[str, set[str]] = {}
    for group in _data()["groups"]:
        words = group.split()
        for word in words:
            found.setdefault(word, set()).update(words)
    return {word: frozenset(others) for word, others in found.items()}


@cache
def asking_words() -> frozenset[str]:
    """Return the stop words of questions."""
    return frozenset(_data()["asking"].split())


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(files("recommender.text").joinpath("near_words.toml").read_text("utf-8"))


def title_words(words: Sequence[str]) -> list[str]:
    """Return the words of a title that name it, also written as one: `blade`, `runner`, `bladerunner`."""
    telling = [word for word in words if word not in STOP_WORDS]
    return [*telling, "".join(words)]


def named_films(
    question: str, titles: Mapping[str, Sequence[str]]
) -> tuple[frozenset[str], list[str]]:
    """Return the films whose whole titles are in a question, and its other words.

    A title of one word counts only with a capital inside the question: `Her`, not `her`.
    """
    words, capital = _with_capitals(question)
    taken: set[int] = set()
    found: set[str] = set()
    for film_id, title in sorted(titles.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        for start in range(len(words) - len(title) + 1 if title else 0):
            places = range(start, start + len(title))
            if words[start : start + len(title)] != list(title):
                continue
            same = len(title) > 1 or capital[start]
            if same and (not taken.intersection(places) or _same_title(title, found, titles)):
                taken.update(places)
                found.add(film_id)
    return frozenset(found), [word for place, word in enumerate(words) if place not in taken]


def _same_title(
    title: Sequence[str], found: Collection[str], titles: Mapping[str, Sequence[str]]
) -> bool:
    """Tell whether a film of that very title was found: a remake."""
    return any(list(titles[each]) == list(title) for each in found)


def _with_capitals(text: str) -> tuple[list[str], list[bool]]:
    """Return the words of a text, and of each whether it has a capital, or a digit, that no beginning gives it."""
    words: list[str] = []
    capital: list[bool] = []
    for piece in text.split():
        quoted = piece[0] in _QUOTES
        marked = (bool(words) or quoted) and any(each.isupper() or each.isdigit() for each in piece)
        for word in analyzer.words(piece):
            words.append(word)
            capital.append(marked)
    return words, capital
