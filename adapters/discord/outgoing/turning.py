"""Turning of answers: which buttons replace the answer that they stand below."""

from dataclasses import fields, replace
from typing import Any

from adapters.chat.interactions import PAGING
from adapters.discord.outgoing.controls import Turns
from bot.features.club.commands import SettingsCommand, SetupCommand
from bot.messages.commands import Command
from bot.messages.replies import Action, Button, Choice, Reply


def turns_of(command: Command) -> Turns:
    """Decide which actions replace the answer to a command: its other pages, changed settings, an undo."""

    def turns(action: Action) -> bool:
        if _settles(action):
            return True
        again = action.command
        if type(again) is not type(command):
            return False
        if isinstance(command, SettingsCommand | SetupCommand):
            return True
        return not isinstance(action, Choice) and _unpaged(again) == _unpaged(command)

    return turns


def turns_for_one(reply: Reply, command: Command | None = None) -> Turns:
    """Decide which actions of a reply that one member alone reads replace it."""
    if reply.asks or reply.aside:
        return _any
    return turns_of(command) if command else _settles


def _settles(action: Action) -> bool:
    return isinstance(action, Button | Choice) and action.settles


def _any(_: Action) -> bool:
    """Let every answer to a question take its place."""
    return True


def _unpaged(command: Command) -> Command:
    """Reset the fields that select a part of the answer."""
    unpaged: dict[str, Any] = {
        each.name: each.default for each in fields(command) if each.name in PAGING
    }
    return replace(command, **unpaged)
