"""The connection to Discord: discord.py with as little state as Matinee can do with."""

import logging
from pathlib import Path
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.incoming.interactions import Listener
from adapters.discord.incoming.slash_commands import digest, registration
from adapters.runtime.settings import DISCORD_API_URL, Settings, SettingsError

log = logging.getLogger(__name__)

REGISTERED = "discord-commands.txt"
"""The file in the data folder that says which commands Discord has."""

LONGEST_WAIT = 30.0
"""Seconds that a rate limit may ask for before it is passed on."""

REFUSED = (
    "Discord does not take DISCORD_TOKEN. Copy the bot's token anew: "
    "https://discord.com/developers/applications, your application, Bot, Reset Token."
)


def set_up_library(settings: Settings) -> None:
    """Let discord.py speak to the addresses that are set: it keeps them in its classes."""
    Route.BASE = settings.discord_api_url or DISCORD_API_URL
    if settings.discord_gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway_url)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody speaks here


def bare_options() -> dict[str, Any]:
    """Ask for servers alone: no members, no messages, nobody ever pinged."""
    return {
        "intents": discord.Intents(guilds=True),
        "member_cache_flags": discord.MemberCacheFlags.none(),
        "chunk_guilds_at_startup": False,
        "max_messages": None,
        "allowed_mentions": discord.AllowedMentions.none(),
        "max_ratelimit_timeout": LONGEST_WAIT,
    }


class Client(discord.Client):
    """One connection, which hands over what Discord tells it."""

    listener: Listener

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as it is there
        """Let events happen while we listen: the library's last ones would come too late."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    async def on_ready(self) -> None:
        """Take note of the clubs that are no longer there."""
        self.listener.present(self.guilds)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take what a member does."""
        self.listener.hear(interaction)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet a new club."""
        self.listener.joined(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Take note of a club that was there before us."""
        self.listener.joined(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Take note that a club has shown us the door."""
        self.listener.left(guild)


class ShardedClient(Client, discord.AutoShardedClient):
    """As many connections as Discord recommends."""


async def register(client: discord.Client, folder: Path) -> None:
    """Tell Discord which commands there are, unless it has been told of these very ones."""
    if client.application_id is None:
        return
    commands = registration()
    name = registered_name(client.application_id)
    file = folder / REGISTERED
    if _read(file) == name:
        return
    payload: Any = commands
    await client.http.bulk_upsert_global_commands(client.application_id, payload)
    _write(file, name)
    log.info("registered %s commands", len(commands))


def registered_name(application: int) -> str:
    """Name the commands as one application has them."""
    return f"{application} {digest(registration())}"


def _read(file: Path) -> str:
    try:
        return file.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{text}\n", "ascii")


async def log_in(client: discord.Client, token: str) -> None:
    """Log in; SettingsError for a token that is not taken."""
    try:
        await client.login(token)
    except discord.LoginFailure as error:
        raise SettingsError(REFUSED) from error
