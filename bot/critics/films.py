"""What the reader needs to know of films, and how the title index gives it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.films import Film
from bot.domain.ids import FilmId


class KnownFilms(Protocol):
    """The films that a review can be about."""

    def titled(self, title: str) -> Sequence[Film]:
        """Return the films that bear exactly this title, however it is written."""
        ...

    def like(self, title: str) -> Sequence[Film]:
        """Return the few films whose titles look much like this one, best first."""
        ...


class Titled(Protocol):
    """One answer of a title index."""

    @property
    def film_id(self) -> FilmId: ...

    @property
    def score(self) -> float: ...


class Titles(Protocol):
    """As much of a title index as is needed here; `bot.catalogue.titles.index.TitleIndex` is one."""

    def exact(self, text: str) -> Iterable[Titled]: ...

    def near(self, query: str) -> Iterable[Titled]: ...


_MUCH_ALIKE = 0.82


@dataclass(frozen=True, slots=True)
class IndexedFilms:
    """Known films by a title index and the films it speaks of; an id without a film is passed over."""

    index: Titles
    films: Mapping[FilmId, Film]

    def titled(self, title: str) -> Sequence[Film]:
        """Return the films that bear exactly this title."""
        return self._films(self.index.exact(title))

    def like(self, title: str) -> Sequence[Film]:
        """Return the films whose titles look much like this one."""
        return self._films(each for each in self.index.near(title) if each.score >= _MUCH_ALIKE)

    def _films(self, found: Iterable[Titled]) -> Sequence[Film]:
        return [self.films[each.film_id] for each in found if each.film_id in self.films]
