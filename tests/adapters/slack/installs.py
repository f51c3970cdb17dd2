"""Installs in the small Slack: its page of consent, `oauth.v2.access`, and whose token may do what."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode

from aiohttp import web

from tests.adapters.slack.answers import Json, no, yes
from tests.adapters.slack.spec import missing_arguments

CLIENT_ID, CLIENT_SECRET = "1.2", "c" * 32
REDIRECT = "https://club.example/slack/oauth_redirect"


@dataclass
class Grant:
    """An installation in a workspace, or in all those of an organisation, and its tokens."""

    team: str
    name: str
    organisation: str = ""
    covers: Mapping[str, str] = field(default_factory=dict)
    """Names of the workspaces that a whole organisation's installation is used in."""
    token: str = ""
    refresh: str = ""

    @property
    def holder(self) -> str:
        return self.team or self.organisation

    @property
    def bot_user(self) -> str:
        return f"UBOT{self.holder}"

    @property
    def who(self) -> Json:
        return {
            "url": "https://club.slack.com/",
            "team": self.name,
            "team_id": self.holder,
            "user": "matinee",
            "user_id": self.bot_user,
            "bot_id": f"B{self.holder}",
        }

    @property
    def teams(self) -> frozenset[str]:
        return frozenset({self.team} if self.team else self.covers)


@dataclass
class Installs:
    """What the application's owner registered, who has installed it, and which tokens are valid.

    `lasts`: seconds that tokens are valid for, if they end. `consenting`: who presses Allow next.
    """

    consenting: Grant | None = None
    lasts: int = 0
    grants: list[Grant] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    _codes: dict[str, Grant] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def authorize(self, request: web.Request) -> web.Response:
        """Show the page of consent, where somebody presses Allow."""
        asked = request.query
        if asked["client_id"] != CLIENT_ID or asked["redirect_uri"] != REDIRECT:
            return web.Response(status=400, text="bad_redirect_uri")
        assert self.consenting is not None
        code = f"code-{next(self._numbers)}"
        self._codes[code] = self.consenting
        back = urlencode({"code": code, "state": asked["state"]})
        raise web.HTTPFound(f"{REDIRECT}?{back}")

    def access(self, headers: Mapping[str, str], asked: Json) -> web.Response:
        """Give tokens for a code, or new ones for a refresh token; each is taken once."""
        basic = b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if headers.get("Authorization") != f"Basic {basic}":
            return no("bad_client_secret")
        if asked.get("grant_type") == "refresh_token":
            return self._renewed(asked["refresh_token"])
        assert not missing_arguments("oauth.v2.access", asked)
        grant = self._codes.pop(asked["code"], None)
        if grant is None:
            return no("invalid_code")
        if asked.get("redirect_uri") != REDIRECT:
            return no("bad_redirect_uri")
        self.grants = [each for each in self.grants if each.holder != grant.holder] + [grant]
        return self._tokens(grant)

    def _renewed(self, refresh: str) -> web.Response:
        for grant in self.grants:
            if grant.refresh == refresh:
                return self._tokens(grant)
        return no("invalid_refresh_token")

    def _tokens(self, grant: Grant) -> web.Response:
        number = next(self._numbers)
        grant.token = f"xoxb-{number}-{grant.holder}-{'d' * 24}"
        ends: Json = {}
        if self.lasts:
            grant.refresh = f"xoxe-{number}-{grant.holder}-{'e' * 24}"
            ends = {"refresh_token": grant.refresh, "expires_in": self.lasts}
        team = {"id": grant.team, "name": grant.name} if grant.team else None
        organisation = {"id": grant.organisation, "name": grant.name}
        return yes(
            app_id="A1",
            authed_user={"id": "UADMIN"},
            scope="chat:write,commands",
            token_type="bot",  # noqa: S106 - a kind
            access_token=grant.token,
            bot_user_id=grant.bot_user,
            team=team,
            enterprise=organisation if grant.organisation else None,
            is_enterprise_install=not grant.team,
            **ends,
        )

    def of(self, token: str) -> Grant | None:
        """Return whose a token is, if it is valid."""
        return next((each for each in self.grants if token and each.token == token), None)
