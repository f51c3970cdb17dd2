"""Layer of the title index: films found by key, by id, by similarity, by beginning."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest

from bot.catalogue.titles.completion import Completion, tails
from bot.catalogue.titles.links import FilmLink, Source
from bot.catalogue.titles.normalise import (
    TitleKeys,
    hard_numbers,
    keys_of,
    main_titles,
    squeezed,
    unordered,
    without_its_kind,
    without_slipped_article,
)
from bot.catalogue.titles.similarity import LEAST_SIMILARITY, most_similar, similarities
from bot.catalogue.titles.titled_film import TitledFilm
from bot.catalogue.titles.trigrams import Trigrams

_CANDIDATES = 60
"""Number of keys with most trigrams in common that are compared letter by letter."""

_MAIN_TITLE = 0.99
"""Score of a title typed up to its colon: `borat`."""

_BUT_FOR_GAPS = 0.98
"""Score of a title that differs only by the gaps between its words."""

_BUT_FOR_ARTICLE = 0.97
"""Factor of a score without a mistyped article, or without a "movie" at the end."""

_BUT_FOR_ORDER = 0.95
"""Score of a title with the same words in another order, or an article more or less."""

_OR_ELSE = re.compile(r"(?P<head>\S.*?[;,]? or)(?:[:,]| ?\()", re.IGNORECASE)
"""Beginning of a title with an alternative one, where people stop typing: `birdman or`."""

_SHORT = 6
"""Letters up to which a slip may leave no trigram in common, so titles are compared one by one."""


@dataclass(frozen=True, slots=True)
class LayerMatch:
    """Film of a layer and the normalised title it was found by; `score` 0..1.

    `agrees`: whether it has the number and the year that were typed.
    """

    film: TitledFilm
    key: str
    score: float = 1.0
    agrees: bool = True

    @property
    def title(self) -> str:
        """Title as written that was found; the film's first one if none has this key."""
        titles = self.film.titles
        return next((each for each in titles if _is_key_of(self.key, each)), titles[0])


Table = dict[str, tuple[TitledFilm, ...]]


