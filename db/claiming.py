"""Claiming: which deliveries a worker may take next, fair by club.

A claim first picks clubs, those served longest ago first, then a few rows of each: so it reads at
most four times its batch however many deliveries there are, and no club keeps others waiting.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Integer, bindparam, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deliveries import Delivery, DeliveryState
from bot.domain.ids import ClubId
from db.deliveries import DELIVERY
from db.records import ACROSS_CLUBS, listed, param
from db.schema import deliveries, turns
from db.types import INSTANT

_LOOKED_AT = 100
"""Waiting clubs whose turn is weighed for each one taken: bounds a claim among very many."""

_ANYONE_WAITING = (
    select(literal(1))
    .where(turns.c.ready_at <= param("now"))
    .limit(1)
    .execution_options(**ACROSS_CLUBS)
)
_waiting = (
    select(turns.c.club_id, turns.c.served, turns.c.ready_at)
    .where(turns.c.ready_at <= param("now"))
    .order_by(turns.c.ready_at)
    .limit(bindparam("looked_at", type_=Integer))
    .with_for_update(skip_locked=True)
    .cte("waiting")
    .prefix_with("MATERIALIZED")
)
_PICK_CLUBS = (
    select(_waiting.c.club_id)
    .order_by(_waiting.c.served, _waiting.c.ready_at, _waiting.c.club_id)
    .limit(bindparam("most", type_=Integer))
    .execution_options(**ACROSS_CLUBS)
)

_first = deliveries.alias("first")
_first_of_club = (
    select(_first.c.delivery_id)
    .where(_first.c.club_id == turns.c.club_id, _first.c.ready_at <= param("now"))
    .order_by(_first.c.ready_at)
    .limit(bindparam("of_each", type_=Integer))
    .correlate(turns)
    .execution_options(**ACROSS_CLUBS)
)
_candidates = (
    select(
        deliveries.c.delivery_id,
        deliveries.c.ready_at,
        func.row_number()
        .over(partition_by=deliveries.c.club_id, order_by=deliveries.c.ready_at)
        .label("rank"),
    )
    .select_from(turns.join(deliveries, deliveries.c.delivery_id.in_(_first_of_club)))
    .where(turns.c.club_id.in_(listed("clubs")))
    .cte("candidates")
    .prefix_with("MATERIALIZED")
)
_CLAIM = (
    update(deliveries)
    .where(
        deliveries.c.delivery_id.in_(
            select(_candidates.c.delivery_id)
            .order_by(_candidates.c.rank, _candidates.c.ready_at)
            .limit(bindparam("most", type_=Integer))
        ),
        deliveries.c.ready_at <= param("now"),
    )
    .values(
        state=DeliveryState.CLAIMED,
        attempts=deliveries.c.attempts + 1,
        lease_owner=param("owner"),
        lease_until=bindparam("until", type_=INSTANT),
        ready_at=bindparam("until", type_=INSTANT),
        tried_at=func.coalesce(deliveries.c.tried_at, bindparam("now", type_=INSTANT)),
    )
    .returning(*DELIVERY.columns)
    .execution_options(**ACROSS_CLUBS)
)
_turns = turns.alias("all_turns")
_SERVED = (
    update(turns)
    .where(turns.c.club_id.in_(listed("clubs")))
    .values(
        served=select(func.max(_turns.c.served) + 1).scalar_subquery(),
        ready_at=select(func.min(deliveries.c.ready_at))
        .where(deliveries.c.club_id == turns.c.club_id, deliveries.c.ready_at.is_not(None))
        .scalar_subquery(),
    )
    .execution_options(**ACROSS_CLUBS)
)


async def anyone_waiting(connection: AsyncConnection, now: datetime) -> bool:
    """Tell whether any club may have something due: reads one row."""
    return (await connection.execute(_ANYONE_WAITING, {"now": now})).first() is not None


async def claim(
    connection: AsyncConnection, owner: str, now: datetime, until: datetime, most: int
) -> Sequence[Delivery]:
    """Claim for the clubs whose turn it is; go on while a turn proves to be out of date."""
    taken: list[Delivery] = []
    while not taken:
        clubs = await _pick_clubs(connection, now, most)
        if not clubs:
            break
        of_each = -(-3 * most // len(clubs))  # more than its share: some clubs have less
        values = {"clubs": clubs, "of_each": of_each, "most": most, "now": now}
        rows = await connection.execute(_CLAIM, {**values, "owner": owner, "until": until})
        taken = [DELIVERY.of(row) for row in rows]
        await connection.execute(_SERVED, {"clubs": clubs})
    return sorted(taken, key=lambda each: (each.next_at or each.due_at, each.delivery_id))


async def _pick_clubs(connection: AsyncConnection, now: datetime, most: int) -> list[ClubId]:
    values = {"now": now, "looked_at": _LOOKED_AT * most, "most": most}
    return [ClubId(row.club_id) for row in await connection.execute(_PICK_CLUBS, values)]
