"""Outbox: deliveries of all clubs as workers see them: claim, renew, settle, fold, release."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Integer, and_, bindparam, case, func, literal, or_, select, update

from bot.domain.deliveries import Delivery, DeliveryState, Outcome
from bot.domain.films.reminders import ReminderState
from bot.domain.ids import ClubId, DeliveryId, PlaceId
from bot.ports.store import EVERYWHERE
from db.column_types import INSTANT
from db.outbox import claims as claiming
from db.outbox.outcomes import HELD, UNTRIED, Settling, requeue_clubs, settle
from db.records import ACROSS_CLUBS, listed, param
from db.schema.deliveries import deliveries, reminders
from db.transactions import Across, Transactions

_RENEW = (
    HELD.where(deliveries.c.delivery_id.in_(listed("delivery_ids")))
    .values(
        lease_until=bindparam("until", type_=INSTANT), ready_at=bindparam("until", type_=INSTANT)
    )
    .returning(deliveries.c.delivery_id)
)
_BOUND = (
    update(deliveries)
    .where(
        # Also what is in doubt: nobody has it, but it waits for the end of the lease it was tried under.
        deliveries.c.ready_at.is_not(None),
        deliveries.c.lease_until > bindparam("latest", type_=INSTANT),
    )
    .values(
        lease_until=bindparam("latest", type_=INSTANT), ready_at=bindparam("latest", type_=INSTANT)
    )
    .returning(deliveries.c.club_id, deliveries.c.ready_at)
    .execution_options(**ACROSS_CLUBS)
)
_RELEASE = (
    HELD.where(deliveries.c.delivery_id.not_in(listed("begun")))
    .values(
        state=DeliveryState.PLANNED,
        attempts=deliveries.c.attempts - 1,
        tried_at=UNTRIED,
        lease_owner=None,
        lease_until=None,
        ready_at=func.coalesce(deliveries.c.next_at, deliveries.c.due_at),
    )
    .returning(deliveries.c.club_id, deliveries.c.ready_at)
)
# What was begun may have arrived, whatever became of its outcome: it comes back when its lease ends.
_DOUBT = HELD.values(
    state=DeliveryState.UNCERTAIN, lease_owner=None, error="its outcome was not stored"
)
_POSTPONE = (
    update(deliveries)
    .where(
        deliveries.c.club_id == param("of_club"),
        deliveries.c.place == param("of_place"),
        deliveries.c.ready_at.is_not(None),
        deliveries.c.state == DeliveryState.PLANNED,
        deliveries.c.ready_at < bindparam("until", type_=INSTANT),
    )
    .values(ready_at=bindparam("until", type_=INSTANT))
    .execution_options(**ACROSS_CLUBS)
)
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
_old = deliveries.alias("old")
_UNTOUCHED = or_(
    and_(_old.c.state == DeliveryState.PLANNED, _old.c.tried_at.is_(None)),
    and_(
        _old.c.state == DeliveryState.CLAIMED,
        _old.c.lease_owner == param("owner"),
        _old.c.attempts == 1,
    ),
)
_reminders_of_old = (
    select(func.count())
    .select_from(reminders)
    .where(
        reminders.c.club_id == _old.c.club_id,
        reminders.c.place == _old.c.place,
        reminders.c.due_at == _old.c.due_at,
        reminders.c.state == ReminderState.PLANNED,
    )
    .correlate(_old)
    .scalar_subquery()
)
_sized = (
    select(_old.c.delivery_id, _old.c.due_at, _reminders_of_old.label("size"))
    .where(
        _old.c.club_id == param("of_club"),
        _old.c.place == param("of_place"),
        _old.c.ready_at.is_not(None),
        _old.c.purpose == param("of_purpose"),
        _old.c.due_at < bindparam("before", type_=INSTANT),
        _old.c.delivery_id != param("this"),
        _UNTOUCHED,
        _DIGEST_IS_HELD,
    )
    .subquery("sized")
)
_summed = select(
    _sized.c.delivery_id,
    func.sum(case((_sized.c.size > 1, _sized.c.size), else_=1))
    .over(order_by=(_sized.c.due_at, _sized.c.delivery_id))
    .label("together"),
).subquery("summed")
_FOLD = (
    update(deliveries)
    .where(
        deliveries.c.delivery_id.in_(
            select(_summed.c.delivery_id).where(
                _summed.c.together <= bindparam("most", type_=Integer)
            )
        )
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
    .execution_options(**ACROSS_CLUBS)
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
        async with self._transactions.read(Across.OUTBOX) as connection:
            if not await claiming.anyone_waiting(connection, wanted):
                return []
        async with self._transactions.write(Across.OUTBOX) as connection:
            return await claiming.claim(connection, wanted)

    async def waiting_since(self, now: datetime, reach: Collection[str]) -> datetime | None:
        """Return since when a due delivery within reach has waited unclaimed; None if none does."""
        async with self._transactions.read(Across.OUTBOX) as connection:
            return await claiming.waiting_since(connection, now, tuple(reach))

    async def renew(
        self, owner: str, delivery_ids: Collection[DeliveryId], until: datetime
    ) -> Collection[DeliveryId]:
        """Extend leases until this instant (UTC); return the ids still leased."""
        values = {"owner": owner, "delivery_ids": sorted(delivery_ids), "until": until}
        async with self._transactions.write(Across.OUTBOX) as connection:
            rows = (await connection.execute(_RENEW, values)).all()
        return frozenset(DeliveryId(row.delivery_id) for row in rows)

    async def bound_leases(self, until: datetime) -> int:
        """End at `until` the leases that end later, whoever has or had them; return their number."""
        async with self._transactions.write(Across.OUTBOX) as connection:
            bounded = (await connection.execute(_BOUND, {"latest": until})).all()
            return await requeue_clubs(connection, bounded)

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
            async with self._transactions.write(Across.OUTBOX) as connection:
                held = await settle(connection, waiting)
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
        async with self._transactions.write(Across.OUTBOX) as connection:
            return (await connection.execute(_POSTPONE, values)).rowcount

    async def fold(
        self, owner: str, delivery: Delivery, before: datetime, now: datetime, most: int
    ) -> Collection[DeliveryId]:
        """Fold into a delivery leased to `owner`, as a digest, others of its club, place and purpose.

        Only those due `before`, never tried and leased to nobody else, the earliest first, with at
        most `most` reminders together. Return their ids; none if the lease was lost.
        """
        values = {
            "owner": owner,
            "this": delivery.delivery_id,
            "of_club": delivery.club_id,
            "of_place": delivery.place,
            "of_purpose": delivery.purpose,
            "before": before,
            "now": now,
            "most": most,
        }
        async with self._transactions.write(Across.OUTBOX) as connection:
            rows = (await connection.execute(_FOLD, values)).all()
        return frozenset(DeliveryId(row.delivery_id) for row in rows)

    async def release(self, owner: str, begun: Collection[DeliveryId] = ()) -> int:
        """Release every lease of this owner; return the number.

        An attempt that never began does not count. Those `begun` are left uncertain.
        """
        async with self._transactions.write(Across.OUTBOX) as connection:
            values = {"owner": owner, "begun": sorted(begun)}
            released = (await connection.execute(_RELEASE, values)).all()
            in_doubt = (await connection.execute(_DOUBT, {"owner": owner})).rowcount
            return await requeue_clubs(connection, released) + in_doubt
