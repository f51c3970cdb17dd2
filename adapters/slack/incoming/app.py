"""Bolt's app: acknowledges each kind of payload, and passes it to the dispatcher of its workspace."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize

from adapters.chat.background import BackgroundTasks
from adapters.runtime.process.logs import unheard
from adapters.slack.api import TROUBLE
from adapters.slack.incoming.dispatch import Dispatcher, refused
from adapters.slack.incoming.payloads import Payload
from adapters.slack.workspaces import Workspaces
from bot.domain.errors import StoreError

HEARD: Mapping[str, Callable[[Dispatcher, Payload], None]] = {
    "app_mention": Dispatcher.message,
    "message": Dispatcher.message,
    "app_home_opened": Dispatcher.home_opened,
    "channel_deleted": Dispatcher.channel_gone,
    "group_deleted": Dispatcher.channel_gone,
}
"""What is done with each event of a workspace that goes on."""

ANYTHING = re.compile(".*", re.DOTALL)

NOT_INSTALLED = "I am not installed in this workspace any more, or my host cannot open its token. Ask your host."

log = logging.getLogger(__name__)

Listener = Callable[[AsyncAck, Payload, AsyncRespond], Awaitable[None]]


class _Authorized(AsyncAuthorize):
    """Tells Bolt that a request is authorized: whose it is, its workspace decides, without the network."""

    def __init__(self, authorized: AuthorizeResult) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # slack_bolt's own
        self._authorized = authorized

    async def __call__(self, **_: Any) -> AuthorizeResult:  # noqa: ANN401 - Bolt's own arguments
        return self._authorized


def make_app(workspaces: Workspaces, background: BackgroundTasks) -> AsyncApp:
    """Make Bolt's app. Nothing here waits for the network before it acknowledges.

    Bolt verifies no signatures: the guard has done so, and in Socket Mode there are none.
    """

    async def suggested(ack: AsyncAck, body: Payload) -> None:
        workspace = await workspaces.of(body)
        none: dict[str, Any] = {"options": []}
        await ack(**(await workspace.dispatcher.suggestions(body) if workspace else none))

    async def submitted(ack: AsyncAck, body: Payload) -> None:
        try:
            workspace = await workspaces.of(body)
        except StoreError as error:
            await ack(**refused(body, str(error)))
            return
        if workspace is None:
            await ack(**refused(body, NOT_INSTALLED))
        else:
            await ack(**await workspace.dispatcher.submitted(body))

    async def failed(error: Exception) -> None:
        log.error("a request could not be acknowledged", exc_info=error)

    async def gone(ack: AsyncAck, body: Payload) -> None:
        await ack()
        tokens = body["event"].get("tokens")
        if tokens is None or tokens.get(
            "bot"
        ):  # not a user's own token, which Matinee does not use
            background.begin(workspaces.gone(body))

    app = AsyncApp(
        # Bolt's own log holds whole payloads, reviews and response addresses included.
        logger=unheard("bolt"),
        name="matinee",
        authorize=_Authorized(workspaces.authorized),
        oauth_flow=workspaces.installs,
        request_verification_enabled=False,
        raise_error_for_unhandled_request=True,
    )
    app.error(failed)
    app.command(ANYTHING)(_acknowledged(workspaces, Dispatcher.command))
    app.action(ANYTHING)(_acknowledged(workspaces, Dispatcher.pressed))
    app.shortcut(ANYTHING)(_acknowledged(workspaces, Dispatcher.shortcut))
    app.options(ANYTHING)(suggested)
    app.view_submission(ANYTHING)(submitted)
    for name, handle in HEARD.items():
        app.event(name)(_acknowledged(workspaces, handle))
    for name in workspaces.departures:
        app.event(name)(gone)
    app.event(ANYTHING)(_ignored)
    return app


def _acknowledged(
    workspaces: Workspaces, handle: Callable[[Dispatcher, Payload], None]
) -> Listener:
    async def listener(ack: AsyncAck, body: Payload, respond: AsyncRespond) -> None:
        await ack()
        try:
            workspace, why = await workspaces.of(body), NOT_INSTALLED
        except StoreError as error:
            workspace, why = None, str(error)
        if workspace is not None:
            handle(workspace.dispatcher, body)
        elif body.get("response_url"):
            with suppress(*TROUBLE):
                await respond(why)

    return listener


async def _ignored(ack: AsyncAck) -> None:
    await ack()
