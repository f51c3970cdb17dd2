"""Directory: who belongs to a club, as its platform knows it."""

from typing import Protocol

from bot.domain.ids import ClubId, MemberId


class Directory(Protocol):
    """People of a platform's clubs. It remembers answers for some minutes."""

    async def name(self, club_id: ClubId, member_id: MemberId) -> str | None:
        """Return the name of somebody who belongs to the club now; None if they do not.

        Raises PlatformSilent.
        """
