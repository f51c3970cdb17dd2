"""Channel fallback: reminders of a refused direct message go to the club's channel, if allowed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.delivery.planning import PlanningContext, plan, read_moved_subject
from bot.domain.deliveries import Delivery, Purpose
from bot.domain.films.reminders import Reminder
from bot.domain.ids import PlaceId, ReminderId
from bot.ports.store import UnitOfWork


@dataclass(slots=True)
class DerivedIds:
    """Ids derived from the refused delivery's: refused again, it plans the same rows."""

    delivery: Delivery
    count: int = 0

    def new(self) -> str:
        self.count += 1
        name = f"{self.delivery.club_id}\n{self.delivery.delivery_id}\n{self.count}".encode()
        return f"f{hashlib.sha256(name).hexdigest()[:11]}"


async def plan_in_channel(delivery: Delivery, now: datetime, work: UnitOfWork) -> bool:
    """Plan the reminders of members who allow it for the channel; return whether all of them do."""
    club = await work.clubs.get()
    refused = [each for each in await reminders_in(delivery, work) if each.direct]
    if club.channel is None or not refused:
        return False
    willing = [each for each in refused if await _allows(each, work)]
    planning = PlanningContext(work, club, DerivedIds(delivery), now)
    for each in willing:
        await _plan_one(club.channel, each, delivery, planning)
    return len(willing) == len(refused)


async def reminders_in(delivery: Delivery, work: UnitOfWork) -> Sequence[Reminder]:
    """Return the reminders in a delivery's message."""
    if delivery.purpose is Purpose.MOVED:
        reminder_id, _ = read_moved_subject(delivery.subject)
        found = [await work.reminders.get(ReminderId(reminder_id))]
    elif delivery.purpose is Purpose.REMINDER:
        sent = (*await work.deliveries.folded_into(delivery.delivery_id), delivery)
        found = [r for each in sent for r in await work.reminders.due(each.place, each.due_at)]
    else:
        return ()
    return [each for each in found if each is not None]


async def _allows(reminder: Reminder, work: UnitOfWork) -> bool:
    member = await work.members.get(reminder.member_id)
    return member is not None and member.fallback


async def _plan_one(
    channel: PlaceId, reminder: Reminder, refused: Delivery, planning: PlanningContext
) -> None:
    if refused.purpose is Purpose.MOVED:
        at = max(
            planning.now, refused.due_at + timedelta(seconds=1)
        )  # a due time of its own, since the key is unique
        news = planning.delivery(refused.purpose, refused.subject, channel, at)
        await planning.work.deliveries.plan(news)
        return
    here = replace(reminder, place=channel, direct=False)
    await plan(here, reminder.due_at or planning.now, planning)
