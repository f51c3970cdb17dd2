"""Marks of members on films: seen, never suggest, watchlist."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete

from bot.domain.clubs.club import Mark, MarkKind
from bot.domain.ids import FilmId, MemberId
from db.records import CLUB, ClubTable, Record, listed, param, upsert
from db.schema.clubs import marks

_MARK = Record(marks, Mark)
_OF_CLUB = (
    _MARK.select()
    .where(marks.c.club_id == CLUB)
    .order_by(marks.c.at.desc(), marks.c.member_id, marks.c.film_id, marks.c.kind)
)
_OF = _OF_CLUB.where(marks.c.member_id.in_(listed("member_ids")))
_OF_FILM = _OF_CLUB.where(marks.c.film_id == param("film_id"))
_OF_FILMS = _OF.where(marks.c.film_id.in_(listed("film_ids")))
_PUT = upsert(marks)
_REMOVE = delete(marks).where(
    marks.c.club_id == CLUB,
    marks.c.member_id == param("member_id"),
    marks.c.film_id == param("film_id"),
    marks.c.kind == param("kind"),
)
_REMOVE_ALL = delete(marks).where(
    marks.c.club_id == CLUB,
    marks.c.member_id == param("member_id"),
    marks.c.film_id.in_(listed("film_ids")),
    marks.c.kind == param("kind"),
)


class SqlMarks(ClubTable):
    """Implements `bot.ports.Marks`."""

    async def of(self, member_ids: Collection[MemberId]) -> Sequence[Mark]:
        """Return all marks of these members, newest first."""
        return await self._scope.all(_MARK, _OF, member_ids=sorted(set(member_ids)))

    async def of_film(self, film_id: FilmId) -> Sequence[Mark]:
        """Return all marks on this film, newest first."""
        return await self._scope.all(_MARK, _OF_FILM, film_id=film_id)

    async def of_films(self, member_id: MemberId, film_ids: Collection[FilmId]) -> Sequence[Mark]:
        """Return this member's marks on these films, newest first."""
        values = {"member_ids": [member_id], "film_ids": sorted(set(film_ids))}
        return await self._scope.all(_MARK, _OF_FILMS, **values)

    async def put(self, mark: Mark) -> None:
        """Insert the mark, or update its time."""
        await self._scope.put(_PUT, **_MARK.values(mark))

    async def put_all(self, given: Sequence[Mark]) -> None:
        """Insert marks, or update their times."""
        await self._scope.put_all(_PUT, [_MARK.values(each) for each in given])

    async def remove_all(
        self, member_id: MemberId, film_ids: Collection[FilmId], kind: MarkKind
    ) -> None:
        """Delete a member's marks of one kind on these films."""
        if film_ids:
            values = {"member_id": member_id, "film_ids": sorted(set(film_ids)), "kind": kind}
            await self._scope.run(_REMOVE_ALL, **values)

    async def remove(self, member_id: MemberId, film_id: FilmId, kind: MarkKind) -> bool:
        """Delete a mark; return whether it existed."""
        gone = await self._scope.run(_REMOVE, member_id=member_id, film_id=film_id, kind=kind)
        return gone.rowcount > 0
