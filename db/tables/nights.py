"""Film nights, each member's part in them, and nominations."""

from collections.abc import Sequence

from sqlalchemy import and_, delete, or_, select

from bot.domain.deliveries import DeliveryState, Purpose
from bot.domain.ids import FilmId, MemberId, NightId
from bot.domain.nights import OVER, Night, NightGuest, Nomination, Stage
from db.records import ACROSS_CLUBS, CLUB, ClubTable, Record, listed, param, upsert
from db.schema.deliveries import deliveries
from db.schema.nights import night_guests, nights, nominations

NIGHT = Record(nights, Night)
_GUEST = Record(night_guests, NightGuest)
_NOMINATION = Record(nominations, Nomination)

_GET = NIGHT.select().where(nights.c.club_id == CLUB, nights.c.night_id == param("night_id"))
_IN_STAGES = NIGHT.select().where(nights.c.club_id == CLUB, nights.c.stage.in_(listed("stages")))
_OPEN = _IN_STAGES.order_by(nights.c.starts_at, nights.c.night_id)
_PAST = _IN_STAGES.order_by(nights.c.starts_at.desc(), nights.c.night_id).limit(param("most"))
_ALL = (
    NIGHT.select().where(nights.c.club_id == CLUB).order_by(nights.c.starts_at, nights.c.night_id)
)
_OF_MEMBER = (
    NIGHT.select()
    .where(
        nights.c.club_id == CLUB,
        or_(
            nights.c.member_id == param("of_member"),
            nights.c.night_id.in_(
                select(night_guests.c.night_id).where(
                    night_guests.c.club_id == CLUB, night_guests.c.member_id == param("of_member")
                )
            ),
        ),
    )
    .order_by(nights.c.starts_at, nights.c.night_id)
)
_SAVE = upsert(nights)
_GUESTS = (
    _GUEST.select()
    .where(night_guests.c.club_id == CLUB, night_guests.c.night_id.in_(listed("night_ids")))
    .order_by(night_guests.c.at, night_guests.c.member_id)
)
_SAVE_GUEST = upsert(night_guests)
_NOMINATIONS = (
    _NOMINATION.select()
    .where(nominations.c.club_id == CLUB)
    .order_by(nominations.c.at, nominations.c.member_id, nominations.c.film_id)
)
_NOMINATE = upsert(nominations)
_FILM_DONE = delete(nominations).where(
    nominations.c.club_id == CLUB, nominations.c.film_id == param("film_id")
)
_WITHDRAW = _FILM_DONE.where(nominations.c.member_id == param("member_id"))

DUE = (
    select(nights.c.club_id, *NIGHT.columns)
    .where(nights.c.until <= param("now"))
    .order_by(nights.c.until)
    .limit(param("most"))
    .execution_options(**ACROSS_CLUBS)
)
"""Nights of all clubs whose stage has ended, the first to end first."""

ENTERED = (
    select(nights.c.club_id, deliveries.c.message, *NIGHT.columns)
    .join(
        deliveries,
        and_(
            deliveries.c.club_id == nights.c.club_id,
            deliveries.c.purpose == Purpose.NIGHT_EVENT,
            deliveries.c.subject == nights.c.night_id,
            deliveries.c.state == DeliveryState.SENT,
        ),
    )
    .where(
        nights.c.event.is_(True),
        nights.c.starts_at > param("now"),
        nights.c.stage.in_([Stage.NOMINATING, Stage.VOTING, Stage.DECIDED]),
    )
    .order_by(nights.c.starts_at)
    .limit(param("most"))
    .execution_options(**ACROSS_CLUBS)
)
"""Nights of all clubs, not begun yet, that stand among the events of a server, with the events' ids."""


class SqlNights(ClubTable):
    """Implements `bot.ports.Nights`."""

    async def get(self, night_id: NightId) -> Night | None:
        """Find by id."""
        return await self._scope.one(NIGHT, _GET, night_id=night_id)

    async def open(self) -> Sequence[Night]:
        """Return those that are not over, the soonest first."""
        stages = [each for each in Stage if each not in OVER]
        return await self._scope.all(NIGHT, _OPEN, stages=stages)

    async def past(self, most: int) -> Sequence[Night]:
        """Return the last ones that were held to their end, the latest first."""
        return await self._scope.all(NIGHT, _PAST, stages=[Stage.TOLD], most=most)

    async def all(self) -> Sequence[Night]:
        """Return every night, the earliest first."""
        return await self._scope.all(NIGHT, _ALL)

    async def of_member(self, member_id: MemberId) -> Sequence[Night]:
        """Return those that a member hosts or has a part in, the earliest first."""
        return await self._scope.all(NIGHT, _OF_MEMBER, of_member=member_id)

    async def save(self, night: Night) -> None:
        """Insert or replace."""
        await self._scope.put(_SAVE, **NIGHT.values(night))

    async def guests(self, night_ids: Sequence[NightId]) -> Sequence[NightGuest]:
        """Return the members' parts in these nights, in the order in which they answered."""
        return await self._scope.all(_GUEST, _GUESTS, night_ids=list(night_ids))

    async def save_guest(self, guest: NightGuest) -> None:
        """Insert or replace a member's part."""
        await self._scope.put(_SAVE_GUEST, **_GUEST.values(guest))

    async def nominations(self) -> Sequence[Nomination]:
        """Return all that wait for a night, the oldest first."""
        return await self._scope.all(_NOMINATION, _NOMINATIONS)

    async def nominate(self, nomination: Nomination) -> None:
        """Insert or replace."""
        await self._scope.put(_NOMINATE, **_NOMINATION.values(nomination))

    async def withdraw(self, film_id: FilmId, member_id: MemberId | None = None) -> None:
        """Delete a member's nomination of a film, or everyone's."""
        if member_id is None:
            await self._scope.run(_FILM_DONE, film_id=film_id)
        else:
            await self._scope.run(_WITHDRAW, film_id=film_id, member_id=member_id)
