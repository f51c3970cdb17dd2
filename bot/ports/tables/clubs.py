"""Storage of a club and its members: settings, marks, keys to the pages, acts of moderators."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.clubs.club import Club, Mark, MarkKind, Member
from bot.domain.clubs.moderation import ModerationAct
from bot.domain.clubs.web_keys import WebKey
from bot.domain.ids import FilmId, MemberId, PlaceId


class Clubs(Protocol):
    """Settings of the club."""

    async def get(self) -> Club:
        """Return the club; with default settings where it was never set up."""

    async def save(self, club: Club) -> None:
        """Store the settings, without the revision: only reviews change it."""


class Members(Protocol):
    """Members of the club who have sent a request."""

    async def get(self, member_id: MemberId) -> Member | None: ...

    async def named(self, name: str) -> Member | None:
        """Find a member by name, ignoring case; an exact match takes precedence."""

    async def all(self) -> Sequence[Member]:
        """Return every member, by name."""

    async def save(self, member: Member) -> None: ...

    async def forget(self, member_id: MemberId, direct: PlaceId, pseudonym: MemberId) -> None:
        """Delete all that names the member; reviews stay under the pseudonym, deleted ones emptied.

        `direct`: the place of direct messages to them.
        """

    async def was_forgotten(self, member_id: MemberId) -> bool:
        """Tell whether the member was forgotten once, whether or not they came back since."""


class Marks(Protocol):
    """Marks of members on films: seen, never suggest, watchlist."""

    async def of(self, member_ids: Collection[MemberId]) -> Sequence[Mark]:
        """Return all marks of these members, newest first."""

    async def of_film(self, film_id: FilmId) -> Sequence[Mark]:
        """Return all marks on this film, newest first."""

    async def of_films(self, member_id: MemberId, film_ids: Collection[FilmId]) -> Sequence[Mark]:
        """Return this member's marks on these films, newest first."""

    async def put(self, mark: Mark) -> None: ...

    async def put_all(self, given: Sequence[Mark]) -> None:
        """Insert marks, or update their times."""

    async def remove_all(
        self, member_id: MemberId, film_ids: Collection[FilmId], kind: MarkKind
    ) -> None:
        """Delete a member's marks of one kind on these films."""

    async def remove(self, member_id: MemberId, film_id: FilmId, kind: MarkKind) -> bool:
        """Delete a mark; return whether it existed."""


class WebKeys(Protocol):
    """Keys of the club's members to its pages."""

    async def of(self, member_id: MemberId) -> Sequence[WebKey]:
        """Return those of a member, the oldest first."""

    async def put(self, key: WebKey) -> None:
        """Insert or replace."""

    async def remove(self, digest: str) -> bool:
        """Delete; return whether it existed."""


class Moderation(Protocol):
    """Acts of the club's moderators."""

    async def note(self, act: ModerationAct) -> None:
        """Store an act."""

    async def latest(self, most: int) -> Sequence[ModerationAct]:
        """Return the last acts, newest first."""
