"""The weekly list of what comes out: one on Mondays at the club's hour, for clubs that want it."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.delivery.planning import PlanningContext
from bot.domain.deliveries import Delivery, DeliveryState, Purpose
from bot.domain.reminders import instant_of

WEEK = timedelta(weeks=1)

NOT_TOO_LATE = timedelta(days=1)
"""How long after its hour a week's list is still made up for: nobody was there to plan it."""


async def plan_week(planning: PlanningContext) -> None:
    """Plan the next list, and take back what the club's settings do not want any more.

    Doing it again changes nothing; a week whose list has been said gets no second one.
    """
    wanted = await _next(planning)
    for monday in _mondays(planning):
        for each in await planning.work.deliveries.of(Purpose.WEEKLY, monday.isoformat()):
            if _waits(each, planning) and not _same(each, wanted):
                await planning.work.deliveries.cancel(each.purpose, each.subject, each.due_at)
    if wanted is not None:
        await planning.work.deliveries.plan(wanted)


def _mondays(planning: PlanningContext) -> tuple[date, ...]:
    """Return the Mondays of last week (zones differ), of this one and of the next."""
    today = planning.now.astimezone(ZoneInfo(planning.club.zone)).date()
    this = today - timedelta(days=today.weekday())
    return this - WEEK, this, this + WEEK


async def _said(monday: date, planning: PlanningContext) -> bool:
    """Tell whether the week had its list, or is about to have it."""
    of_week = await planning.work.deliveries.of(Purpose.WEEKLY, monday.isoformat())
    return any(
        each.tried_at is not None
        or (each.state is not DeliveryState.CANCELLED and not _waits(each, planning))
        for each in of_week
    )


async def _next(planning: PlanningContext) -> Delivery | None:
    club = planning.club
    if not club.weekly or club.channel is None:
        return None
    for monday in _mondays(planning):
        due_at = instant_of(monday, club.hour, club.zone)
        if due_at > planning.now - NOT_TOO_LATE and not await _said(monday, planning):
            return planning.delivery(Purpose.WEEKLY, monday.isoformat(), club.channel, due_at)
    return None


def _waits(delivery: Delivery, planning: PlanningContext) -> bool:
    return delivery.state is DeliveryState.PLANNED and delivery.due_at > planning.now


def _same(delivery: Delivery, wanted: Delivery | None) -> bool:
    return wanted is not None and (delivery.due_at, delivery.place, delivery.subject) == (
        wanted.due_at,
        wanted.place,
        wanted.subject,
    )
