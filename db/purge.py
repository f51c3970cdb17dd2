"""Purging of expired rows of all clubs, in batches; and of whole clubs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Delete,
    Integer,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deliveries import DeliveryState
from bot.domain.ids import ClubId
from db.records import ACROSS_CLUBS, CLUB, listed, param
from db.schema import metadata
from db.schema.clubs import clubs, forgotten, web_keys
from db.schema.deliveries import deliveries
from db.schema.imports import imports
from db.schema.requests import drafts, receipts


def _older(table: Table, instant: Column[Any]) -> Delete:
    """Return the statement that deletes `most` rows older than `before`."""
    key = list(table.primary_key.columns)
    old = select(*key).where(instant < param("before")).limit(param("most"))
    return delete(table).where(tuple_(*key).in_(old)).execution_options(**ACROSS_CLUBS)


OLD_RECEIPTS = _older(receipts, receipts.c.at)
OLD_DRAFTS = _older(drafts, drafts.c.created_at)
OLD_IMPORTS = _older(imports, imports.c.created_at)
OLD_WEB_KEYS = _older(web_keys, web_keys.c.expires_at)

_carrier = deliveries.alias("carrier")
OLD_DELIVERIES = (
    select(deliveries.c.delivery_id)
    .where(
        # What was cancelled before it was tried has no other instant than when it was due.
        func.coalesce(deliveries.c.settled_at, deliveries.c.due_at) < param("before"),
        or_(
            deliveries.c.state.in_([DeliveryState.CANCELLED, DeliveryState.DEAD]),
            and_(
                deliveries.c.state == DeliveryState.SENT,
                deliveries.c.purpose.not_in(listed("followed")),
            ),
        ),
        # Those in a digest go after it: tried again, it says them again.
        ~exists().where(_carrier.c.delivery_id == deliveries.c.digest_id),
    )
    .limit(bindparam("most", type_=Integer))
    .execution_options(**ACROSS_CLUBS)
)
"""Those over and done with: at most `most`, settled `before`, and not sent for a `followed` purpose."""
GONE_DELIVERIES = (
    delete(deliveries)
    .where(
        deliveries.c.delivery_id.in_(listed("those")),
        # A host may have had one tried again meanwhile.
        deliveries.c.state.in_([DeliveryState.SENT, DeliveryState.CANCELLED, DeliveryState.DEAD]),
    )
    .execution_options(**ACROSS_CLUBS)
)

_LEFT = (
    select(clubs.c.club_id)
    .where(clubs.c.left_at < param("before"))
    .execution_options(**ACROSS_CLUBS)
)
_ALL_OF_CLUB = tuple(
    delete(table).where(table.c.club_id == CLUB)
    for table in reversed(metadata.sorted_tables)
    if "club_id" in table.c
)

FORGOTTEN = (
    select(forgotten.c.club_id, forgotten.c.digest)
    .where(forgotten.c.overwritten.is_(False))
    .execution_options(**ACROSS_CLUBS)
)
OVERWRITTEN = (
    update(forgotten)
    .where(forgotten.c.club_id == param("of_club"), forgotten.c.digest == param("of_digest"))
    .values(overwritten=True)
    .execution_options(**ACROSS_CLUBS)
)


async def left_clubs(connection: AsyncConnection, before: datetime) -> Sequence[ClubId]:
    """Return the clubs that Matinee left before an instant (UTC)."""
    return [ClubId(row.club_id) for row in await connection.execute(_LEFT, {"before": before})]


async def forget_club(connection: AsyncConnection, club_id: ClubId) -> None:
    """Delete every row of a club."""
    for statement in _ALL_OF_CLUB:
        await connection.execute(statement, {"of_club": club_id})
