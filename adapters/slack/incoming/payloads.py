"""What Slack sends, read: who spoke, where, in which words."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from adapters.slack.outgoing.responses import Spot
from adapters.slack.outgoing.rich_text import MEMBER
from bot.grammar.slack import decode_slack

Payload = Mapping[str, Any]

_MEMBERS = re.compile(r"<@(?P<id>[A-Z0-9]+)(?:\|(?P<name>[^<>|]{1,80}))?>")
_REVIEW = re.compile(r"\s*/?review\b", re.IGNORECASE)

APP = "matinee"
"""The command under which all the others can be given."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke, and where an answer goes."""

    spot: Spot
    name: str


def of_command(body: Payload, now: float) -> Speaker:
    """Read who gave a slash command."""
    spot = Spot(
        body["team_id"],
        body["user_id"],
        body.get("channel_id", ""),
        response_url=body.get("response_url", ""),
        issued=now,
    )
    return Speaker(spot, body.get("user_name", ""))


def of_interaction(body: Payload, now: float) -> Speaker:
    """Read who pressed, chose or sent something."""
    message, container = body.get("message") or {}, body.get("container") or {}
    user = body["user"]
    spot = Spot(
        (body.get("team") or user)["id" if body.get("team") else "team_id"],
        user["id"],
        (body.get("channel") or {}).get("id", ""),
        message.get("thread_ts") or container.get("thread_ts") or "",
        body.get("response_url") or "",
        now,
    )
    return Speaker(spot, user.get("username") or user.get("name") or "")


def turning(speaker: Speaker, body: Payload) -> Speaker:
    """Let the answer take the place of what was pressed, if only who pressed it sees that."""
    if not (body.get("container") or {}).get("is_ephemeral"):
        return speaker
    return replace(speaker, spot=replace(speaker.spot, turns=True))


def of_event(body: Payload) -> Speaker:
    """Read who mentioned Matinee, or wrote to it directly. An answer goes into the same thread."""
    event = body["event"]
    channel = event.get("channel", "")
    thread = event.get("thread_ts") or ("" if channel.startswith("D") else event.get("ts", ""))
    return Speaker(Spot(body["team_id"], event["user"], channel, thread), "")


def line_of(command: str, text: str, prefix: str) -> str:
    """Write a slash command as the line that it is: `/matinee reviews Her` is `/reviews Her`."""
    name = command.removeprefix("/").removeprefix(prefix)
    words = words_of(text, within=name)
    if name == APP:
        return f"/{words.lstrip('/')}" if words else "/help"
    return f"/{name} {words}"


def words_of(text: str, within: str = "") -> str:
    """Undo Slack's escapes. Members become their ids, or, in a review, the names they go by."""
    is_review = within == "review" or (within in {"", APP} and _REVIEW.match(text))

    def member(found: re.Match[str]) -> str:
        if is_review:
            return f"@{found['name'] or found['id']}"
        return f"@{MEMBER}{found['id']}"

    return decode_slack(_MEMBERS.sub(member, text)).strip()


def without_address(text: str, bot_user: str) -> str:
    """Take the mention of Matinee from the beginning of what was said to it."""
    return re.sub(rf"^\s*<@{re.escape(bot_user)}(?:\|[^<>]*)?>[\s,:]*", "", text)


# What a modal carries along -------------------------------------------------------------------


def carried(action: str, spot: Spot) -> str:
    """Write down which form a modal is, and where its answer goes."""
    kept = {
        "action": action,
        "channel": spot.channel,
        "thread": spot.thread,
        "url": spot.response_url,
        "issued": spot.issued,
    }
    return json.dumps({name: value for name, value in kept.items() if value})


def of_modal(body: Payload) -> tuple[str, Speaker]:
    """Read which form was sent, by whom, and where its answer goes."""
    kept = json.loads(body["view"].get("private_metadata") or "{}")
    speaker = of_interaction(body, 0.0)
    spot = Spot(
        speaker.spot.team,
        speaker.spot.user,
        kept.get("channel", ""),
        kept.get("thread", ""),
        kept.get("url", ""),
        kept.get("issued", 0.0),
    )
    return kept.get("action", ""), Speaker(spot, speaker.name)


def is_home(body: Payload) -> bool:
    """Whether it was in App Home that somebody pressed something."""
    return bool((body.get("view") or {}).get("type") == "home")


def request_id(body: Payload) -> str:
    """Name a request so that its repeat has the same name.

    A modal sent twice with other words is two requests.
    """
    if view := body.get("view") if body.get("type") == "view_submission" else None:
        state = json.dumps(view.get("state"), sort_keys=True).encode()
        return f"slack:{view['id']}:{sha256(state).hexdigest()[:16]}"
    return f"slack:{body.get('event_id') or body['trigger_id']}"
