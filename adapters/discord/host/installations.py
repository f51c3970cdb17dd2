"""Installations: the clubs that add Matinee to their server, or remove it."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

import discord

from adapters.chat.background import BackgroundTasks
from adapters.chat.homes import home_of
from adapters.discord.ids import application_name, application_of, club_of, hall_of
from bot.domain.errors import StoreError
from bot.service import Bot

log = logging.getLogger(__name__)

NOTED_AT_ONCE = 1
"""Clubs noted at a time: a start with thousands of them must not delay commands."""


class Installations:
    """Notes which clubs have the bot, in the background."""

    def __init__(self, bot: Bot, tasks: BackgroundTasks) -> None:
        """Note clubs for this bot, each in one of these tasks."""
        self._bot = bot
        self._tasks = tasks
        self._noting = asyncio.Semaphore(NOTED_AT_ONCE)

    def joined(self, guild: discord.Guild) -> None:
        """Note a club that installed the bot, now or before this process began."""
        club, application = club_of(guild.id), application_of(guild)
        home = home_of(guild.preferred_locale.value)
        hall, name = hall_of(guild), guild.name
        joining = self._bot.membership.joined(club, name, hall, application, home=home)
        self._tasks.begin(self._note(joining))

    def left(self, guild: discord.Guild) -> None:
        """Note a club that removed the bot."""
        self._tasks.begin(self._note(self._bot.membership.left(club_of(guild.id))))

    def present(self, client: discord.Client) -> None:
        """Note the clubs that removed the bot while it was not connected."""
        here = {club_of(guild.id) for guild in client.guilds}
        application = application_name(client.application_id)
        self._tasks.begin(self._note(self._bot.membership.present(application, here)))

    async def _note(self, noting: Coroutine[Any, Any, None]) -> None:
        async with self._noting:
            try:
                await noting
            except StoreError as error:
                log.warning("could not note a club: %s", error)
