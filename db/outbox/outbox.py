"""Outbox: deliveries of all clubs as workers see them: claim, renew, settle, fold, release."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, func, literal, or_, select, update

from bot.domain.deliveries import Delivery, DeliveryState, Outcome
from bot.domain.ids import ClubId, DeliveryId, PlaceId
from bot.ports.store import EVERYWHERE
from db.column_types import INSTANT
from db.outbox import claims as claiming
from db.outbox.outcomes import HELD, UNTRIED, Settling, requeue_clubs, settle
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
_digest = deliveries.alias("digest")
_DIGEST_IS_HELD = (
    select(literal(1))
    .where(
        _digest.c.delivery_id == param("this"),
        _digest.c.lease_owner == param("owner"),
        _digest.c.state == DeliveryState.CLAIMED,
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
        _DIGEST_IS_HELD,
    )
    .values(
        state=DeliveryState.SENT,
        digest_id=param("this"),
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
        """Use short transactions of its own."""
        self._transactions = transactions
        self._settling: list[Settling] = []
        self._lock = asyncio.Lock()

    async def claim(
        self,
        owner: str,
        now: datetime,
        lease: timedelta,
        most: int,
        reach: Collection[str] = EVERYWHERE,
    ) -> Sequence[Delivery]:
        """Lease due deliveries of clubs within reach to `owner`, fairly by club; return them by due time.

        A delivery whose lease ran out is due again, with attempts > 1.
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
        """Extend leases until this instant (UTC); return the ids still leased."""
        values = {"owner": owner, "delivery_ids": sorted(delivery_ids), "until": until}
        async with self._transactions.write() as connection:
            rows = (await connection.execute(_RENEW, values)).all()
        return frozenset(DeliveryId(row.delivery_id) for row in rows)

    async def settle(
        self, owner: str, delivery_id: DeliveryId, outcome: Outcome, now: datetime
    ) -> bool:
        """Store the outcome; False if the lease was lost, and then nothing is stored.

        Concurrent calls share one transaction: a commit costs far more than its statements.
        """
        mine = Settling(
            owner, delivery_id, outcome, now, asyncio.get_running_loop().create_future()
        )
        self._settling.append(mine)
        async with self._lock:
            if not mine.held.done():
                await self._settle_all()
        return await mine.held

    async def _settle_all(self) -> None:
        """Settle all queued outcomes; if cancelled, leave them to the next caller."""
        waiting, self._settling = self._settling, []
        try:
            async with self._transactions.write() as connection:
                held = [await settle(connection, each) for each in waiting]
        except Exception as error:  # noqa: BLE001 - handed to every waiting caller
            for each in waiting:
                each.held.set_exception(error)
        except BaseException:
            self._settling += waiting
            raise
        else:
            for each, was_held in zip(waiting, held, strict=True):
                each.held.set_result(was_held)

    async def postpone(self, club_id: ClubId, place: PlaceId, until: datetime) -> int:
        """Postpone what is planned for this place until then (UTC); return the number."""
        values = {"of_club": club_id, "of_place": place, "until": until}
        async with self._transactions.write() as connection:
            return (await connection.execute(_POSTPONE, values)).rowcount

    async def fold(
        self, owner: str, delivery: Delivery, before: datetime, now: datetime
    ) -> Collection[DeliveryId]:
        """Fold into a delivery leased to `owner`, as a digest, others of its club, place and purpose.

        Only those due `before`, never tried and leased to nobody else. Return their ids; none if the
        lease was lost.
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
        """Release every lease of this owner, without counting the attempt; return the number."""
        async with self._transactions.write() as connection:
            released = await connection.execute(_RELEASE, {"owner": owner})
            return await requeue_clubs(connection, released.all())
