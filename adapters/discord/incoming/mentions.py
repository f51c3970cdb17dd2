"""People mentioned within a text: `<@157>` becomes `@ana`, for a number says nothing to anybody."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.discord.host.members import ServerMembers
from adapters.discord.ids import club_of, member_of
from adapters.discord.outgoing.responses import Interaction
from bot.domain.errors import PlatformSilent
from bot.domain.ids import ClubId

MENTION = re.compile(r"<@!?(\d{1,20})>")

MOST_NAMED = 10
"""People in one text whose names are asked for."""

NAMING = 1.0
"""Seconds in which people's names have to be known: Discord waits for three with its answer."""

_NAMELESS = "a member"


async def with_names(
    text: str, interaction: Interaction, members: ServerMembers, known: Mapping[str, str]
) -> str:
    """Return the text with people's names. `known`: names that came along, by number."""
    names = {str(interaction.user.id): interaction.user.display_name, **known}
    unknown = [each for each in dict.fromkeys(MENTION.findall(text)) if each not in names]
    if interaction.guild_id and unknown:
        club_id = club_of(interaction.guild_id)
        names |= await _asked_for(club_id, unknown[:MOST_NAMED], members)
    return MENTION.sub(lambda found: f"@{names.get(found[1], _NAMELESS)}", text)


async def _asked_for(
    club_id: ClubId, numbers: Sequence[str], members: ServerMembers
) -> dict[str, str]:
    """Ask Discord for all names at once; a member whose name it does not tell has none."""

    async def ask(number: str) -> str:
        try:
            async with asyncio.timeout(NAMING):
                return await members.name(club_id, member_of(int(number))) or _NAMELESS
        except (PlatformSilent, TimeoutError):
            return _NAMELESS

    return dict(zip(numbers, await asyncio.gather(*map(ask, numbers)), strict=True))


def names_in(message: Mapping[str, Any]) -> dict[str, str]:
    """Return the names that Discord sends along with a message, by number."""
    return {
        each["id"]: each.get("global_name") or each["username"]
        for each in message.get("mentions", ())
    }
