"""Middleware: stages around the core's request handling, each wrapping the next."""

import logging
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from traceback import extract_tb
from types import MappingProxyType
from typing import TypeVar

from bot.domain.errors import NotAllowed, StoreError, TooMuch, UserError
from bot.messages.commands import Command, Permission
from bot.messages.replies import Reply
from bot.messages.requests import Caller, Request, Role
from bot.messages.spans import Usage
from bot.ports.clock import Ids
from bot.request.middleware.command_tally import CommandTally, Measured
from bot.request.middleware.rate_limits import Limits
from bot.request.middleware.refusals import Refusals

_MAY = MappingProxyType(
    {
        Permission.MODERATORS: frozenset({Role.MODERATOR, Role.ADMIN}),
        Permission.ADMINS: frozenset({Role.ADMIN}),
        Permission.OWNERS: frozenset({Role.OWNER}),
    }
)
"""Roles that have each permission."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RequestInFlight:
    """A request being processed, and when it was received: in UTC, and in `Clock.elapsed`."""

    request: Request
    now: datetime
    elapsed: float = 0.0
    measured: Measured = field(default_factory=Measured)


Stage = Callable[[RequestInFlight], Awaitable[Reply]]

Answer = TypeVar("Answer")


def answering_errors(
    ids: Ids, refusals: Refusals, inner: Callable[[RequestInFlight], Awaitable[Answer]]
) -> Callable[[RequestInFlight], Awaitable[Answer | Reply]]:
    """Convert every error to a private reply that gives advice and repeats what was typed."""

    async def stage(in_flight: RequestInFlight) -> Answer | Reply:
        try:
            return await inner(in_flight)
        except UserError as error:
            again = isinstance(error, TooMuch)
            return refusals.reply(error.parts, in_flight.request, again=again)
        except StoreError as error:
            log.warning("store unavailable: %s", error)
            text = f"I couldn't reach the club's memory: {_with_advice(error)}"
            return refusals.reply((text,), in_flight.request, again=error.retry)
        except Exception as error:  # noqa: BLE001 - the last place to catch it
            trace = ids.new()
            log.error("trace %s: %s at %s", trace, type(error).__name__, _where(error))  # noqa: TRY400 - an error's own text may hold what a member typed
            text = (
                "I couldn't do that because something went wrong on my side. "
                f"Nothing was half done. Try again, or tell whoever runs Matinee: {trace}."
            )
            return refusals.reply((text,), in_flight.request, again=True)

    return stage


def _with_advice(error: StoreError) -> str:
    """Return what a store's error says, and what to do, said once."""
    advice = "Try again in a moment." if error.retry else "Ask whoever runs Matinee to look."
    return str(error) if str(error).endswith(advice) else f"{error} {advice}"


def limiting(limits: Limits, inner: Stage) -> Stage:
    """Refuse requests above the rate limits, before any other work."""

    async def stage(in_flight: RequestInFlight) -> Reply:
        limits.check(in_flight.request.caller, in_flight.elapsed)
        return await inner(in_flight)

    return stage


def measuring(tally: CommandTally, inner: Stage) -> Stage:
    """Count each request in the tally."""

    async def stage(in_flight: RequestInFlight) -> Reply:
        with tally.measuring(in_flight.measured):
            return await inner(in_flight)

    return stage


def may_give(command: Command, caller: Caller) -> bool:
    """Tell whether a member's roles allow a command."""
    return command.permission is Permission.EVERYONE or bool(
        caller.roles & _MAY[command.permission]
    )


def check_permission(command: Command, caller: Caller) -> None:
    """Raise NotAllowed for a command that this member may not give."""
    if not may_give(command, caller):
        if command.permission is Permission.OWNERS:
            raise NotAllowed("That is for those who run the workspace. Ask one of them.")
        what = Usage(type(command)()) if command.typed else "That"
        raise NotAllowed(what, " is for those who run this club. Ask one of them.")


def _where(error: Exception) -> str:
    """Return an error's stack, innermost first, without its text and without any value."""
    frames = extract_tb(error.__traceback__ or sys.exc_info()[2])
    return " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames)
    )
