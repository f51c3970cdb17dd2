"""Registration of commands and messages: what a feature hands to the registry."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.delivery.attempt import Composer
from bot.domain.deliveries import Purpose
from bot.grammar.reading import Reading
from bot.messages.commands import Command, Continuation
from bot.messages.replies import Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context

Handler = Callable[[Any, Context, UnitOfWork], Awaitable[Reply | Command | Continuation]]
"""Executes one command in the caller's transaction. A command returned in place of a reply is executed
next, if the member has the permission for it; a continuation, in a transaction of its own."""


Parser = Callable[[str, Reading], Command]
"""Parses the text after a command's name; raises UsageError."""


@dataclass(frozen=True, slots=True)
class Registration:
    """Command with its handler and, where its options are not enough, its own parser."""

    command: type[Command]
    handler: Handler
    parser: Parser | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """Commands of one feature, and the composers of its proactive messages."""

    commands: tuple[Registration, ...]
    composers: Mapping[Purpose, Composer] = field(default_factory=dict)
