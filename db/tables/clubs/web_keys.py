"""Keys to the club's pages, found by the digests of their tokens."""

from collections.abc import Sequence

from sqlalchemy import delete

from bot.domain.clubs.web_keys import WebKey
from bot.domain.ids import MemberId
from db.records import ACROSS_CLUBS, CLUB, ClubTable, Record, param, upsert
from db.schema.clubs import web_keys

WEB_KEY = Record(web_keys, WebKey)

BY_DIGEST = (
    WEB_KEY.select().where(web_keys.c.digest == param("digest")).execution_options(**ACROSS_CLUBS)
)
"""Query across clubs: a token does not say of which club it is."""

_OF = (
    WEB_KEY.select()
    .where(web_keys.c.club_id == CLUB, web_keys.c.member_id == param("member_id"))
    .order_by(web_keys.c.created_at, web_keys.c.digest)
)
_PUT = upsert(web_keys)
_REMOVE = delete(web_keys).where(web_keys.c.club_id == CLUB, web_keys.c.digest == param("digest"))


class SqlWebKeys(ClubTable):
    """Implements `bot.ports.WebKeys`."""

    async def of(self, member_id: MemberId) -> Sequence[WebKey]:
        """Return those of a member, the oldest first."""
        return await self._scope.all(WEB_KEY, _OF, member_id=member_id)

    async def put(self, key: WebKey) -> None:
        """Insert or replace."""
        self._scope.check(key.club_id)
        await self._scope.put(_PUT, **WEB_KEY.values(key))

    async def remove(self, digest: str) -> bool:
        """Delete; return whether it existed."""
        return (await self._scope.run(_REMOVE, digest=digest)).rowcount > 0
