"""Reads Slack's payloads: the sender, the place, the text."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from rich.emoji import Emoji

from adapters.chat.interactions import club_in
from adapters.slack.commands import APP
from adapters.slack.outgoing.responses import ResponseTarget
from adapters.slack.outgoing.rich_text import MEMBER
from bot.language.grammar.slack import decode_slack
from bot.messages.commands import Command, Kind
from bot.registry import COMMANDS

Payload = Mapping[str, Any]

_MEMBERS = re.compile(r"<@(?P<id>[A-Z0-9]+)(?:\|(?P<name>[^<>|]{1,80}))?>")
_COMMAND = re.compile(r"\s*/?(?P<name>[a-z]+)\b", re.IGNORECASE)
_MEMBER_KINDS = frozenset({Kind.MEMBER, Kind.MEMBERS})

MOST_NAMED = 10
"""People in one text whose names are asked for."""

NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sender:
    """The member who made a request, and where the response goes."""

    target: ResponseTarget
    name: str


def team_of(body: Payload) -> str:
    """Return the workspace of a payload, whose club it concerns."""
    team = body.get("team_id") or (body.get("team") or {}).get("id")
    return str(team or (body.get("user") or {}).get("team_id") or "")


def organisation_of(body: Payload) -> str:
    """Return the organisation (Enterprise Grid) of a payload's workspace; an empty text for none."""
    return str(body.get("enterprise_id") or (body.get("enterprise") or {}).get("id") or "")


def of_command(body: Payload, now: float) -> Sender:
    """Return the sender of a slash command."""
    target = ResponseTarget(
        body["team_id"],
        body["user_id"],
        body.get("channel_id", ""),
        response_url=body.get("response_url", ""),
        issued=now,
    )
    return Sender(target, body.get("user_name", ""))


def of_interaction(body: Payload, now: float) -> Sender:
    """Return the sender of a press, a choice or a submitted modal."""
    message, container = body.get("message") or {}, body.get("container") or {}
    user = body["user"]
    target = ResponseTarget(
        team_of(body),
        user["id"],
        (body.get("channel") or {}).get("id", ""),
        message.get("thread_ts") or container.get("thread_ts") or "",
        body.get("response_url") or "",
        now,
        at_home=is_home(body),
        club=next((club_in(each["action_id"]) for each in body.get("actions", ())), ""),
    )
    return Sender(target, user.get("username") or user.get("name") or "")


def in_place(sender: Sender, body: Payload) -> Sender:
    """Let the response replace the message that was pressed, if only the sender sees that."""
    container = body.get("container") or {}
    if container.get("is_ephemeral"):
        return replace(sender, target=replace(sender.target, in_place=True))
    if not sender.target.is_direct or sender.target.at_home:
        return sender
    return replace(sender, target=replace(sender.target, updates=container.get("message_ts", "")))


def of_event(body: Payload) -> Sender:
    """Return the sender of a mention or a direct message.

    In a thread the response goes there. To a mention in the channel itself, the answer for all goes
    below it; one for the member alone would be read by nobody in a thread that is not there yet.
    """
    event = body["event"]
    channel, thread = event.get("channel", ""), event.get("thread_ts") or ""
    under = "" if thread or channel.startswith("D") else event.get("ts", "")
    target = ResponseTarget(
        body["team_id"], event["user"], channel, thread, under=under, aloud=True
    )
    return Sender(target, "")


def line_of(command: str, text: str, prefix: str) -> str:
    """Return the line that a slash command stands for: `/reviews Her` for `/matinee reviews Her`."""
    name = command.removeprefix("/").removeprefix(prefix)
    words = words_of(text, within=name)
    if name == APP:
        return f"/{words.lstrip('/')}" if words else "/help"
    return f"/{name} {words}"


def words_of(text: str, within: str = "", names: Mapping[str, str] = NO_NAMES) -> str:
    """Undo Slack's escapes, the names of emoji among them: `:sob:`.

    Members become their ids where a command takes members, else their names.
    """
    command = COMMANDS.get(within) or _command_in(text)
    takes_members = command is not None and _MEMBER_KINDS & {e.kind for e in command.options()}

    def member(found: re.Match[str]) -> str:
        if takes_members:
            return f"@{MEMBER}{found['id']}"
        return f"@{found['name'] or names.get(found['id'], 'a member')}"

    return Emoji.replace(decode_slack(_MEMBERS.sub(member, text))).strip()


def _command_in(text: str) -> type[Command] | None:
    """Return the command that a text begins with."""
    found = _COMMAND.match(text)
    return COMMANDS.get(found["name"].lower()) if found else None


def nameless(text: str) -> list[str]:
    """Return the users whom a text mentions without their names; at most ten."""
    found = (each["id"] for each in _MEMBERS.finditer(text) if not each["name"])
    return list(dict.fromkeys(found))[:MOST_NAMED]


def without_address(text: str, bot_user: str) -> str:
    """Remove the mentions of Matinee from a text, wherever they stand: `what's on tonight, @Matinee?`."""
    mention = rf"<@{re.escape(bot_user)}(?:\|[^<>]*)?>"
    text = re.sub(rf"^\s*{mention}[\s,:]*", "", text)
    return re.sub(rf"[ \t,]*{mention}", "", text).lstrip(" ,")


# The private metadata of modals ----------------------------------------------------------------


def modal_metadata(action: str, target: ResponseTarget) -> str:
    """Return the metadata of a modal: the action id of its form, and where the response goes."""
    kept = {
        "action": action,
        "channel": target.channel,
        "thread": target.thread,
        "url": target.response_url,
        "issued": target.issued,
        "home": target.at_home,
        "in_place": target.in_place,
        "updates": target.updates,
        "club": target.club,
    }
    return json.dumps({name: value for name, value in kept.items() if value})


def of_modal(body: Payload) -> tuple[str, Sender]:
    """Return the action id of a submitted form, and its sender."""
    kept = json.loads(body["view"].get("private_metadata") or "{}")
    sender = of_interaction(body, 0.0)
    target = ResponseTarget(
        sender.target.team,
        sender.target.user,
        kept.get("channel", ""),
        kept.get("thread", ""),
        kept.get("url", ""),
        kept.get("issued", 0.0),
        at_home=kept.get("home", False),
        in_place=kept.get("in_place", False),
        updates=kept.get("updates", ""),
        club=kept.get("club", ""),
    )
    return kept.get("action", ""), Sender(target, sender.name)


def is_home(body: Payload) -> bool:
    """Return whether a button in App Home was pressed."""
    return bool((body.get("view") or {}).get("type") == "home")


def request_id(body: Payload) -> str:
    """Return an id that a repeat of the request has too.

    A modal submitted twice with different values is two requests.
    """
    if view := body.get("view") if body.get("type") == "view_submission" else None:
        state = json.dumps(view.get("state"), sort_keys=True).encode()
        return f"slack:{view['id']}:{sha256(state).hexdigest()[:16]}"
    return f"slack:{body.get('event_id') or body['trigger_id']}"
