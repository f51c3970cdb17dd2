"""Delivers messages in Discord, each once as far as Discord can tell."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

import aiohttp
import discord
from discord.abc import GuildChannel, Messageable

from adapters.chat.lines import notified
from adapters.discord.ids import OWN_CLUBS, DiscordPlace, club_of, direct_of, place_of
from adapters.discord.outgoing import events
from adapters.discord.outgoing.render import rendered
from adapters.discord.outgoing.responses import ComponentsView, files_of
from adapters.discord.outgoing.turning import turns_for_one
from adapters.discord.permissions import permissions_in
from bot.domain.errors import Delayed, DeliveryError, Rejected, Uncertain, Unreadable
from bot.domain.ids import ClubId, DeliveryId, MemberId, PlaceId
from bot.messages.replies import Reply

REMEMBERED = timedelta(minutes=2)
"""Time for which Discord surely knows a nonce; its documentation promises a few minutes."""

TIMEOUT = 20.0
"""Seconds after which Discord's answer counts as lost."""

NOT_CONNECTED = 2.0
REFUSED = 60.0
"""Seconds before the next attempt: while not connected, and after the token was refused."""

MOST_READ = 1_000
"""Messages of a place's history that are searched."""

_MESSAGE = re.compile(r"discord:(?P<channel>\d+)/(?P<message>\d+)")
_CLOCKS_DIFFER = timedelta(seconds=30)
_CLOSED = {
    10008: "that message is gone",
    10003: "that channel is gone",
    10013: "there is no such user any more",
    50001: "I may not see that channel",
    50007: "their direct messages are closed to me",
    50013: "I may not write there, or enter events",
}


def mark_of(delivery_id: DeliveryId) -> int:
    """Return the component id that marks a delivery's message for good: Discord forgets nonces."""
    return 1_000 + int.from_bytes(hashlib.sha256(delivery_id.encode()).digest()[:4]) % 2_000_000_000


class DiscordMessenger:
    """The Messenger port for Discord; `client` is set while there is a connection.

    `noted`: the clubs to reach, where no gateway names the servers to the client.
    """

    def __init__(self) -> None:
        """Begin without a connection."""
        self.client: discord.Client | None = None
        self.noted: Collection[ClubId] | None = None

    @property
    def reach(self) -> Collection[str]:
        """The servers that this application is in, as far as its connections have named them.

        Besides them, the clubs of one of all who talk in private.
        Another application, with a process of its own, may serve other servers from one database.
        """
        client = self.client
        if client is None:
            return ()
        if self.noted is not None:
            return [OWN_CLUBS, *self.noted]
        return [OWN_CLUBS, *(club_of(each.id) for each in client.guilds)]

    async def send(self, place: PlaceId, reply: Reply, *, delivery_id: DeliveryId) -> str:
        """Send it with a nonce, for which Discord returns the former message for a while."""
        where, client = _known(place), self._connected()
        async with _converted_errors():
            if reply.event is not None:
                mark = mark_of(delivery_id)
                return str(await events.enter(client, where.number, reply, reply.event, mark))
            channel = await _channel(client, where)
            turns = turns_for_one(reply) if where.direct else None
            message = await rendered(reply, mark=mark_of(delivery_id), turns=turns)
            sent = await channel.send(
                view=ComponentsView(message),
                files=files_of(message),
                nonce=f"{mark_of(delivery_id)}",
                allowed_mentions=_mentions(reply),
            )
        return f"discord:{sent.channel.id}/{sent.id}"

    async def edit(
        self, place: PlaceId, message: str, reply: Reply, *, delivery_id: DeliveryId
    ) -> None:
        """Put a reply in place of a message, with the same mark."""
        async with _converted_errors():
            event = events.event_id(message)
            if event is not None and reply.event is not None:
                mark = mark_of(delivery_id)
                await events.change(self._connected(), event, reply, reply.event, mark)
                return
            turns = turns_for_one(reply) if _known(place).direct else None
            shown = await rendered(reply, mark=mark_of(delivery_id), turns=turns)
            await self._message(place, message).edit(
                view=ComponentsView(shown),
                attachments=files_of(shown),
                allowed_mentions=discord.AllowedMentions.none(),
            )

    async def delete(self, place: PlaceId, message: str) -> None:
        """Delete a message, which may be gone already."""
        async with _converted_errors():
            if event := events.event_id(message):
                await events.take_out(self._connected(), event)
                return
            with suppress(discord.NotFound):
                await self._message(place, message).delete()

    async def interested(self, event: str) -> Mapping[MemberId, str] | None:
        """Return the names of those who are interested in an event that was entered."""
        known = events.event_id(event)
        if known is None:
            return None
        async with _converted_errors(reading=True):
            return await events.interested(self._connected(), known)

    def _message(self, place: PlaceId, message: str) -> discord.PartialMessage:
        """Return a message that can be edited; `message` is the id that `send` returned."""
        _known(place)
        found = _MESSAGE.fullmatch(message)
        if found is None:
            raise Rejected(f"no such message in Discord: {message}")
        channel = self._connected().get_partial_messageable(int(found["channel"]))
        return channel.get_partial_message(int(found["message"]))

    async def find(self, place: PlaceId, delivery_id: DeliveryId, since: datetime) -> str | None:
        """Search the place's history for the delivery's mark."""
        where, client, read = _known(place), self._connected(), 0
        async with _converted_errors(reading=True):
            if not await self._may_read(client, where):
                raise Unreadable("I may not read that channel's history")
            channel = await _channel(client, where)
            after = since - _CLOCKS_DIFFER
            async for message in channel.history(limit=MOST_READ, after=after, oldest_first=True):
                read += 1
                if _is_ours(message, client) and _mark(message) == mark_of(delivery_id):
                    return f"discord:{message.channel.id}/{message.id}"
        if read >= MOST_READ:
            raise Unreadable("too much was said there since")
        return None

    def direct_place(self, place: PlaceId, member_id: MemberId) -> PlaceId | None:
        """Return a member's direct messages."""
        del place
        number = member_id.removeprefix("discord:")
        return direct_of(int(number)) if number.isdecimal() else None

    def remembers(self, place: PlaceId) -> timedelta:
        """Return how long a nonce is known."""
        del place
        return REMEMBERED

    async def _may_read(self, client: discord.Client, place: DiscordPlace) -> bool:
        """Tell whether Discord would show the real history instead of an empty one, as far as is known."""
        if place.direct:
            return True
        channel: object = client.get_channel(place.number)
        if self.noted is not None:
            channel = await client.fetch_channel(place.number)
            if not isinstance(channel, GuildChannel | discord.Thread):
                return True
            found = await permissions_in(client, channel.guild.id, place.number)
            return found is not None and _shows_history(found[0])
        if isinstance(channel, GuildChannel | discord.Thread):
            return _shows_history(channel.permissions_for(channel.guild.me))
        return True

    def _connected(self) -> discord.Client:
        if self.client is None or self.client.is_closed():
            raise Delayed(NOT_CONNECTED, "Discord is not connected yet")
        return self.client


