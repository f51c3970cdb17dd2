"""Bolt's app: acknowledges each kind of payload, and passes it to the dispatcher."""

import logging
import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from adapters.slack.incoming.dispatch import Dispatcher
from adapters.slack.incoming.payloads import Payload

ANYTHING = re.compile(".*", re.DOTALL)

log = logging.getLogger(__name__)


def make_app(dispatcher: Dispatcher, authorized: AuthorizeResult) -> AsyncApp:
    """Make Bolt's app. Nothing here waits for the network before it acknowledges.

    Bolt verifies no signatures: the guard has done so, and in Socket Mode there are none.
    """

    async def authorize(**_: Any) -> AuthorizeResult:  # noqa: ANN401 - Bolt's own arguments
        return authorized

    app = AsyncApp(
        logger=log, name="matinee", authorize=authorize, request_verification_enabled=False
    )

    async def command(ack: AsyncAck, body: Payload) -> None:
        await ack()
        dispatcher.command(body)

    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await ack()
        dispatcher.pressed(body)

    async def shortcut(ack: AsyncAck, body: Payload) -> None:
        await ack()
        dispatcher.shortcut(body)

    async def suggested(ack: AsyncAck, body: Payload) -> None:
        await ack(**dispatcher.suggestions(body))

    async def submitted(ack: AsyncAck, body: Payload) -> None:
        await ack(**await dispatcher.submitted(body))

    app.command(ANYTHING)(command)
    app.action(ANYTHING)(pressed)
    app.shortcut(ANYTHING)(shortcut)
    app.options(ANYTHING)(suggested)
    app.view_submission(ANYTHING)(submitted)
    _take_events(app, dispatcher)
    return app


def _take_events(app: AsyncApp, dispatcher: Dispatcher) -> None:
    async def message(body: Payload) -> None:
        event = body["event"]
        if event["type"] == "app_mention" or event.get("channel_type") == "im":
            dispatcher.message(body)

    async def home(body: Payload) -> None:
        dispatcher.home_opened(body)

    async def gone(body: Payload) -> None:
        dispatcher.gone(body)

    async def other() -> None:
        pass

    for name in ("app_mention", "message"):
        app.event(name)(message)
    app.event("app_home_opened")(home)
    for name in ("app_uninstalled", "tokens_revoked"):
        app.event(name)(gone)
    app.event(ANYTHING)(other)
