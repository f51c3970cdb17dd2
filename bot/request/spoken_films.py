"""Films spoken of: which one each member and Matinee spoke of last, so that `it` can mean it."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.ids import ClubId, FilmId, MemberId

LASTING = timedelta(minutes=30)
"""Time for which `it` means the film that was spoken of last."""

_MOST_MEMBERS = 10_000


@dataclass(frozen=True, slots=True)
class SpokenFilm:
    """A film and the instant (UTC) at which it was spoken of."""

    film_id: FilmId
    at: datetime


@dataclass(frozen=True, slots=True)
class SpokenFilms:
    """The film that each member of each club spoke of last; kept in memory only, and only for a while."""

    _last: OrderedDict[tuple[ClubId, MemberId], SpokenFilm] = field(default_factory=OrderedDict)

    def note(self, club_id: ClubId, member_id: MemberId, film_id: FilmId, now: datetime) -> None:
        """Note that a member speaks of a film."""
        key = club_id, member_id
        self._last[key] = SpokenFilm(film_id, now)
        self._last.move_to_end(key)
        if len(self._last) > _MOST_MEMBERS:
            self._last.popitem(last=False)

    def last(self, club_id: ClubId, member_id: MemberId, now: datetime) -> SpokenFilm | None:
        """Return the film that a member spoke of last; None after a while."""
        found = self._last.get((club_id, member_id))
        return found if found and now - found.at <= LASTING else None
