"""Directories of all platforms: who belongs to a club now, and what people are called."""

import asyncio
from collections.abc import Iterable, Sequence

from bot.domain.errors import NotAllowed, PlatformSilent
from bot.domain.ids import ClubId, MemberId
from bot.messages.commands import Command, Kind
from bot.messages.requests import NO_CLUB
from bot.ports.directory import Directory
from bot.ports.store import UnitOfWork

MOST_NAMED = 10
"""People whose names are asked for in one request."""


class Directories:
    """Directory of each platform that is connected; a platform without one is taken at its word."""

    def __init__(self) -> None:
        """Begin without platforms."""
        self._by_platform: dict[str, Directory] = {}

    def add(self, platform: str, directory: Directory) -> None:
        """Ask this directory about clubs whose ids begin with the platform's name."""
        self._by_platform[platform] = directory

    async def belongs(self, club_id: ClubId, member_id: MemberId) -> bool:
        """Tell whether a member is in a club now. Raises PlatformSilent."""
        directory = self._of(club_id)
        return directory is None or await directory.name(club_id, member_id) is not None

    async def names(
        self, club_id: ClubId, member_ids: Iterable[MemberId]
    ) -> dict[MemberId, str | None]:
        """Return what people are called; None for who is not in the club. The unknown are left out."""
        directory = self._of(club_id)
        if directory is None:
            return {}
        asked = list(member_ids)[:MOST_NAMED]
        told = await asyncio.gather(
            *(directory.name(club_id, each) for each in asked), return_exceptions=True
        )
        found: dict[MemberId, str | None] = {}
        for member_id, name in zip(asked, told, strict=True):
            if isinstance(name, BaseException) and not isinstance(name, PlatformSilent):
                raise name
            if not isinstance(name, BaseException):
                found[member_id] = name
        return found

    async def check_private(self, club_id: ClubId, member_id: MemberId) -> None:
        """Raise NotAllowed for a private talk with somebody who is no longer in the club.

        Only for platforms that name the club with the request; that counts while they do not answer.
        """
        try:
            belongs = club_id == NO_CLUB or await self.belongs(club_id, member_id)
        except PlatformSilent:
            return
        if not belongs:
            raise NotAllowed(
                "You are not in that club any more, so I can't talk with you about it."
            )

    def _of(self, club_id: ClubId) -> Directory | None:
        return self._by_platform.get(club_id.partition(":")[0])


async def strangers(command: Command, work: UnitOfWork) -> Sequence[MemberId]:
    """Return those whom a command names by a platform's id, and who have never written here."""
    named = [
        MemberId(value)
        for option in command.options()
        for value in _values(option.kind, getattr(command, option.name, None))
        if is_platform_id(value, work.club_id)
    ]
    return [each for each in named if await work.members.get(each) is None]


def is_platform_id(name: str, club_id: ClubId) -> bool:
    """Tell whether a member was chosen on the club's platform, not typed by name: `discord:157`."""
    platform, colon, _ = club_id.partition(":")
    return bool(colon) and name.startswith(f"{platform}:")


def _values(kind: Kind, value: object) -> Sequence[str]:
    if kind is Kind.MEMBER and isinstance(value, str):
        return (value,)
    if kind is Kind.MEMBERS and isinstance(value, tuple):
        return value
    return ()
