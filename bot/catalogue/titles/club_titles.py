"""The titles that one club can name: everyone's, and those of the films it has added."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.catalogue.titles.index import TitledFilm, TitleIndex
from bot.domain.films import Film
from bot.domain.ids import ClubId, FilmId
from bot.ports.store import UnitOfWork

_MOST_CLUBS = 1_000

_Own = tuple[tuple[str, ...], ...]


class ClubTitles:
    """Lays a club's own films over the shared titles, anew whenever they have changed."""

    def __init__(self, shared: TitleIndex) -> None:
        """Begin with what every club can name."""
        self._loaded = shared
        self._taken: dict[FilmId, TitledFilm] = {}
        self._shared = shared
        self._held: OrderedDict[ClubId, tuple[_Own, TitleIndex]] = OrderedDict()

    @property
    def shared(self) -> TitleIndex:
        """The titles that every club can name."""
        return self._shared

    def known(self, club_id: ClubId | None) -> TitleIndex:
        """Return a club's titles as they were when it was last spoken to, from memory."""
        held = self._held.get(club_id) if club_id else None
        return held[1] if held else self._shared

    def take(self, films: Iterable[Film]) -> None:
        """Let every club name more films, or name them by what is new about them."""
        self._taken |= {film.film_id: TitledFilm.of(film) for film in films}
        self._shared = self._loaded.with_films(self._taken.values())
        self._held.clear()

    def renew(self, shared: TitleIndex) -> None:
        """Begin anew with what every club can name; what it lacks is laid over it again."""
        lacking = {each: film for each, film in self._taken.items() if not shared.has(each)}
        self._loaded, self._taken = shared, lacking
        self._shared = shared.with_films(lacking.values()) if lacking else shared
        self._held.clear()

    async def of(self, work: UnitOfWork) -> TitleIndex:
        """Return the titles that the club of this transaction can name."""
        own = await work.films.own()
        if not own:
            return self._shared
        titles = tuple((_meant(film), str(film.year), *film.titles) for film in own)
        held = self._held.get(work.club_id)
        if held is None or held[0] != titles:
            held = titles, self._shared.with_films(_named(own))
        self._held[work.club_id] = held
        self._held.move_to_end(work.club_id)
        if len(self._held) > _MOST_CLUBS:
            self._held.popitem(last=False)
        return held[1]


def _named(own: Sequence[Film]) -> Collection[TitledFilm]:
    """Return what the titles of a club's films mean; several films may mean the same one."""
    named: dict[FilmId, TitledFilm] = {}
    for film in own:
        meant = replace(TitledFilm.of(film), film_id=_meant(film))
        if other := named.get(meant.film_id):
            meant = replace(other, titles=tuple(dict.fromkeys((*other.titles, *meant.titles))))
        named[meant.film_id] = meant
    return named.values()


def _meant(film: Film) -> FilmId:
    """Return the film that is meant by this one's titles."""
    return film.stands_for or film.film_id
