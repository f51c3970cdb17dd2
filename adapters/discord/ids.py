"""Discord's numbers as names of clubs, members and places, and back."""

import re
from dataclasses import dataclass

from discord import Guild, Interaction, Permissions

from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.messages.requests import NO_CLUB, Caller, Role

_PLACE = re.compile(r"discord:(?P<kind>[#@])(?P<number>\d{1,20})")


def club_of(guild: int) -> ClubId:
    """Name the club that a guild is."""
    return ClubId(f"discord:{guild}")


def member_of(user: int) -> MemberId:
    """Name the member that a user is."""
    return MemberId(f"discord:{user}")


def channel_of(channel: int) -> PlaceId:
    """Name a channel or thread as a place."""
    return PlaceId(f"discord:#{channel}")


def direct_of(user: int) -> PlaceId:
    """Name a user's direct messages as a place."""
    return PlaceId(f"discord:@{user}")


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its number: a channel's, or, where it is `direct`, a user's."""

    number: int
    direct: bool


def place_of(place: PlaceId) -> Place | None:
    """Read a place's name; None when it is not one of Discord's."""
    found = _PLACE.fullmatch(place)
    return Place(int(found["number"]), found["kind"] == "@") if found else None


def caller_of(interaction: Interaction) -> Caller:
    """Tell who speaks in an interaction, and where; in private the club is left open."""
    user = interaction.user
    direct = direct_of(user.id)
    if interaction.guild_id is None:
        return Caller(NO_CLUB, member_of(user.id), user.display_name, direct, direct)
    guild, channel = interaction.guild, interaction.channel_id
    return Caller(
        club_id=club_of(interaction.guild_id),
        member_id=member_of(user.id),
        name=user.display_name,
        place=channel_of(channel) if channel else direct,
        direct=direct,
        roles=_roles(interaction.permissions),
        club_name=guild.name if guild and guild.name else "",
    )


def _roles(allowed: Permissions) -> frozenset[Role]:
    """Who manages the server runs the club; who manages messages may hide reviews."""
    if allowed.administrator or allowed.manage_guild:
        return frozenset({Role.ADMIN, Role.MODERATOR})
    return frozenset({Role.MODERATOR}) if allowed.manage_messages else frozenset()


def hall_of(guild: Guild) -> PlaceId | None:
    """Find where a club can be greeted: where Discord says hello, else the first open channel."""
    for channel in (guild.system_channel, *guild.text_channels):
        if channel is not None:
            allowed = channel.permissions_for(guild.me)
            if allowed.view_channel and allowed.send_messages:
                return channel_of(channel.id)
    return None
