"""The club's part of the outbox: planning joins the transaction that causes it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, or_, update
from sqlalchemy.dialects import postgresql

from bot.domain.deliveries import Delivery, DeliveryState
from bot.domain.ids import DeliveryId
from db.column_types import INSTANT
from db.records import CLUB, Record, Scope, listed, param
from db.schema.deliveries import deliveries, fair_queue

DELIVERY = Record(deliveries, Delivery)

_INSERT = postgresql.insert(deliveries)
# Planning again what was cancelled replaces the cancelled row, under a new id.
_PLAN = _INSERT.on_conflict_do_update(
    index_elements=["club_id", "purpose", "subject", "due_at"],
    set_={name: _INSERT.excluded[name] for name in [*DELIVERY.names, "ready_at"]},
    where=deliveries.c.state == DeliveryState.CANCELLED,
).returning(deliveries.c.delivery_id)
_CANCEL = (
    update(deliveries)
    .where(
        deliveries.c.club_id == CLUB,
        deliveries.c.purpose == param("of_purpose"),
        deliveries.c.subject == param("of_subject"),
        deliveries.c.state == DeliveryState.PLANNED,
    )
    .values(state=DeliveryState.CANCELLED, ready_at=None)
)
_CANCEL_AT = _CANCEL.where(deliveries.c.due_at == param("at"))
_OF_CLUB = DELIVERY.select().where(
    deliveries.c.club_id == CLUB, deliveries.c.purpose == param("of_purpose")
)
_OF_SUBJECT = _OF_CLUB.where(deliveries.c.subject == param("of_subject")).order_by(
    deliveries.c.due_at
)
_AT_ONCE = 200
"""Subjects named in one statement: engines limit how many values it may have."""

_OF_SUBJECTS = (
    DELIVERY.select()
    .where(
        deliveries.c.club_id == CLUB,
        deliveries.c.purpose.in_(listed("purposes")),
        deliveries.c.subject.in_(listed("subjects")),
    )
    .order_by(deliveries.c.due_at)
)
_GET = _OF_CLUB.where(
    deliveries.c.subject == param("of_subject"), deliveries.c.due_at == param("at")
)
_BY_ID = DELIVERY.select().where(
    deliveries.c.club_id == CLUB, deliveries.c.delivery_id == param("this")
)
_WITHDRAW = (
    update(deliveries)
    .where(
        deliveries.c.club_id == CLUB,
        deliveries.c.delivery_id == param("this"),
        deliveries.c.state == DeliveryState.SENT,
    )
    .values(state=DeliveryState.CANCELLED, settled_at=bindparam("now", type_=INSTANT))
)
_FOLDED_INTO = (
    DELIVERY.select()
    .where(deliveries.c.club_id == CLUB, deliveries.c.digest_id == param("by"))
    .order_by(deliveries.c.due_at, deliveries.c.delivery_id)
)
_QUEUE = postgresql.insert(fair_queue)
REQUEUE_CLUB = _QUEUE.on_conflict_do_update(
    index_elements=["club_id"],
    set_={"ready_at": _QUEUE.excluded.ready_at},
    where=or_(fair_queue.c.ready_at.is_(None), fair_queue.c.ready_at > _QUEUE.excluded.ready_at),
)
"""Moves the club's `ready_at` in the fair queue earlier if need be; a new club has served = 0."""


class SqlDeliveries:
    """Implements `bot.ports.Deliveries`."""

    def __init__(self, scope: Scope) -> None:
        """Work in one transaction of one club. `planned`: whether anything was."""
        self._scope = scope
        self.planned = False

    async def plan(self, delivery: Delivery) -> bool:
        """Insert it; False if one of the same purpose, subject and due time exists, not cancelled."""
        self._scope.check(delivery.club_id)
        ready_at = delivery.next_at or delivery.due_at
        values = {**DELIVERY.values(delivery), "ready_at": ready_at}
        planned = (await self._scope.put(_PLAN, **values)).first() is not None
        if planned:
            self.planned = True
            await self._scope.put(REQUEUE_CLUB, ready_at=ready_at, served=0)
        return planned

    async def cancel(self, purpose: str, subject: str, due_at: datetime | None = None) -> int:
        """Cancel what is planned (for this instant, UTC) and not claimed; return the number."""
        of = {"of_purpose": purpose, "of_subject": subject}
        if due_at is None:
            return (await self._scope.run(_CANCEL, **of)).rowcount
        return (await self._scope.run(_CANCEL_AT, **of, at=due_at)).rowcount

    async def of(self, purpose: str, subject: str) -> Sequence[Delivery]:
        """Return all about this subject, in any state, by due time."""
        return await self._scope.all(DELIVERY, _OF_SUBJECT, of_purpose=purpose, of_subject=subject)

    async def of_subjects(
        self, purposes: Collection[str], subjects: Collection[str]
    ) -> Sequence[Delivery]:
        """Return all of these purposes about some subjects, in any state, by due time."""
        named, found = sorted(subjects), list[Delivery]()
        for start in range(0, len(named), _AT_ONCE):
            part = named[start : start + _AT_ONCE]
            found += await self._scope.all(
                DELIVERY, _OF_SUBJECTS, purposes=sorted(purposes), subjects=part
            )
        return sorted(found, key=lambda each: each.due_at)

    async def get(self, purpose: str, subject: str, due_at: datetime) -> Delivery | None:
        """Find by its key; `due_at` in UTC."""
        return await self._scope.one(
            DELIVERY, _GET, of_purpose=purpose, of_subject=subject, at=due_at
        )

    async def by_id(self, delivery_id: DeliveryId) -> Delivery | None:
        """Find by id."""
        return await self._scope.one(DELIVERY, _BY_ID, this=delivery_id)

    async def withdraw(self, delivery_id: DeliveryId, now: datetime) -> None:
        """Cancel a delivery whose message has been deleted, at this instant (UTC)."""
        await self._scope.run(_WITHDRAW, this=delivery_id, now=now)

    async def folded_into(self, delivery_id: DeliveryId) -> Sequence[Delivery]:
        """Return the deliveries that this one was sent for as a digest, by due time."""
        return await self._scope.all(DELIVERY, _FOLDED_INTO, by=delivery_id)
