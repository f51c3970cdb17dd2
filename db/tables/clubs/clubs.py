"""Clubs: the settings of one club, and its revision."""

from sqlalchemy.dialects import postgresql

from bot.domain.clubs.club import Club
from db.records import CLUB, ClubTable, Record, Scope, upsert
from db.schema.clubs import clubs

_CLUB = Record(clubs, Club)
_GET = _CLUB.select().where(clubs.c.club_id == CLUB)
_SAVE = upsert(clubs, keep={"revision"})
_ADVANCE = (
    postgresql.insert(clubs)
    .on_conflict_do_update(index_elements=["club_id"], set_={"revision": clubs.c.revision + 1})
    .returning(clubs.c.revision)
)


class SqlClubs(ClubTable):
    """Implements `bot.ports.Clubs`."""

    async def get(self) -> Club:
        """Return the club; with default settings where it was never set up."""
        found = await self._scope.one(_CLUB, _GET)
        return found or Club(self._scope.club_id)

    async def save(self, club: Club) -> None:
        """Insert or update the settings; a new club begins at revision 0, an old one keeps its own."""
        self._scope.check(club.club_id)
        await self._scope.put(_SAVE, **{**_CLUB.values(club), "revision": 0})


async def next_revision(scope: Scope) -> int:
    """Increment the club's revision and return it."""
    first = {**_CLUB.values(Club(scope.club_id)), "revision": 1}
    return int((await scope.put(_ADVANCE, **first)).scalar_one())
