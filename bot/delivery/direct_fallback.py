"""Direct fallback: what a channel refused, the owners of its reminders are told directly."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.delivery.channel_fallback import DerivedIds, reminders_in
from bot.delivery.planning import PlanningContext
from bot.domain.deliveries import Delivery, Purpose
from bot.domain.ids import MemberId, PlaceId
from bot.ports.store import UnitOfWork

DirectPlace = Callable[[PlaceId, MemberId], PlaceId | None]
"""Finds a member's direct messages on the platform of a place."""


async def plan_directly(
    delivery: Delivery, now: datetime, work: UnitOfWork, direct_place: DirectPlace
) -> bool:
    """Plan a direct message to the owner of each reminder that a channel refused.

    Return whether there is one for every reminder, and any at all.
    """
    refused = [each for each in await reminders_in(delivery, work) if not each.direct]
    planning = PlanningContext(work, await work.clubs.get(), DerivedIds(delivery), now)
    told = 0
    for each in refused:
        place = direct_place(each.place, each.member_id)
        if place is not None:
            is_news = delivery.purpose is Purpose.MOVED
            subject = delivery.subject if is_news else each.reminder_id
            plan = planning.delivery(Purpose.UNDELIVERED, subject, place, delivery.due_at)
            await work.deliveries.plan(replace(plan, next_at=now))
            told += 1
    return 0 < told == len(refused)
