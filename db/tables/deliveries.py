"""The club's part of the outbox: planning joins the transaction that causes it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, update
from sqlalchemy.dialects import postgresql

from bot.domain.deliveries import Delivery, DeliveryState
from bot.domain.ids import DeliveryId
from db.schema import deliveries, turns
from db.tables.records import CLUB, Record, Scope, param

DELIVERY = Record(deliveries, Delivery)

_INSERT = postgresql.insert(deliveries)
# A cancelled plan does not stand: planning the same again takes its place, under its own new id.
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
_GET = _OF_CLUB.where(
    deliveries.c.subject == param("of_subject"), deliveries.c.due_at == param("at")
)
_CARRIED = (
    DELIVERY.select()
    .where(deliveries.c.club_id == CLUB, deliveries.c.carrier == param("by"))
    .order_by(deliveries.c.due_at, deliveries.c.delivery_id)
)
_TURN = postgresql.insert(turns)
LOWER_TURN = _TURN.on_conflict_do_update(
    index_elements=["club_id"],
    set_={"ready_at": _TURN.excluded.ready_at},
    where=or_(turns.c.ready_at.is_(None), turns.c.ready_at > _TURN.excluded.ready_at),
)
"""Let the club's turn come no later than this `ready_at`; a new club was never served (0)."""


class SqlDeliveries:
    """Implements `bot.ports.Deliveries`."""

    def __init__(self, scope: Scope) -> None:
        """Work in one transaction of one club."""
        self._scope = scope

    async def plan(self, delivery: Delivery) -> bool:
        """Plan it, unless one of the same club, purpose, subject and due time stands already."""
        self._scope.check(delivery.club_id)
        ready_at = delivery.next_at or delivery.due_at
        values = {**DELIVERY.values(delivery), "ready_at": ready_at}
        planned = (await self._scope.put(_PLAN, **values)).first() is not None
        if planned:
            await self._scope.put(LOWER_TURN, ready_at=ready_at, served=0)
        return planned

    async def cancel(self, purpose: str, subject: str, due_at: datetime | None = None) -> int:
        """Cancel what is planned (for this instant) and not yet claimed; return how many."""
        of = {"of_purpose": purpose, "of_subject": subject}
        if due_at is None:
            return (await self._scope.run(_CANCEL, **of)).rowcount
        return (await self._scope.run(_CANCEL_AT, **of, at=due_at)).rowcount

    async def of(self, purpose: str, subject: str) -> Sequence[Delivery]:
        """Return every one about this subject, whatever became of it, soonest first."""
        return await self._scope.all(DELIVERY, _OF_SUBJECT, of_purpose=purpose, of_subject=subject)

    async def get(self, purpose: str, subject: str, due_at: datetime) -> Delivery | None:
        """Find the one of this instant (UTC)."""
        return await self._scope.one(
            DELIVERY, _GET, of_purpose=purpose, of_subject=subject, at=due_at
        )

    async def carried(self, delivery_id: DeliveryId) -> Sequence[Delivery]:
        """Return what this delivery says besides its own, oldest first."""
        return await self._scope.all(DELIVERY, _CARRIED, by=delivery_id)
