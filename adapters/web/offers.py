"""Offers: actions on a page, each signed for the visitor's session, so that nobody else can send it."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from adapters.web.site import Visitor
from bot.messages.codec import command_from_json, command_to_json
from bot.messages.replies import Action, Button, Choice, Form
from bot.ports.clock import Ids
from bot.registry import COMMANDS
from bot.request.commands import ShareAnswerCommand

LONGEST = 20_000
"""Most characters of an offer."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Action that a page offered. `once`: the id of its request, so that a repeat has no second effect."""

    action: Action
    once: str


def usable(actions: Iterable[Action]) -> list[Action]:
    """Return the actions that a page can carry out: it cannot show an answer in a channel."""
    return [
        each
        for each in actions
        if not getattr(each.command, "share", False)
        and not isinstance(each.command, ShareAnswerCommand)
    ]


def offer(action: Action, visitor: Visitor, ids: Ids) -> str:
    """Return the signed text of a button or a form."""
    fields = list(action.fields) if isinstance(action, Form) else []
    return _written({"l": action.label, "f": fields}, action, visitor, ids)


def choice_offer(choice: Choice, visitor: Visitor, ids: Ids) -> str:
    """Return the signed text of a choice, whose options are on the page."""
    return _written({"l": choice.label, "v": choice.field}, choice, visitor, ids)


def _written(data: dict[str, Any], action: Action, visitor: Visitor, ids: Ids) -> str:
    data |= {"c": command_to_json(action.command), "n": ids.new()}
    raw = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    text = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    return f"{text}.{visitor.sign(text)}"


def read_offer(written: str, visitor: Visitor) -> Offer | None:
    """Read an offer of this visitor's session; None for anything else."""
    text, _, signature = written.partition(".")
    if len(written) > LONGEST or not visitor.signed(text, signature):
        return None
    data = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    command = command_from_json(data["c"], COMMANDS)
    if "v" in data:
        return Offer(Choice(data["l"], (), command, data["v"]), data["n"])
    if data["f"]:
        return Offer(Form(data["l"], command, tuple(data["f"])), data["n"])
    return Offer(Button(data["l"], command), data["n"])
