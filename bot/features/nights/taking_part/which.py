"""Choice of the night that a command means, and the check of who may change it."""

from bot.domain.clubs.club import Member
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.ids import NightId
from bot.domain.nights import Night, Stage
from bot.features.nights.commands import NightCommand
from bot.messages.requests import Role
from bot.messages.spans import Usage
from bot.ports.store import UnitOfWork
from bot.request.context import Context

NO_NIGHT = (
    "No film night is planned. Plan one with ",
    Usage(NightCommand("new", when="friday at 8")),
    ".",
)


async def the_night(
    night_id: NightId | None, context: Context, work: UnitOfWork, *stages: Stage
) -> Night:
    """Return the night of an id, else the next night in this place, else the next night of the club.

    One in any of these stages comes first.
    NotFound where there is none; UsageError for one that is over.
    """
    if night_id:
        night = await work.nights.get(night_id)
        if night is None:
            raise NotFound("That film night is not there any more.")
        return night
    planned = await work.nights.open()
    here = [each for each in planned if each.place == context.caller.place]
    ordered = [*here, *planned]
    meant = [each for each in ordered if each.stage in stages]
    found = next(iter([*meant, *ordered]), None)
    if found is None:
        raise NotFound(*NO_NIGHT)
    return found


async def check_host(night: Night, context: Context, work: UnitOfWork) -> None:
    """Raise NotAllowed for somebody who neither hosts the night nor runs the club.

    Anyone may steer a night whose host is gone.
    """
    if host := await _other_host(night, context, work):
        raise NotAllowed(f"Only {host.name}, who hosts, or an admin of the club can do that.")


async def may_steer(night: Night, context: Context, work: UnitOfWork) -> bool:
    """Tell whether the member hosts a night or runs the club; anyone may where the host is gone."""
    return await _other_host(night, context, work) is None


async def _other_host(night: Night, context: Context, work: UnitOfWork) -> Member | None:
    """Return the host of a night, where the member neither is that nor runs the club."""
    if context.caller.roles & {Role.ADMIN, Role.MODERATOR} or night.member_id is None:
        return None
    host = await work.members.get(night.member_id)
    return None if host and host.member_id == context.member.member_id else host
