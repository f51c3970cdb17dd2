"""Notice to a club that Matinee cannot post in a place: once a month for each, in its channel."""

import hashlib
from datetime import UTC, datetime

from bot.delivery.channel_fallback import reminders_in
from bot.domain.deliveries import Delivery, Purpose
from bot.domain.ids import DeliveryId, PlaceId
from bot.features.club.commands import SettingsCommand, SetupCommand
from bot.messages.plain_text import plain
from bot.messages.replies import Paragraph, Reply
from bot.messages.spans import Channel, Plain, Span, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork

_CHANNEL = "in "
"""What the subject of a notice about a channel begins with."""

_DIRECT = frozenset({Purpose.NIGHT_BALLOT, Purpose.UNDELIVERED})
"""Purposes of messages to one member alone."""


async def plan_notice(delivery: Delivery, now: datetime, work: UnitOfWork) -> bool:
    """Plan the notice that the delivery's place is closed; False if it exists or cannot be sent.

    It names a channel, but nobody who takes no direct messages.
    """
    if delivery.purpose is Purpose.NIGHT_EVENT:
        return await _plan_news_of_event(delivery, now, work)
    club = await work.clubs.get()
    if club.channel in {None, delivery.place} or delivery.purpose is Purpose.NOTICE:
        return False
    direct = delivery.purpose in _DIRECT or any(
        each.direct for each in await reminders_in(delivery, work)
    )
    month = datetime(now.year, now.month, 1, tzinfo=UTC)
    name = f"{delivery.club_id}\n{delivery.place}\n{month.isoformat()}".encode()
    return await work.deliveries.plan(
        Delivery(
            delivery_id=DeliveryId(f"n{hashlib.sha256(name).hexdigest()[:16]}"),
            club_id=delivery.club_id,
            purpose=Purpose.NOTICE,
            subject=delivery.place if direct else f"{_CHANNEL}{delivery.place}",
            place=club.channel or delivery.place,
            due_at=month,
            next_at=now,
        )
    )


async def _plan_news_of_event(delivery: Delivery, now: datetime, work: UnitOfWork) -> bool:
    """Plan to tell, where a night is announced, that the server did not take its event."""
    digest = hashlib.sha256(delivery.delivery_id.encode()).hexdigest()
    news = Delivery(
        delivery_id=DeliveryId(f"n{digest[:16]}"),
        club_id=delivery.club_id,
        purpose=Purpose.NIGHT_NEWS,
        subject=f"{delivery.subject}/no event",
        place=delivery.place,
        due_at=delivery.due_at,
        next_at=now,
    )
    return await work.deliveries.plan(news)


async def closed_place_notice(delivery: Delivery, _: datetime, __: UnitOfWork) -> Reply:
    """Compose the notice."""
    spans: tuple[Span, ...] = (
        Plain(
            "I couldn't remind somebody directly: they take no direct messages from me. Whoever "
        ),
        Plain("waits for a reminder: allow me direct messages, or use "),
        Usage(SettingsCommand(direct=False)),
        Plain("."),
    )
    if delivery.subject.startswith(_CHANNEL):
        spans = (
            Plain("I couldn't say something in "),
            Channel(PlaceId(delivery.subject.removeprefix(_CHANNEL))),
            Plain(": I may not write there. Those who run this club: let me, or choose another "),
            Plain("channel with "),
            Usage(SetupCommand(here=True)),
            Plain("."),
        )
    return Reply((Paragraph(spans),), plain(spans), Visibility.CLUB)
