"""Imports of members' files, each with its rows."""

from collections.abc import Collection, Sequence

from sqlalchemy import Text, cast, delete, func, select

from bot.domain.ids import ImportId, MemberId
from bot.domain.imports import Import, ImportRow, RowState
from db.records import CLUB, ClubTable, Record, listed, param, upsert
from db.schema.imports import import_rows, imports

_IMPORT = Record(imports, Import)
_ROW = Record(import_rows, ImportRow)
_GET = _IMPORT.select().where(imports.c.club_id == CLUB, imports.c.import_id == param("import_id"))
_OF = (
    _IMPORT.select()
    .where(imports.c.club_id == CLUB, imports.c.member_id == param("member_id"))
    .order_by(imports.c.created_at.desc(), imports.c.import_id)
)
_SAVE = upsert(imports)
_REMOVE = delete(imports).where(
    imports.c.club_id == CLUB, imports.c.import_id == param("import_id")
)
_THEIRS = (import_rows.c.club_id == CLUB, import_rows.c.import_id == param("import_id"))
_ROWS = (
    _ROW.select()
    .where(
        *_THEIRS,
        import_rows.c.state.in_(listed("states")),
        import_rows.c.number > param("after"),
    )
    .order_by(import_rows.c.number)
    .limit(param("most"))
)
_COUNTS = (
    select(import_rows.c.state, func.count().label("rows"))
    .where(*_THEIRS)
    .group_by(import_rows.c.state)
)
# An entry's JSON has the key where there are words; in a title, its quotes would be escaped.
_WORDED = (
    select(import_rows.c.number)
    .where(
        *_THEIRS,
        import_rows.c.state == RowState.REVIEWED.value,
        cast(import_rows.c.entry, Text).contains('"text": '),
    )
    .limit(1)
)
_PUT = upsert(import_rows)


class SqlImports(ClubTable):
    """Implements `bot.ports.Imports`."""

    async def get(self, import_id: ImportId) -> Import | None:
        """Return the import of this id, without its rows; None if there is none."""
        return await self._scope.one(_IMPORT, _GET, import_id=import_id)

    async def of(self, member_id: MemberId) -> Sequence[Import]:
        """Return all of this member, newest first."""
        return await self._scope.all(_IMPORT, _OF, member_id=member_id)

    async def save(self, import_: Import) -> None:
        """Insert or replace, without its rows."""
        await self._scope.put(_SAVE, **_IMPORT.values(import_))

    async def put(self, rows: Sequence[ImportRow]) -> None:
        """Insert rows, or replace those with the same number."""
        await self._scope.put_all(_PUT, [_ROW.values(row) for row in rows])

    async def rows(
        self, import_id: ImportId, states: Collection[RowState], most: int, after: int = -1
    ) -> Sequence[ImportRow]:
        """Return the first `most` rows in these states behind a number, in order."""
        values = {"import_id": import_id, "states": sorted(states), "most": most, "after": after}
        return await self._scope.all(_ROW, _ROWS, **values)

    async def counts(self, import_id: ImportId) -> dict[RowState, int]:
        """Count the rows by state."""
        found = await self._scope.rows(_COUNTS, import_id=import_id)
        return {row.state: row.rows for row in found}

    async def holds_words(self, import_id: ImportId) -> bool:
        """Tell whether a row that became a review has words."""
        return bool(await self._scope.rows(_WORDED, import_id=import_id))

    async def remove(self, import_id: ImportId) -> None:
        """Delete an import with its rows, if it exists."""
        await self._scope.run(_REMOVE, import_id=import_id)
