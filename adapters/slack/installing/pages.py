"""Pages of an install over HTTP: Bolt's flow, and what is said where it cannot go on."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urljoin

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.runtime.process.logs import unheard
from adapters.runtime.settings.settings import Settings
from adapters.slack.api import TROUBLE
from adapters.slack.host.manifest import SCOPES
from adapters.slack.installing.states import StateStore, TooManyInstalls
from adapters.slack.installing.store import InstallationStore
from bot.domain.errors import StoreError

log = logging.getLogger(__name__)

INSTALL = "/slack/install"
REDIRECT = "/slack/oauth_redirect"

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",  # the address holds a code
    "X-Content-Type-Options": "nosniff",
}
_BUSY = "Many are installing Matinee just now. Try again in a minute."
_FAILED = f"That went wrong, and nothing was installed. Begin again: {INSTALL}"
_SILENT = f"Slack does not answer just now, so nothing was installed. Begin again: {INSTALL}"


def oauth_flow(
    settings: Settings, store: InstallationStore, states: StateStore, client: AsyncWebClient
) -> AsyncOAuthFlow:
    """Return Bolt's flow of an install, with the scopes of the manifest."""
    assert settings.slack_client_secret is not None  # noqa: S101 - checked before
    quiet = unheard("bolt")  # its own log holds codes
    given = AsyncOAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.value,
        scopes=sorted(SCOPES),
        user_scopes=[],
        redirect_uri=settings.slack_redirect_uri,
        install_path=INSTALL,
        install_page_rendering_enabled=False,
        redirect_uri_path=REDIRECT,
        authorization_url=urljoin(settings.slack_api_url, "/oauth/v2/authorize"),
        installation_store=store,
        installation_store_bot_only=True,
        state_store=states,
        logger=quiet,
    )
    return AsyncOAuthFlow(client=client, logger=quiet, settings=given)


def add_pages(served: web.Application, flow: AsyncOAuthFlow) -> None:
    """Serve the two addresses of an install."""

    async def install(request: web.Request) -> web.Response:
        return await _answered(flow.handle_installation, request)

    async def redirect(request: web.Request) -> web.Response:
        return await _answered(flow.handle_callback, request)

    served.router.add_get(INSTALL, install, allow_head=False)
    served.router.add_get(REDIRECT, redirect, allow_head=False)


async def _answered(
    handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]], request: web.Request
) -> web.Response:
    headers: dict[str, str | Sequence[str]] = dict(request.headers.items())
    asked = AsyncBoltRequest(body="", query=request.query_string, headers=headers)
    try:
        response = await to_aiohttp_response(await handle(asked))
    except TooManyInstalls:
        response = web.Response(text=_BUSY, status=429, headers={"Retry-After": "60"})
    except StoreError as error:
        response = web.Response(text=str(error), status=503)
    except TROUBLE:
        response = web.Response(text=_SILENT, status=502)
    except Exception:
        log.exception("an install could not go on")
        response = web.Response(text=_FAILED, status=500)
    response.headers.update(_HEADERS)
    return response
