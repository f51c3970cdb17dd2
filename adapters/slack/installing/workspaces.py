"""Workspaces that have installed Matinee themselves: found by their installations, each with its own token."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from cachetools import LRUCache
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_sdk.oauth.installation_store import Bot as SlackBot

from adapters.runtime.settings.sealing import Sealer, Unsealable
from adapters.runtime.settings.settings import Settings
from adapters.slack.api import TROUBLE, Api, cause
from adapters.slack.host.manifest import EVENTS_OF_ORGANISATIONS
from adapters.slack.host.users import UserDirectory
from adapters.slack.ids import club_of, direct, workspace_of
from adapters.slack.incoming import payloads
from adapters.slack.incoming.payloads import Payload
from adapters.slack.installing.pages import oauth_flow
from adapters.slack.installing.renewal import Renewal
from adapters.slack.installing.seals import check_seals
from adapters.slack.installing.states import StateStore
from adapters.slack.installing.store import InstallationStore, application_of, holder_of
from adapters.slack.workspaces import DEPARTURES, Workspace, WorkspaceMaker
from bot.delivery.waiting import pause
from bot.domain.errors import Delayed, PlatformSilent, StoreError
from bot.domain.ids import ClubId, MemberId

log = logging.getLogger(__name__)

MOST_KNOWN = 2_000
"""Workspaces that are kept at hand; others are read again."""

REMEMBERED = 30.0
"""Seconds after which a workspace's installation is read again: another process may have changed it."""

LOCKED_OUT = 300.0
"""Seconds before the next attempt to deliver in a workspace without a usable installation."""

UNREAD = 10.0
"""Seconds before the next attempt while the database does not answer."""

_WRONG_KEY = (
    "MATINEE_SECRET_KEY does not open the token of %s; put the key that sealed it behind the first"
)


@dataclass(slots=True)
class _Known:
    """A workspace at hand: the bot it was made for, and when its installation was read (seconds)."""

    workspace: Workspace
    bot: SlackBot
    read_at: float


