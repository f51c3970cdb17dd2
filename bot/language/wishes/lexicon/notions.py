"""Lexicon of wishes: everyday words and the demands they make, from the data files in `words`."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

from bot.language.wishes.lexicon import data, spelling
from bot.language.wishes.lexicon.entries import Entry, Phrase, Term, phrase_of
from bot.language.wishes.lexicon.labels import headed, theme_label, theme_place
from bot.language.wishes.lexicon.places import names, places
from recommender.text import analyzer, themes

NOTIONS = (
    "studios.toml",
    "scenes.toml",
    "kinds.toml",
    "subjects.toml",
    "tones.toml",
    "occasions.toml",
    "awards.toml",
    "shows.toml",
)
_AFTER_NOUN = frozenset(
    "about after among as at based by directed for from full in like of on over set standing that to true under with without".split()
)
ARTICLES = frozenset({"the", "a", "an"})
"""Words that a phrase may be typed with or without: `about the women`."""

_LONG = 2
"""Words of a phrase above which it is told from others without its articles."""

_ABOUT = ("about", "on", "with", "featuring", "involving", "über", "sur", "sobre")


@cache
def lexicon() -> Mapping[Phrase, Entry]:
    """Return all entries by their phrases; read once."""
    others = _other_tables()
    found = {phrase: _kind_of_films(entry, others) for phrase, entry in _everyday().items()}
    for phrase, entry in others.items():
        found.setdefault(phrase, entry)
    for words, known in _abroad():
        found.setdefault(phrase_of(words), found[phrase_of(known)])
    found.pop((), None)
    return found


def _kind_of_films(entry: Entry, others: Mapping[Phrase, Entry]) -> Entry:
    """Return the kind of films that a theme's own name is elsewhere: `road movies`; else the entry."""
    _, theme = entry.any[0]
    kind = others.get(phrase_of(theme))
    return kind if kind and kind.noun and kind.any[:1] == entry.any else entry


@cache
def told() -> Mapping[Phrase, Entry]:
    """Return entries by what headings call them, where no phrase does: typed again, that means the same."""
    known = lexicon()
    found: dict[Phrase, Entry] = {}
    meant = {*known.values()}
    notions = [each for each in _other_tables().values() if each in meant]
    for entry in dict.fromkeys((*notions, *known.values())):
        for words in () if entry.filler else headed(entry):
            phrase = phrase_of(words)
            place = known.get(phrase[:1])
            if phrase not in known and not (place and place.kind == "place"):
                found.setdefault(phrase, entry)  # `Korean horror` is read as its parts
    return found


@cache
def everyday_phrases() -> frozenset[Phrase]:
    """Return the phrases that only the everyday names of themes have: in a chat they tell as often as they ask."""
    return frozenset(_everyday().keys() - _other_tables().keys())


@cache
def _other_tables() -> Mapping[Phrase, Entry]:
    """Return the entries of all tables but the everyday names of themes."""
    found: dict[Phrase, Entry] = {}
    for words, entry in (*_notions(), *places(), *names(), *_fillers(), *_themes()):
        found.setdefault(phrase_of(words), entry)
    return found


def longest_phrase(stem: str) -> int:
    """Return the number of words of the longest phrase that begins with a stem, 0 without one."""
    return _longest_phrases().get(stem, 0)


@cache
def _longest_phrases() -> Mapping[str, int]:
    """Return the number of words of the longest phrase by its first stem."""
    found: dict[str, int] = {}
    for phrase in chain(lexicon(), told()):
        found[phrase[0]] = max(found.get(phrase[0], 0), len(phrase))
    return found


@cache
def fillers() -> frozenset[str]:
    """Return the words that say nothing of films."""
    return frozenset(analyzer.fold(word) for word in data.table("fillers.toml")["words"])


@cache
def vocabulary() -> frozenset[str]:
    """Return the words that mean something by themselves, and the fillers: no names."""
    single = (phrase[0] for phrase in lexicon() if len(phrase) == 1)
    return frozenset((*single, *fillers(), *map(analyzer.stem, fillers())))


@cache
def misspelt() -> spelling.Misspellings:
    """Return the forms of all words of the lexicon's phrases, the most used words first."""
    return spelling.misspellings(_most_used())


@cache
def long_words() -> tuple[str, ...]:
    """Return the long words as they are typed, the most used words first."""
    return tuple(word for word in _most_used() if len(word) >= spelling.LONG - 1)


def _most_used() -> list[str]:
    used: dict[str, int] = {}
    for phrase in lexicon():
        for word in phrase:
            used[word] = used.get(word, 0) + 1
    return sorted(used, key=lambda word: -used[word])


@cache
def misspelt_fillers() -> spelling.Misspellings:
    """Return the forms of the long fillers."""
    return spelling.misspellings(
        sorted(word for word in fillers() if len(word) > spelling.SHORTEST)
    )


