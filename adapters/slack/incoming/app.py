"""Bolt's app: acknowledges each kind of payload, and passes it to the dispatcher."""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from adapters.runtime.logs import unheard
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

    async def suggested(ack: AsyncAck, body: Payload) -> None:
        await ack(**await dispatcher.suggestions(body))

    async def submitted(ack: AsyncAck, body: Payload) -> None:
        await ack(**await dispatcher.submitted(body))

    async def failed(error: Exception) -> None:
        log.error("a request could not be acknowledged", exc_info=error)

    app = AsyncApp(
        # Bolt's own log holds whole payloads, reviews and response addresses included.
        logger=unheard("bolt"),
        name="matinee",
        authorize=authorize,
        request_verification_enabled=False,
        raise_error_for_unhandled_request=True,
    )
    app.error(failed)
    app.command(ANYTHING)(_acknowledged(dispatcher.command))
    app.action(ANYTHING)(_acknowledged(dispatcher.pressed))
    app.shortcut(ANYTHING)(_acknowledged(dispatcher.shortcut))
    app.options(ANYTHING)(suggested)
    app.view_submission(ANYTHING)(submitted)
    for name in ("app_mention", "message"):
        app.event(name)(_acknowledged(dispatcher.message))
    app.event("app_home_opened")(_acknowledged(dispatcher.home_opened))
    for name in ("app_uninstalled", "tokens_revoked"):
        app.event(name)(_acknowledged(dispatcher.gone))
    app.event(ANYTHING)(_acknowledged(lambda _: None))
    return app


def _acknowledged(
    handle: Callable[[Payload], None],
) -> Callable[[AsyncAck, Payload], Awaitable[None]]:
    async def listener(ack: AsyncAck, body: Payload) -> None:
        await ack()
        handle(body)

    return listener
