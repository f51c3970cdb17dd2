"""What is known of a caller in their club beyond what the platform says: named roles, a time zone."""

from dataclasses import replace

from bot.domain.clubs.club import Member
from bot.messages.requests import Caller, Role


def with_named_roles(caller: Caller, known: Member | None) -> Caller:
    """Give a member the roles of those who run the club, where they were named to run it."""
    if known is None or not known.admin:
        return caller
    return replace(caller, roles=caller.roles | {Role.ADMIN, Role.MODERATOR})


def with_zone(member: Member, caller: Caller) -> Member:
    """Give a member who chose no time zone the one that their platform knows."""
    return member if member.zone or not caller.zone else replace(member, zone=caller.zone)
