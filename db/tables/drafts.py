"""Drafts: commands stored until a member finishes them or presses a button."""

from collections.abc import Sequence

from sqlalchemy import delete

from bot.domain.ids import DraftId, MemberId
from bot.ports.tables import Draft
from db.schema import drafts
from db.tables.records import CLUB, Record, Scope, param, upsert

_DRAFT = Record(drafts, Draft)
_GET = _DRAFT.select().where(drafts.c.club_id == CLUB, drafts.c.draft_id == param("draft_id"))
_OF = (
    _DRAFT.select()
    .where(
        drafts.c.club_id == CLUB,
        drafts.c.member_id == param("member_id"),
        drafts.c.button.is_(False),
    )
    .order_by(drafts.c.created_at.desc(), drafts.c.draft_id)
)
_PUT = upsert(drafts)
_REMOVE = delete(drafts).where(drafts.c.club_id == CLUB, drafts.c.draft_id == param("draft_id"))


class SqlDrafts:
    """Implements `bot.ports.Drafts`."""

    def __init__(self, scope: Scope) -> None:
        """Work in one transaction of one club."""
        self._scope = scope

    async def get(self, draft_id: DraftId) -> Draft | None:
        """Find by id."""
        return await self._scope.one(_DRAFT, _GET, draft_id=draft_id)

    async def of(self, member_id: MemberId) -> Sequence[Draft]:
        """Return the unfinished commands of this member, newest first."""
        return await self._scope.all(_DRAFT, _OF, member_id=member_id)

    async def put(self, draft: Draft) -> None:
        """Insert or replace."""
        await self._scope.put(_PUT, **_DRAFT.values(draft))

    async def remove(self, draft_id: DraftId) -> None:
        """Delete it, if it exists."""
        await self._scope.run(_REMOVE, draft_id=draft_id)
