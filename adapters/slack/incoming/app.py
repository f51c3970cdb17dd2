"""Bolt's app: tells each kind of what Slack sends apart, acknowledges it, and hands it over."""

import logging
import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from adapters.slack.incoming.dispatch import Conversation
from adapters.slack.incoming.payloads import Payload

ANYTHING = re.compile(".*", re.DOTALL)

log = logging.getLogger(__name__)


def make_app(talked: Conversation, authorized: AuthorizeResult) -> AsyncApp:
    """Join Bolt with a conversation. Nothing here asks the network before it acknowledges.

    The guard has looked at the signature already, or there is none, as in Socket Mode.
    """

    async def authorize(**_: Any) -> AuthorizeResult:  # noqa: ANN401 - Bolt's own arguments
        return authorized

    app = AsyncApp(
        logger=log, name="matinee", authorize=authorize, request_verification_enabled=False
    )

    async def command(ack: AsyncAck, body: Payload) -> None:
        await ack()
        talked.command(body)

    async def pressed(ack: AsyncAck, body: Payload) -> None:
        await ack()
        talked.pressed(body)

    async def shortcut(ack: AsyncAck, body: Payload) -> None:
        await ack()
        talked.shortcut(body)

    async def suggested(ack: AsyncAck, body: Payload) -> None:
        await ack(**talked.suggestions(body))

    async def sent(ack: AsyncAck, body: Payload) -> None:
        await ack(**await talked.sent(body))

    app.command(ANYTHING)(command)
    app.action(ANYTHING)(pressed)
    app.shortcut(ANYTHING)(shortcut)
    app.options(ANYTHING)(suggested)
    app.view_submission(ANYTHING)(sent)
    _hear(app, talked)
    return app


def _hear(app: AsyncApp, talked: Conversation) -> None:
    async def message(body: Payload) -> None:
        event = body["event"]
        if event["type"] == "app_mention" or event.get("channel_type") == "im":
            talked.message(body)

    async def home(body: Payload) -> None:
        talked.home_opened(body)

    async def gone(body: Payload) -> None:
        talked.gone(body)

    async def other() -> None:
        pass

    for name in ("app_mention", "message"):
        app.event(name)(message)
    app.event("app_home_opened")(home)
    for name in ("app_uninstalled", "tokens_revoked"):
        app.event(name)(gone)
    app.event(ANYTHING)(other)
