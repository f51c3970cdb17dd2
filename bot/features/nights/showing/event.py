"""Entry of a night among the events of a server."""

from datetime import datetime

from bot.domain.deliveries import Delivery, DeliveryState
from bot.domain.ids import NightId
from bot.domain.nights import UNDECIDED, Stage
from bot.features.nights.schedule.stages import AFTERWARDS, length_of
from bot.messages.replies import Reply, ScheduledEvent
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork

_INTERESTED = "Who is interested here is in."


async def night_event(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply | None:
    """Compose the entry of a night; None for one that is off, or that began before it was entered."""
    night = await work.nights.get(NightId(delivery.subject))
    if night is None or night.stage in {Stage.CANCELLED, Stage.DATING}:
        return None
    if night.starts_at <= now and delivery.state is not DeliveryState.SENT:
        return None
    film = await work.films.get(night.film_id) if night.film_id else None
    ends_at = night.starts_at + length_of(film) + AFTERWARDS
    name = f"Film night: {film.label}" if film else "Film night"
    told = f"{_INTERESTED} "
    if film and film.minutes:
        told += f"The film takes {film.minutes} minutes."
    elif night.stage in UNDECIDED:
        told += "Nominate films, and vote on them, in the channel."
    return Reply(
        (), told.strip(), Visibility.CLUB, event=ScheduledEvent(name, night.starts_at, ends_at)
    )
