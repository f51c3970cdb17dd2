"""Ids of clubs, members and places from Discord's numbers, and back."""

import re
from dataclasses import dataclass
from typing import Any

from discord import Guild, Interaction, Member, Message, Permissions, Thread

from adapters.chat.interactions import club_in
from bot.domain.ids import ClubId, MemberId, PlaceId
from bot.messages.requests import NO_CLUB, Caller, Role

_PLACE = re.compile(r"discord:(?P<kind>[#@])(?P<number>\d{1,20})")


OWN_CLUBS = "discord-own:"
"""Beginning of the ids of clubs of one: of members who talk in private, and are in no club."""


def is_guest(interaction: Interaction) -> bool:
    """Tell whether a member brought Matinee along into a server that has not installed it."""
    in_server = interaction.guild_id is not None
    return (
        in_server and interaction.is_user_integration() and not interaction.is_guild_integration()
    )


def club_of(guild: int) -> ClubId:
    """Return the id of a guild's club."""
    return ClubId(f"discord:{guild}")


def member_of(user: int) -> MemberId:
    """Return the member id of a Discord user."""
    return MemberId(f"discord:{user}")


def number_of(name: ClubId | MemberId) -> int | None:
    """Parse the id of a club or a member; None if it is not one of Discord's."""
    platform, _, number = name.partition(":")
    known = platform == "discord" and re.fullmatch(r"[0-9]{1,20}", number)
    return int(number) if known else None


_OWN = "0"
"""Stands for a member's own club, which has no number of its own."""


def club_word(club_id: ClubId) -> str:
    """Return a club as the ids of buttons name it: its number, or one for the reader's own club."""
    return _OWN if club_id.startswith(OWN_CLUBS) else club_id.partition(":")[2]


def club_named(word: str, user: int) -> ClubId:
    """Return the club that a button's id names; NO_CLUB where it names none."""
    if word == _OWN:
        return ClubId(f"{OWN_CLUBS}{user}")
    return club_of(int(word)) if re.fullmatch(r"[0-9]{1,20}", word) else NO_CLUB


def channel_of(channel: int) -> PlaceId:
    """Return the id of a channel or thread."""
    return PlaceId(f"discord:#{channel}")


def direct_of(user: int) -> PlaceId:
    """Return the id of a user's direct messages."""
    return PlaceId(f"discord:@{user}")


@dataclass(frozen=True, slots=True)
class DiscordPlace:
    """A place by its number: of a channel, or of a user where it is `direct`."""

    number: int
    direct: bool


def place_of(place: PlaceId) -> DiscordPlace | None:
    """Parse the id of a place; None if it is not one of Discord's."""
    found = _PLACE.fullmatch(place)
    return DiscordPlace(int(found["number"]), found["kind"] == "@") if found else None


def caller_of(interaction: Interaction) -> Caller:
    """Return the member of an interaction and the place; in private the club is not known.

    So it is in a server that has not installed Matinee: it is no club, and nobody there is told anything.
    """
    user = interaction.user
    direct = direct_of(user.id)
    if interaction.guild_id is None or is_guest(interaction):
        data: dict[str, Any] = dict(interaction.data or {})
        pressed = str(data.get("custom_id", ""))
        meant = club_named(club_in(pressed), user.id)
        return Caller(NO_CLUB, member_of(user.id), user.display_name, direct, direct, meant=meant)
    guild, channel = interaction.guild, interaction.channel_id
    return Caller(
        club_id=club_of(interaction.guild_id),
        member_id=member_of(user.id),
        name=user.display_name,
        place=channel_of(channel) if channel else direct,
        direct=direct,
        roles=_roles(interaction),
        club_name=guild.name if guild and guild.name else "",
        may_post=_may_post(interaction),
        closed=_is_closed(interaction.channel, guild),
        discreet=True,
        events=_may_enter_events(interaction.app_permissions),
    )


