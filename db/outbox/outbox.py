"""The worker's side of the deliveries, over all clubs: claim with a lease, renew, settle, release."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, func, literal, or_, select, update

from bot.domain.deliveries import Delivery, DeliveryState, Outcome
from bot.domain.ids import ClubId, DeliveryId, PlaceId
from bot.ports.store import EVERYWHERE
from db.column_types import INSTANT
from db.outbox import claims as claiming
from db.outbox.outcomes import HELD, UNTRIED, Settling, lower_turns, settle
from db.schema import deliveries
from db.tables.records import ACROSS_CLUBS, listed, param
from db.transactions import Transactions

_RENEW = (
    HELD.where(deliveries.c.delivery_id.in_(listed("delivery_ids")))
    .values(
        lease_until=bindparam("until", type_=INSTANT), ready_at=bindparam("until", type_=INSTANT)
    )
    .returning(deliveries.c.delivery_id)
)
_RELEASE = HELD.values(
    state=DeliveryState.PLANNED,
    attempts=deliveries.c.attempts - 1,
    tried_at=UNTRIED,
    lease_owner=None,
    lease_until=None,
    ready_at=func.coalesce(deliveries.c.next_at, deliveries.c.due_at),
).returning(deliveries.c.club_id, deliveries.c.ready_at)
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


class SqlOutbox:
    """Implements `bot.ports.Outbox`."""

    def __init__(self, transactions: Transactions) -> None:
        """Work in short transactions of its own."""
        self._transactions = transactions
        self._settling: list[Settling] = []
        self._turn = asyncio.Lock()

    async def claim(
        self,
        owner: str,
        now: datetime,
        lease: timedelta,
        most: int,
        reach: Collection[str] = EVERYWHERE,
    ) -> Sequence[Delivery]:
        """Take due deliveries of clubs within reach, fair by club, those due first before others.

        One that comes back after its lease ran out has attempts > 1.
        """
        wanted = claiming.Claim(owner, now, now + lease, most, tuple(reach))
        async with self._transactions.read() as connection:
            if not await claiming.anyone_waiting(connection, now, wanted.reach):
                return []
        async with self._transactions.write() as connection:
            return await claiming.claim(connection, wanted)

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
        mine = Settling(
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
                held = [await settle(connection, each) for each in waiting]
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
            return await lower_turns(connection, released.all())