class Layer:
    """Immutable index over some films."""

    __slots__ = (
        "_by_id",
        "_by_imdb",
        "_by_joined",
        "_by_key",
        "_by_loose",
        "_by_main",
        "_by_plain",
        "_by_tmdb",
        "_completion",
        "_key_of",
        "_keys",
        "_plains",
        "_searched",
        "_short",
        "_squeezed",
        "_trigrams",
        "_unordered",
    )

    def __init__(self, films: Iterable[TitledFilm]) -> None:
        """Index the films; of two with one id the later one wins."""
        self._by_id = {film.film_id.lower(): film for film in films}
        known = self._by_id.values()
        self._by_imdb = {_number(each.imdb_id): each for each in known if each.imdb_id}
        self._by_tmdb = {each.tmdb_id: each for each in known if each.tmdb_id}
        self._by_plain: Table = {}
        self._by_joined: Table = {}
        self._by_key: Table = {}
        self._key_of: dict[str, str] = {}
        self._by_loose: Table = {}
        self._by_main: dict[str, list[LayerMatch]] = {}
        self._squeezed: Table = {}
        self._unordered: Table = {}
        for film in known:
            for title in film.titles:
                self._enter(keys_of(title), film)
                self._enter_beginnings(title, film)
        self._searched = self._by_loose | self._by_key
        self._keys = list(self._searched)
        self._plains = list(self._by_plain)
        self._short = _by_length(self._keys)
        # Exact titles need neither, so that the start does not wait for them.
        self._trigrams: Trigrams | None = None
        self._completion: Completion | None = None

    def __len__(self) -> int:
        """Count the films."""
        return len(self._by_id)

    def films(self) -> Iterable[TitledFilm]:
        """Return every film."""
        return self._by_id.values()

    def make_ready(self) -> None:
        """Build the lazy indexes now: half a second for 40,000 films."""
        self._trigrams = self._trigrams or Trigrams(self._keys)
        self._completion = self._completion or Completion(self._beginnings())

    def _enter(self, keys: TitleKeys, film: TitledFilm) -> None:
        if not keys.key:
            return
        _add(self._by_plain, keys.plain, film)
        self._key_of[keys.plain] = keys.key
        if keys.joined != keys.plain:
            _add(self._by_joined, keys.joined, film)
        _add(self._by_key, keys.key, film)
        for each in keys.loose:
            _add(self._by_loose, each, film)
        _add(self._squeezed, squeezed(keys.plain), film)
        _add(self._squeezed, squeezed(keys.key), film)
        if " " in keys.plain:
            _add(self._unordered, unordered(keys.plain), film)

    def _enter_beginnings(self, title: str, film: TitledFilm) -> None:
        """Enter the beginnings of a title where people stop typing: at a colon, after an "or"."""
        for head in main_titles(title):
            agrees = not hard_numbers(keys_of(title.removeprefix(head)).key)
            match = LayerMatch(film, keys_of(title).key, _MAIN_TITLE, agrees)
            self._by_main.setdefault(keys_of(head).loose[0], []).append(match)
        if found := _OR_ELSE.match(title):
            for each in keys_of(found["head"]).loose:
                _add(self._by_loose, each, film)

    def bearing(self, keys: TitleKeys) -> Iterator[list[LayerMatch]]:
        """Yield the films of this title by plain key, then by key, then by loose keys."""
        plain = self._by_plain.get(keys.plain) or self._by_plain.get(keys.joined)
        plain = plain or self._by_joined.get(keys.joined, ())
        yield [LayerMatch(film, keys.key) for film in plain]
        yield [LayerMatch(film, keys.key) for film in self._by_key.get(keys.key, ())]
        films = {film.film_id: film for key in keys.loose for film in self._by_loose.get(key, ())}
        yield [LayerMatch(film, keys.key) for film in films.values()]

    def linked(self, link: FilmLink) -> TitledFilm | None:
        """Return the film with this id of this source."""
        match link.source:
            case Source.OWN:
                return self._by_id.get(link.name.lower())
            case Source.TMDB:
                return self._by_tmdb.get(int(link.name))
            case Source.IMDB:
                return self._by_imdb.get(_number(link.name))
            case Source.LETTERBOXD | Source.SHORT:
                return None

    def gapless(self, keys: TitleKeys) -> Iterator[LayerMatch]:
        """Yield films whose titles differ only by the gaps between words: `saw iv` for `SawIV`."""
        key = squeezed(keys.plain)
        for film in self._squeezed.get(key, ()):
            yield LayerMatch(film, key, _BUT_FOR_GAPS)

    def begun(self, keys: TitleKeys) -> Iterable[LayerMatch]:
        """Return films whose titles were typed up to a colon: `borat`; a part after it is missing."""
        return self._by_main.get(keys.loose[0], ())

    def mixed_up(self, keys: TitleKeys) -> Iterator[LayerMatch]:
        """Yield films whose titles have the same words in another order: `dreams purple`."""
        wanted = unordered(keys.plain)
        for film in self._unordered.get(wanted, ()):
            for title in map(keys_of, film.titles):
                if unordered(title.plain) == wanted:
                    yield LayerMatch(film, title.key, _BUT_FOR_ORDER)

    def near(self, keys: TitleKeys) -> Iterator[LayerMatch]:
        """Yield films of similar titles, in no order, some more than once."""
        for key in dict.fromkeys((keys.key, *keys.loose[:1])):
            yield from self._like(key, 1)
        for rest in (without_slipped_article(keys.plain), without_its_kind(keys.key)):
            if rest:
                yield from self._like(rest, _BUT_FOR_ARTICLE)

    def _like(self, key: str, weight: float) -> Iterator[LayerMatch]:
        self._trigrams = self._trigrams or Trigrams(self._keys)
        places = self._trigrams.like(key, _CANDIDATES).tolist()
        candidates = [self._keys[place] for place in places]
        if len(key) <= _SHORT:
            lengths = (len(key) - 1, len(key), len(key) + 1)
            candidates += most_similar(key, (self._short.get(each, ()) for each in lengths))
        for candidate, score in zip(candidates, similarities(key, candidates), strict=True):
            if score >= LEAST_SIMILARITY:
                for film in self._searched[candidate]:
                    yield LayerMatch(film, candidate, weight * score)

    def complete(self, keys: TitleKeys, most: int, *, whole_word: bool) -> Iterator[LayerMatch]:
        """Yield films with a title that continues as typed: score 1 from its start, .5 inside."""
        plain = keys.plain + " " * whole_word
        completion = self._completion = self._completion or Completion(self._beginnings())
        places = completion.places(plain, 2 * most)
        if len(places) < most and keys.key != keys.plain:
            places += completion.places(keys.key + " " * whole_word, 2 * most)
        for place in places:
            text = self._plains[place]
            key = self._key_of[text]
            start = f"{text} ".startswith(plain) or f"{key} ".startswith(keys.key)
            for film in nlargest(most, self._by_plain[text], key=lambda each: each.weight):
                yield LayerMatch(film, key, 1.0 if start else 0.5)

    def _beginnings(self) -> Iterator[tuple[int, str, int]]:
        """Yield (place, text, rank) for each text that a title is completed from.

        A title counts with the weight of all films that have it; its start ranks before its inside.
        """
        weights = {key: sum(each.weight for each in films) for key, films in self._by_key.items()}
        keys = [self._key_of[plain] for plain in self._plains]
        order = sorted(range(len(keys)), key=lambda at: (-weights[keys[at]], len(keys[at]), at))
        for rank, place in enumerate(order):
            plain = self._plains[place]
            starts = {plain, keys[place]}
            for each in starts:
                yield place, each, rank
            for each in tails(plain):
                if each not in starts:
                    yield place, each, rank + len(keys)


def _is_key_of(key: str, title: str) -> bool:
    keys = keys_of(title)
    return key in {keys.key, squeezed(keys.plain), *keys.loose}


def _number(imdb_id: str) -> str:
    """Return an IMDb id without prefix and padding: `tt0012345` is also written `tt12345`."""
    return imdb_id.lower().removeprefix("tt").lstrip("0")


def _add(table: Table, key: str, film: TitledFilm) -> None:
    others = table.get(key)
    if others is None:
        table[key] = (film,)
    # Films come one after the other: one that is there already was the last.
    elif others[-1] is not film:
        table[key] = (*others, film)


def _by_length(keys: Iterable[str]) -> dict[int, list[str]]:
    """Group the short keys by length."""
    short: dict[int, list[str]] = {}
    for key in keys:
        if len(key) <= _SHORT + 1:
            short.setdefault(len(key), []).append(key)
    return short
