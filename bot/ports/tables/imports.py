"""Storage of what comes from other services: members' files, and feeds that they follow."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.follows import Follow, FollowedEntry
from bot.domain.ids import ImportId, MemberId
from bot.domain.imports import Import, ImportRow, RowState


class Imports(Protocol):
    """Files that members brought in, each with its rows."""

    async def get(self, import_id: ImportId) -> Import | None: ...

    async def of(self, member_id: MemberId) -> Sequence[Import]:
        """Return all of this member, newest first."""

    async def save(self, import_: Import) -> None:
        """Insert or replace, without its rows."""

    async def put(self, rows: Sequence[ImportRow]) -> None:
        """Insert rows, or replace those with the same number."""

    async def rows(
        self, import_id: ImportId, states: Collection[RowState], most: int, after: int = -1
    ) -> Sequence[ImportRow]:
        """Return the first `most` rows in these states behind a number, in order."""

    async def counts(self, import_id: ImportId) -> dict[RowState, int]:
        """Count the rows by state."""

    async def holds_words(self, import_id: ImportId) -> bool:
        """Tell whether a row that became a review has words."""

    async def remove(self, import_id: ImportId) -> None:
        """Delete an import with its rows, if it exists."""


class Follows(Protocol):
    """Feeds of other services that members of the club follow, and the entries dealt with."""

    async def all(self) -> Sequence[Follow]:
        """Return every follow of the club."""

    async def of(self, member_id: MemberId) -> Sequence[Follow]:
        """Return those of a member, by name."""

    async def save(self, follow: Follow) -> None:
        """Insert or replace."""

    async def remove(self, member_id: MemberId, name: str) -> bool:
        """Delete, its entries apart; return whether it existed."""

    async def entries(self, member_id: MemberId) -> Sequence[FollowedEntry]:
        """Return the entries of a member that were dealt with."""

    async def put(self, entries: Sequence[FollowedEntry]) -> None:
        """Insert entries, or replace those of the same number."""
