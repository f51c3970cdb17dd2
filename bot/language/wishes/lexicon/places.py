"""Countries, regions and languages in wishes: names from Unicode CLDR, adjectives from our table."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from babel import Locale
from babel.languages import get_official_languages

from bot.language.wishes.lexicon import data
from bot.language.wishes.lexicon.entries import Entry, Term
from recommender.text import themes

LOCALES: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "en": (("from {}", "from the {}", "in {}"), ("in {}", "{} language", "{} speaking")),
    "de": (("aus {}", "aus der {}", "aus den {}"), ("auf {}",)),
    "fr": (("de {}", "du {}", "de la {}", "des {}"), ("en {}",)),
    "es": (("de {}",), ("en {}",)),
    "pt": (("da {}", "do {}"), ("em {}",)),
    "it": (("dal {}", "dalla {}"), ("in {}",)),
}
"""Languages in which names are known, with the words before a country and around a language."""

_FILM_SET = tuple(f"{films} set in" for films in ("film", "films", "movie", "movies"))
"""Words before a place that are no film set."""

_SHORTEST_NAME, _SHORTEST_LANGUAGE = 4, 5
_ENGLISH = Locale("en")


def places() -> Iterator[tuple[str, Entry]]:
    """Yield adjectives, regions, languages and settings from our table."""
    table = data.table("places.toml")
    spoken = table["spoken"]
    for code, words in table["adjectives"].items():
        own = ("country", code)
        entry = Entry(_title(words[0]), all=(own,), any=mainly(code), wide=(own,), kind="place")
        for each in words:
            yield each, entry
            yield f"in {each}", _spoken(each, spoken[each]) if each in spoken else entry
        for each in _forms(table["abroad"].get(code, ())):
            yield each, entry
    for words, codes in table["regions"].items():
        entry = _region(words, codes)
        for each in words.split(", "):
            yield each, entry
            yield f"from {each}", entry
    for words, code in table["languages"].items():
        for each in words.split(", "):
            yield each, _spoken(each, code)
    foreign = Entry("not in English", none=(("origin", "in en"),), kind="after")
    for words in table["foreign"]["words"]:
        yield words, foreign
    yield from _settings(table)
    for words, codes in table["regions"].items():
        yield from ((f"in {each}", _region(words, codes)) for each in words.split(", "))


def _region(words: str, codes: Sequence[str]) -> Entry:
    return Entry(
        _title(words.partition(", ")[0]),
        any=tuple(("origin", f"from {code}".lower()) for code in codes),
        wide=tuple(("country", code) for code in codes),
        kind="place",
    )


def _settings(table: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    """Yield where films are set: by themes, `set in` before them; cities by their name alone, too."""
    countries = frozenset(name.lower() for name in _ENGLISH.territories.values())
    for theme in table["settings"]["places"]:
        doubles = themes.kinds()["setting"].get(theme, ())
        for each in (theme, *doubles, *table["cities"].get(theme, ())):
            own = each if each in doubles else theme
            related = tuple(("tag", other) for other in (own, theme, *doubles))
            entry = Entry(
                f"set in {_title(each)}", any=tuple(dict.fromkeys(related)), soft=True, kind="after"
            )
            country = each in countries
            before = (
                ("set in", "takes place in", "about", "in") if country else ("", "in", "set in")
            )
            yield from ((f"{words} {each}".strip(), entry) for words in (*before, *_FILM_SET))


def _spoken(words: str, code: str) -> Entry:
    label = f"in {_ENGLISH.languages.get(code, words)}"
    main, spoken = ("origin", f"in {code}"), ("language", code)
    return Entry(label, any=(main,), wide=(spoken,), kind="after")


def _forms(texts: Sequence[str]) -> Iterator[str]:
    """Yield an adjective's forms: `italien|ne` is italien, italienne; a bar ends what all share."""
    for text in texts:
        stem, *endings = text.split("|")
        yield from (
            (stem, *(stem + each for each in endings))
            if not stem.endswith("-")
            else (stem[:-1] + each for each in endings)
        )


def mainly(code: str) -> tuple[Term, ...]:
    """Return the terms of a country's own films: it comes first, or its language does.

    English says nothing of a film's country.
    """
    own = [each for each in get_official_languages(code) if each != "en"]
    return ("origin", f"from {code}"), *(("origin", f"in {each}") for each in own)


def names() -> Iterator[tuple[str, Entry]]:
    """Yield the names of countries and languages as CLDR has them in all our languages."""
    for locale, (from_, spoken) in LOCALES.items():
        known = Locale(locale)
        for code, name in known.territories.items():
            if len(code) == 2 and code.isalpha() and len(name) >= _SHORTEST_NAME:
                yield from _country(code, name, from_)
        for code, name in known.languages.items():
            if len(code) == 2 and len(name) >= _SHORTEST_NAME:
                entry = _spoken(name, code)
                yield from ((form.format(name), entry) for form in spoken)
                if locale == "en" and len(name) >= _SHORTEST_LANGUAGE:
                    yield name, entry


def _country(code: str, name: str, from_: Sequence[str]) -> Iterator[tuple[str, Entry]]:
    label = f"from {_ENGLISH.territories.get(code, name)}"
    own = ("country", code)
    entry = Entry(label, all=(own,), any=mainly(code), wide=(own,), kind="after")
    for form, each in product(("{}", *from_), {name, name.replace("&", "and")}):
        yield form.format(each), entry


def _title(region: str) -> str:
    return " ".join(
        word.capitalize() if len(word) > 2 or word == "us" else word for word in region.split()
    )
