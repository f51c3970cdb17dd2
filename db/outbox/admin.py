"""Outbox administration for hosts: list, retry and drop deliveries of all clubs."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, func, select, update

from bot.domain.deliveries import Delivery, DeliveryState
from bot.domain.ids import DeliveryId
from bot.ports.hints import HintTopic
from db.column_types import INSTANT
from db.outbox.outcomes import POSSIBLE_DUPLICATE
from db.records import ACROSS_CLUBS, HostTable, listed, param
from db.schema.deliveries import deliveries
from db.tables.deliveries import DELIVERY, REQUEUE_CLUB
from db.transactions import Across

_LIST = (
    DELIVERY.select()
    .where(deliveries.c.state.in_(listed("states")))
    .order_by(deliveries.c.due_at.desc(), deliveries.c.delivery_id)
    .limit(param("most"))
    .execution_options(**ACROSS_CLUBS)
)
_COUNTS = (
    select(deliveries.c.state, func.count())
    .group_by(deliveries.c.state)
    .execution_options(**ACROSS_CLUBS)
)
_DOUBLED = (
    select(func.count())
    .select_from(deliveries)
    .where(deliveries.c.state == DeliveryState.SENT, deliveries.c.error == POSSIBLE_DUPLICATE)
    .execution_options(**ACROSS_CLUBS)
)
_DEAD = and_(
    deliveries.c.state == DeliveryState.DEAD,
    deliveries.c.delivery_id.in_(listed("those")),
    deliveries.c.digest_id.is_(None),
)
# One that may have been sent counts as tried once, so it is looked for before it is sent again.
_RETRY = (
    update(deliveries)
    .where(_DEAD)
    .values(
        state=DeliveryState.PLANNED,
        attempts=case((deliveries.c.tried_at.is_(None), 0), else_=1),
        next_at=bindparam("now", type_=INSTANT),
        ready_at=bindparam("now", type_=INSTANT),
        settled_at=None,
    )
    .returning(deliveries.c.club_id, deliveries.c.delivery_id)
    .execution_options(**ACROSS_CLUBS)
)
_FOLDED_AGAIN = (
    update(deliveries)
    .where(deliveries.c.digest_id.in_(listed("those")))
    .values(state=DeliveryState.SENT, error=None)
    .execution_options(**ACROSS_CLUBS)
)
_DROP = (
    update(deliveries)
    .where(
        deliveries.c.delivery_id.in_(listed("those")),
        deliveries.c.state.in_(
            [DeliveryState.PLANNED, DeliveryState.UNCERTAIN, DeliveryState.DEAD]
        ),
    )
    .values(
        state=DeliveryState.CANCELLED,
        ready_at=None,
        lease_until=None,
        settled_at=bindparam("now", type_=INSTANT),
    )
    .returning(deliveries.c.delivery_id)
    .execution_options(**ACROSS_CLUBS)
)


class OutboxAdmin(HostTable):
    """Deliveries of all clubs: lists and counts them, retries or drops those that failed."""

    async def list(self, states: Collection[DeliveryState], most: int) -> Sequence[Delivery]:
        """Return at most `most` deliveries in these states, latest due first."""
        async with self._transactions.read(Across.OUTBOX) as connection:
            values = {"states": list(states), "most": most}
            return [DELIVERY.of(row) for row in await connection.execute(_LIST, values)]

    async def counts(self) -> dict[DeliveryState, int]:
        """Count all deliveries by state."""
        async with self._transactions.read(Across.OUTBOX) as connection:
            found = {row[0]: row[1] for row in await connection.execute(_COUNTS)}
        return {state: found.get(state, 0) for state in DeliveryState}

    async def possible_duplicates(self) -> int:
        """Count deliveries sent again although an earlier try may have succeeded."""
        async with self._transactions.read(Across.OUTBOX) as connection:
            return int((await connection.execute(_DOUBLED)).scalar_one())

    async def retry(self, those: Collection[DeliveryId], now: datetime) -> Collection[DeliveryId]:
        """Plan dead deliveries anew, due now (UTC); return those that were dead."""
        async with self._transactions.write(Across.OUTBOX) as connection:
            values: dict[str, Any] = {"those": sorted(those), "now": now}
            rows = (await connection.execute(_RETRY, values)).all()
            found = frozenset(DeliveryId(row.delivery_id) for row in rows)
            if rows:
                await connection.execute(_FOLDED_AGAIN, {"those": sorted(found)})
                queued = {row.club_id for row in rows}
                await connection.execute(
                    REQUEUE_CLUB,
                    [{"club_id": each, "ready_at": now, "served": 0} for each in sorted(queued)],
                )
        if found:
            self._transactions.hints.give(HintTopic.DELIVERIES)
        return found

    async def drop(self, those: Collection[DeliveryId], now: datetime) -> Collection[DeliveryId]:
        """Cancel deliveries that are not being sent at the moment; return the cancelled ones."""
        async with self._transactions.write(Across.OUTBOX) as connection:
            rows = (await connection.execute(_DROP, {"those": sorted(those), "now": now})).all()
        return frozenset(DeliveryId(row.delivery_id) for row in rows)
