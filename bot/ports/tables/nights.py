"""Storage of film nights."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.ids import FilmId, MemberId, NightId
from bot.domain.nights import Night, NightGuest, Nomination


class Nights(Protocol):
    """Film nights of the club, each member's part in them, and nominations."""

    async def get(self, night_id: NightId) -> Night | None: ...

    async def open(self) -> Sequence[Night]:
        """Return those that are not over, the soonest first."""

    async def past(self, most: int) -> Sequence[Night]:
        """Return the last ones that were held to their end, the latest first."""

    async def all(self) -> Sequence[Night]:
        """Return every night, the earliest first."""

    async def of_member(self, member_id: MemberId) -> Sequence[Night]:
        """Return those that a member hosts or has a part in, the earliest first."""

    async def save(self, night: Night) -> None: ...

    async def guests(self, night_ids: Sequence[NightId]) -> Sequence[NightGuest]:
        """Return the members' parts in these nights, in the order in which they answered."""

    async def save_guest(self, guest: NightGuest) -> None: ...

    async def nominations(self) -> Sequence[Nomination]:
        """Return all that wait for a night, the oldest first."""

    async def nominate(self, nomination: Nomination) -> None: ...

    async def withdraw(self, film_id: FilmId, member_id: MemberId | None = None) -> None:
        """Delete a member's nomination of a film, or everyone's."""
