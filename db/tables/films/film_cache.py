"""Shared films in memory, valid for as long as the catalogue's digest does not change."""

from collections.abc import Collection, Iterable

from cachetools import FIFOCache

from bot.domain.films.film import Film
from bot.domain.ids import FilmId

_MOST_FILMS = 5_000


class FilmCache:
    """Films of one state of the shared catalogue, which its digest names."""

    def __init__(self) -> None:
        """Start empty."""
        self._digest = ""
        self._films: FIFOCache[FilmId, Film] = FIFOCache(_MOST_FILMS)

    def found(self, digest: str, film_ids: Collection[FilmId]) -> dict[FilmId, Film]:
        """Return those of the films that are cached under this digest."""
        if digest != self._digest:
            self._digest = digest
            self._films.clear()
        return {each: self._films[each] for each in film_ids if each in self._films}

    def keep(self, digest: str, films: Iterable[Film]) -> None:
        """Cache films read under this digest, unless the catalogue has changed since."""
        if digest == self._digest and digest:
            self._films.update({film.film_id: film for film in films if film.club_id is None})
