"""Club membership: clubs that Matinee joined or left, and the one that a member means in private."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.delivery.planning import PlanningContext
from bot.domain.deliveries import Purpose
from bot.domain.errors import NotFound
from bot.domain.ids import ClubId, PlaceId
from bot.domain.visibility import Visibility
from bot.messages.codec import action_id
from bot.messages.commands import Command
from bot.messages.replies import Actions, Block, Button, Paragraph, Plain, Quote, Reply, Usage
from bot.messages.requests import NO_CLUB, Caller, Request
from bot.ports.clock import Clock, Ids
from bot.ports.store import MemberClub, Store
from bot.request.commands import ChooseClubCommand

MOST_ASKED = 5
"""Clubs offered to choose from; in any other one, commands have to be given in the club itself."""

_WHICH = "Which club do you mean? I'll remember it for our private talks."
_NONE = (
    "I don't know you from any club yet. Give me a command in a channel of your club first; after "
    "that we can talk here."
)


@dataclass(frozen=True, slots=True)
class ClubMembership:
    """Records which clubs Matinee is in, as platforms report it. Everything may raise StoreError."""

    store: Store
    clock: Clock
    ids: Ids

    async def joined(self, club_id: ClubId, name: str, place: PlaceId | None) -> None:
        """Record that Matinee is in a club; the first time, plan a welcome at `place`.

        Writes nothing where that is known already."""
        async with self.store.reading(club_id) as work:
            club = await work.clubs.get()
        if club.joined_at and club.left_at is None and club.name == name:
            return
        now = self.clock.now()
        async with self.store.writing(club_id) as work:
            club = await work.clubs.get()
            present = replace(club, name=name, joined_at=club.joined_at or now, left_at=None)
            await work.clubs.save(present)
            if club.joined_at is None and place is not None:
                planning = PlanningContext(work, present, self.ids, now)
                welcome = planning.delivery(Purpose.WELCOME, club_id, place, now)
                await work.deliveries.plan(welcome)

    async def left(self, club_id: ClubId) -> None:
        """Record that Matinee was removed from a club; its data is purged later."""
        async with self.store.writing(club_id) as work:
            club = await work.clubs.get()
            if club.left_at is None:
                await work.clubs.save(replace(club, left_at=self.clock.now()))

    async def present(self, platform: str, here: Collection[ClubId]) -> None:
        """Record that of all clubs of a platform (`discord:`), Matinee is in these only."""
        for club_id in await self.store.clubs():
            if club_id.startswith(platform) and club_id not in here:
                await self._leave_once(club_id)

    async def _leave_once(self, club_id: ClubId) -> None:
        async with self.store.reading(club_id) as work:
            club = await work.clubs.get()
        if club.left_at is None:
            await self.left(club_id)


async def resolve_club(request: Request, store: Store) -> Request | Reply:
    """Return a private request in the club that the member means, or a reply that asks for it."""
    if request.caller.club_id != NO_CLUB:
        return request
    choices = await store.clubs_of(request.caller.member_id)
    if isinstance(request.content, ChooseClubCommand):
        club_id = request.content.club_id
        if all(each.club_id != club_id for each in choices):
            raise NotFound("I don't know you from that club any more. Give me a command there.")
        return _in_club(request, club_id)
    if len(choices) == 1 or any(each.chosen_at for each in choices):
        return _in_club(request, choices[0].club_id)
    return _which(choices, request.content) if choices else _private(_NONE)


async def resolve_caller(caller: Caller, store: Store) -> Caller:
    """Return the caller in the club they mean in private; NotFound if they are in none."""
    if caller.club_id != NO_CLUB:
        return caller
    choices = await store.clubs_of(caller.member_id)
    if not choices:
        raise NotFound(_NONE)
    return replace(caller, club_id=choices[0].club_id)


def _in_club(request: Request, club_id: ClubId) -> Request:
    return replace(request, caller=replace(request.caller, club_id=club_id))


def _which(choices: Sequence[MemberClub], content: str | Command) -> Reply:
    then = _short_action(content)
    buttons = [
        Button((each.name or each.club_id)[:40], ChooseClubCommand(each.club_id, then))
        for each in choices[:MOST_ASKED]
    ]
    if then:
        return _private(_WHICH, Actions(tuple(buttons)))
    lost = Quote((Plain(content) if isinstance(content, str) else Usage(content),), ())
    return _private(f"{_WHICH} Then please send this again:", lost, Actions(tuple(buttons)))


def _short_action(content: str | Command) -> str:
    """Return the action id of a command that fits into a button; an empty text for any other."""
    if isinstance(content, str):
        return ""
    try:
        then = action_id(content)
        action_id(ChooseClubCommand(ClubId("x" * 30), then))
    except ValueError:
        return ""
    return then


def _private(text: str, *blocks: Block) -> Reply:
    return Reply((Paragraph((Plain(text),)), *blocks), text, Visibility.ONLY_YOU)
