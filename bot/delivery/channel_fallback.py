"""A direct message was refused: what it was to say goes to the club's channel, if that is wanted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.delivery.planning import PlanningContext, plan, read_moved_subject
from bot.domain.deliveries import Delivery, Purpose
from bot.domain.ids import PlaceId, ReminderId
from bot.domain.reminders import Reminder
from bot.ports.store import UnitOfWork


@dataclass(slots=True)
class _Names:
    """Names that come from the refused delivery's own: refused again, it plans nothing else."""

    delivery: Delivery
    count: int = 0

    def new(self) -> str:
        self.count += 1
        name = f"{self.delivery.club_id}\n{self.delivery.delivery_id}\n{self.count}".encode()
        return f"f{hashlib.sha256(name).hexdigest()[:11]}"


async def fall_back_to_channel(delivery: Delivery, now: datetime, work: UnitOfWork) -> bool:
    """Plan for the channel what members who allow it were to hear in private; tell if all did."""
    club = await work.clubs.get()
    refused = await _private(delivery, work)
    if club.channel is None or not refused:
        return False
    willing = [each for each in refused if await _allows(each, work)]
    planning = PlanningContext(work, club, _Names(delivery), now)
    for each in willing:
        await _say_in(club.channel, each, delivery, planning)
    return len(willing) == len(refused)


async def _private(delivery: Delivery, work: UnitOfWork) -> Sequence[Reminder]:
    """Return the reminders in private that a delivery speaks of."""
    if delivery.purpose is Purpose.MOVED:
        reminder_id, _ = read_moved_subject(delivery.subject)
        found = [await work.reminders.get(ReminderId(reminder_id))]
    elif delivery.purpose is Purpose.REMINDER:
        said = (*await work.deliveries.folded_into(delivery.delivery_id), delivery)
        found = [r for each in said for r in await work.reminders.due(each.place, each.due_at)]
    else:
        return ()
    return [each for each in found if each is not None and each.direct]


async def _allows(reminder: Reminder, work: UnitOfWork) -> bool:
    member = await work.members.get(reminder.member_id)
    return member is not None and member.fallback


async def _say_in(
    channel: PlaceId, reminder: Reminder, refused: Delivery, planning: PlanningContext
) -> None:
    if refused.purpose is Purpose.MOVED:
        at = max(planning.now, refused.due_at + timedelta(seconds=1))  # its own name as a plan
        news = planning.delivery(refused.purpose, refused.subject, channel, at)
        await planning.work.deliveries.plan(news)
        return
    here = replace(reminder, place=channel, direct=False)
    await plan(here, reminder.due_at or planning.now, planning)
