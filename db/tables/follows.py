"""Follows of one club, and the feeds of all clubs as the processes see them that read them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from bot.domain.follows import Follow, FollowedEntry
from bot.domain.ids import MemberId
from db.leasing import Leasing
from db.paces import hold, next_turn
from db.records import ACROSS_CLUBS, CLUB, ClubTable, HostTable, Record, param, upsert
from db.schema.clubs import clubs
from db.schema.imports import followed_entries, follows

_FOLLOW = Record(follows, Follow)
_ENTRY = Record(followed_entries, FollowedEntry)
_OF_CLUB = _FOLLOW.select().where(follows.c.club_id == CLUB)
_ALL = _OF_CLUB.order_by(follows.c.member_id, follows.c.name)
_OF = _ALL.where(follows.c.member_id == param("member_id"))
_SAVE = upsert(follows)
_REMOVE = delete(follows).where(
    follows.c.club_id == CLUB,
    follows.c.member_id == param("member_id"),
    follows.c.name == param("name"),
)
_ENTRIES = (
    _ENTRY.select()
    .where(
        followed_entries.c.club_id == CLUB,
        followed_entries.c.member_id == param("member_id"),
    )
    .order_by(followed_entries.c.number)
)
_PUT = upsert(followed_entries)

_LEFT = (
    select(clubs.c.club_id).where(clubs.c.left_at.is_not(None)).execution_options(**ACROSS_CLUBS)
)
_DUE = (
    _FOLLOW.select()
    .where(follows.c.next_at <= param("now"), follows.c.club_id.not_in(_LEFT))
    .order_by(follows.c.next_at, follows.c.club_id, follows.c.member_id, follows.c.name)
    .limit(1)
    .execution_options(**ACROSS_CLUBS)
)
_LEASE = (
    update(follows)
    .where(
        follows.c.club_id == param("of_club"),
        follows.c.member_id == param("of_member"),
        follows.c.name == param("of_name"),
    )
    .values(next_at=param("until"))
)
_DUE_FOLLOWS = Leasing(
    _FOLLOW,
    _DUE,
    _LEASE,
    lambda each: {"of_club": each.club_id, "of_member": each.member_id, "of_name": each.name},
)


class SqlFollows(ClubTable):
    """Implements `bot.ports.Follows`."""

    async def all(self) -> Sequence[Follow]:
        """Return every follow of the club."""
        return await self._scope.all(_FOLLOW, _ALL)

    async def of(self, member_id: MemberId) -> Sequence[Follow]:
        """Return those of a member, by name."""
        return await self._scope.all(_FOLLOW, _OF, member_id=member_id)

    async def save(self, follow: Follow) -> None:
        """Insert or replace."""
        self._scope.check(follow.club_id)
        await self._scope.put(_SAVE, **_FOLLOW.values(follow))

    async def remove(self, member_id: MemberId, name: str) -> bool:
        """Delete; return whether it existed."""
        gone = await self._scope.run(_REMOVE, member_id=member_id, name=name)
        return gone.rowcount > 0

    async def entries(self, member_id: MemberId) -> Sequence[FollowedEntry]:
        """Return the entries of a member that were dealt with."""
        return await self._scope.all(_ENTRY, _ENTRIES, member_id=member_id)

    async def put(self, entries: Sequence[FollowedEntry]) -> None:
        """Insert entries, or replace those of the same number."""
        await self._scope.put_all(_PUT, [_ENTRY.values(each) for each in entries])


class SqlFeeds(HostTable):
    """Implements `bot.ports.Feeds`."""

    async def claim(self, now: datetime, lease: timedelta) -> Follow | None:
        """Return the follow that is longest due, and make it due again after the lease."""
        return await _DUE_FOLLOWS.claim(self._transactions, now, lease)

    async def turn(self, host: str, now: datetime, apart: timedelta) -> datetime:
        """Take the next turn to ask this host; return when it is."""
        return await next_turn(self._transactions, host, now, apart)

    async def hold(self, host: str, until: datetime) -> None:
        """Give no turn for this host before an instant."""
        await hold(self._transactions, host, until)
