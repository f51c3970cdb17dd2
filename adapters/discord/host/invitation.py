"""The link that installs Matinee in a server, with no more permissions than it needs."""

import aiohttp
import discord

from adapters.discord.host.client import bare_options, log_in, set_up_library
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Settings

NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    attach_files=True,
    read_message_history=True,
)
"""To post in channels and threads, with files, and to look whether a message was posted before."""


def invitation(application: int) -> str:
    """Return the install link of an application."""
    return discord.utils.oauth_url(
        application, permissions=NEEDED, scopes=("bot", "applications.commands")
    )


async def find_invitation(settings: Settings) -> str:
    """Return the install link of the application whose token is set. Raises SettingsError."""
    if settings.discord_token is None:
        raise SettingsError("DISCORD_TOKEN is not set; the README says where it comes from.")
    set_up_library(settings)
    async with discord.Client(**bare_options()) as client:
        try:
            await log_in(client, settings.discord_token.value)
        except (OSError, aiohttp.ClientError, discord.HTTPException) as error:
            why = f"Discord cannot be reached ({type(error).__name__}). Is this machine online?"
            raise SettingsError(why) from error
        if client.application_id is None:
            raise SettingsError("Discord does not say whose token DISCORD_TOKEN is.")
        return invitation(client.application_id)
