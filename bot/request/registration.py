"""Registration of commands and messages: what a feature hands to the registry."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.deliveries import Delivery, Purpose
from bot.grammar.reading import Reading
from bot.messages.commands import Command
from bot.messages.replies import Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context

Handler = Callable[[Any, Context, UnitOfWork], Awaitable[Reply | Command]]
"""Carries out one command in the caller's transaction. A command in place of a reply is carried out
next, under the same permissions as if it had been given."""


Parser = Callable[[str, Reading], Command]
"""Reads what was typed after a command's name; raises UsageError."""

Composer = Callable[[Delivery, datetime, UnitOfWork], Awaitable[Reply | None]]
"""Words a delivery at the instant (UTC) it is sent; None when nobody waits for it any more."""


@dataclass(frozen=True, slots=True)
class Registration:
    """One command with its handler and, where its options are not enough, its own grammar."""

    command: type[Command]
    handler: Handler
    parser: Parser | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """The commands of one room, and the messages it words when they are due."""

    commands: tuple[Registration, ...]
    composers: Mapping[Purpose, Composer] = field(default_factory=dict)
