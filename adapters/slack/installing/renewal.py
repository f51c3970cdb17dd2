"""Renewal of tokens that end, where Slack gives such: by one process at a time, before they do."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.runtime.settings.sealing import Unsealable
from adapters.slack.api import TROUBLE, cause, reason
from adapters.slack.installing.store import RENEWED_BEFORE, InstallationStore
from bot.domain.errors import StoreError
from bot.domain.installations import Installation
from bot.ports.installations import SealedInstallations

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""Time for which one process has a renewal, and after which a failed one is tried again."""

_WAITS = (0.5, 2.0, 10.0, 30.0)
"""Seconds between tries to store a renewed token."""


class Renewal:
    """Renews the tokens of installations that are due."""

    def __init__(
        self,
        installations: SealedInstallations,
        store: InstallationStore,
        settings: AsyncOAuthSettings,
        client: AsyncWebClient,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Renew with the application's id and secret. `now`: seconds of Unix time."""
        self._installations = installations
        self._store = store
        self._now = now
        self._rotator = AsyncTokenRotator(
            client_id=settings.client_id, client_secret=settings.client_secret, client=client
        )

    async def all_due(self) -> None:
        """Renew every token that is due. What fails is logged, and due again after the lease."""
        try:
            while due := await self._installations.claim_renewal(self._instant(), LEASE):
                await self._renew(due)
        except StoreError as error:
            log.warning("tokens could not be renewed: %s", error)

    async def _renew(self, due: Installation) -> None:
        try:
            renewed = await self._rotator.perform_bot_token_rotation(
                bot=self._store.bot_of(due),
                minutes_before_expiration=RENEWED_BEFORE // timedelta(minutes=1) + 1,
            )
        except SlackTokenRotationError as error:
            log.error(  # noqa: TRY400 - the reason is all there is
                "the token of %s could not be renewed (%s); let it be installed again",
                due.holder,
                reason(error.api_error),
            )
        except TROUBLE as error:
            log.warning("the token of %s was not renewed: %s", due.holder, cause(error))
        except Unsealable:
            log.warning("the token of %s cannot be opened, so it was not renewed", due.holder)
        else:
            if renewed is not None:
                row = self._store.row_of(renewed)
                soonest = self._instant() + LEASE  # however short Slack's tokens last
                await self._stored(
                    due, replace(row, renew_at=max(row.renew_at or soonest, soonest))
                )

    async def _stored(self, due: Installation, renewed: Installation) -> None:
        """Store what Slack has renewed, however busy the database is: the former token is spent."""
        for wait in _WAITS:
            try:
                await self._installations.replace(due, renewed)
            except StoreError as error:
                log.warning("a renewed token was not stored yet: %s", error)
                await asyncio.sleep(wait)
            else:
                return
        await self._installations.replace(due, renewed)

    def _instant(self) -> datetime:
        return datetime.fromtimestamp(self._now(), UTC)
