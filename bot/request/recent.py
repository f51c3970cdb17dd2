"""What each member and Matinee spoke of last, so that `it` can mean a film, and `funnier` go on from picks."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from bot.domain.ids import ClubId, FilmId, MemberId
from bot.features.picks.commands import RecommendCommand
from bot.messages.commands import Command

_MOST_MEMBERS = 10_000


class Dated(Protocol):
    """Something with the instant (UTC) at which it was spoken of."""

    @property
    def at(self) -> datetime:
        """The instant (UTC)."""


Noted = TypeVar("Noted", bound=Dated)


@dataclass(frozen=True, slots=True)
class SpokenFilm:
    """A film and the instant (UTC) at which it was spoken of."""

    film_id: FilmId
    at: datetime


@dataclass(frozen=True, slots=True)
class ShownPicks:
    """The picks that were asked for, the films shown, best first, and the instant (UTC)."""

    command: RecommendCommand
    shown: tuple[FilmId, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class AskedCommand:
    """A command that a member was asked about, as in `Did you mean ...?`, or gave, and the instant (UTC)."""

    command: Command
    at: datetime


@dataclass(frozen=True, slots=True)
class Recent(Generic[Noted]):
    """What each member of each club spoke of last; kept in memory only, and only for a while."""

    lasting: timedelta
    _last: OrderedDict[tuple[ClubId, MemberId], Noted] = field(default_factory=OrderedDict)

    def note(self, club_id: ClubId, member_id: MemberId, noted: Noted) -> None:
        """Note what a member speaks of, or is shown."""
        key = club_id, member_id
        self._last[key] = noted
        self._last.move_to_end(key)
        if len(self._last) > _MOST_MEMBERS:
            self._last.popitem(last=False)

    def last(self, club_id: ClubId, member_id: MemberId, now: datetime) -> Noted | None:
        """Return what a member spoke of last; None after a while."""
        found = self._last.get((club_id, member_id))
        return found if found and now - found.at <= self.lasting else None

    def take(self, club_id: ClubId, member_id: MemberId, now: datetime) -> Noted | None:
        """Return what was noted last, which is forgotten with that; None after a while."""
        found = self.last(club_id, member_id, now)
        self._last.pop((club_id, member_id), None)
        return found


@dataclass(frozen=True, slots=True)
class Conversations:
    """The films and the picks that members spoke of last, what they were asked, and what they had done and shared last."""

    films: Recent[SpokenFilm] = field(default_factory=lambda: Recent(timedelta(minutes=30)))
    picks: Recent[ShownPicks] = field(default_factory=lambda: Recent(timedelta(minutes=15)))
    questions: Recent[AskedCommand] = field(default_factory=lambda: Recent(timedelta(minutes=15)))
    done: Recent[AskedCommand] = field(default_factory=lambda: Recent(timedelta(minutes=5)))
    shared: Recent[AskedCommand] = field(default_factory=lambda: Recent(timedelta(minutes=1)))
