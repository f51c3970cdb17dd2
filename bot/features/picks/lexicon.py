"""Lexicon of wishes: everyday words and the demands they make, from data files beside this module."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.languages import get_official_languages

from recommender.text import analyzer

LOCALES = ("en", "de", "fr", "es", "pt", "it")
"""Languages in which names of countries and languages are known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One notion of a wish, with the demands it makes.

    Terms are (field, value); `years` below 0 count back from this year; `noun` names a kind of film.
    """

    label: str
    all: tuple[tuple[str, str], ...] = ()
    any: tuple[tuple[str, str], ...] = ()
    none: tuple[tuple[str, str], ...] = ()
    years: tuple[int, int] | None = None
    minutes: tuple[int, int] | None = None
    or_years: bool = False
    soft: bool = False
    noun: str = ""
    kind: str = ""


Phrase = tuple[str, ...]
"""Stems of a phrase's words, stop words included."""


def phrase_of(text: str) -> Phrase:
    """Return the stems of a text's words."""
    return tuple(analyzer.stem(word) for word in analyzer.words(text))


@cache
def lexicon() -> Mapping[Phrase, Entry]:
    """Return all entries by their phrases; read once."""
    found: dict[Phrase, Entry] = {}
    for words, entry in (*_notions(), *_places(), *_names()):
        found.setdefault(phrase_of(words), entry)
    found.pop((), None)
    return found


@cache
def longest_phrase() -> int:
    """Return the number of words of the longest phrase."""
    return max(map(len, lexicon()))


def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files("bot.features.picks") / name).read_text("utf-8"))


def _notions() -> Iterator[tuple[str, Entry]]:
    for label, table in _read("lexicon.toml").items():
        entry = Entry(
            label=table.get("as", label),
            all=_terms(table.get("all", ())),
            any=_terms(table.get("any", ())),
            none=_terms(table.get("not", ())),
            years=_pair(table.get("years")),
            minutes=_pair(table.get("minutes")),
            or_years=table.get("or_years", False),
            soft=table.get("soft", False),
            noun=table.get("noun", ""),
            kind="noun" if "noun" in table else "after" if "as" in table else "",
        )
        for words in table["words"]:
            yield words, entry


def _terms(texts: list[str] | tuple[()]) -> tuple[tuple[str, str], ...]:
    pairs = (text.partition(":") for text in texts)
    return tuple(("tag" if field == "theme" else field, value) for field, _, value in pairs)


def _pair(values: list[int] | None) -> tuple[int, int] | None:
    return (values[0], values[1]) if values else None


def _places() -> Iterator[tuple[str, Entry]]:
    tables = _read("places.toml")
    for code, words in tables["adjectives"].items():
        entry = Entry(_title(words[0]), all=(("country", code),), any=_mainly(code), kind="place")
        for each in words:
            yield each, entry
    for region, codes in tables["regions"].items():
        countries = tuple(("country", code) for code in codes)
        yield region, Entry(_title(region), any=countries, kind="place")
    for words, code in tables["languages"].items():
        yield words, Entry(words, any=(("language", code),), kind="after")
    for words in tables["foreign"]["words"]:
        yield words, Entry("not in English", none=(("language", "en"),), kind="after")


def _mainly(code: str) -> tuple[tuple[str, str], ...]:
    """Return the terms of a country's own films: it comes first, or its language does.

    English says nothing of a film's country.
    """
    own = [each for each in get_official_languages(code) if each != "en"]
    return ("tag", f"from {code}"), *(("tag", f"in {each}") for each in own)


def _title(region: str) -> str:
    return " ".join(word.capitalize() for word in region.split())


def _names() -> Iterator[tuple[str, Entry]]:
    """Yield names of countries as CLDR has them, bare and after "from"."""
    english = Locale("en").territories
    for code, name in english.items():
        if len(code) != 2 or not code.isalpha():
            continue
        entry = Entry(f"from {name}", all=(("country", code),), any=_mainly(code), kind="after")
        names = {Locale(locale).territories.get(code, name) for locale in LOCALES}
        for each in names:
            if len(each) > 3:
                yield f"from {each}", entry
                yield f"in {each}", entry
                yield f"from the {each}", entry
        if len(name) > 4:
            yield name, entry
