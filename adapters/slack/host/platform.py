"""Slack as a platform: connect, answer until told to stop, and end tidily."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TypeVar

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from adapters.chat.connecting import until_reached
from adapters.runtime.environment import SettingsError
from adapters.runtime.http_server import serving
from adapters.runtime.settings import Settings
from adapters.slack.api import REVOKED, TROUBLE, Api, cause, reason
from adapters.slack.host.health import Health
from adapters.slack.host.users import UserDirectory
from adapters.slack.ids import club_of
from adapters.slack.incoming.app import make_app
from adapters.slack.incoming.dispatch import Dispatcher
from adapters.slack.incoming.guard import Guard
from adapters.slack.incoming.http import web_app
from adapters.slack.incoming.request_flow import RequestFlow
from adapters.slack.outgoing.messenger import SlackMessenger
from adapters.slack.outgoing.responses import Responses
from bot.domain.errors import StoreError
from bot.ports.clock import Clock
from bot.service import Bot

log = logging.getLogger(__name__)

T = TypeVar("T")

FINISHING = 4.0
"""Seconds that begun responses get to finish, once Matinee stops."""

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
    """Make the platform, not connected yet. SettingsError without a transport."""
    del clock  # the age of requests is measured by the machine's clock
    return SlackPlatform(settings)


class SlackPlatform:
    """The workspace of a token, with Socket Mode, HTTP, or both as transports."""

    name = "slack"

    def __init__(self, settings: Settings) -> None:
        """Take the settings; SettingsError without a transport."""
        if settings.slack_bot_token is None:
            raise SettingsError(BOT_REFUSED.format("there is none"))
        ways = (settings.slack_app_token, settings.slack_signing_secret)
        if settings.listens and ways == (None, None):
            raise SettingsError(NO_WAY_IN)
        self._settings = settings
        self._api = Api(settings.slack_api_url, settings.slack_bot_token.value)
        self.messenger = SlackMessenger(self._api, prefix=settings.slack_command_prefix)
        self.port = settings.slack_http_port
        self._socket: SocketModeClient | None = None

    async def silence(self) -> float | None:
        """Return the seconds since Slack last answered a ping on the socket; 0 where there is none to be."""
        if not self.messenger.team:
            return None
        if self._settings.slack_app_token is None or not self._settings.listens:
            return 0.0
        if self._socket is None or not await self._socket.is_connected():
            return None
        return max(0.0, time.time() - (self._socket.last_ping_pong_time or time.time()))

    async def serve(self, bot: Bot, stopping: asyncio.Event) -> None:
        """Answer, or only send, until `stopping` is set. SettingsError if Slack refuses a token."""
        try:
            who = await until_reached("Slack", self._who, stopping, TROUBLE, cause)
            if who is not None:
                self.messenger.team = who.team_id or ""
                if not self._settings.listens:
                    bot.directories.add(self.name, UserDirectory(self._api, who.team_id or ""))
                    await stopping.wait()
                    return
                await _note(bot, who)
                async with self._open_to(bot, who, stopping):
                    await stopping.wait()
        finally:
            await self._api.close()

    @asynccontextmanager
    async def _open_to(
        self, bot: Bot, who: AuthorizeResult, stopping: asyncio.Event
    ) -> AsyncIterator[None]:
        """Open the transports; once they are closed, finish the begun responses."""
        prefix = self._settings.slack_command_prefix
        responses = Responses(self._api, prefix=prefix)
        flow = RequestFlow(bot, self._api, responses, who.team_id or "", who.team or "", prefix)
        bot.directories.add(self.name, flow.users)
        dispatcher = Dispatcher(bot, flow, who.bot_user_id or "", prefix)
        app = make_app(dispatcher, who)
        try:
            async with AsyncExitStack() as transports:
                await self._listen(app, Health(bot, self._api), transports)
                await self._connect(app, transports, stopping)
                log.info("Slack: connected to %s", who.team_id)
                yield
        finally:
            await dispatcher.background.finish(FINISHING)

    async def _listen(self, app: AsyncApp, health: Health, transports: AsyncExitStack) -> None:
        """Open the HTTP transport, if its secret is set."""
        secret = self._settings.slack_signing_secret
        if secret is None:
            return
        host, port = self._settings.slack_http_host, self._settings.slack_http_port
        served = web_app(app, Guard(secret.value.encode()), health.look)
        try:
            self.port = await transports.enter_async_context(serving(served, host, port))
        except OSError as error:
            raise SettingsError(NO_PORT.format(host, port, error.strerror)) from error

    async def _connect(
        self, app: AsyncApp, transports: AsyncExitStack, stopping: asyncio.Event
    ) -> None:
        """Open Socket Mode, if its token is set."""
        token = self._settings.slack_app_token
        if token is None:
            return

        async def address() -> str:
            connections = self._api.plain.apps_connections_open
            opened = await _call(lambda: connections(app_token=token.value), APP_REFUSED)
            return str(opened["url"])

        url = await until_reached("Slack", address, stopping, TROUBLE, cause)
        if url is None:
            return
        socket = AsyncSocketModeHandler(app, token.value, web_client=self._api.plain)
        socket.client.wss_uri = url
        transports.push_async_callback(socket.close_async)
        self._socket = socket.client
        await socket.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt's own

    async def _who(self) -> AuthorizeResult:
        """Return the workspace and the bot user of the token."""
        answer = await _call(self._api.plain.auth_test, BOT_REFUSED)
        return AuthorizeResult.from_auth_test_response(
            bot_token=self._api.token, auth_test_response=answer
        )


async def _call(call: Callable[[], Awaitable[T]], refused: str) -> T:
    """Call Slack; SettingsError, with the sentence `refused`, if it does not take the token."""
    try:
        return await call()
    except TROUBLE as error:
        why = reason(error)
        if why in REVOKED or why in {"not_allowed_token_type", "missing_scope"}:
            raise SettingsError(refused.format(why)) from error
        raise


async def _note(bot: Bot, who: AuthorizeResult) -> None:
    """Note the workspace as a club; if that fails, the next start does it again."""
    try:
        club = club_of(who.team_id or "")
        await bot.membership.joined(club, who.team or "", None, f"slack:{who.bot_id}")
    except StoreError as error:
        log.warning("could not note the workspace: %s", error)
