"""Films of the title index as columns: a million of them cost a start nothing."""

from array import array
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.catalogue.titles.packed.tables import Arrays, Named, Numbers, Texts
from bot.catalogue.titles.popularity import era_weight
from bot.catalogue.titles.titled_film import TitledFilm
from bot.domain.ids import FilmId

_TEXTS = ("ids", "titles", "imdb", "by")
_NUMBERS = ("title_starts", "title_film", "years", "tmdb", "other_starts", "other_years")


@dataclass(frozen=True, slots=True)
class PackedFilms:
    """Films by row, and their titles by number; a film's titles follow one another.

    `popularity` float64, its bits as int64; `weights` float32; years int32, 0 unknown.
    """

    ids: Texts
    titles: Texts
    imdb: Texts
    by: Texts
    title_starts: Numbers
    title_film: Numbers
    years: Numbers
    tmdb: Numbers
    other_starts: Numbers
    other_years: Numbers
    popularity: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float32]

    @classmethod
    def named(cls, arrays: Named) -> "PackedFilms":
        """Take the films out of arrays."""
        return cls(
            **{name: Texts.named(arrays, f"films.{name}") for name in _TEXTS},  # type: ignore[arg-type]  # the fields of these names
            **{name: arrays[f"films.{name}"].astype(np.int32, copy=False) for name in _NUMBERS},  # type: ignore[arg-type]  # the fields of these names
            popularity=arrays["films.popularity"].astype(np.int64, copy=False),
            weights=arrays["films.weights"].astype(np.float32, copy=False),
        )

    def arrays(self) -> Arrays:
        """Return the arrays by their names in a file."""
        named: Arrays = {}
        for name in _TEXTS:
            named |= getattr(self, name).arrays(f"films.{name}")
        for name in (*_NUMBERS, "popularity", "weights"):
            named[f"films.{name}"] = getattr(self, name)
        return named

    def __len__(self) -> int:
        return len(self.years)

    def film(self, row: int) -> TitledFilm:
        """Return one film."""
        first, end = int(self.title_starts[row]), int(self.title_starts[row + 1])
        others = self.other_years[self.other_starts[row] : self.other_starts[row + 1]]
        return TitledFilm(
            FilmId(self.ids[row]),
            tuple(self.titles[number] for number in range(first, end)),
            int(self.years[row]) or None,
            self.imdb[row] or None,
            int(self.tmdb[row]) or None,
            float(self.popularity[row : row + 1].view(np.float64)[0]),
            self.by[row],
            tuple(others.tolist()),
        )


@dataclass(frozen=True, slots=True, eq=False)
class FoundFilm:
    """Film of a row, of which only what is asked for is read."""

    films: PackedFilms
    row: int

    @property
    def film_id(self) -> FilmId:
        """Id of the film."""
        return FilmId(self.films.ids[self.row])

    @property
    def year(self) -> int | None:
        """Year of the film."""
        return self.films.years.item(self.row) or None

    @property
    def by(self) -> str:
        """Name of its first director; empty where none is known."""
        return self.films.by[self.row]

    @property
    def weight(self) -> float:
        """Weight of this film against others of equal similarity."""
        return self.films.weights.item(self.row)

    def is_of(self, year: int) -> bool:
        """Tell whether this is a year of the film."""
        if self.films.years.item(self.row) == year:
            return True
        starts = self.films.other_starts
        others = self.films.other_years[starts.item(self.row) : starts.item(self.row + 1)]
        return year in others.tolist()


class FilmPacker:
    """Columns of films, gathered one by one."""

    __slots__ = ("_films", "_numbers", "_popularity", "_titles")

    def __init__(self) -> None:
        """Start with none."""
        self._films: list[tuple[str, str, str]] = []
        self._titles: list[str] = []
        self._numbers = {name: array("i", [0] if "starts" in name else []) for name in _NUMBERS}
        self._popularity = array("d")

    @property
    def rows(self) -> int:
        """Number of films so far: the next one's row."""
        return len(self._films)

    def add(self, film: TitledFilm) -> range:
        """Add a film; return the numbers of its titles."""
        first, columns = len(self._titles), self._numbers
        columns["title_film"].extend([len(self._films)] * len(film.titles))
        self._films.append((film.film_id, film.imdb_id or "", film.by))
        self._titles.extend(film.titles)
        self._popularity.append(film.popularity)
        columns["title_starts"].append(len(self._titles))
        columns["years"].append(film.year or 0)
        columns["tmdb"].append(film.tmdb_id or 0)
        columns["other_years"].extend(film.other_years)
        columns["other_starts"].append(len(columns["other_years"]))
        return range(first, len(self._titles))

    def films(self) -> PackedFilms:
        """Pack what was added."""
        numbers = {name: np.array(each, np.int32) for name, each in self._numbers.items()}
        popularity = np.array(self._popularity, np.float64)
        return PackedFilms(
            ids=Texts.of(each for each, _, _ in self._films),
            imdb=Texts.of(each for _, each, _ in self._films),
            by=Texts.of(each for _, _, each in self._films),
            titles=Texts.of(self._titles),
            popularity=popularity.view(np.int64),
            weights=(popularity + era_weights(numbers["years"])).astype(np.float32),
            **numbers,
        )


def era_weights(years: Numbers) -> npt.NDArray[np.float64]:
    """Return `era_weight` of each year."""
    different, places = np.unique(years, return_inverse=True)
    each = [era_weight(year or None) for year in different.tolist()]
    return np.array(each, np.float64)[places] if each else np.zeros(0)
