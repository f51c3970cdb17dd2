"""Drafts: commands stored until a member finishes them or presses a button."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from bot.domain.ids import DraftId, MemberId
from bot.ports.tables.requests import BUTTONS_KEPT, UNFINISHED_KEPT, Draft
from db.records import CLUB, ClubTable, Record, param, upsert
from db.schema.requests import drafts

_DRAFT = Record(drafts, Draft)
_GET = _DRAFT.select().where(drafts.c.club_id == CLUB, drafts.c.draft_id == param("draft_id"))
_OF = (
    _DRAFT.select()
    .where(
        drafts.c.club_id == CLUB,
        drafts.c.member_id == param("member_id"),
        drafts.c.button.is_(False),
    )
    .order_by(drafts.c.created_at.desc(), drafts.c.draft_id.desc())
    .limit(UNFINISHED_KEPT)
)
_PUT = upsert(drafts)
_PLACE = (drafts.c.created_at.desc(), drafts.c.draft_id.desc())
_KIND = (
    drafts.c.club_id == CLUB,
    drafts.c.made_by == param("made_by"),
    drafts.c.button == param("button"),
)
_TRIM = delete(drafts).where(
    *_KIND,
    drafts.c.draft_id
    != param("draft_id"),  # it may have the oldest time, if the clock was set back
    drafts.c.draft_id.in_(
        select(drafts.c.draft_id).where(*_KIND).order_by(*_PLACE).offset(param("keep"))
    ),
)
_REMOVE = delete(drafts).where(drafts.c.club_id == CLUB, drafts.c.draft_id == param("draft_id"))


class SqlDrafts(ClubTable):
    """Implements `bot.ports.Drafts`."""

    async def get(self, draft_id: DraftId) -> Draft | None:
        """Find by id."""
        return await self._scope.one(_DRAFT, _GET, draft_id=draft_id)

    async def of(self, member_id: MemberId) -> Sequence[Draft]:
        """Return the unfinished commands of this member, newest first."""
        return await self._scope.all(_DRAFT, _OF, member_id=member_id)

    async def put(self, draft: Draft) -> None:
        """Insert or replace; of its maker's drafts of this kind only the newest remain."""
        values = _DRAFT.values(draft)
        await self._scope.put(_PUT, **values)
        if draft.made_by:
            keep = BUTTONS_KEPT if draft.button else UNFINISHED_KEPT
            kind = {name: values[name] for name in ("made_by", "button", "draft_id")}
            await self._scope.run(_TRIM, **kind, keep=keep)

    async def remove(self, draft_id: DraftId) -> None:
        """Delete it, if it exists."""
        await self._scope.run(_REMOVE, draft_id=draft_id)