class InstalledWorkspaces:
    """Implements `adapters.slack.workspaces.Workspaces` by the installations that are stored."""

    departures = (*DEPARTURES, *EVENTS_OF_ORGANISATIONS)

    def __init__(self, settings: Settings, now: Callable[[], float] = time.monotonic) -> None:
        """Begin without workspaces. `now`: seconds, monotonic. SettingsError for keys that are none."""
        self.api = Api(settings.slack_api_url, "")
        self.authorized = AuthorizeResult(enterprise_id=None, team_id=None)
        self.installs: AsyncOAuthFlow | None = None
        self.reach: Collection[ClubId] = ()
        self._settings = settings
        self._sealer = Sealer([each.value for each in settings.secret_key])
        self._now = now
        self._known = LRUCache[str, _Known](MOST_KNOWN)

    async def open(self, maker: WorkspaceMaker, stopping: asyncio.Event) -> bool:
        """Look through the installations. SettingsError if the keys open none of them; StoreError."""
        del stopping
        self._maker = maker
        self._installations = maker.bot.installations
        await check_seals(self._installations, self._sealer)
        self._store = InstallationStore(self._installations, self._sealer, self._saved)
        states, client = StateStore(self._installations), self.api.plain
        self.installs = oauth_flow(self._settings, self._store, states, client)
        self._renewal = Renewal(self._installations, self._store, self.installs.settings, client)
        await self._count()
        return True

    async def keep(self, stopping: asyncio.Event) -> None:
        """Renew tokens that end soon, and follow what other processes install."""
        while not stopping.is_set():
            await self._renewal.all_due()
            try:
                await self._count()
            except StoreError as error:
                log.warning("could not read the installations: %s", error)
            await pause(stopping, timedelta(seconds=REMEMBERED))

    async def _count(self) -> None:
        self.reach = tuple(await self._installations.clubs())

    # Finding a workspace ------------------------------------------------------------------------

    async def of(self, body: Payload) -> Workspace | None:
        """Return the workspace of a payload; None where Matinee is not installed. Raises StoreError."""
        team, organisation = payloads.team_of(body), payloads.organisation_of(body)
        known = self._at_hand(team)
        if known is not None or not team:
            return known
        try:
            bot = await self._store.async_find_bot(enterprise_id=organisation, team_id=team)
            return await self._found(team, bot)
        except Unsealable:
            log.error(_WRONG_KEY, team)  # noqa: TRY400 - the error itself says no more
            return None

    async def of_team(self, team: str) -> Api:
        """Return the Web API with the token of a workspace. Raises Delayed."""
        try:
            workspace = await self._of_club(team)
        except StoreError as error:
            raise Delayed(UNREAD, str(error)) from error
        except Unsealable as error:
            raise Delayed(LOCKED_OUT, _WRONG_KEY % team) from error
        if workspace is None:
            raise Delayed(LOCKED_OUT, f"Matinee is not installed in {team}")
        return workspace.api

    async def name(self, club_id: ClubId, member_id: MemberId) -> str | None:
        """Return the name of somebody who belongs to the club now; None if they do not. PlatformSilent."""
        try:
            workspace = await self._of_club(workspace_of(club_id)[0])
        except (StoreError, Unsealable) as error:
            raise PlatformSilent("the workspace's installation cannot be read") from error
        return None if workspace is None else await workspace.flow.name(club_id, member_id)

    async def _of_club(self, team: str) -> Workspace | None:
        """Return a workspace whose organisation nobody names. Raises StoreError, Unsealable."""
        known = self._at_hand(team)
        if known is not None:
            return known
        row = await self._installations.of_club(club_of(team))
        return await self._found(team, self._store.bot_of(row) if row else None)

    def _at_hand(self, team: str) -> Workspace | None:
        known = self._known.get(team)
        fresh = known is not None and self._now() - known.read_at < REMEMBERED
        return known.workspace if known is not None and fresh else None

    async def _found(self, team: str, bot: SlackBot | None) -> Workspace | None:
        """Return the workspace of a bot as it is stored, with all that is remembered of it."""
        if bot is None:
            self._known.pop(team, None)
            return None
        known = self._known.get(team)
        if known is None or holder_of(known.bot) != holder_of(bot):
            name = bot.team_name or bot.enterprise_name or ""
            api = self.api.with_token(bot.bot_token)
            made = self._maker.make(api, team, name, bot.bot_user_id)
            await self._note(team, bot)
            known = self._known[team] = _Known(made, bot, self._now())
        known.workspace.api.token = bot.bot_token
        known.bot, known.read_at = bot, self._now()
        return known.workspace

    # Coming and going ---------------------------------------------------------------------------

    async def _saved(self, bot: SlackBot, installer: str) -> None:
        """Take up what was installed just now, and greet who did so. Raises StoreError."""
        for team in [team for team, each in self._known.items() if _same(each.bot, bot)]:
            self._known.pop(team)
        if bot.team_id and not bot.is_enterprise_install:
            await self._note(bot.team_id, bot, installer)
        log.info("Slack: installed in %s", holder_of(bot))

    async def _note(self, team: str, bot: SlackBot, installer: str = "") -> None:
        """Note a workspace as a club, unless that is done already. Raises StoreError.

        A new one starts where its installer is, who is told what comes first.
        """
        club_id = club_of(team)
        noted = await self._installations.of_club(club_id)
        if noted is None or noted.holder != holder_of(bot):
            name = bot.team_name or await self._name_within(bot, team)
            place = direct(team, installer) if installer else None
            membership, application = self._maker.bot.membership, application_of(bot)
            home = await self._home_of(installer, bot) if installer else None
            await membership.joined(club_id, name, place, application, home=home)
        await self._count()

    async def _home_of(self, installer: str, bot: SlackBot) -> tuple[str, str] | None:
        """Return the region and the zone of who installed it, as far as Slack tells."""
        users = UserDirectory(self.api.with_token(bot.bot_token), bot.team_id or "")
        return (await users.look_up(installer)).home

    async def _name_within(self, bot: SlackBot, team: str) -> str:
        """Return the name of a workspace of an organisation; the organisation's where Slack says none."""
        try:
            answer = await self.api.with_token(bot.bot_token).plain.auth_teams_list(limit=1_000)
        except TROUBLE as error:
            log.warning("could not ask for the names of workspaces: %s", cause(error))
            return bot.enterprise_name or ""
        names = {each["id"]: str(each["name"]) for each in answer["teams"]}
        return names.get(team) or bot.enterprise_name or ""

    async def gone(self, body: Payload) -> None:
        """Delete the installation that a payload says is gone, and note its clubs as left.

        Slack is asked first: news of an older installation may come late, after Matinee is back, and an
        organisation's may be news of one of its workspaces.
        """
        try:
            if teams := body["event"].get("team_ids"):
                await self._left_within(teams)
            else:
                for holder in (payloads.team_of(body), payloads.organisation_of(body)):
                    await self._uninstalled(holder)
            await self._count()
        except (StoreError, Unsealable) as error:
            log.warning("could not note an uninstall: %s", type(error).__name__)

    async def _uninstalled(self, holder: str) -> None:
        row = await self._installations.get(holder)
        bot = self._store.bot_of(row) if row else None
        if row is None or bot is None or await self._still_works(bot):
            return
        if not await self._installations.remove(row):
            return
        log.warning("Slack: uninstalled from %s", holder)
        for team in [team for team, each in self._known.items() if _same(each.bot, bot)]:
            self._known.pop(team)
        if bot.is_enterprise_install:
            await self._maker.bot.membership.present(row.application, ())
        else:
            await self._maker.bot.membership.left(club_of(holder))

    async def _left_within(self, teams: Sequence[str]) -> None:
        """Note workspaces that an organisation's installation reaches no more."""
        for team in teams:
            row = await self._installations.of_club(club_of(team))
            if row is not None and row.holder != team:
                self._known.pop(team, None)
                await self._maker.bot.membership.left(club_of(team))

    async def _still_works(self, bot: SlackBot) -> bool:
        try:
            await self.api.with_token(bot.bot_token).plain.auth_test()
        except TROUBLE:
            return False
        return True


def _same(one: SlackBot, other: SlackBot) -> bool:
    return holder_of(one) == holder_of(other)
