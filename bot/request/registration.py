"""Registration of commands and messages: what a feature hands to the registry."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.delivery.attempt import Composer
from bot.domain.deliveries import Purpose
from bot.language.grammar.reading import Reading
from bot.messages.commands import Command, Continuation
from bot.messages.replies import Form, Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context

Handler = Callable[[Any, Context, UnitOfWork], Awaitable[Reply | Command | Continuation]]
"""Executes one command in the caller's transaction. A command returned in place of a reply is executed
next, if the member has the permission for it; a continuation, in a transaction of its own."""


Filler = Callable[[Form, Context, UnitOfWork], Awaitable[Form]]
"""Fills a form with present values when it is opened, and again when it is sent."""

Parser = Callable[[str, Reading], Command]
"""Parses the text after a command's name; raises UsageError."""


@dataclass(frozen=True, slots=True)
class Registration:
    """Command with its handler; its own parser where its options are not enough; what fills its forms."""

    command: type[Command]
    handler: Handler
    parser: Parser | None = None
    filler: Filler | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """Commands of one feature, and the composers of its proactive messages."""

    commands: tuple[Registration, ...]
    composers: Mapping[Purpose, Composer] = field(default_factory=dict)
