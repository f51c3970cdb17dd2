"""Permissions in channels, asked of Discord: for clients that no gateway tells of servers."""

import discord
from discord.abc import GuildChannel


async def permissions_in(
    client: discord.Client, server: int, channel: int
) -> tuple[discord.Permissions, bool] | None:
    """Return what Matinee may do in a channel, and whether it is a thread; None if it is not seen.

    Three requests. Raises discord.HTTPException.
    """
    if client.user is None:
        return None
    try:
        guild = await client.fetch_guild(server, with_counts=False)
        me = await guild.fetch_member(client.user.id)
        there = await guild.fetch_channel(channel)
        parent = there.parent_id if isinstance(there, discord.Thread) else None
        known = await guild.fetch_channel(parent) if parent else there
    except (discord.Forbidden, discord.NotFound, discord.InvalidData):
        return None
    if not isinstance(known, GuildChannel):
        return None
    return known.permissions_for(me), parent is not None
