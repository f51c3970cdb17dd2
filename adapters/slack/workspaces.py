"""Workspaces that Matinee is installed in: how each is spoken to, and the one workspace of a token."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol, TypeVar

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow

from adapters.chat.background import BackgroundTasks, RecentRequests
from adapters.chat.connecting import until_reached
from adapters.runtime.settings.environment import SettingsError
from adapters.slack.api import REVOKED, TROUBLE, Api, Apis, cause, reason
from adapters.slack.ids import club_of
from adapters.slack.incoming.dispatch import Dispatcher
from adapters.slack.incoming.payloads import Payload
from adapters.slack.incoming.request_flow import RequestFlow
from adapters.slack.outgoing.responses import Responses
from bot.delivery.waiting import pause
from bot.domain.errors import StoreError
from bot.domain.ids import ClubId, MemberId
from bot.service import Bot

log = logging.getLogger(__name__)

T = TypeVar("T")

BOT_REFUSED = (
    "SLACK_BOT_TOKEN is not taken by Slack ({}); copy the Bot User OAuth Token (xoxb-...) from "
    "OAuth & Permissions of your app"
)


COUNTED = 10.0
"""Seconds between looks at which channels are clubs of their own."""

DEPARTURES = ("app_uninstalled", "tokens_revoked")
"""Events that tell that a workspace removed Matinee."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace: the Web API with its token, and what answers its requests."""

    api: Api
    flow: RequestFlow
    dispatcher: Dispatcher


@dataclass(frozen=True, slots=True)
class WorkspaceMaker:
    """Makes workspaces that share the core, background tasks and recent requests.

    `prefix` is that of slash commands. `listens`: whether requests are taken here, or messages only sent.
    """

    bot: Bot
    prefix: str
    listens: bool = True
    background: BackgroundTasks = field(default_factory=BackgroundTasks)
    recent: RecentRequests = field(default_factory=RecentRequests)

    def make(self, api: Api, team: str, name: str, bot_user: str) -> Workspace:
        """Return a workspace. `bot_user`: Matinee's own user id there."""
        responses = Responses(api, prefix=self.prefix)
        flow = RequestFlow(self.bot, api, responses, team, name, self.prefix)
        dispatcher = Dispatcher(self.bot, flow, bot_user, self.prefix, self.background, self.recent)
        return Workspace(api, flow, dispatcher)


class Workspaces(Apis, Protocol):
    """All workspaces that Matinee is installed in. Implements `bot.ports.Directory` for them."""

    @property
    def api(self) -> Api:
        """The Web API for what concerns the application itself."""

    @property
    def authorized(self) -> AuthorizeResult:
        """What Bolt is told of a request's authorization."""

    @property
    def departures(self) -> Collection[str]:
        """Events that tell of a workspace's departure."""

    @property
    def installs(self) -> AsyncOAuthFlow | None:
        """The flow by which further workspaces install Matinee, if they can."""

    async def open(self, maker: WorkspaceMaker, stopping: asyncio.Event) -> bool:
        """Get to know the workspaces; return whether that was done before `stopping`. SettingsError."""

    async def keep(self, stopping: asyncio.Event) -> None:
        """Follow what changes, until `stopping` is set."""

    async def of(self, body: Payload) -> Workspace | None:
        """Return the workspace of a payload; None where Matinee is not installed. Raises StoreError."""

    async def name(self, club_id: ClubId, member_id: MemberId) -> str | None:
        """Return the name of somebody who belongs to the club now. Raises PlatformSilent."""

    async def gone(self, body: Payload) -> None:
        """Note that a workspace removed Matinee, or revoked its token."""


class OneWorkspace:
    """The workspace of one token that is set. Implements `Workspaces`."""

    installs = None
    departures = DEPARTURES

    def __init__(self, api: Api, team: str = "") -> None:
        """Speak with this token; `team` is known once Slack has said it."""
        self.api = api
        self.team = team
        self.authorized = AuthorizeResult(enterprise_id=None, team_id=None)
        self._maker: WorkspaceMaker | None = None
        self._workspace: Workspace | None = None
        self._of_channels: Collection[ClubId] = ()

    @property
    def reach(self) -> Collection[ClubId]:
        """The clubs of the token's workspace, once Slack has named it: its own, and those of channels."""
        return (club_of(self.team), *self._of_channels) if self.team else ()

    async def open(self, maker: WorkspaceMaker, stopping: asyncio.Event) -> bool:
        """Ask Slack whose token it is. SettingsError if Slack refuses it."""
        who = await until_reached("Slack", self._who, stopping, TROUBLE, cause)
        if who is None:
            return False
        self._maker = maker
        await self._count(who.team_id or "")
        self.authorized, self.team = who, who.team_id or ""
        self._workspace = maker.make(self.api, self.team, who.team or "", who.bot_user_id or "")
        if maker.listens:
            await self._note(maker.bot, who)
        return True

    async def _count(self, team: str) -> None:
        """Look which channels are clubs of their own."""
        if self._maker is None:
            return
        try:
            self._of_channels = await self._maker.bot.membership.channels_of(club_of(team))
        except StoreError as error:
            log.warning("could not read the clubs of channels: %s", error)

    async def _note(self, bot: Bot, who: AuthorizeResult) -> None:
        """Note the workspace as a club."""
        try:
            application = f"slack:{who.bot_id}"
            await bot.membership.joined(club_of(self.team), who.team or "", None, application)
        except StoreError as error:  # the next start does it again
            log.warning("could not note the workspace: %s", error)

    async def _who(self) -> AuthorizeResult:
        """Return the workspace and the bot user of the token."""
        answer = await call(self.api.plain.auth_test, BOT_REFUSED)
        return AuthorizeResult.from_auth_test_response(
            bot_token=self.api.token, auth_test_response=answer
        )

    async def keep(self, stopping: asyncio.Event) -> None:
        """Follow which channels become clubs of their own, in any process."""
        while not stopping.is_set():
            await pause(stopping, timedelta(seconds=COUNTED))
            await self._count(self.team)

    async def of(self, body: Payload) -> Workspace | None:
        """Return the one workspace."""
        del body
        return self._workspace

    async def of_team(self, team: str) -> Api:
        """Return the Web API with the one token."""
        del team
        return self.api

    async def name(self, club_id: ClubId, member_id: MemberId) -> str | None:
        """Return the name of somebody who belongs to the club now. Raises PlatformSilent."""
        if self._workspace is None:
            return None
        return await self._workspace.flow.name(club_id, member_id)

    async def gone(self, body: Payload) -> None:
        """Note that the workspace removed Matinee."""
        log.error("Slack: Matinee was uninstalled or its token revoked; install it again to go on")
        if self._maker is None:
            return
        try:
            await self._maker.bot.membership.left(club_of(body["team_id"]))
        except StoreError as error:
            log.warning("could not note that a workspace has left: %s", error)


async def call(ask: Callable[[], Awaitable[T]], refused: str) -> T:
    """Call Slack; SettingsError, with the sentence `refused`, if it does not take the token."""
    try:
        return await ask()
    except TROUBLE as error:
        why = reason(error)
        if why in REVOKED or why in {"not_allowed_token_type", "missing_scope"}:
            raise SettingsError(refused.format(why)) from error
        raise
