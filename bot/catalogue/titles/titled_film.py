"""Film as the title index needs it."""

from dataclasses import dataclass

from bot.catalogue.titles.popularity import fame
from bot.domain.films.film import Film
from bot.domain.ids import FilmId


@dataclass(frozen=True, slots=True)
class TitledFilm:
    """Film as the index needs it; the higher its `popularity`, the better known.

    `by`: the name of its first director, where known. `other_years`: years of its copies, which
    may be typed for it, too.
    """

    film_id: FilmId
    titles: tuple[str, ...]
    year: int | None = None
    imdb_id: str | None = None
    tmdb_id: int | None = None
    popularity: float = 0.0
    by: str = ""
    other_years: tuple[int, ...] = ()

    @classmethod
    def of(cls, film: Film) -> "TitledFilm":
        """Convert a film."""
        ids = film.imdb_id, film.tmdb_id
        by = film.directors[0] if film.directors else ""
        return cls(film.film_id, film.titles, film.year, *ids, fame(film), by)
