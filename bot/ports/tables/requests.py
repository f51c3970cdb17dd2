"""Storage of requests: stored commands, and replies of those that were carried out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import DraftId, MemberId

UNFINISHED_KEPT, BUTTONS_KEPT = 50, 500
"""Drafts that one member has in a club at most: unfinished commands, and those of buttons."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Stored command (the codec's JSON text): of a member who has to answer a question first, or of a
    `button`, which may be pressed repeatedly, and by any member where `member_id` is empty.
    `made_by`: the member whose request stored it.
    """

    draft_id: DraftId
    member_id: MemberId
    command: str
    created_at: datetime
    button: bool = False
    made_by: MemberId | None = None


class Drafts(Protocol):
    """Stored commands, unfinished or of buttons."""

    async def get(self, draft_id: DraftId) -> Draft | None: ...

    async def of(self, member_id: MemberId) -> Sequence[Draft]:
        """Return the unfinished commands of this member, newest first."""

    async def put(self, draft: Draft) -> None:
        """Insert or replace; of its maker's drafts of this kind only the newest remain."""

    async def remove(self, draft_id: DraftId) -> None: ...


class Receipts(Protocol):
    """Replies of requests that were carried out."""

    async def get(self, request_id: str) -> str | None:
        """Return the reply (JSON text) of a request that was carried out before."""

    async def put(self, request_id: str, reply: str, at: datetime) -> None:
        """Store the reply (JSON text). StoreError if there is one already."""
