"""Slack as a platform: connect, answer until told to stop, and end tidily."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from adapters.chat.connecting import until_reached
from adapters.runtime.process.http_server import serving
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Settings
from adapters.slack.api import TROUBLE, Api, cause
from adapters.slack.host.health import Health
from adapters.slack.incoming.app import make_app
from adapters.slack.incoming.guard import Guard
from adapters.slack.incoming.http import web_app
from adapters.slack.installing.pages import add_pages
from adapters.slack.installing.workspaces import InstalledWorkspaces
from adapters.slack.outgoing.messenger import SlackMessenger
from adapters.slack.workspaces import BOT_REFUSED, OneWorkspace, WorkspaceMaker, Workspaces, call
from bot.ports.clock import Clock
from bot.service import Bot

log = logging.getLogger(__name__)

FINISHING = 4.0
"""Seconds that begun responses get to finish, once Matinee stops."""

APP_REFUSED = (
    "SLACK_APP_TOKEN is not taken by Slack ({}); make an app-level token (xapp-...) with the scope "
    "connections:write under Basic Information of your app"
)
NO_WAY_IN = (
    "Slack is set up, but no way in: set SLACK_APP_TOKEN for Socket Mode, or "
    "SLACK_SIGNING_SECRET for HTTP"
)
NO_PORT = "cannot listen on {}:{} ({}); set SLACK_HTTP_HOST and SLACK_HTTP_PORT to a free address"


def open_platform(settings: Settings, clock: Clock) -> "SlackPlatform":
    """Make the platform, not connected yet. SettingsError without a transport."""
    del clock  # the age of requests is measured by the machine's clock
    return SlackPlatform(settings)


class SlackPlatform:
    """The workspace of a token, or all that install Matinee; with Socket Mode, HTTP, or both."""

    name = "slack"

    def __init__(self, settings: Settings) -> None:
        """Take the settings; SettingsError without a transport."""
        self._workspaces = _workspaces(settings)
        ways = (settings.slack_app_token, settings.slack_signing_secret)
        if settings.listens and ways == (None, None):
            raise SettingsError(NO_WAY_IN)
        self._settings = settings
        self._api = self._workspaces.api
        self.messenger = SlackMessenger(self._workspaces, prefix=settings.slack_command_prefix)
        self.port = settings.slack_http_port
        self._socket: SocketModeClient | None = None
        self._is_open = False

    async def silence(self) -> float | None:
        """Return the seconds since Slack last answered a ping on the socket; 0 where there is none to be."""
        if not self._is_open:
            return None
        if self._settings.slack_app_token is None or not self._settings.listens:
            return 0.0
        if self._socket is None or not await self._socket.is_connected():
            return None
        return max(0.0, time.time() - (self._socket.last_ping_pong_time or time.time()))

    async def serve(self, bot: Bot, stopping: asyncio.Event) -> None:
        """Answer, or only send, until `stopping` is set. SettingsError if Slack refuses a token."""
        listens = self._settings.listens
        maker = WorkspaceMaker(bot, self._settings.slack_command_prefix, listens=listens)
        try:
            if await self._workspaces.open(maker, stopping):
                self._is_open = True
                bot.directories.add(self.name, self._workspaces)
                async with self._open_to(maker, stopping) if listens else nullcontext():
                    await self._workspaces.keep(stopping)
                    await stopping.wait()
        finally:
            await self._api.close()

    @asynccontextmanager
    async def _open_to(self, maker: WorkspaceMaker, stopping: asyncio.Event) -> AsyncIterator[None]:
        """Open the transports; once they are closed, finish the begun responses."""
        app = make_app(self._workspaces, maker.background)
        try:
            async with AsyncExitStack() as transports:
                await self._listen(app, Health(maker.bot, self._api), transports)
                await self._connect(app, transports, stopping)
                log.info("Slack: connected; clubs within reach: %d", len(self._workspaces.reach))
                yield
        finally:
            await maker.background.finish(FINISHING)

    async def _listen(self, app: AsyncApp, health: Health, transports: AsyncExitStack) -> None:
        """Open the HTTP transport, if its secret is set, and the pages of installs, if there are any."""
        secret, installs = self._settings.slack_signing_secret, self._workspaces.installs
        if secret is None and installs is None:
            return
        host, port = self._settings.slack_http_host, self._settings.slack_http_port
        served = web_app(app, Guard(secret.value.encode()) if secret else None, health.look)
        if installs is not None:
            add_pages(served, installs)
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
            opened = await call(lambda: connections(app_token=token.value), APP_REFUSED)
            return str(opened["url"])

        url = await until_reached("Slack", address, stopping, TROUBLE, cause)
        if url is None:
            return
        socket = AsyncSocketModeHandler(app, token.value, web_client=self._api.plain)
        socket.client.wss_uri = url
        transports.push_async_callback(socket.close_async)
        self._socket = socket.client
        await socket.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt's own


def _workspaces(settings: Settings) -> Workspaces:
    """Return the workspaces that the settings name. SettingsError where they name none."""
    if settings.slack_client_id:
        return InstalledWorkspaces(settings)
    if settings.slack_bot_token is None:
        raise SettingsError(BOT_REFUSED.format("there is none"))
    return OneWorkspace(Api(settings.slack_api_url, settings.slack_bot_token.value))
