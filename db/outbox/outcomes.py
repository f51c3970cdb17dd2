"""Settles deliveries: one statement for each outcome, on condition that the lease is held."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Update, bindparam, case, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deliveries import DeliveryState, Dropped, Failed, Outcome, Retry, Sent, Unknown
from bot.domain.ids import DeliveryId
from db.column_types import INSTANT
from db.records import ACROSS_CLUBS, param
from db.schema.deliveries import deliveries
from db.tables.deliveries import REQUEUE_CLUB

POSSIBLE_DUPLICATE = "possible_duplicate"
"""Remark on a delivery that was sent again although an earlier try may have succeeded."""

HELD = (
    update(deliveries)
    .where(deliveries.c.lease_owner == param("owner"), deliveries.c.state == DeliveryState.CLAIMED)
    .execution_options(**ACROSS_CLUBS)
)
# A first try that certainly did not arrive does not count as one.
UNTRIED = case((deliveries.c.attempts > 1, deliveries.c.tried_at), else_=None)
_THIS = HELD.where(deliveries.c.delivery_id == param("this"))


def _settling(**changes: object) -> Update:
    return _THIS.values(lease_owner=None, **changes).returning(
        deliveries.c.club_id, deliveries.c.ready_at
    )


_SENT = _settling(
    state=DeliveryState.SENT,
    lease_until=None,
    ready_at=None,
    error=param("reason"),
    message=param("message"),
    settled_at=bindparam("now", type_=INSTANT),
)
_RETRY = _settling(
    state=DeliveryState.PLANNED,
    lease_until=None,
    next_at=bindparam("at", type_=INSTANT),
    ready_at=bindparam("at", type_=INSTANT),
    error=param("reason"),
)
_RETRY_UNCOUNTED = _RETRY.values(attempts=deliveries.c.attempts - 1, tried_at=UNTRIED)
_UNKNOWN = _settling(state=DeliveryState.UNCERTAIN, error=param("reason"))
_FAILED = _settling(
    state=DeliveryState.DEAD,
    lease_until=None,
    ready_at=None,
    error=param("reason"),
    settled_at=bindparam("now", type_=INSTANT),
)
_DROPPED = _FAILED.values(state=DeliveryState.CANCELLED)
_FOLDED_FAIL_TOO = (
    update(deliveries)
    .where(deliveries.c.digest_id == param("this"))
    .values(state=DeliveryState.DEAD, error=param("reason"))
    .execution_options(**ACROSS_CLUBS)
)


def _settlement(outcome: Outcome, now: datetime) -> tuple[Update, dict[str, Any]]:
    match outcome:
        case Sent(message, possible_duplicate):
            remark = POSSIBLE_DUPLICATE if possible_duplicate else None
            return _SENT, {"message": message, "reason": remark, "now": now}
        case Retry(at, reason, counted):
            return _RETRY if counted else _RETRY_UNCOUNTED, {"at": at, "reason": reason}
        case Unknown(reason):
            return _UNKNOWN, {"reason": reason}
        case Failed(reason):
            return _FAILED, {"reason": reason, "now": now}
        case Dropped(reason):
            return _DROPPED, {"reason": reason, "now": now}


@dataclass(frozen=True, slots=True, eq=False)
class Settling:
    """An outcome to store, and the future that learns whether the lease was held."""

    owner: str
    delivery_id: DeliveryId
    outcome: Outcome
    now: datetime
    held: asyncio.Future[bool]


async def settle(connection: AsyncConnection, those: Sequence[Settling]) -> Sequence[bool]:
    """Store outcomes; return for each whether the lease was held.

    The queue comes last: workers that settle at once touch its rows in one order.
    """
    held: list[bool] = []
    settled: list[Any] = []
    for each in those:
        rows = await _settle_one(connection, each)
        held.append(bool(rows))
        settled += rows
    await requeue_clubs(connection, settled)
    return held


async def _settle_one(connection: AsyncConnection, settling: Settling) -> Sequence[Any]:
    statement, values = _settlement(settling.outcome, settling.now)
    this = {"owner": settling.owner, "this": settling.delivery_id}
    rows = (await connection.execute(statement, {**values, **this})).all()
    if rows and isinstance(settling.outcome, Failed):
        await connection.execute(_FOLDED_FAIL_TOO, {**this, "reason": settling.outcome.reason})
    return rows


async def requeue_clubs(connection: AsyncConnection, rows: Sequence[Any]) -> int:
    """Requeue the clubs of these rows by their `ready_at`; return the number of rows."""
    ready = [
        {"club_id": row.club_id, "ready_at": row.ready_at, "served": 0}
        for row in rows
        if row.ready_at is not None
    ]
    if ready:
        ready.sort(key=itemgetter("club_id"))
        await connection.execute(REQUEUE_CLUB, ready)
    return len(rows)
