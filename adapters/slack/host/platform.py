"""Slack as a platform that Matinee runs on."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from adapters.runtime.settings import Settings, SettingsError
from adapters.slack.api import REVOKED, TROUBLE, Api, reason
from adapters.slack.ids import club_of
from adapters.slack.incoming.app import make_app
from adapters.slack.incoming.dispatch import Conversation
from adapters.slack.incoming.guard import Guard
from adapters.slack.incoming.http import serving, web_app
from adapters.slack.incoming.request_flow import Talk
from adapters.slack.outgoing.messenger import SlackMessenger
from adapters.slack.outgoing.responses import Answering
from bot.delivery.waiting import pause
from bot.domain.errors import StoreError
from bot.ports.clock import Clock
from bot.service import Bot

log = logging.getLogger(__name__)

FAREWELL = 4.0
"""Seconds in which what has begun may end."""

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
"""Seconds between two tries to reach Slack at the start."""

BOT_REFUSED = (
    "SLACK_BOT_TOKEN is not taken by Slack ({}); copy the Bot User OAuth Token (xoxb-...) from "
    "OAuth & Permissions of your app"
)
APP_REFUSED = (
    "SLACK_APP_TOKEN is not taken by Slack ({}); make an app-level token (xapp-...) with the scope "
    "connections:write under Basic Information of your app"
)
NO_WAY_IN = (
    "SLACK_BOT_TOKEN is set, but no way in: set SLACK_APP_TOKEN for Socket Mode, or "
    "SLACK_SIGNING_SECRET for HTTP"
)
NO_PORT = "cannot listen on {}:{} ({}); set SLACK_HTTP_HOST and SLACK_HTTP_PORT to a free address"


def open_platform(settings: Settings, clock: Clock) -> "SlackPlatform":
    """Make the platform; nothing is asked of Slack yet. SettingsError where there is no way in."""
    del clock  # requests are as old as the machine's own clock says
    return SlackPlatform(settings)


class SlackPlatform:
    """One workspace, by its token: reached by Socket Mode, by HTTP, or by both."""

    name = "slack"

    def __init__(self, settings: Settings) -> None:
        """Take the settings; SettingsError where there is no way in."""
        if settings.slack_bot_token is None:
            raise SettingsError(BOT_REFUSED.format("there is none"))
        if settings.slack_app_token is None and settings.slack_signing_secret is None:
            raise SettingsError(NO_WAY_IN)
        self._settings = settings
        self._api = Api(settings.slack_api_url, settings.slack_bot_token.value)
        self.messenger = SlackMessenger(self._api)
        self.port = settings.slack_http_port

    async def serve(self, bot: Bot, stopping: asyncio.Event) -> None:
        """Connect, and answer until `stopping` is set; then end what was begun, within seconds.

        Raises SettingsError where a token is not taken.
        """
        try:
            who = await _patiently(self._who, stopping, BOT_REFUSED)
            if who is not None:
                await _note(bot, who)
                async with self._open_to(bot, who, stopping):
                    await stopping.wait()
        finally:
            await self._api.close()

    @asynccontextmanager
    async def _open_to(
        self, bot: Bot, who: AuthorizeResult, stopping: asyncio.Event
    ) -> AsyncIterator[None]:
        """Open the ways in; when they are closed again, end what came in by them."""
        talk = Talk(bot, self._api, Answering(self._api), who.team or "")
        prefix = self._settings.slack_command_prefix
        talked = Conversation(bot, talk, who.bot_user_id or "", prefix)
        app = make_app(talked, who)
        try:
            async with AsyncExitStack() as ways:
                await self._listen(app, ways)
                await self._connect(app, ways, stopping)
                log.info("Slack: connected to %s", who.team_id)
                yield
        finally:
            await talked.background.finish(FAREWELL)

    async def _listen(self, app: AsyncApp, ways: AsyncExitStack) -> None:
        """Open the HTTP transport, if there is a secret for it."""
        secret = self._settings.slack_signing_secret
        if secret is None:
            return
        host, port = self._settings.slack_http_host, self._settings.slack_http_port
        served = web_app(app, Guard(secret.value.encode()))
        try:
            self.port = await ways.enter_async_context(serving(served, host, port))
        except OSError as error:
            raise SettingsError(NO_PORT.format(host, port, error.strerror)) from error

    async def _connect(self, app: AsyncApp, ways: AsyncExitStack, stopping: asyncio.Event) -> None:
        """Open Socket Mode, if there is a token for it."""
        token = self._settings.slack_app_token
        if token is None:
            return

        async def address() -> str:
            opened = await self._api.plain.apps_connections_open(app_token=token.value)
            return str(opened["url"])

        url = await _patiently(address, stopping, APP_REFUSED)
        if url is None:
            return
        socket = AsyncSocketModeHandler(app, token.value, web_client=self._api.plain)
        socket.client.wss_uri = url
        ways.push_async_callback(socket.close_async)
        await socket.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt's own

    async def _who(self) -> AuthorizeResult:
        """Ask Slack whose token this is."""
        answer = await self._api.plain.auth_test()
        return AuthorizeResult.from_auth_test_response(
            bot_token=self._api.token, auth_test_response=answer
        )


async def _patiently(
    ask: Callable[[], Awaitable[Any]], stopping: asyncio.Event, refused: str
) -> Any:  # noqa: ANN401 - whatever is asked for
    """Ask until Slack answers; None when it is time to stop before. SettingsError when it refuses."""
    wait = FIRST_WAIT
    while not stopping.is_set():
        try:
            return await ask()
        except TROUBLE as error:
            why = reason(error)
            if why in REVOKED or why in {"not_allowed_token_type", "missing_scope"}:
                raise SettingsError(refused.format(why)) from error
            log.warning("Slack does not answer (%s); trying again", why or type(error).__name__)
        await pause(stopping, timedelta(seconds=wait))
        wait = min(2 * wait, LONGEST_WAIT)
    return None


async def _note(bot: Bot, who: AuthorizeResult) -> None:
    """Let the core know of the workspace; it can be asked again at the next start."""
    try:
        await bot.membership.joined(club_of(who.team_id or ""), who.team or "", None)
    except StoreError as error:
        log.warning("could not take note of the workspace: %s", error)
