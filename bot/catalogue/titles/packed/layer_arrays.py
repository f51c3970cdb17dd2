"""Arrays of one layer of the title index: films, their titles by every key, texts to complete."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from bot.catalogue.titles.completion import Completion
from bot.catalogue.titles.normalise import (
    TitleKeys,
    hard_numbers,
    keys_of,
    main_titles,
    squeezed,
    unordered,
)
from bot.catalogue.titles.packed.films import FilmPacker, PackedFilms
from bot.catalogue.titles.packed.tables import (
    Arrays,
    HashTable,
    HashTableBuilder,
    Named,
    Numbers,
    Texts,
    encoded,
    hash_of,
)
from bot.catalogue.titles.titled_film import TitledFilm
from bot.domain.words.patterns import lazy_pattern

_TABLES = (
    *("plain", "joined", "key", "loose", "squeezed", "unordered", "main", "short"),
    *("id", "imdb", "tmdb"),
)
"""Names of the tables; those of ids hold films' rows, `short` numbers of keys, the others titles.

`main` holds twice the title's number, plus 1 where no number stands behind the colon.
"""

_OR_ELSE = lazy_pattern(r"(?P<head>\S.*?[;,]? or)(?:[:,]| ?\()", re.IGNORECASE)
"""Beginning of a title with an alternative one, where people stop typing: `birdman or`."""

_SHORT = 6
"""Letters up to which a slip may leave no trigram in common, so that all titles with one letter more,
less or other are compared."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Films, tables from texts to titles, and the texts themselves.

    `keys`: every text that is searched for what is near; `title_keys` int32: the key of each title,
    -1 for none; `plains`: every title's plain key, with a blank at its end; `plain_keys` int32.
    """

    films: PackedFilms
    tables: Mapping[str, HashTable]
    keys: Texts
    title_keys: Numbers
    plains: Texts
    plain_keys: Numbers

    def find(self, table: str, text: str) -> Numbers:
        """Return the numbers that a table has for a text."""
        return self.tables[table].get(text)

    def key_of(self, title: int) -> str:
        """Return the key of a title."""
        return self.keys[int(self.title_keys[title])]

    def plain(self, place: int) -> tuple[str, str]:
        """Return a plain key, and its key."""
        return self.plains[place][:-1], self.keys[int(self.plain_keys[place])]

    def completion(self) -> Completion:
        """Index what titles are completed from; one counts with all films that have its key."""
        titles = np.flatnonzero(self.title_keys >= 0)
        weights = np.bincount(
            self.title_keys[titles],
            self.films.weights[self.films.title_film[titles]],
            minlength=len(self.keys),
        )[self.plain_keys]
        lengths = np.diff(self.keys.starts)[self.plain_keys]
        ranks = np.empty(len(self.plains), np.int32)
        ranks[np.lexsort((lengths, -weights))] = np.arange(len(self.plains))
        more: list[int] = []  # keys that are no end of their plain text
        begins = np.zeros(len(self.plains), np.int32)
        for place in range(len(self.plains)):
            plain, key = self.plain(place)
            if plain.endswith(f" {key}"):
                begins[place] = len(encoded(plain)) - len(encoded(key))
            elif plain != key:
                more.append(place)
        keys = (self.plain(place)[1] + " " for place in more)
        texts = Texts.of([*self.plains, *keys])
        places = np.concatenate([np.arange(len(self.plains)), more]).astype(np.int32)
        begins = np.concatenate([begins, np.full(len(more), -1)]).astype(np.int32)
        return Completion.of(texts, places, ranks[places], begins)

    def arrays(self) -> Arrays:
        """Return the arrays by their names in a file."""
        named = self.films.arrays() | self.keys.arrays("keys") | self.plains.arrays("plains")
        for name, table in self.tables.items():
            named |= table.arrays(f"by_{name}")
        return named | {"title_keys": self.title_keys, "plain_keys": self.plain_keys}

    @classmethod
    def named(cls, arrays: Named) -> "Packed":
        """Take everything out of arrays. KeyError where one is missing."""
        return cls(
            PackedFilms.named(arrays),
            {name: HashTable.named(arrays, f"by_{name}") for name in _TABLES},
            Texts.named(arrays, "keys"),
            arrays["title_keys"].astype(np.int32, copy=False),
            Texts.named(arrays, "plains"),
            arrays["plain_keys"].astype(np.int32, copy=False),
        )


def packed(films: Iterable[TitledFilm]) -> Packed:
    """Pack films of different ids."""
    packer = _Packer()
    for film in films:
        packer.add(film)
    return packer.packed()


class _Packer:
    __slots__ = ("_films", "_keys", "_plain_keys", "_plains", "_tables", "_title_keys")

    def __init__(self) -> None:
        self._films = FilmPacker()
        self._tables = {name: HashTableBuilder() for name in _TABLES}
        self._keys: dict[str, int] = {}
        self._plains: dict[str, int] = {}
        self._plain_keys: list[int] = []
        self._title_keys: list[int] = []

    def add(self, film: TitledFilm) -> None:
        row = self._films.rows
        self._tables["id"].add(hash_of(film.film_id.lower()), row)
        if film.imdb_id:
            self._tables["imdb"].add(hash_of(imdb_number(film.imdb_id)), row)
        if film.tmdb_id:
            self._tables["tmdb"].add(hash_of(str(film.tmdb_id)), row)
        for number, title in zip(self._films.add(film), film.titles, strict=True):
            self._enter(number, keys_of(title))
            self._enter_beginnings(number, title)

    def _enter(self, title: int, keys: TitleKeys) -> None:
        if not keys.key:
            self._title_keys.append(-1)
            return
        key = self._key(keys.key)
        self._title_keys.append(key)
        if keys.plain not in self._plains:
            self._plains[keys.plain] = len(self._plains)
            self._plain_keys.append(key)
        texts = [("plain", keys.plain), ("key", keys.key)]
        if keys.joined != keys.plain:
            texts.append(("joined", keys.joined))
        texts += [("loose", each) for each in keys.loose]
        texts += [("squeezed", each) for each in {squeezed(keys.plain), squeezed(keys.key)}]
        if " " in keys.plain:
            texts.append(("unordered", unordered(keys.plain)))
        hashes = {text: hash_of(text) for text in {text for _, text in texts}}
        for table, text in texts:
            self._tables[table].add(hashes[text], title)
        for each in keys.loose:
            self._key(each)

    def _key(self, key: str) -> int:
        """Return the number of a text that is searched; a new one is entered."""
        number = self._keys.get(key)
        if number is None:
            number = self._keys[key] = len(self._keys)
            if len(key) <= _SHORT + 1:
                for each in _shortened(key):
                    self._tables["short"].add(hash_of(each), number)
        return number

    def _enter_beginnings(self, number: int, title: str) -> None:
        """Enter the beginnings of a title where people stop typing: at a colon, after an "or"."""
        for head in main_titles(title):
            agrees = not hard_numbers(keys_of(title.removeprefix(head)).key)
            self._tables["main"].add(hash_of(keys_of(head).loose[0]), 2 * number + agrees)
        if found := _OR_ELSE.match(title):
            for each in keys_of(found["head"]).loose:
                self._tables["loose"].add(hash_of(each), number)
                self._key(each)

    def packed(self) -> Packed:
        return Packed(
            self._films.films(),
            {name: table.table() for name, table in self._tables.items()},
            Texts.of(self._keys),
            np.array(self._title_keys, np.int32),
            Texts.of(f"{plain} " for plain in self._plains),
            np.array(self._plain_keys, np.int32),
        )


def shortened(key: str) -> Iterator[str]:
    """Yield a short text and what is left of it without one letter: two that meet are one slip apart."""
    if len(key) <= _SHORT:
        yield from _shortened(key)


def _shortened(key: str) -> set[str]:
    return {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}


def imdb_number(imdb_id: str) -> str:
    """Return an IMDb id without prefix and padding: `tt0012345` is also written `tt12345`."""
    return imdb_id.lower().removeprefix("tt").lstrip("0")
