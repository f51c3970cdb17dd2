"""Clubs that one channel of a workspace is by itself: a request there concerns that club alone."""

from dataclasses import replace

from bot.domain.clubs.club import Club
from bot.domain.errors import NotFound
from bot.features.club.commands import ChannelClubCommand, ChannelClubStep
from bot.messages.commands import Command
from bot.messages.requests import Caller, ChannelClub
from bot.ports.store import Store


async def in_channel_club(caller: Caller, content: str | Command, store: Store) -> Caller:
    """Return a caller in the club of their channel, where that is a club of its own or becomes one now."""
    channel = caller.channel_club
    if channel is None or caller.meant == channel.within:  # a message from before it was a club
        return caller
    async with store.reading(channel.club_id) as work:
        club = await work.clubs.get()
    begins = isinstance(content, ChannelClubCommand) and content.step is ChannelClubStep.BEGIN
    if not (begins or is_open(club)):
        # Else a form of the closed room would be saved in the open one.
        if caller.meant == channel.club_id:
            raise NotFound("This channel is no club of its own any more.")
        return caller
    if channel.name not in {"", club.name} and is_open(club):
        await _rename(channel, store)
    # All who read the channel read the club: it is closed to nobody who should read along.
    return replace(
        caller, club_id=channel.club_id, club_name=channel.name or club.name, closed=False
    )


def is_open(club: Club) -> bool:
    """Tell whether a club is one that a channel is by itself now."""
    return club.within is not None and club.left_at is None


async def _rename(channel: ChannelClub, store: Store) -> None:
    """Call a club as its channel is called now."""
    async with store.writing(channel.club_id) as work:
        await work.clubs.save(replace(await work.clubs.get(), name=channel.name))
