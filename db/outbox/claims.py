"""Claims due deliveries for a worker, fairly by club.

A claim first picks clubs, those served longest ago first, then a few rows of each. So it reads at
most four times its batch however many deliveries there are, and no club delays the others.
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
from bot.ports.store import EVERYWHERE
from db.column_types import INSTANT
from db.engines.portable import among
from db.records import ACROSS_CLUBS, listed, param
from db.schema.deliveries import deliveries, fair_queue
from db.tables.deliveries import DELIVERY

_WEIGHED = 100
"""Waiting clubs compared for each one picked; bounds the cost of a claim among very many clubs."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Parameters of a claim: owner, now and end of lease (UTC), batch size, reach.

    `reach` has prefixes and whole ids of clubs; see `Messenger.reach`.
    """

    owner: str
    now: datetime
    until: datetime
    most: int
    reach: tuple[str, ...]

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The prefixes of its reach: few, and always the same."""
        return tuple(each for each in self.reach if not each or each.endswith(":"))

    @property
    def values(self) -> dict[str, Any]:
        """The values that every one of its statements takes."""
        named = [each for each in self.reach if each and not each.endswith(":")]
        return {"now": self.now, "named": named}


def _within(prefixes: Sequence[str]) -> ColumnElement[Any]:
    """Return the condition that a club has one of these prefixes, or is named."""
    return or_(fair_queue.c.club_id.in_(listed("named")), *map(_club_like, prefixes))


def _club_like(prefix: str) -> ColumnElement[Any]:
    if not prefix:
        return true()
    # As a range that the index serves: `;` follows `:`.
    return and_(fair_queue.c.club_id >= prefix, fair_queue.c.club_id < f"{prefix[:-1]};")


@cache
def _anyone_waiting(prefixes: Sequence[str]) -> Executable:
    return (
        select(literal(1))
        .where(fair_queue.c.ready_at <= param("now"), _within(prefixes))
        .limit(1)
        .execution_options(**ACROSS_CLUBS)
    )


@cache
def _first_waiting(prefixes: Sequence[str]) -> Executable:
    return (
        select(deliveries.c.ready_at)
        .join_from(fair_queue, deliveries, fair_queue.c.club_id == deliveries.c.club_id)
        .where(
            fair_queue.c.ready_at <= param("now"),
            _within(prefixes),
            deliveries.c.ready_at <= param("now"),
        )
        .order_by(fair_queue.c.ready_at, deliveries.c.ready_at)
        .limit(1)
        .execution_options(**ACROSS_CLUBS)
    )


@cache
def _pick_clubs(prefixes: Sequence[str]) -> Executable:
    waiting = (
        select(fair_queue.c.club_id, fair_queue.c.served, fair_queue.c.ready_at)
        .where(fair_queue.c.ready_at <= param("now"), _within(prefixes))
        .order_by(fair_queue.c.ready_at)
        .limit(bindparam("weighed", type_=Integer))
        .cte("waiting")
        .prefix_with("MATERIALIZED")
    )
    # Locks those that it returns, and passes over those that another worker has.
    return (
        select(fair_queue.c.club_id)
        .join_from(waiting, fair_queue, fair_queue.c.club_id == waiting.c.club_id)
        .where(fair_queue.c.ready_at <= param("now"))
        .order_by(waiting.c.served, waiting.c.ready_at, waiting.c.club_id)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(of=fair_queue, skip_locked=True)
        .execution_options(**ACROSS_CLUBS)
    )


_first = deliveries.alias("first")
_first_of_club = (
    select(_first.c.delivery_id)
    .where(_first.c.club_id == fair_queue.c.club_id, _first.c.ready_at <= param("now"))
    .order_by(_first.c.ready_at)
    .limit(bindparam("of_each", type_=Integer))
    .with_for_update(skip_locked=True)
    .correlate(fair_queue)
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
    .select_from(fair_queue.join(deliveries, among(deliveries.c.delivery_id, _first_of_club)))
    .where(fair_queue.c.club_id.in_(listed("clubs")))
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
_all_clubs = fair_queue.alias("all_clubs")
_SERVED = (
    update(fair_queue)
    .where(fair_queue.c.club_id.in_(listed("clubs")))
    .values(
        served=select(func.max(_all_clubs.c.served) + 1).scalar_subquery(),
        ready_at=select(func.min(deliveries.c.ready_at))
        .where(deliveries.c.club_id == fair_queue.c.club_id, deliveries.c.ready_at.is_not(None))
        .scalar_subquery(),
    )
    .execution_options(**ACROSS_CLUBS)
)


async def anyone_waiting(connection: AsyncConnection, claimed: Claim) -> bool:
    """Return whether any club within reach may have something due; reads one row.

    First whether any club has at all: that costs nothing with thousands of clubs within reach.
    """
    for prefixes in (EVERYWHERE, claimed.prefixes):
        found = await connection.execute(_anyone_waiting(prefixes), claimed.values)
        if found.first() is None:
            return False
    return True


async def waiting_since(
    connection: AsyncConnection, now: datetime, reach: tuple[str, ...]
) -> datetime | None:
    """Return when the first due delivery of the clubs next in the queue became due; None without one."""
    claimed = Claim("", now, now, 1, reach)
    found = await connection.execute(_first_waiting(claimed.prefixes), claimed.values)
    return found.scalar()


async def claim(connection: AsyncConnection, claimed: Claim) -> Sequence[Delivery]:
    """Claim due rows of the clubs next in the queue; repeat while the queue proves out of date."""
    taken: list[Delivery] = []
    while not taken:
        clubs = await _clubs_next(connection, claimed)
        if not clubs:
            break
        of_each = -(-3 * claimed.most // len(clubs))  # more than the share of each: some have fewer
        values = {"clubs": clubs, "of_each": of_each, "most": claimed.most, "now": claimed.now}
        values |= {"owner": claimed.owner, "until": claimed.until}
        rows = await connection.execute(_CLAIM, values)
        taken = [DELIVERY.of(row) for row in rows]
        await connection.execute(_SERVED, {"clubs": clubs})
    return sorted(taken, key=lambda each: (each.next_at or each.due_at, each.delivery_id))


async def _clubs_next(connection: AsyncConnection, claimed: Claim) -> list[ClubId]:
    most = claimed.most
    values = {**claimed.values, "weighed": _WEIGHED * most, "most": most}
    rows = await connection.execute(_pick_clubs(claimed.prefixes), values)
    return [ClubId(row.club_id) for row in rows]