def _mentions(reply: Reply) -> discord.AllowedMentions:
    """Allow the mentions that the reply wants to notify, and none besides."""
    members = (each.removeprefix("discord:") for each in notified(reply))
    users = [discord.Object(int(each)) for each in members if each.isdecimal()]
    allowed = discord.AllowedMentions.none()
    return allowed.merge(discord.AllowedMentions(users=users)) if users else allowed


def _known(place: PlaceId) -> DiscordPlace:
    known = place_of(place)
    if known is None:
        raise Rejected(f"no such place in Discord: {place}")
    return known


async def _channel(client: discord.Client, place: DiscordPlace) -> Messageable:
    if place.direct:
        return await client.create_dm(discord.Object(place.number))
    return client.get_partial_messageable(place.number)


def _shows_history(allowed: discord.Permissions) -> bool:
    return allowed.view_channel and allowed.read_message_history


def _is_ours(message: discord.Message, client: discord.Client) -> bool:
    return client.user is not None and message.author.id == client.user.id


def _mark(message: discord.Message) -> int | None:
    return getattr(message.components[0], "id", None) if message.components else None


@asynccontextmanager
async def _converted_errors(*, reading: bool = False) -> AsyncIterator[None]:
    """Convert errors of Discord and of the network to the outcomes of a delivery."""
    try:
        async with asyncio.timeout(TIMEOUT):
            yield
    except discord.RateLimited as error:
        raise Delayed(error.retry_after) from error
    except discord.HTTPException as error:
        raise _outcome(error, reading=reading) from error
    except aiohttp.ClientConnectorError as error:
        raise Delayed(NOT_CONNECTED, "Discord cannot be reached") from error
    except (TimeoutError, OSError, aiohttp.ClientError) as error:
        raise Uncertain(f"no answer from Discord: {type(error).__name__}") from error


def _outcome(error: discord.HTTPException, *, reading: bool) -> DeliveryError:
    if error.status == 429:
        return Delayed(float(error.response.headers.get("Retry-After", REFUSED)))
    if error.status == 401:
        return Delayed(REFUSED, "Discord does not take the token")
    if error.status >= 500:
        return Uncertain(f"Discord answered {error.status}")
    reason = _CLOSED.get(error.code, f"Discord refused it with {error.status}, code {error.code}")
    return Unreadable(reason) if reading else Rejected(reason)