def speaker_of(message: Message) -> Caller:
    """Return the member who wrote a message, and the place; in private the club is not known."""
    user, guild = message.author, message.guild
    direct = direct_of(user.id)
    if guild is None:
        return Caller(NO_CLUB, member_of(user.id), user.display_name, direct, direct)
    return Caller(
        club_id=club_of(guild.id),
        member_id=member_of(user.id),
        name=user.display_name,
        place=channel_of(message.channel.id),
        direct=direct,
        roles=_roles_of(user) if isinstance(user, Member) else frozenset(),
        club_name=guild.name or "",
        may_post=_speaks_in(message.channel, guild),
        closed=_is_closed(message.channel, guild),
        aloud=True,
        events=_may_enter_events(guild.me.guild_permissions),
    )


def _roles_of(member: Member) -> frozenset[Role]:
    """Return the roles that a member has in the whole server."""
    allowed = member.guild_permissions
    if allowed.administrator or allowed.manage_guild:
        return frozenset({Role.ADMIN, Role.MODERATOR})
    return frozenset({Role.MODERATOR}) if allowed.manage_messages else frozenset()


def may_speak(allowed: Permissions, *, thread: bool) -> bool:
    """Tell whether these permissions let messages be posted in a channel, or in a thread."""
    may_send = allowed.send_messages_in_threads if thread else allowed.send_messages
    return allowed.administrator or (allowed.view_channel and may_send)


def _may_enter_events(allowed: Permissions) -> bool:
    return allowed.administrator or allowed.create_events


def _speaks_in(channel: Any, guild: Guild) -> bool:  # noqa: ANN401 - any kind of channel
    is_thread = isinstance(channel, Thread)
    if is_thread and channel.parent is None:
        return False  # a channel that the connection does not show has no permissions to ask for
    return may_speak(channel.permissions_for(guild.me), thread=is_thread)


def _may_post(interaction: Interaction) -> bool:
    """Whether the application may post in the channel by itself: an answer needs no permission."""
    is_thread = isinstance(interaction.channel, Thread)
    return may_speak(interaction.app_permissions, thread=is_thread)


def _is_closed(channel: Any, guild: Guild | None) -> bool:  # noqa: ANN401 - any kind of channel
    """Whether not everybody on the server sees the channel, as far as the connection tells.

    A channel that is hidden from Matinee comes with everybody denied, and so counts as closed. Where a
    server shows nothing before one has a role, a channel without rules of its own is open.
    """
    if isinstance(channel, Thread):
        if channel.is_private():
            return True
        channel = channel.parent
    known = guild.get_channel(channel.id) if guild and channel else None
    if guild is None or known is None or guild.default_role is None:
        return False
    if known.permissions_for(guild.default_role).view_channel:
        return False
    rules = [each.view_channel for each in known.overwrites.values()]
    return guild.default_role.permissions.view_channel or any(each is not None for each in rules)


def _roles(interaction: Interaction) -> frozenset[Role]:
    """Those who manage the server run the club; those who manage messages moderate reviews.

    A channel may allow somebody to manage its messages, and so does `interaction.permissions`; only
    who may do so in the whole server moderates the club.
    """
    here = interaction.permissions
    if here.administrator or here.manage_guild:  # no channel can allow these
        return frozenset({Role.ADMIN, Role.MODERATOR})
    member = interaction.user
    everywhere = isinstance(member, Member) and member.guild_permissions.manage_messages
    return frozenset({Role.MODERATOR}) if everywhere else frozenset()


def hall_of(guild: Guild) -> PlaceId | None:
    """Return the place for the club's greeting: Discord's own for it, else the first open channel."""
    for channel in (guild.system_channel, *guild.text_channels):
        if channel is not None:
            allowed = channel.permissions_for(guild.me)
            if allowed.view_channel and allowed.send_messages:
                return channel_of(channel.id)
    return None


def application_name(application: int | None) -> str:
    """Return the name under which an application's clubs are recorded."""
    return f"discord:{application}"


def application_of(guild: Guild) -> str:
    """Return the name of the application by which Matinee is in a guild."""
    return application_name(guild._state.application_id)  # noqa: SLF001 - of its own connection
