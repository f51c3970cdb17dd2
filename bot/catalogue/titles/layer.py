"""Layer of the title index: films found by key, by id, by similarity, by beginning."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from bot.catalogue.titles.completion import Completion
from bot.catalogue.titles.links import FilmLink, Source
from bot.catalogue.titles.normalise import (
    TitleKeys,
    squeezed,
    unordered,
    without_its_kind,
    without_slipped_article,
)
from bot.catalogue.titles.packed.films import FoundFilm
from bot.catalogue.titles.packed.layer_arrays import Packed, imdb_number, packed, shortened
from bot.catalogue.titles.packed.tables import Named, Numbers
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

_NONE = np.zeros(0, np.int32)

_OF_ONE_TITLE = 3
"""Films of one title that are offered where there are other titles enough."""

_MOST_OF_A_TITLE = 200
"""Films of one title that are looked at, the best known."""


@dataclass(frozen=True, slots=True)
class LayerMatch:
    """Film of a layer, the number of the title that was found, and what found it; `score` 0..1.

    `agrees`: whether it has the number and the year that were typed.
    """

    film: FoundFilm
    number: int
    key: str
    score: float = 1.0
    agrees: bool = True

    @property
    def title(self) -> str:
        """Title as written."""
        return self.film.films.titles[self.number]


class Layer:
    """Immutable index over some films, in arrays that can be saved and mapped into memory."""

    __slots__ = ("_completion", "_it", "_trigrams")

    def __init__(
        self, it: Packed, trigrams: Trigrams | None = None, completion: Completion | None = None
    ) -> None:
        """Serve from packed films."""
        self._it = it
        # Exact titles need neither, so that the start does not wait for them.
        self._trigrams, self._completion = trigrams, completion

    @classmethod
    def of(cls, films: Iterable[TitledFilm]) -> "Layer":
        """Index the films; of two with one id the later one wins."""
        known = {film.film_id.lower(): film for film in films}
        return cls(packed(known.values()))

    def __len__(self) -> int:
        """Count the films."""
        return len(self._it.films)

    def films(self) -> Iterator[TitledFilm]:
        """Yield every film."""
        return map(self._it.films.film, range(len(self)))

    def film(self, row: int) -> TitledFilm:
        """Return the film of a row."""
        return self._it.films.film(row)

    def film_ids(self) -> Iterator[str]:
        """Yield every film's id, in the order of their rows."""
        return iter(self._it.films.ids)

    def row_of(self, film_id: str) -> int:
        """Return the row of exactly this id, -1 for none."""
        rows = self._it.find("id", film_id.lower()).tolist()
        return next((row for row in rows if self._it.films.ids[row] == film_id), -1)

    def make_ready(self) -> None:
        """Build the lazy indexes now: half a second for 40,000 films."""
        self._ready_trigrams()
        self._ready_completion()

    def _ready_trigrams(self) -> Trigrams:
        self._trigrams = self._trigrams or Trigrams.of(list(self._it.keys))
        return self._trigrams

    def _ready_completion(self) -> Completion:
        self._completion = self._completion or self._it.completion()
        return self._completion

    def _matches(self, titles: Numbers, key: str, score: float = 1.0) -> list[LayerMatch]:
        """Return the films that titles are of, each once; `key` is what they were found by."""
        it = self._it
        once: dict[int, LayerMatch] = {}
        if len(titles) > _MOST_OF_A_TITLE:
            weights = it.films.weights[it.films.title_film[titles]]
            titles = titles[np.argpartition(-weights, _MOST_OF_A_TITLE)[:_MOST_OF_A_TITLE]]
        rows = it.films.title_film[titles].tolist()
        for title, row in zip(titles.tolist(), rows, strict=True):
            if row not in once:
                once[row] = LayerMatch(FoundFilm(it.films, row), title, key, score)
        return list(once.values())

    def bearing(self, keys: TitleKeys, year: int | None = None) -> Iterator[list[LayerMatch]]:
        """Yield the films of this title (and year) by plain key, then by key, then by loose keys."""
        find = self._it.find
        plain = next(
            (
                found
                for table, text in (
                    ("plain", keys.plain),
                    ("plain", keys.joined),
                    ("joined", keys.joined),
                )
                if len(found := find(table, text))
            ),
            _NONE,
        )
        yield self._matches(self._of(year, plain), keys.key)
        yield self._matches(self._of(year, find("key", keys.key)), keys.key)
        loose = np.concatenate([find("loose", key) for key in keys.loose])
        yield self._matches(self._of(year, loose), keys.key)

    def _of(self, year: int | None, titles: Numbers) -> Numbers:
        """Keep the titles of films of a year."""
        if year is None or not len(titles):
            return titles
        films = self._it.films
        rows = films.title_film[titles]
        kept = films.years[rows] == year
        if len(films.other_years):
            kept |= [FoundFilm(films, row).is_of(year) for row in rows.tolist()]
        found: Numbers = titles[kept]
        return found

    def linked(self, link: FilmLink) -> TitledFilm | None:
        """Return the film with this id of this source."""
        match link.source:
            case Source.OWN:
                rows = self._it.find("id", link.name.lower())
            case Source.TMDB:
                rows = self._it.find("tmdb", str(int(link.name)))
            case Source.IMDB:
                rows = self._it.find("imdb", imdb_number(link.name))
            case Source.LETTERBOXD | Source.SHORT:
                rows = _NONE
        return self._it.films.film(int(rows[-1])) if len(rows) else None

    def gapless(self, keys: TitleKeys) -> Iterable[LayerMatch]:
        """Return films whose titles differ only by the gaps between words: `saw iv` for `SawIV`."""
        key = squeezed(keys.plain)
        return self._matches(self._it.find("squeezed", key), key, _BUT_FOR_GAPS)

    def begun(self, keys: TitleKeys) -> Iterator[LayerMatch]:
        """Yield films whose titles were typed up to a colon: `borat`; a part after it is missing."""
        it = self._it
        for value in it.find("main", keys.loose[0]).tolist():
            title, agrees = divmod(value, 2)
            film = FoundFilm(it.films, it.films.title_film.item(title))
            yield LayerMatch(film, title, it.key_of(title), _MAIN_TITLE, bool(agrees))

    def mixed_up(self, keys: TitleKeys) -> Iterator[LayerMatch]:
        """Yield films whose titles have the same words in another order: `dreams purple`."""
        it = self._it
        for title in it.find("unordered", unordered(keys.plain))[:_MOST_OF_A_TITLE].tolist():
            film = FoundFilm(it.films, it.films.title_film.item(title))
            yield LayerMatch(film, title, it.key_of(title), _BUT_FOR_ORDER)

    def near(self, keys: TitleKeys) -> Iterator[LayerMatch]:
        """Yield films of similar titles, in no order, some more than once."""
        for key in dict.fromkeys((keys.key, *keys.loose[:1])):
            yield from self._like(key, 1)
        for rest in (without_slipped_article(keys.plain), without_its_kind(keys.key)):
            if rest:
                yield from self._like(rest, _BUT_FOR_ARTICLE)

    def _like(self, key: str, weight: float) -> Iterator[LayerMatch]:
        it = self._it
        candidates = it.keys.many(self._ready_trigrams().like(key, _CANDIDATES))
        if short := [
            number for each in shortened(key) for number in it.find("short", each).tolist()
        ]:
            candidates += most_similar(key, it.keys.many(np.unique(np.array(short, np.int32))))
        for candidate, score in zip(candidates, similarities(key, candidates), strict=True):
            if score >= LEAST_SIMILARITY:
                titles = it.find("key", candidate)
                if not len(titles):
                    titles = it.find("loose", candidate)
                yield from self._matches(titles, candidate, weight * score)

    def complete(self, keys: TitleKeys, most: int, *, whole_word: bool) -> Iterator[LayerMatch]:
        """Yield films with a title that continues as typed: score 1 from its start, .5 inside."""
        it, films = self._it, self._it.films
        plain = keys.plain + " " * whole_word
        completion = self._ready_completion()
        places = completion.ranked(plain, 2 * most)
        if len(places) < most and keys.key != keys.plain:
            places += completion.ranked(keys.key + " " * whole_word, 2 * most)
        for place in places:
            text, key = it.plain(place)
            start = f"{text} ".startswith(plain) or f"{key} ".startswith(keys.key)
            titles = it.find("plain", text)
            of_one = most if len(places) < most or key == keys.key else _OF_ONE_TITLE
            if len(titles) > of_one:
                weights = films.weights[films.title_film[titles]]
                titles = titles[np.argpartition(-weights, of_one)[:of_one]]
            yield from self._matches(titles, key, 1.0 if start else 0.5)

    def arrays(self) -> Named:
        """Return all arrays by their names in a file, the lazy indexes among them."""
        trigrams, completion = self._ready_trigrams(), self._ready_completion()
        return self._it.arrays() | trigrams.arrays("trigrams") | completion.arrays("completion")

    @classmethod
    def named(cls, arrays: Named) -> "Layer":
        """Serve from arrays that were saved. KeyError where one is missing."""
        return cls(
            Packed.named(arrays),
            Trigrams.named(arrays, "trigrams"),
            Completion.named(arrays, "completion"),
        )
