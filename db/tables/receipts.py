"""Receipts: the stored replies of requests that were carried out."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import StoreError
from db.records import CLUB, ClubTable, param
from db.schema.requests import receipts

_GET = select(receipts.c.reply).where(
    receipts.c.club_id == CLUB, receipts.c.request_id == param("request_id")
)
_PUT = insert(receipts)


class SqlReceipts(ClubTable):
    """Implements `bot.ports.Receipts`."""

    async def get(self, request_id: str) -> str | None:
        """Return the reply (JSON text) of a request that was carried out before."""
        row = (await self._scope.run(_GET, request_id=request_id)).first()
        return None if row is None else str(row.reply)

    async def put(self, request_id: str, reply: str, at: datetime) -> None:
        """Store the reply (JSON text). StoreError if there is one: the transaction is rolled back."""
        try:
            await self._scope.put(_PUT, request_id=request_id, reply=reply, at=at)
        except IntegrityError as error:
            raise StoreError("This was carried out a moment ago already.", retry=True) from error
