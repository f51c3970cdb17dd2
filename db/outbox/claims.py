"""Claiming: which deliveries a worker may take next, fair by club.

A claim first picks clubs, those served longest ago first, then a few rows of each: so it reads at
most four times its batch however many deliveries there are, and no club keeps others waiting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    and_,
    bindparam,
    false,
    func,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deliveries import Delivery, DeliveryState
from bot.domain.ids import ClubId
from db.column_types import INSTANT
from db.schema import deliveries, turns
from db.tables.deliveries import DELIVERY
from db.tables.records import ACROSS_CLUBS, listed, param

_LOOKED_AT = 100
"""Waiting clubs whose turn is weighed for each one taken: bounds a claim among very many."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who claims, when (UTC) and until when, how many at most, of which clubs."""

    owner: str
    now: datetime
    until: datetime
    most: int
    reach: tuple[str, ...]


def _within(reach: Sequence[str]) -> ColumnElement[Any]:
    """Compare the club with what a worker can reach: see `Messenger.reach`."""
    return or_(false(), *map(_club_like, reach))


def _club_like(name: str) -> ColumnElement[Any]:
    if not name:
        return true()
    if name.endswith(":"):  # all that begins so stands together in the order of names
        return and_(turns.c.club_id >= name, turns.c.club_id < f"{name[:-1]};")
    return turns.c.club_id == name


@cache
def _anyone_waiting(reach: Sequence[str]) -> Executable:
    return (
        select(literal(1))
        .where(turns.c.ready_at <= param("now"), _within(reach))
        .limit(1)
        .execution_options(**ACROSS_CLUBS)
    )


@cache
def _pick_clubs(reach: Sequence[str]) -> Executable:
    waiting = (
        select(turns.c.club_id, turns.c.served, turns.c.ready_at)
        .where(turns.c.ready_at <= param("now"), _within(reach))
        .order_by(turns.c.ready_at)
        .limit(bindparam("looked_at", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte("waiting")
        .prefix_with("MATERIALIZED")
    )
    return (
        select(waiting.c.club_id)
        .order_by(waiting.c.served, waiting.c.ready_at, waiting.c.club_id)
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


async def anyone_waiting(
    connection: AsyncConnection, now: datetime, reach: tuple[str, ...]
) -> bool:
    """Tell whether any club within reach may have something due: reads one row."""
    return (await connection.execute(_anyone_waiting(reach), {"now": now})).first() is not None


async def claim(connection: AsyncConnection, claimed: Claim) -> Sequence[Delivery]:
    """Claim for the clubs whose turn it is; go on while a turn proves to be out of date."""
    taken: list[Delivery] = []
    while not taken:
        clubs = await _clubs_next(connection, claimed)
        if not clubs:
            break
        of_each = -(-3 * claimed.most // len(clubs))  # more than its share: some clubs have less
        values = {"clubs": clubs, "of_each": of_each, "most": claimed.most, "now": claimed.now}
        values |= {"owner": claimed.owner, "until": claimed.until}
        rows = await connection.execute(_CLAIM, values)
        taken = [DELIVERY.of(row) for row in rows]
        await connection.execute(_SERVED, {"clubs": clubs})
    return sorted(taken, key=lambda each: (each.next_at or each.due_at, each.delivery_id))


async def _clubs_next(connection: AsyncConnection, claimed: Claim) -> list[ClubId]:
    most = claimed.most
    values = {"now": claimed.now, "looked_at": _LOOKED_AT * most, "most": most}
    rows = await connection.execute(_pick_clubs(claimed.reach), values)
    return [ClubId(row.club_id) for row in rows]
