"""The connection to Discord: discord.py with as little state as Matinee needs."""

import logging
import time
from pathlib import Path
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.commands import digest, registration
from adapters.discord.host.identifying import IdentifyTurns
from adapters.discord.incoming.interactions import Interactions
from adapters.discord.outgoing.responses import Interaction
from adapters.discord.outgoing.rivals import Rivals
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import DISCORD_API_URL, Settings

log = logging.getLogger(__name__)

REGISTERED = "discord-commands.txt"
"""File in the data folder with the digest of the commands that Discord has."""

LONGEST_WAIT = 30.0
"""Seconds up to which discord.py waits for a rate limit; a longer one is raised as an error."""

REFUSED = (
    "Discord does not take DISCORD_TOKEN. Copy the bot's token anew: "
    "https://discord.com/developers/applications, your application, Bot, Reset Token."
)


def set_up_library(settings: Settings) -> None:
    """Set the addresses of Discord, which discord.py keeps in its classes."""
    Route.BASE = settings.discord_api_url or DISCORD_API_URL
    if settings.discord_gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway_url)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # no voice here


def bare_options() -> dict[str, Any]:
    """Return options for servers and what is said to Matinee there: no members, no caches, no pings.

    Without the privileged intent, Discord sends the words of direct messages and of mentions alone.
    """
    return {
        "intents": discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
        "member_cache_flags": discord.MemberCacheFlags.none(),
        "chunk_guilds_at_startup": False,
        "max_messages": None,
        "allowed_mentions": discord.AllowedMentions.none(),
        "max_ratelimit_timeout": LONGEST_WAIT,
    }


class Client(discord.Client):
    """A connection that passes Discord's events on."""

    interactions: Interactions
    rivals: Rivals
    turns: IdentifyTurns

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as it is there
        """Take the library's options."""
        super().__init__(**options)
        self.rivals = Rivals()

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as it is there
        """Drop the events that the library dispatches after the connection is closed."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for a turn among all processes: discord.py keeps apart only those of its own."""
        del initial
        await self.turns.wait(shard_id or 0)

    async def on_ready(self) -> None:
        """Note the clubs that removed the bot while it was not connected."""
        self.interactions.installations.present(self)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer an interaction."""
        self.interactions.handle(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is said to Matinee."""
        self.interactions.said(message, self.user)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note a new club, which is then greeted."""
        self.interactions.installations.joined(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Note a club that installed the bot before this process began."""
        self.interactions.installations.joined(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that a club removed the bot."""
        self.interactions.installations.left(guild)


class ShardedClient(Client, discord.AutoShardedClient):
    """As many connections as Discord recommends."""


def heartbeat_age(client: discord.Client) -> float | None:
    """Return the age of the oldest last acknowledged heartbeat, in seconds; None while one is missing.

    discord.py tells how long an acknowledgement took, and not when it came.
    """
    sockets: list[DiscordWebSocket | None] = [client.ws]
    if isinstance(client, discord.AutoShardedClient):
        if len(client.shards) < len(client.shard_ids or range(client.shard_count or 1)):
            return None  # they connect one after the other
        sockets = [each._parent.ws for each in client.shards.values()]  # noqa: SLF001 - see above
    keepers = [each._keep_alive if each else None for each in sockets]  # noqa: SLF001 - likewise
    if not keepers or None in keepers:
        return None
    now = time.perf_counter()
    return max(now - each._last_ack for each in keepers if each)  # noqa: SLF001 - likewise


async def register(client: discord.Client, folder: Path) -> None:
    """Register the commands with Discord, unless the very same are registered already."""
    if client.application_id is None:
        return
    commands = registration()
    name = registered_name(client.application_id)
    file = folder / REGISTERED
    if _read(file) == name:
        return
    payload: Any = commands
    await client.http.bulk_upsert_global_commands(client.application_id, payload)
    try:
        _write(file, name)
    except OSError as error:
        log.warning(
            "%s cannot be written (%s); the next start registers again", file, error.strerror
        )
    log.info("registered %s commands", len(commands))


def registered_name(application: int) -> str:
    """Return the digest of the commands as one application has them."""
    return f"{application} {digest(registration())}"


def _read(file: Path) -> str:
    try:
        return file.read_text("ascii").strip() if file.is_file() else ""
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
