"""Settling: how each outcome of a delivery is written down by whoever holds its lease."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Update, bindparam, case, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deliveries import Again, Dead, DeliveryState, Doubtful, Dropped, Outcome, Sent
from bot.domain.ids import DeliveryId
from db.column_types import INSTANT
from db.schema import deliveries
from db.tables.deliveries import LOWER_TURN
from db.tables.records import ACROSS_CLUBS, param

POSSIBLE_DUPLICATE = "possible_duplicate"
"""The remark on a delivery that was said again because nobody could tell whether it had been."""

HELD = (
    update(deliveries)
    .where(deliveries.c.lease_owner == param("owner"), deliveries.c.state == DeliveryState.CLAIMED)
    .execution_options(**ACROSS_CLUBS)
)
# A first try that surely did not arrive was none.
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
    message=param("said"),
    settled_at=bindparam("now", type_=INSTANT),
)
_AGAIN = _settling(
    state=DeliveryState.PLANNED,
    lease_until=None,
    next_at=bindparam("at", type_=INSTANT),
    ready_at=bindparam("at", type_=INSTANT),
    error=param("reason"),
)
_NOT_YET = _AGAIN.values(attempts=deliveries.c.attempts - 1, tried_at=UNTRIED)
_DOUBTFUL = _settling(state=DeliveryState.UNCERTAIN, error=param("reason"))
_DEAD = _settling(
    state=DeliveryState.DEAD,
    lease_until=None,
    ready_at=None,
    error=param("reason"),
    settled_at=bindparam("now", type_=INSTANT),
)
_DROPPED = _DEAD.values(state=DeliveryState.CANCELLED)
_CARRIED_TOO = (
    update(deliveries)
    .where(deliveries.c.carrier == param("this"))
    .values(state=DeliveryState.DEAD, error=param("reason"))
    .execution_options(**ACROSS_CLUBS)
)


def _settlement(outcome: Outcome, now: datetime) -> tuple[Update, dict[str, Any]]:
    match outcome:
        case Sent(message, possible_duplicate):
            remark = POSSIBLE_DUPLICATE if possible_duplicate else None
            return _SENT, {"said": message, "reason": remark, "now": now}
        case Again(at, reason, counted):
            return _AGAIN if counted else _NOT_YET, {"at": at, "reason": reason}
        case Doubtful(reason):
            return _DOUBTFUL, {"reason": reason}
        case Dead(reason):
            return _DEAD, {"reason": reason, "now": now}
        case Dropped(reason):
            return _DROPPED, {"reason": reason, "now": now}


@dataclass(frozen=True, slots=True, eq=False)
class Settling:
    """An outcome to be written down, and whom to tell whether the lease was held."""

    owner: str
    delivery_id: DeliveryId
    outcome: Outcome
    now: datetime
    held: asyncio.Future[bool]


async def settle(connection: AsyncConnection, settling: Settling) -> bool:
    statement, values = _settlement(settling.outcome, settling.now)
    this = {"owner": settling.owner, "this": settling.delivery_id}
    rows = (await connection.execute(statement, {**values, **this})).all()
    if rows and isinstance(settling.outcome, Dead):
        await connection.execute(_CARRIED_TOO, {**this, "reason": settling.outcome.reason})
    return await lower_turns(connection, rows) > 0


async def lower_turns(connection: AsyncConnection, rows: Sequence[Any]) -> int:
    """Let the clubs of these rows have their turn in time; return how many rows there are."""
    ready = [
        {"club_id": row.club_id, "ready_at": row.ready_at, "served": 0}
        for row in rows
        if row.ready_at is not None
    ]
    if ready:
        await connection.execute(LOWER_TURN, ready)
    return len(rows)
