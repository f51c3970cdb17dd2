"""Titles that each club can name: the shared ones, with those of its own films overlaid."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from cachetools import LRUCache

from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.films.film import Film
from bot.domain.ids import ClubId, FilmId
from bot.ports.store import UnitOfWork

_MOST_CLUBS = 1_000

_Own = tuple[tuple[str, ...], ...]


class ClubTitles:
    """Title index of each club, rebuilt over the shared one when the club's films have changed."""

    def __init__(self, shared: TitleIndex) -> None:
        """Start with the titles that every club can name."""
        self._loaded = shared
        self._added: dict[FilmId, TitledFilm] = {}
        self._shared = shared
        self._held: LRUCache[ClubId, tuple[_Own, TitleIndex, Collection[FilmId]]] = LRUCache(
            _MOST_CLUBS
        )

    @property
    def shared(self) -> TitleIndex:
        """Titles that every club can name."""
        return self._shared

    def joined(self, club_id: ClubId | None) -> Collection[FilmId]:
        """Return the films that a club has joined with others, as its last request left them."""
        held = self._held.get(club_id) if club_id else None
        return held[2] if held else ()

    def known(self, club_id: ClubId | None) -> TitleIndex:
        """Return a club's titles from memory, as its last request left them."""
        held = self._held.get(club_id) if club_id else None
        return held[1] if held else self._shared

    def add_films(self, films: Iterable[Film]) -> None:
        """Add films, or replace them, in the titles that every club can name."""
        self._added |= {film.film_id: TitledFilm.of(film) for film in films}
        self._shared = self._loaded.with_films(self._added.values())
        self._held.clear()

    def forget_films(self, film_ids: Iterable[FilmId]) -> None:
        """Take films out of those that were added, at the next replacement."""
        for film_id in film_ids:
            self._added.pop(film_id, None)

    def replace_index(self, shared: TitleIndex) -> None:
        """Replace the titles that every club can name; added films that it lacks are kept."""
        lacking = {each: film for each, film in self._added.items() if not shared.has(each)}
        self._loaded, self._added = shared, lacking
        self._shared = shared.with_films(lacking.values()) if lacking else shared
        self._held.clear()

    async def of(self, work: UnitOfWork) -> TitleIndex:
        """Return the titles that the club of this transaction can name."""
        own = await work.films.own()
        if not own:
            self._held.pop(work.club_id, None)
            return self._shared
        titles = tuple((_meant(film), str(film.year), *film.titles) for film in own)
        held = self._held.get(work.club_id)
        if held is None or held[0] != titles:
            joined = frozenset(film.film_id for film in own if film.stands_for)
            held = titles, self._shared.with_films(_named(own)), joined
            self._held[work.club_id] = held
        return held[1]


def _named(own: Sequence[Film]) -> Collection[TitledFilm]:
    """Return a club's films under the ids they resolve to, with the titles of all their copies."""
    named: dict[FilmId, TitledFilm] = {}
    for film in own:
        meant = replace(TitledFilm.of(film), film_id=_meant(film))
        if other := named.get(meant.film_id):
            every = tuple(dict.fromkeys((*other.titles, *meant.titles)))
            years = (*other.other_years, *([meant.year] if meant.year else ()))
            meant = replace(other, titles=every, other_years=years)
        named[meant.film_id] = meant
    return named.values()


def _meant(film: Film) -> FilmId:
    """Return the id that a film's titles resolve to."""
    return film.stands_for or film.film_id
