"""Films that every club sees, kept in memory as long as the shelf's digest says they are unchanged."""

from collections import OrderedDict
from collections.abc import Collection, Iterable

from bot.domain.films import Film
from bot.domain.ids import FilmId

_MOST_FILMS = 5_000


class FilmCache:
    """Remembers films of one state of the shelf, named by its digest."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._digest = ""
        self._films: OrderedDict[FilmId, Film] = OrderedDict()

    def found(self, digest: str, film_ids: Collection[FilmId]) -> dict[FilmId, Film]:
        """Return those of the films that are known as of this digest."""
        if digest != self._digest:
            self._digest = digest
            self._films.clear()
        return {each: self._films[each] for each in film_ids if each in self._films}

    def keep(self, digest: str, films: Iterable[Film]) -> None:
        """Remember films read as of this digest, unless the shelf has moved on meanwhile."""
        if digest != self._digest or not digest:
            return
        for film in films:
            if film.club_id is None:
                self._films[film.film_id] = film
        while len(self._films) > _MOST_FILMS:
            self._films.popitem(last=False)
