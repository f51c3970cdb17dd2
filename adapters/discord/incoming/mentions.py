"""People mentioned within a text: `<@157>` becomes `@ana`, for a number says nothing to anybody."""

import re
from collections.abc import Mapping
from typing import Any

from adapters.discord.host.members import ServerMembers
from adapters.discord.ids import club_of, member_of
from adapters.discord.outgoing.responses import Interaction
from bot.domain.errors import PlatformSilent

MENTION = re.compile(r"<@!?(\d{1,20})>")

MOST_NAMED = 10
"""People in one text whose names are asked for."""

_NAMELESS = "a member"


async def with_names(
    text: str, interaction: Interaction, members: ServerMembers, known: Mapping[str, str]
) -> str:
    """Return the text with people's names. `known`: names that came along, by number."""
    names = {str(interaction.user.id): interaction.user.display_name, **known}
    unknown = [each for each in dict.fromkeys(MENTION.findall(text)) if each not in names]
    for each in unknown[:MOST_NAMED] if interaction.guild_id else ():
        try:
            found = await members.name(club_of(interaction.guild_id or 0), member_of(int(each)))
        except PlatformSilent:
            break
        names[each] = found or _NAMELESS
    return MENTION.sub(lambda found: f"@{names.get(found[1], _NAMELESS)}", text)


def names_in(message: Mapping[str, Any]) -> dict[str, str]:
    """Return the names that Discord sends along with a message, by number."""
    return {
        each["id"]: each.get("global_name") or each["username"]
        for each in message.get("mentions", ())
    }
