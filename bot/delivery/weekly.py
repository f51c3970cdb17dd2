"""Weekly list of releases: on Mondays at the club's hour, in clubs that switched it on."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.delivery.planning import PlanningContext
from bot.domain.deliveries import Delivery, DeliveryState, Purpose
from bot.domain.films.reminders import instant_of

WEEK = timedelta(weeks=1)

CATCH_UP = timedelta(days=1)
"""How late a list is still planned, for times when no process was running."""


async def plan_week(planning: PlanningContext) -> None:
    """Plan the next list, and cancel lists that the club's settings no longer ask for.

    Idempotent; a week whose list was sent gets no second one.
    """
    wanted = await _next(planning)
    for monday in _mondays(planning):
        for each in await planning.work.deliveries.of(Purpose.WEEKLY, monday.isoformat()):
            if _waits(each, planning) and not _same(each, wanted):
                await planning.work.deliveries.cancel(each.purpose, each.subject, each.due_at)
    if wanted is not None:
        await planning.work.deliveries.plan(wanted)


def _mondays(planning: PlanningContext) -> tuple[date, ...]:
    """Return the Mondays of last week (its list may be due still), of this one and of the next."""
    today = planning.now.astimezone(ZoneInfo(planning.club.zone)).date()
    this = today - timedelta(days=today.weekday())
    return this - WEEK, this, this + WEEK


async def _is_sent(monday: date, planning: PlanningContext) -> bool:
    """Return whether a week's list was sent, or is about to be."""
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
        if due_at > planning.now - CATCH_UP and not await _is_sent(monday, planning):
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
