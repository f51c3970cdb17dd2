"""Commands on chat platforms: how a text can name each, and what their forms offer."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.domain.ids import PlaceId
from bot.domain.reviews.ratings import HalfStars, show_rating
from bot.language.grammar.forms import Question, questions
from bot.messages.commands import Command, Kind
from bot.messages.replies import Block, Form, Option, Paragraph
from bot.messages.spans import Usage
from bot.registry import COMMANDS

RATING_OPTIONS = tuple(
    Option(show_rating(HalfStars(half_stars)), f"{half_stars / 2:g}/5")
    for half_stars in range(10, 0, -1)
)
"""The ten ratings, best first: in stars as forms show them, and as a member types them."""


def typed_command(command: Command) -> Command:
    """Return the command itself, or the one that people type to get to its buttons."""
    return command if command.typed else COMMANDS[command.opened_by]()


def without_untyped(blocks: Iterable[Block]) -> list[Block]:
    """Leave out paragraphs that only show how a command is typed which has buttons alone in a chat."""
    return [each for each in blocks if not _is_untyped(each)]


def _is_untyped(block: Block) -> bool:
    match block:
        case Paragraph((Usage(command),)):
            return not command.typed
    return False


def typed_questions(form: Form) -> list[Question]:
    """List the questions of a form but for its file, which each platform asks for in its own way."""
    return [each for each in questions(form) if each.kind is not Kind.FILE]


def with_channels(command: Command, chosen: Mapping[str, PlaceId]) -> Command:
    """Set the channels that were picked from a platform's own list; nobody can type one."""
    channels = {each.name for each in command.options() if each.kind is Kind.CHANNEL}
    picked: dict[str, Any] = {name: place for name, place in chosen.items() if name in channels}
    return replace(command, **picked) if picked else command


def file_help(form: Form) -> str:
    """Return the help of a form's file field; empty if nothing of it can come as a file."""
    options = form.command.options() if {"text", "file"} & {*form.fields} else ()
    return next((each.help for each in options if each.kind is Kind.FILE), "")
