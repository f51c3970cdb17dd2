"""Notice to a club that Matinee cannot post in a place: once a month for each, in its channel."""

import hashlib
from datetime import UTC, datetime

from bot.domain.deliveries import Delivery, Purpose
from bot.domain.ids import DeliveryId
from bot.domain.visibility import Visibility
from bot.features.club.commands import SettingsCommand, SetupCommand
from bot.messages.plain_text import plain
from bot.messages.replies import Paragraph, Plain, Reply, Span, Usage
from bot.ports.store import UnitOfWork

_WORDS = (
    "Something I had to say could not be delivered: the place is gone, or closed to me. "
    "Those who run this club: let me post in your channels, or choose another with "
)
_AND = ". Whoever waits for a reminder: allow me direct messages, or use "


async def plan_notice(delivery: Delivery, now: datetime, work: UnitOfWork) -> bool:
    """Plan the notice that the delivery's place is closed; False if it exists or cannot be sent.

    The notice does not name the place: it may be a direct conversation.
    """
    club = await work.clubs.get()
    if club.channel in {None, delivery.place} or delivery.purpose is Purpose.NOTICE:
        return False
    month = datetime(now.year, now.month, 1, tzinfo=UTC)
    name = f"{delivery.club_id}\n{delivery.place}\n{month.isoformat()}".encode()
    return await work.deliveries.plan(
        Delivery(
            delivery_id=DeliveryId(f"n{hashlib.sha256(name).hexdigest()[:16]}"),
            club_id=delivery.club_id,
            purpose=Purpose.NOTICE,
            subject=delivery.place,
            place=club.channel or delivery.place,
            due_at=month,
            next_at=now,
        )
    )


async def closed_place_notice(_: Delivery, __: datetime, ___: UnitOfWork) -> Reply:
    """Compose the notice."""
    spans: tuple[Span, ...] = (
        Plain(_WORDS),
        Usage(SetupCommand(here=True)),
        Plain(_AND),
        Usage(SettingsCommand(direct=False)),
        Plain("."),
    )
    return Reply((Paragraph(spans),), plain(spans), Visibility.CLUB)
