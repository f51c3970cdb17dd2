"""Interest in film nights: who says so at the event of a server is in, as if they had pressed the button."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.errors import DeliveryError
from bot.domain.ids import ClubId, MemberId, NightId, PlaceId
from bot.domain.nights import Night
from bot.features.nights.commands import InterestCommand
from bot.messages.replies import Reply
from bot.messages.requests import Caller, Request
from bot.ports.clock import Clock
from bot.ports.store import Store

EVERY = timedelta(minutes=10)
"""Time from one look at all events to the next; at those of a stage that ends, right before it."""

AT_ONCE = 500
"""Most events that one look reads."""

Names = Mapping[MemberId, str]


@dataclass(slots=True)
class InterestReader:
    """Reads who is interested in the events of nights, and gives a command for each member who changed.

    A member who was forgotten, and has not come back by themselves, stays forgotten.
    """

    store: Store
    handle: Callable[[Request], Awaitable[Reply]]
    clock: Clock
    interested: Callable[[str], Awaitable[Names | None]]
    direct_place: Callable[[PlaceId, MemberId], PlaceId | None]
    _looked: float | None = field(default=None, init=False)

    async def look(self, ending: Collection[NightId]) -> None:
        """Read those of nights whose stage is ending, and all of them if it is time. StoreError."""
        now = self.clock.elapsed()
        every = self._looked is None or now - self._looked >= EVERY.total_seconds()
        if not every and not ending:
            return
        for club_id, night, event in await self.store.nights_with_events(self.clock.now(), AT_ONCE):
            if every or night.night_id in ending:
                await self._read(club_id, night, event)
        self._looked = now if every else self._looked

    async def _read(self, club_id: ClubId, night: Night, event: str) -> None:
        try:
            names = await self.interested(event)
        except DeliveryError:
            return  # the next look does it
        if names is None:
            return
        for member_id, name in (await self._changed(club_id, night, names)).items():
            await self._note(club_id, night, member_id, name, interested=member_id in names)

    async def _changed(self, club_id: ClubId, night: Night, names: Names) -> Names:
        """Return the members whose interest is new or gone, with their names, if known."""
        async with self.store.reading(club_id) as work:
            guests = await work.nights.guests([night.night_id])
            before = {each.member_id for each in guests if each.interested}
            roster = {each.member_id for each in await work.members.all()}
            changed = dict.fromkeys(before - names.keys(), "")
            for member_id in names.keys() - before:
                if member_id in roster or not await work.members.was_forgotten(member_id):
                    changed[member_id] = names[member_id]
        return changed

    async def _note(
        self, club_id: ClubId, night: Night, member_id: MemberId, name: str, *, interested: bool
    ) -> None:
        direct = self.direct_place(night.place, member_id) or night.place
        caller = Caller(club_id, member_id, name, night.place, direct)
        once = f"{night.night_id}:{member_id}:{self.clock.now().isoformat()}"
        command = InterestCommand(night.night_id, interested)
        await self.handle(Request(f"interest:{once}", caller, command))
