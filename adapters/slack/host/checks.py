"""Health checks for Slack: tokens, scopes, and transports."""

import re
from collections.abc import Sequence

import aiohttp

from adapters.runtime.health_report import ClubChannel, Finding, Verdict, channels_finding
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.sealing import Sealer
from adapters.runtime.settings.settings import Settings
from adapters.slack.api import TROUBLE, Api, reason
from adapters.slack.host.channels import ChannelDirectory
from adapters.slack.host.manifest import SCOPES
from adapters.slack.host.platform import APP_REFUSED, NO_WAY_IN
from adapters.slack.ids import place_of
from adapters.slack.incoming.http import EVENTS, HEALTH
from adapters.slack.installing.pages import INSTALL, REDIRECT
from adapters.slack.workspaces import BOT_REFUSED

OURS = "database: "
"""How the answer of Matinee's own port begins."""

_SECRET = re.compile(r"[0-9a-f]{32}")
_SCOPES = "x-oauth-scopes"


async def findings(settings: Settings, channels: Sequence[ClubChannel] = ()) -> list[Finding]:
    """Check the settings, the app in Slack and the club's channel, changing nothing there."""
    token = settings.slack_bot_token
    api = Api(settings.slack_api_url, token.value if token else "")
    try:
        found = [*await _bot(api, channels)] if token else [_installs(settings)]
        if settings.slack_app_token is not None:
            found.append(await _app(api, settings.slack_app_token.value))
        if settings.slack_signing_secret is not None:
            found.append(_secret(settings.slack_signing_secret.value))
            found.append(await _address(api, settings))
        if settings.slack_app_token is None and settings.slack_signing_secret is None:
            found.append(_bad("slack way in", f"{NO_WAY_IN}."))
    finally:
        await api.close()
    return found


def _installs(settings: Settings) -> Finding:
    """Check what it takes that workspaces install Matinee; a start looks at what they have installed."""
    name = "slack installs"
    try:
        Sealer([each.value for each in settings.secret_key])
    except SettingsError as error:
        return _bad(name, f"{error}.")
    address = settings.slack_redirect_uri.removesuffix(REDIRECT) + INSTALL
    what = (
        f"Slack must know the redirect URL (matinee slack manifest). Workspaces begin at {address}"
    )
    return Finding(name, Verdict.OK, what)


async def _bot(api: Api, channels: Sequence[ClubChannel]) -> list[Finding]:
    try:
        answer = await api.plain.auth_test()
    except TROUBLE as error:
        return [_refused("slack bot token", BOT_REFUSED, error)]
    told = f"@{answer.get('user')} in the workspace {answer.get('team')}."
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return [
        Finding("slack bot token", Verdict.OK, f"Slack knows it: {told}"),
        _scopes(headers.get(_SCOPES, "")),
        *await _channels(api, channels, str(answer.get("team_id"))),
    ]


async def _channels(api: Api, channels: Sequence[ClubChannel], team: str) -> list[Finding]:
    """Check whether Matinee may write in the workspace's channel, as far as Slack tells.

    Other workspaces, which may share the database, are none of this token's business.
    """
    known = [(each, place_of(each.place)) for each in channels]
    here = [
        (each, place.channel)
        for each, place in known
        if place and place.channel and place.team == team
    ]
    directory = ChannelDirectory(api)
    shut = [
        each.name or each.club_id
        for each, channel in here
        if not (await directory.look_up(channel)).may_post
    ]
    return [channels_finding("slack places", shut, len(here))] if here else []


def _scopes(told: str) -> Finding:
    granted = {each.strip() for each in told.split(",")}
    lacking = [f"{name} (to {what})" for name, what in SCOPES.items() if name not in granted]
    if not lacking:
        return Finding("slack scopes", Verdict.OK, "all that Matinee asks for.")
    what = "Paste the manifest (matinee slack manifest) into your app and install it again."
    return _bad("slack scopes", f"lacking: {', '.join(lacking)}. {what}")


async def _app(api: Api, token: str) -> Finding:
    try:
        await api.plain.apps_connections_open(app_token=token)
    except TROUBLE as error:
        return _refused("slack app token", APP_REFUSED, error)
    return Finding("slack app token", Verdict.OK, "Socket Mode can be opened.")


def _secret(secret: str) -> Finding:
    name = "slack secret"
    if _SECRET.fullmatch(secret):
        return Finding(name, Verdict.OK, "it looks like a signing secret.")
    what = "Copy the Signing Secret (32 of 0-9, a-f) from Basic Information of your app."
    return _bad(name, f"SLACK_SIGNING_SECRET does not look like one. {what}")


async def _address(api: Api, settings: Settings) -> Finding:
    """Check that Matinee listens; only Slack knows whether Slack can reach it."""
    base = f"http://{settings.slack_http_host}:{settings.slack_http_port}"
    what = f"Slack has to reach {EVENTS} there over HTTPS, by a proxy or a tunnel."
    try:
        async with api.session.get(base + HEALTH) as response:
            told = await response.text()
            if response.status == 200 and told.startswith(OURS):
                return Finding("slack http", Verdict.OK, f"Matinee listens on {base}. {what}")
            if told.startswith(OURS):
                unwell = [each for each in told.splitlines() if not each.endswith(" ok")]
                text = f"Matinee listens on {base}, but is not well: {', '.join(unwell)}."
                return _bad("slack http", text)
    except (aiohttp.ClientError, TimeoutError, OSError):
        return Finding("slack http", Verdict.NOTE, f"nobody listens on {base}: matinee run. {what}")
    return _bad("slack http", f"something else listens on {base}; set SLACK_HTTP_PORT to another.")


def _refused(name: str, sentence: str, error: Exception) -> Finding:
    why = reason(error)
    if why:
        return _bad(name, f"{sentence.format(why)}.")
    what = "Slack does not answer; look whether this machine reaches it (SLACK_API_URL)."
    return _bad(name, f"{what} {type(error).__name__}.")


def _bad(name: str, text: str) -> Finding:
    return Finding(name, Verdict.BAD, text)
