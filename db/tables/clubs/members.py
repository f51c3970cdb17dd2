"""The club's members."""

import unicodedata
from collections.abc import Sequence

from bot.domain.clubs.club import Member
from bot.domain.ids import MemberId, PlaceId
from db.records import CLUB, ClubTable, Record, param, upsert
from db.schema.clubs import members
from db.tables.forgetting import forget_member, was_forgotten

_MEMBER = Record(members, Member)
_OF_CLUB = _MEMBER.select().where(members.c.club_id == CLUB)
_BY_NAME = _OF_CLUB.order_by(members.c.folded, members.c.member_id)
_GET = _OF_CLUB.where(members.c.member_id == param("member_id"))
_NAMED = _BY_NAME.where(members.c.folded == param("folded"))
_SAVE = upsert(members)


def folded(name: str) -> str:
    """Fold a name for comparison: NFKC, case-folded, trimmed."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


class SqlMembers(ClubTable):
    """Implements `bot.ports.Members`."""

    async def get(self, member_id: MemberId) -> Member | None:
        """Find by id."""
        return await self._scope.one(_MEMBER, _GET, member_id=member_id)

    async def named(self, name: str) -> Member | None:
        """Find by folded name; an exact match takes precedence."""
        found = await self._scope.all(_MEMBER, _NAMED, folded=folded(name))
        return next((each for each in found if each.name == name), found[0] if found else None)

    async def all(self) -> Sequence[Member]:
        """Return every member, by name."""
        return await self._scope.all(_MEMBER, _BY_NAME)

    async def save(self, member: Member) -> None:
        """Insert or replace."""
        self._scope.check(member.club_id)
        values = {**_MEMBER.values(member), "folded": folded(member.name)}
        await self._scope.put(_SAVE, **values)

    async def forget(self, member_id: MemberId, direct: PlaceId, pseudonym: MemberId) -> None:
        """Delete all that names the member; reviews stay under the pseudonym, deleted ones emptied."""
        await forget_member(self._scope, member_id, direct, pseudonym)

    async def was_forgotten(self, member_id: MemberId) -> bool:
        """Tell whether the member was forgotten once, whether or not they came back since."""
        return await was_forgotten(self._scope, member_id)
