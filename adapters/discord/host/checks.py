"""Health checks for Discord: token, settings of the application, permissions, commands."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence

import aiohttp
import discord

from adapters.discord.commands import registration
from adapters.discord.host.client import REGISTERED, bare_options, log_in, set_up_library
from adapters.discord.host.invitation import NEEDED, invitation
from adapters.discord.ids import application_name, may_speak, place_of
from adapters.discord.permissions import permissions_in
from adapters.runtime.health_report import ClubChannel, Finding, Verdict, channels_finding
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Secret, Settings

NAME = "discord"
TIMEOUT = 20.0
"""Seconds after which Discord counts as out of reach."""

_PORTAL = "https://discord.com/developers/applications"
_MOST_NAMED = 3

MOST = 50
"""Clubs whose channels are looked at: three questions to Discord each."""


async def findings(settings: Settings, channels: Sequence[ClubChannel] = ()) -> list[Finding]:
    """Check the application as Discord has it, and the clubs' channels, changing nothing."""
    if settings.discord_token is None:
        return []
    set_up_library(settings)
    try:
        async with asyncio.timeout(TIMEOUT):
            return [each async for each in _look(settings.discord_token, channels)]
    except SettingsError as error:
        return [Finding(NAME, Verdict.BAD, str(error))]
    except (TimeoutError, OSError, aiohttp.ClientError, discord.HTTPException) as error:
        text = f"Discord cannot be reached ({type(error).__name__}). Is this machine online?"
        return [Finding(NAME, Verdict.BAD, text)]


async def _look(token: Secret, channels: Sequence[ClubChannel]) -> AsyncIterator[Finding]:
    async with discord.Client(**bare_options()) as client:
        await log_in(client, token.value)
        if client.application is None:
            return
        yield Finding(NAME, Verdict.OK, f"The token is taken; this is {client.application.name}.")
        for finding in _application(client.application):
            yield finding
        yield _permissions(await client.http.get_guilds(200), client.application.id)
        yield _commands(await client.http.get_global_commands(client.application.id))
        # Another application may share the database.
        ours = {"", application_name(client.application.id)}
        here = [e for e in channels if e.club_id.startswith("discord:") and e.application in ours]
        shut = [each.name or each.club_id for each in here[:MOST] if not await _open(each, client)]
        if here:
            yield channels_finding("discord: places", shut, min(len(here), MOST))


async def _open(channel: ClubChannel, client: discord.Client) -> bool:
    """Whether Matinee may see and write in a club's channel."""
    place, number = place_of(channel.place), channel.club_id.removeprefix("discord:")
    if place is None or place.direct:
        return False
    found = await permissions_in(client, int(number), place.number)
    return found is not None and may_speak(found[0], thread=found[1])


def _application(application: discord.AppInfo) -> Iterable[Finding]:
    page = f"{_PORTAL}/{application.id}"
    if application.interactions_endpoint_url:
        text = (
            "Discord sends commands to a web address instead of to Matinee. Empty Interactions "
            f"Endpoint URL: {page}/information"
        )
        yield Finding("discord: way", Verdict.BAD, text)
    if application.bot_require_code_grant:
        text = f"The install link cannot work. Turn off Requires OAuth2 Code Grant: {page}/bot"
        yield Finding("discord: link", Verdict.BAD, text)
    flags = application.flags
    if flags.gateway_message_content_limited or flags.gateway_guild_members_limited:
        text = (
            "Matinee reads no messages but those said to it, and no list of members. "
            f"Turn these intents off: {page}/bot"
        )
        yield Finding("discord: intents", Verdict.NOTE, text)
    else:
        yield Finding("discord: intents", Verdict.OK, "Nothing has to be turned on.")


def _permissions(servers: Iterable[object], application: int) -> Finding:
    """Check the permissions in each server; its channels may still differ."""
    lacking = dict(_lacking(servers))
    if not lacking:
        return Finding(
            "discord: rights", Verdict.OK, "Matinee may do what it needs in each server."
        )
    named = [f"{server} ({', '.join(rights)})" for server, rights in lacking.items()]
    more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    text = (
        f"Something is missing in {'; '.join(named[:_MOST_NAMED])}{more}. Whoever runs the server "
        f"can install Matinee again: {invitation(application)}"
    )
    return Finding("discord: rights", Verdict.NOTE, text)


def _lacking(servers: Iterable[object]) -> Iterable[tuple[str, list[str]]]:
    for server in servers:
        if isinstance(server, dict):
            allowed = discord.Permissions(int(server.get("permissions", 0)))
            missing = [] if allowed.administrator else _missing(allowed)
            if missing:
                yield server["name"], missing


def _missing(allowed: discord.Permissions) -> list[str]:
    return [
        name.replace("_", " ") for name, needed in NEEDED if needed and not getattr(allowed, name)
    ]


def _commands(registered: Iterable[object]) -> Finding:
    """Compare the names of the commands; their options are registered at each start anyway."""
    known = {each["name"] for each in registered if isinstance(each, dict)}
    ours = {each["name"] for each in registration()}
    if known == ours:
        return Finding("discord: cmds", Verdict.OK, f"All {len(ours)} commands are registered.")
    text = (
        f"{len(ours - known)} commands are not registered yet; the next start does it. If not, delete "
        f"{REGISTERED} in the data folder and start again."
    )
    return Finding("discord: cmds", Verdict.NOTE, text)
