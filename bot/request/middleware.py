"""Middleware: stages around the core's request handling, each wrapping the next."""

import logging
import re
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from traceback import extract_tb
from types import MappingProxyType
from typing import TypeVar

from bot.domain.errors import NotAllowed, StoreError, UserError
from bot.domain.ids import ClubId, MemberId
from bot.domain.text import one_line
from bot.domain.visibility import Visibility
from bot.messages.commands import Command, Permission
from bot.messages.plain_text import plain
from bot.messages.replies import (
    Block,
    Code,
    Footnote,
    Mention,
    Paragraph,
    Plain,
    Quote,
    Reply,
    Span,
    Usage,
)
from bot.messages.requests import Caller, Request, Role
from bot.ports.clock import Ids
from bot.request.rate_limits import Limits

_MAY = MappingProxyType(
    {
        Permission.MODERATORS: frozenset({Role.MODERATOR, Role.ADMIN}),
        Permission.ADMINS: frozenset({Role.ADMIN}),
    }
)
"""Roles that have each permission."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RequestInFlight:
    """A request being processed, and the instant (UTC) at which it was received."""

    request: Request
    now: datetime


Stage = Callable[[RequestInFlight], Awaitable[Reply]]

Answer = TypeVar("Answer")


def answering_errors(
    ids: Ids, inner: Callable[[RequestInFlight], Awaitable[Answer]]
) -> Callable[[RequestInFlight], Awaitable[Answer | Reply]]:
    """Convert every error to a private reply that gives advice and repeats what was typed."""

    async def stage(in_flight: RequestInFlight) -> Answer | Reply:
        try:
            return await inner(in_flight)
        except UserError as error:
            return _refusal(error.parts, in_flight.request)
        except StoreError as error:
            log.warning("store unavailable: %s", error)
            hope = "Try again in a moment." if error.retry else "Ask whoever runs Matinee to look."
            text = f"I couldn't reach the club's memory: {error} {hope}"
            return _refusal((text,), in_flight.request)
        except Exception as error:  # noqa: BLE001 - the last place to catch it
            trace = ids.new()
            log.error("trace %s: %s at %s", trace, type(error).__name__, _where(error))  # noqa: TRY400 - an error's own text may hold what a member typed
            text = (
                "I couldn't do that because something went wrong on my side. "
                f"Nothing was half done. Try again, or tell whoever runs Matinee: {trace}."
            )
            return _refusal((text,), in_flight.request)

    return stage


def limiting(limits: Limits, inner: Stage) -> Stage:
    """Refuse requests above the rate limits, before any other work."""

    async def stage(in_flight: RequestInFlight) -> Reply:
        limits.check(in_flight.request.caller, in_flight.now)
        return await inner(in_flight)

    return stage


def check_permission(command: Command, caller: Caller) -> None:
    """Raise NotAllowed for a command that this member may not give."""
    if (
        command.permission is not Permission.EVERYONE
        and not caller.roles & _MAY[command.permission]
    ):
        what = Usage(type(command)()) if command.typed else "That"
        raise NotAllowed(what, " is for those who run this club. Ask one of them.")


def _refusal(parts: Sequence[object], request: Request) -> Reply:
    spans = tuple(each if isinstance(each, Usage) else Plain(str(each)) for each in parts)
    blocks: list[Block] = [Paragraph(spans)]
    typed = request.content if isinstance(request.content, str) else ""
    named = _with_mentions(typed, request.caller.club_id)
    if len(typed) > 60 or "\n" in typed:
        blocks.append(Quote(named, (Plain("what you typed"),)))
    elif len(named) > 1:
        blocks.append(Footnote((Plain("You typed: "), *named)))
    elif typed.strip():
        blocks.append(Footnote((Plain("You typed: "), Code(typed))))
    return Reply(tuple(blocks), one_line(plain(spans), 300), Visibility.ONLY_YOU)


def _with_mentions(typed: str, club_id: ClubId) -> tuple[Span, ...]:
    """Show the members in a typed line, whom a platform names by ids, as mentions."""
    platform = re.escape(club_id.partition(":")[0])
    pieces = re.split(rf"@({platform}:\w+)", typed)
    return tuple(
        Mention(MemberId(piece), "a member") if place % 2 else Plain(piece)
        for place, piece in enumerate(pieces)
        if piece or len(pieces) == 1
    )


def _where(error: Exception) -> str:
    """Return an error's stack, innermost first, without its text and without any value."""
    frames = extract_tb(error.__traceback__ or sys.exc_info()[2])
    return " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames)
    )
