"""Events of servers: entered, brought up to date, taken out, and who is interested in them.

Discord knows no nonce for events: one that was entered before is found by the mark in its description.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import discord
from discord.abc import GuildChannel

from adapters.discord.ids import member_of
from bot.domain.errors import Rejected
from bot.domain.ids import MemberId
from bot.domain.words.text import one_line
from bot.messages.replies import Reply, ScheduledEvent

EXTERNAL, SERVER_ONLY = 3, 2
"""Kind of an event that is in no voice channel; who may see it: the server's members."""

INTERESTED = 1
"""Answer of a member who is interested."""

NAME, LOCATION, PAGE = 100, 100, 100
"""Longest name and location of an event, in characters; members that Discord names at once."""

MOST = 1_000
"""Most members whose interest is read."""

_EVENT = re.compile(r"discord:(?P<server>\d+)/event/(?P<event>\d+)")


@dataclass(frozen=True, slots=True)
class EventId:
    """Event by the numbers of its server and itself."""

    server: int
    event: int

    def __str__(self) -> str:
        """Return the id as messengers know it."""
        return f"discord:{self.server}/event/{self.event}"


def event_id(message: str) -> EventId | None:
    """Parse the id that `enter` returned; None for one of a message."""
    found = _EVENT.fullmatch(message)
    return EventId(int(found["server"]), int(found["event"])) if found else None


async def enter(
    client: discord.Client, channel: int, reply: Reply, event: ScheduledEvent, mark: int
) -> EventId:
    """Enter an event in the server of a channel, unless the one of this mark is there already."""
    where = client.get_channel(channel) or await client.fetch_channel(channel)
    if not isinstance(where, GuildChannel | discord.Thread):
        raise Rejected("only servers have events")
    server = where.guild.id
    for each in await client.http.get_scheduled_events(server, with_user_count=False):
        if (each.get("description") or "").endswith(_marked(mark)):
            return EventId(server, int(each["id"]))
    made = await client.http.create_guild_scheduled_event(
        server,
        privacy_level=SERVER_ONLY,
        entity_type=EXTERNAL,
        entity_metadata={"location": one_line(f"#{where.name}", LOCATION)},
        **_told(reply, event, mark),
    )
    return EventId(server, int(made["id"]))


async def change(
    client: discord.Client, known: EventId, reply: Reply, event: ScheduledEvent, mark: int
) -> None:
    """Bring an event up to date; where it is held stays as it is, since members may have changed it."""
    await client.http.edit_scheduled_event(known.server, known.event, **_told(reply, event, mark))


async def take_out(client: discord.Client, known: EventId) -> None:
    """Delete an event, which may be gone already."""
    with suppress(discord.NotFound):
        await client.http.delete_scheduled_event(known.server, known.event)


async def interested(client: discord.Client, known: EventId) -> Mapping[MemberId, str] | None:
    """Return the names of those who are interested in an event, by member; None if it is gone."""
    names: dict[MemberId, str] = {}
    after = 0
    while len(names) < MOST:
        try:
            page = await client.http.get_scheduled_event_users(
                known.server, known.event, limit=PAGE, with_member=True, after=after
            )
        except discord.NotFound:
            return None
        names |= {member_of(int(each["user"]["id"])): _name(each) for each in page if _counts(each)}
        if len(page) < PAGE:
            break
        after = int(page[-1]["user"]["id"])
    return names


def _told(reply: Reply, event: ScheduledEvent, mark: int) -> dict[str, Any]:
    return {
        "name": one_line(event.name, NAME),
        "description": f"{reply.summary}{_marked(mark)}",
        "scheduled_start_time": event.starts_at.isoformat(),
        "scheduled_end_time": event.ends_at.isoformat(),
    }


def _marked(mark: int) -> str:
    return f"\n\nMatinee {mark}"


def _counts(answer: Mapping[str, Any]) -> bool:
    return answer.get("response", INTERESTED) == INTERESTED and not answer["user"].get("bot")


def _name(answer: Mapping[str, Any]) -> str:
    nick = (answer.get("member") or {}).get("nick")
    names = (nick, answer["user"].get("global_name"), answer["user"].get("username"))
    return next(filter(None, names), "a member")
