"""The worker's side of the deliveries, over all clubs: claim with a lease, renew, settle, release.

A claim first picks clubs, those served longest ago first, then a few rows of each: so it reads
a small multiple of its batch however many deliveries there are, and no club keeps others waiting.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Update, and_, bindparam, case, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.deliveries import (
    Again,
    Dead,
    Delivery,
    DeliveryState,
    Doubtful,
    Dropped,
    Outcome,
    Sent,
)
from bot.domain.ids import ClubId, DeliveryId, PlaceId
from db.deliveries import DELIVERY, LOWER_TURN
from db.records import ACROSS_CLUBS, listed, param
from db.schema import deliveries, turns
from db.transactions import Transactions
from db.types import INSTANT

_LOOKED_AT = 100
"""Waiting clubs whose turn is weighed for each one taken: bounds a claim among very many."""

POSSIBLE_DUPLICATE = "possible_duplicate"
"""The remark on a delivery that was said again because nobody could tell whether it had been."""

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

_HELD = (
    update(deliveries)
    .where(deliveries.c.lease_owner == param("owner"), deliveries.c.state == DeliveryState.CLAIMED)
    .execution_options(**ACROSS_CLUBS)
)
_RENEW = (
    _HELD.where(deliveries.c.delivery_id.in_(listed("delivery_ids")))
    .values(
        lease_until=bindparam("until", type_=INSTANT), ready_at=bindparam("until", type_=INSTANT)
    )
    .returning(deliveries.c.delivery_id)
)
# A first try that surely did not arrive was none.
_UNTRIED = case((deliveries.c.attempts > 1, deliveries.c.tried_at), else_=None)
_RELEASE = _HELD.values(
    state=DeliveryState.PLANNED,
    attempts=deliveries.c.attempts - 1,
    tried_at=_UNTRIED,
    lease_owner=None,
    lease_until=None,
    ready_at=func.coalesce(deliveries.c.next_at, deliveries.c.due_at),
).returning(deliveries.c.club_id, deliveries.c.ready_at)
_THIS = _HELD.where(deliveries.c.delivery_id == param("this"))


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
_NOT_YET = _AGAIN.values(attempts=deliveries.c.attempts - 1, tried_at=_UNTRIED)
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

_AT_PLACE = (
    update(deliveries)
    .where(
        deliveries.c.club_id == param("of_club"),
        deliveries.c.place == param("of_place"),
        deliveries.c.ready_at.is_not(None),
    )
    .execution_options(**ACROSS_CLUBS)
)
_POSTPONE = _AT_PLACE.where(
    deliveries.c.state == DeliveryState.PLANNED,
    deliveries.c.ready_at < bindparam("until", type_=INSTANT),
).values(ready_at=bindparam("until", type_=INSTANT))
_carrier = deliveries.alias("carrier")
_CARRIER_IS_HELD = (
    select(literal(1))
    .where(
        _carrier.c.delivery_id == param("this"),
        _carrier.c.lease_owner == param("owner"),
        _carrier.c.state == DeliveryState.CLAIMED,
    )
    .execution_options(**ACROSS_CLUBS)
    .exists()
)
_UNTOUCHED = or_(
    and_(deliveries.c.state == DeliveryState.PLANNED, deliveries.c.tried_at.is_(None)),
    and_(
        deliveries.c.state == DeliveryState.CLAIMED,
        deliveries.c.lease_owner == param("owner"),
        deliveries.c.attempts == 1,
    ),
)
_FOLD = (
    _AT_PLACE.where(
        deliveries.c.purpose == param("of_purpose"),
        deliveries.c.due_at < bindparam("before", type_=INSTANT),
        deliveries.c.delivery_id != param("this"),
        _UNTOUCHED,
        _CARRIER_IS_HELD,
    )
    .values(
        state=DeliveryState.SENT,
        carrier=param("this"),
        lease_owner=None,
        lease_until=None,
        ready_at=None,
        settled_at=bindparam("now", type_=INSTANT),
    )
    .returning(deliveries.c.delivery_id)
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
class _Settling:
    """An outcome to be written down, and whom to tell whether the lease was held."""

    owner: str
    delivery_id: DeliveryId
    outcome: Outcome
    now: datetime
    held: asyncio.Future[bool]


class SqlOutbox:
    """Implements `bot.ports.Outbox`."""

    def __init__(self, transactions: Transactions) -> None:
        """Work in short transactions of its own."""
        self._transactions = transactions
        self._settling: list[_Settling] = []
        self._turn = asyncio.Lock()

    async def claim(
        self, owner: str, now: datetime, lease: timedelta, most: int
    ) -> Sequence[Delivery]:
        """Take due deliveries, fair by club, those due first before others.

        One that comes back after its lease ran out has attempts > 1.
        """
        async with self._transactions.read() as connection:
            if (await connection.execute(_ANYONE_WAITING, {"now": now})).first() is None:
                return []
        async with self._transactions.write() as connection:
            return await _claim(connection, owner, now, now + lease, most)

    async def renew(
        self, owner: str, delivery_ids: Collection[DeliveryId], until: datetime
    ) -> Collection[DeliveryId]:
        """Prolong leases; return those still held."""
        values = {"owner": owner, "delivery_ids": sorted(delivery_ids), "until": until}
        async with self._transactions.write() as connection:
            rows = (await connection.execute(_RENEW, values)).all()
        return frozenset(DeliveryId(row.delivery_id) for row in rows)

    async def settle(
        self, owner: str, delivery_id: DeliveryId, outcome: Outcome, now: datetime
    ) -> bool:
        """Write down how it went; False when the lease was lost meanwhile.

        Several at once share one transaction: a commit costs far more than what is in it.
        """
        mine = _Settling(
            owner, delivery_id, outcome, now, asyncio.get_running_loop().create_future()
        )
        self._settling.append(mine)
        async with self._turn:
            if not mine.held.done():
                await self._settle_all()
        return await mine.held

    async def _settle_all(self) -> None:
        """Settle what waits for it. Whoever is cut off leaves it to the next one."""
        waiting, self._settling = self._settling, []
        try:
            async with self._transactions.write() as connection:
                held = [await _settle(connection, each) for each in waiting]
        except Exception as error:  # noqa: BLE001 - each of those who wait has to hear of it
            for each in waiting:
                each.held.set_exception(error)
        except BaseException:
            self._settling += waiting
            raise
        else:
            for each, was_held in zip(waiting, held, strict=True):
                each.held.set_result(was_held)

    async def postpone(self, club_id: ClubId, place: PlaceId, until: datetime) -> int:
        """Leave alone what is planned for this place until then; return how many."""
        values = {"of_club": club_id, "of_place": place, "until": until}
        async with self._transactions.write() as connection:
            return (await connection.execute(_POSTPONE, values)).rowcount

    async def fold(
        self, owner: str, delivery: Delivery, before: datetime, now: datetime
    ) -> Collection[DeliveryId]:
        """Let a delivery that `owner` holds carry others of its club, place and purpose.

        Those due `before` that nobody else holds and nobody has tried. None when the lease was lost.
        """
        values = {
            "owner": owner,
            "this": delivery.delivery_id,
            "of_club": delivery.club_id,
            "of_place": delivery.place,
            "of_purpose": delivery.purpose,
            "before": before,
            "now": now,
        }
        async with self._transactions.write() as connection:
            rows = (await connection.execute(_FOLD, values)).all()
        return frozenset(DeliveryId(row.delivery_id) for row in rows)

    async def release(self, owner: str) -> int:
        """Give back everything this owner has claimed, attempts uncounted; return how many."""
        async with self._transactions.write() as connection:
            released = await connection.execute(_RELEASE, {"owner": owner})
            return await _lower_turns(connection, released.all())


async def _settle(connection: AsyncConnection, settling: _Settling) -> bool:
    statement, values = _settlement(settling.outcome, settling.now)
    this = {"owner": settling.owner, "this": settling.delivery_id}
    rows = (await connection.execute(statement, {**values, **this})).all()
    if rows and isinstance(settling.outcome, Dead):
        await connection.execute(_CARRIED_TOO, {**this, "reason": settling.outcome.reason})
    return await _lower_turns(connection, rows) > 0


async def _claim(
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


async def _lower_turns(connection: AsyncConnection, rows: Sequence[Any]) -> int:
    """Let the clubs of these rows have their turn in time; return how many rows there are."""
    ready = [
        {"club_id": row.club_id, "ready_at": row.ready_at, "served": 0}
        for row in rows
        if row.ready_at is not None
    ]
    if ready:
        await connection.execute(LOWER_TURN, ready)
    return len(rows)