@cache
def misspelt_forms() -> spelling.Misspellings:
    """Return the forms of the words of notions as they are typed, where their stems are others."""
    typed = (
        word
        for words, _ in _notions()
        for word in analyzer.words(words)
        if analyzer.stem(word) != word
    )
    return spelling.misspellings(typed)


@cache
def stems() -> frozenset[str]:
    """Return the stems of all words of all phrases."""
    return frozenset(word for phrase in lexicon() for word in phrase)


def _notions() -> Iterator[tuple[str, Entry]]:
    for file in NOTIONS:
        tables = data.table(file)
        for label, table in tables.items():
            entry = _entry(label, table, _films(table, tables))
            for words in _said(table):
                yield words, entry


def _said(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the phrases of a table: those written out, and its things in each of their forms."""
    yield from table.get("words", ())
    for name, things in table.get("things", {}).items():
        forms = data.table("forms.toml")[name]
        yield from (form.replace("{}", thing) for thing in things for form in forms)


def _films(table: Mapping[str, Any], tables: Mapping[str, Any]) -> frozenset[str]:
    """Return the films of a table, and of the tables that it takes its films from."""
    others = (tables[each]["films"] for each in table.get("films_of", ()))
    return frozenset(chain(table.get("films", ()), *others))


def _entry(label: str, table: Mapping[str, Any], films: frozenset[str]) -> Entry:
    any_of = _terms(table.get("any", ()))
    # Not every catalogue has themes, so that a demand for them alone may be given up.
    themes_alone = bool(any_of) and all(field == "tag" for field, _ in any_of)
    return Entry(
        label=table.get("as", label),
        all=_terms(table.get("all", ())),
        any=any_of,
        wide=_terms(table.get("wide", ())),
        none=_terms(table.get("not", ())),
        out=_terms(table.get("out", ())),
        rarely=_terms(table.get("rarely", ())),
        films=films,
        first=table.get("first", ""),
        years=_pair(table.get("years")),
        wide_years=_pair(table.get("wide_years")),
        minutes=_pair(table.get("minutes")),
        soft=table.get("soft", themes_alone),
        loose=table.get("loose", False),
        noun=table.get("noun", ""),
        kind=_place(table),
        fame=table.get("fame", ""),
        regard=table.get("regard", ""),
        series=table.get("series", ""),
        watchlist=table.get("watchlist", False),
        untold=table.get("untold", ""),
        untold_out=table.get("untold_out", ""),
    )


def _place(table: Mapping[str, Any]) -> str:
    """Return where a heading names a notion: after the noun where its label begins with a preposition."""
    if "noun" in table:
        return "noun"
    return "after" if table.get("as", "").split(" ")[0] in _AFTER_NOUN else ""


def _terms(texts: Sequence[str]) -> tuple[Term, ...]:
    """Read `genre:horror` as a field and its value, a bare word as a theme."""
    pairs = (text.rpartition(":") for text in texts)
    return tuple((field or "tag", value) for field, _, value in pairs)


def _pair(values: list[int] | None) -> tuple[int, int] | None:
    return (values[0], values[1]) if values else None


def _abroad() -> Iterator[tuple[str, str]]:
    """Yield what speakers of other languages say, with the known phrase that means the same."""
    for known, words in data.table("abroad.toml").items():
        for each in words.split(", "):
            yield each, known


def _fillers() -> Iterator[tuple[str, Entry]]:
    for phrase in data.table("fillers.toml")["phrases"]:
        yield phrase, Entry(phrase, filler=True)


def _themes() -> Iterator[tuple[str, Entry]]:
    """Yield every theme of the catalogue's vocabulary, by its name and by its near-doubles."""
    weak = _weak()
    for kind, group in themes.kinds().items():
        for theme, doubles in group.items():
            related = tuple(("tag", each) for each in (theme, *doubles))
            for each in (theme, *doubles):
                own = ("tag", each)
                terms = (own, *(term for term in related if term != own))
                said = kind if each not in weak else "subject"
                entry = Entry(
                    theme_label(each, said), any=terms, soft=True, kind=theme_place(each, said)
                )
                if each not in weak:
                    yield each, entry
                    continue
                for about in _ABOUT:
                    yield f"{about} {each}", entry


@cache
def _everyday() -> Mapping[Phrase, Entry]:
    """Return what people call single themes, with the demand for that theme."""
    kinds = {theme: kind for kind, group in themes.kinds().items() for theme in group}
    found: dict[Phrase, Entry] = {}
    for theme, phrases in data.table("everyday.toml").items():
        kind = kinds[theme]
        label, place = theme_label(theme, kind), theme_place(theme, kind)
        entry = Entry(label, any=(("tag", theme),), soft=True, kind=place)
        for each in phrases:
            found.setdefault(phrase_of(each), entry)
    return found


def _weak() -> frozenset[str]:
    """Return the themes whose names are everyday words, so that only `about time` means them."""
    return frozenset(data.table("weak.toml")["themes"])
