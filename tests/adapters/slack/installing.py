"""Many workspaces in tests: a Matinee that they install, and members who press Allow."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count

import aiohttp

from adapters.runtime.settings.settings import Secret, Settings
from adapters.slack.host.platform import SlackPlatform
from adapters.slack.outgoing.messenger import SlackMessenger
from tests.adapters.slack.conftest import connected, settings_for
from tests.adapters.slack.double import FakeSlack
from tests.adapters.slack.driver import Http, Json, Socket, Way, Workspace
from tests.adapters.slack.installs import CLIENT_ID, CLIENT_SECRET, REDIRECT, Grant
from tests.support import Room

KEY, NEWER = "a" * 43 + "=", "b" * 42 + "A="


def many(slack: FakeSlack, *keys: str, transport: str = "http") -> Settings:
    """Set Matinee up for all who install it."""
    return replace(
        settings_for(slack, transport),
        slack_bot_token=None,
        slack_client_id=CLIENT_ID,
        slack_client_secret=Secret(CLIENT_SECRET),
        slack_redirect_uri=REDIRECT,
        secret_key=tuple(map(Secret, keys or (KEY,))),
    )


@dataclass
class Town:
    """A running Matinee with its address, and the workspaces around it."""

    slack: FakeSlack
    port: int
    session: aiohttp.ClientSession
    platform: SlackPlatform | None = None
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def messenger(self) -> SlackMessenger:
        """The messenger of a platform that runs in this process."""
        assert self.platform is not None
        return self.platform.messenger

    async def get(self, url: str, cookie: str = "") -> tuple[int, str, aiohttp.ClientResponse]:
        """Open an address as a browser does; a proxy brings what is for the host to Matinee."""
        if url.startswith(REDIRECT):
            url = url.replace("https://club.example", self.base, 1)
        headers = {"Cookie": cookie} if cookie else {}
        async with self.session.get(url, headers=headers, allow_redirects=False) as response:
            return response.status, await response.text(), response

    async def consent(self, grant: Grant) -> tuple[str, str]:
        """Begin an install and press Allow; return where Slack sends the browser, and its cookie."""
        status, _, begun = await self.get(f"{self.base}/slack/install")
        assert status == 302
        cookie = begun.headers["Set-Cookie"]
        assert {"Secure", "HttpOnly"} <= {each.strip() for each in cookie.split(";")}
        self.slack.installs.consenting = grant
        status, text, allowed = await self.get(begun.headers["Location"])
        assert status == 302, text
        return allowed.headers["Location"], cookie.split(";")[0]

    async def install(self, grant: Grant) -> str:
        """Install Matinee; return the page that is shown in the end."""
        status, page, _ = await self.get(*await self.consent(grant))
        assert status == 200, page
        return page

    def members(self, team: str, **more: object) -> Workspace:
        """Return the members of a workspace, whose channel is `C` and its id."""
        self.slack.teams |= {f"C{team}": team, f"U{team}": team, f"DU{team}": team}
        self.slack.users[f"U{team}"] = {"name": team.lower(), "team_id": team}
        way: Way = Http(self.session, f"{self.base}/slack/events")
        if self.slack.sockets:
            way = Socket(self.slack)
        bot = next((e.bot_user for e in self.slack.installs.grants if e.team == team), "UBOT")
        sent: Json = dict(more)
        return Workspace(self.slack, way, self.numbers, team, bot, sent)


@asynccontextmanager
async def town(slack: FakeSlack, room: Room, settings: Settings) -> AsyncIterator[Town]:
    """Run Matinee for all who install it."""
    async with (
        connected(slack, room, settings, ready=False) as platform,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
    ):
        await slack.until(lambda: platform.port)
        yield Town(slack, platform.port, session, platform)


async def installed(slack: FakeSlack, room: Room, *grants: Grant) -> None:
    """Install Matinee in some workspaces, and stop it again."""
    async with town(slack, room, many(slack)) as open_town:
        for grant in grants:
            await open_town.install(grant)
