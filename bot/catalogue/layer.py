"""One layer of the title index: a set of films, found by key, by id, by likeness, by beginning."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.catalogue.completion import Completion
from bot.catalogue.likeness import likenesses
from bot.catalogue.links import FilmLink, Source
from bot.catalogue.normal import Keys, keys_of
from bot.catalogue.trigrams import Trigrams
from bot.domain.films import Film
from bot.domain.ids import FilmId

_CANDIDATES = 60
"""Keys that share most trigrams with the query and are compared letter by letter."""


@dataclass(frozen=True, slots=True)
class TitledFilm:
    """What the index needs of a film. `popularity`: any number, higher is better known."""

    film_id: FilmId
    titles: tuple[str, ...]
    year: int | None = None
    imdb_id: str | None = None
    tmdb_id: int | None = None
    popularity: float = 0.0

    @classmethod
    def of(cls, film: Film, popularity: float = 0.0) -> "TitledFilm":
        """Take from a film what the index needs."""
        return cls(film.film_id, film.titles, film.year, film.imdb_id, film.tmdb_id, popularity)


@dataclass(frozen=True, slots=True)
class Found:
    """A film of a layer with the normalised title it was found by. `score`: 0..1."""

    film: TitledFilm
    key: str
    score: float = 1.0

    @property
    def title(self) -> str:
        """The title as it is written that was found; the film's first if they are all alike."""
        titles = self.film.titles
        return next((each for each in titles if keys_of(each).key == self.key), titles[0])


class Layer:
    """An immutable index over some films."""

    __slots__ = ("_by_id", "_by_imdb", "_by_tmdb", "_completion", "_keys", "_tables", "_trigrams")

    def __init__(self, films: Iterable[TitledFilm]) -> None:
        """Index the films; of two with one id the later counts."""
        self._by_id = {film.film_id.lower(): film for film in films}
        known = list(self._by_id.values())
        self._by_imdb = {int(each.imdb_id[2:]): each for each in known if each.imdb_id}
        self._by_tmdb = {each.tmdb_id: each for each in known if each.tmdb_id}
        self._tables = _tables(known)
        self._keys = list(self._tables[1])
        self._trigrams = Trigrams(self._keys)
        self._completion = Completion(self._keys, self._order())

    def __len__(self) -> int:
        """Count the films."""
        return len(self._by_id)

    def bearing(self, keys: Keys) -> Iterator[list[Found]]:
        """Yield the films with this title three times: by plain key, key and loose keys."""
        plain, strict, loose = self._tables
        yield [Found(film, keys.key) for film in plain.get(keys.plain, ())]
        yield [Found(film, keys.key) for film in strict.get(keys.key, ())]
        films = {film.film_id: film for key in keys.loose for film in loose.get(key, ())}
        yield [Found(film, keys.key) for film in films.values()]

    def linked(self, link: FilmLink) -> TitledFilm | None:
        """Return the film that its source names so."""
        match link.source:
            case Source.OWN:
                return self._by_id.get(FilmId(link.name.lower()))
            case Source.TMDB:
                return self._by_tmdb.get(int(link.name))
            case Source.IMDB:
                return self._by_imdb.get(int(link.name[2:]))
            case Source.LETTERBOXD:
                return None

    def near(self, key: str) -> Iterator[Found]:
        """Yield films whose titles look like this normalised one, in no order."""
        places = self._trigrams.like(key, _CANDIDATES).tolist()
        candidates = [self._keys[place] for place in places]
        for candidate, score in zip(candidates, likenesses(key, candidates), strict=True):
            for film in self._tables[1][candidate]:
                yield Found(film, candidate, score)

    def complete(self, key: str, most: int) -> Iterator[Found]:
        """Yield films with a title that goes on as typed, each once, in the order to offer."""
        seen: set[FilmId] = set()
        for place in self._completion.places(key, most):
            candidate = self._keys[place]
            for film in self._tables[1][candidate]:
                if film.film_id not in seen:
                    seen.add(film.film_id)
                    yield Found(film, candidate)

    def _order(self) -> list[int]:
        """Rank the keys: better known first, then shorter."""
        films = self._tables[1]
        fame = [max(film.popularity for film in films[key]) for key in self._keys]
        ranked = sorted(range(len(fame)), key=lambda at: (-fame[at], len(self._keys[at]), at))
        order = [0] * len(ranked)
        for rank, at in enumerate(ranked):
            order[at] = rank
        return order


Table = dict[str, tuple[TitledFilm, ...]]


def _tables(films: Iterable[TitledFilm]) -> tuple[Table, Table, Table]:
    """Look up films by plain key, by key, by loose keys."""
    plain: Table = {}
    strict: Table = {}
    loose: Table = {}
    for film in films:
        for title in film.titles:
            keys = keys_of(title)
            for table, key in (
                (plain, keys.plain),
                (strict, keys.key),
                *((loose, each) for each in keys.loose),
            ):
                others = table.get(key, ())
                if key and film not in others:
                    table[key] = (*others, film)
    return plain, strict, loose
