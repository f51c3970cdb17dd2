"""Bolt's store of installations on Matinee's database: all that Slack says of one is sealed in its row."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from slack_bolt.error import BoltError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore

from adapters.runtime.settings.sealing import Sealer, Unsealable
from bot.domain import installations as domain
from bot.domain.errors import StoreError
from bot.ports.installations import SealedInstallations

RENEWED_BEFORE = timedelta(hours=2)
"""Time before its end at which a token is renewed; Slack's last for twelve hours."""


class InstallationStore(AsyncInstallationStore):
    """Installations of the bot. Who installed it is greeted and not kept, nor any token of theirs."""

    def __init__(
        self,
        installations: SealedInstallations,
        sealer: Sealer,
        saved: Callable[[Bot, str], Awaitable[None]],
    ) -> None:
        """Keep installations there; `saved` is called with each that was made, and by whom."""
        self._installations = installations
        self._sealer = sealer
        self._saved = saved

    async def async_save(self, installation: Installation) -> None:
        """Store what an install has brought. BoltError where it has no bot or cannot be stored."""
        if not installation.bot_token:
            raise BoltError("Slack gave no token of a bot")
        await self._save(installation.to_bot(), installation.user_id or "")

    async def async_save_bot(self, bot: Bot) -> None:
        """Store the bot of a workspace or an organisation. BoltError where it cannot be stored."""
        await self._save(bot, "")

    async def _save(self, bot: Bot, installer: str) -> None:
        try:
            await self._installations.put(self.row_of(bot))
            await self._saved(bot, installer)
        except StoreError as error:
            raise BoltError(str(error)) from error

    async def async_find_bot(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        """Return the bot of a workspace, or of its organisation. Raises StoreError, Unsealable."""
        team = None if is_enterprise_install else team_id
        for holder in filter(None, (team, enterprise_id)):
            if row := await self._installations.get(holder):
                return self.bot_of(row)
        return None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Delete the bot of a workspace; of an organisation where no workspace is named."""
        if row := await self._installations.get(team_id or enterprise_id or ""):
            await self._installations.remove(row)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Delete nothing more: of those who installed it nothing is kept."""

    def row_of(self, bot: Bot) -> domain.Installation:
        """Return the row of a bot."""
        whole = {
            **bot.to_dict_for_copying(),
            "bot_token_expires_at": bot.bot_token_expires_at,
            "installed_at": bot.installed_at,
        }
        ends = bot.bot_token_expires_at if bot.bot_refresh_token else None
        return domain.Installation(
            holder=holder_of(bot),
            application=application_of(bot),
            sealed=self._sealer.seal(json.dumps(whole)),
            installed_at=datetime.fromtimestamp(bot.installed_at, UTC),
            renew_at=None if ends is None else datetime.fromtimestamp(ends, UTC) - RENEWED_BEFORE,
        )

    def bot_of(self, row: domain.Installation) -> Bot:
        """Return the bot of a row. Raises Unsealable, also for what was sealed for another holder."""
        bot = Bot(**json.loads(self._sealer.open(row.sealed)))
        if holder_of(bot) != row.holder:
            raise Unsealable
        return bot


def holder_of(bot: Bot) -> str:
    """Return Slack's id of the workspace, or of the organisation that has the bot as a whole."""
    return str(bot.enterprise_id if bot.is_enterprise_install else bot.team_id)


def application_of(bot: Bot) -> str:
    """Return the application, as clubs note it."""
    return f"slack:{bot.bot_id}"
