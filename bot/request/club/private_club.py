"""The club of a request: in private the only one, or the one chosen, while the member is in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.errors import NotAllowed, NotFound, PlatformSilent
from bot.domain.ids import ClubId, MemberId
from bot.messages.codec import action_id
from bot.messages.commands import Command
from bot.messages.replies import Actions, Block, Button, Paragraph, Quote, Reply
from bot.messages.requests import NO_CLUB, Caller, Request
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import MemberClub, Store
from bot.request.club.channel_clubs import in_channel_club
from bot.request.club.directories import Directories
from bot.request.commands import ChooseClubCommand

MOST_ASKED = 5
"""Clubs offered to choose from; in any other one, commands have to be given in the club itself."""

MOST_CLUBS = 25
"""Clubs of a member that are looked at, those chosen or named first."""

_WHICH = "Which club do you mean? I'll remember it for our private talks."
_ALONE = "Just you"
"""The name of a member's club of one, where they choose between clubs."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A request in the club that is meant; `clubs`: those of the member, where several may be meant."""

    request: Request
    clubs: Sequence[MemberClub] = ()


@dataclass(frozen=True, slots=True)
class PrivateClubs:
    """Finds the club of private requests, and asks the platform whether the member is still in it."""

    store: Store
    directories: Directories

    async def place(self, request: Request) -> Placed | Reply:
        """Return a request in the club that is meant, or a reply that asks for it.

        Who is in none talks in a club of their own; in a workspace, in that of the workspace. Raises
        NotFound for a club that they are not in, NotAllowed where the platform does not answer.
        """
        caller = request.caller
        if caller.club_id != NO_CLUB and caller.place != caller.direct:
            there = await in_channel_club(caller, request.content, self.store)
            return Placed(replace(request, caller=there))
        await self.directories.check_private(caller.club_id, caller.member_id)
        known = await self._known(caller)
        if not known and caller.club_id != NO_CLUB:
            return Placed(request)
        if isinstance(request.content, ChooseClubCommand):
            club_id = request.content.club_id
            if all(each.club_id != club_id for each in known) or not await self._belongs(
                club_id, caller.member_id
            ):
                raise NotFound("I don't know you from that club any more. Give me a command there.")
            return Placed(_in_club(request, club_id), known)
        if meant := await self._meant(caller, known):
            return Placed(_in_club(request, meant), known)
        choices = await self._still_in(known, caller.member_id)
        if len(choices) == 1 or any(each.chosen_at for each in choices):
            return Placed(_in_club(request, choices[0].club_id), known)
        if choices:
            return _which(choices, request.content)
        return Placed(_in_club(request, _without_any(caller)), known)

    async def placed(self, caller: Caller) -> Caller:
        """Return the caller in the club of their channel, or in the one they mean in private."""
        if caller.club_id != NO_CLUB and caller.place != caller.direct:
            return await in_channel_club(caller, "", self.store)
        known = await self._known(caller)
        if not known and caller.club_id != NO_CLUB:
            return caller
        if meant := await self._meant(caller, known):
            return replace(caller, club_id=meant)
        choices = await self._still_in(known, caller.member_id)
        return replace(caller, club_id=choices[0].club_id if choices else _without_any(caller))

    async def _meant(self, caller: Caller, known: Sequence[MemberClub]) -> ClubId | None:
        """Return the club of the message that was pressed, while the member is in it."""
        is_known = any(each.club_id == caller.meant for each in known)
        there = is_known and await self._belongs(caller.meant, caller.member_id)
        return caller.meant if there else None

    async def _known(self, caller: Caller) -> Sequence[MemberClub]:
        """Return the clubs that a private request may mean; none where only the workspace's is."""
        known = await self.store.clubs_of(caller.member_id)
        if caller.club_id == NO_CLUB:
            return known
        there = [each for each in known if caller.club_id in {each.club_id, each.within}]
        return there if any(each.within for each in there) else ()

    async def _still_in(
        self, clubs: Sequence[MemberClub], member_id: MemberId
    ) -> Sequence[MemberClub]:
        """Return the clubs that the member is in; only the first where it is the chosen one."""
        found: list[MemberClub] = []
        for each in clubs[:MOST_CLUBS]:
            if await self._belongs(each.club_id, member_id):
                found.append(each)
                if each.chosen_at:
                    break
        return found

    async def _belongs(self, club_id: ClubId, member_id: MemberId) -> bool:
        try:
            return await self.directories.belongs(club_id, member_id)
        except PlatformSilent as error:
            raise NotAllowed(
                "I couldn't find out whether you are still in your club, so nothing was done. Try "
                "again in a moment, or give the command in the club."
            ) from error


def _without_any(caller: Caller) -> ClubId:
    """Return the club of a private request of somebody who is in none that they have spoken in."""
    return club_of_one(caller.member_id) if caller.club_id == NO_CLUB else caller.club_id


def club_of_one(member_id: MemberId) -> ClubId:
    """Return the club of a member alone, in which they talk in private until another one is meant.

    Its platform, `discord-own`, has no directory: nobody else can be in it.
    """
    platform, _, number = member_id.partition(":")
    return ClubId(f"{platform}-own:{number}")


def name_of(club: MemberClub) -> str:
    platform, _, _ = club.club_id.partition(":")
    return club.name or (_ALONE if platform.endswith("-own") else club.club_id)


def _in_club(request: Request, club_id: ClubId) -> Request:
    return replace(request, caller=replace(request.caller, club_id=club_id))


def _which(choices: Sequence[MemberClub], content: str | Command) -> Reply:
    then, line = _short_action(content), content if isinstance(content, str) else ""
    fits = _fits(then, line)
    buttons = [
        Button(
            name_of(each)[:40],
            ChooseClubCommand(each.club_id, then, line)
            if fits
            else ChooseClubCommand(each.club_id),
        )
        for each in choices[:MOST_ASKED]
    ]
    if fits and (then or isinstance(content, str)):
        return _private(_WHICH, Actions(tuple(buttons)))
    lost = Quote((Plain(content) if isinstance(content, str) else Usage(content),), ())
    return _private(f"{_WHICH} Then please send this again:", lost, Actions(tuple(buttons)))


def _short_action(content: str | Command) -> str:
    """Return the action id of a command; an empty text for one that is too long, and for a line."""
    if isinstance(content, str):
        return ""
    try:
        return action_id(content)
    except ValueError:
        return ""


def _fits(then: str, line: str) -> bool:
    """Tell whether what is to be done in the club that is chosen fits into a button."""
    try:
        action_id(ChooseClubCommand(ClubId("x" * 30), then, line))
    except ValueError:
        return False
    return True


def _private(text: str, *blocks: Block) -> Reply:
    return Reply((Paragraph((Plain(text),)), *blocks), text, Visibility.ONLY_YOU)
