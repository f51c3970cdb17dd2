"""The manifest from which Slack makes an app, with the commands of the registry."""

import json
from collections.abc import Sequence
from typing import Any

from adapters.slack.commands import APP, OWN_COMMANDS
from bot.messages.commands import Command
from bot.registry import COMMANDS, TYPED

SCOPES: dict[str, str] = {
    "app_mentions:read": "hear when it is mentioned",
    "channels:read": "see whether it may write where it is asked to remind",
    "channels:history": "look whether a reminder was said before it is said again",
    "chat:write": "answer and remind",
    "chat:write.public": "answer in public channels without being invited",
    "commands": "slash commands and shortcuts",
    "files:read": "read a review that is sent as a text file",
    "files:write": "hand over calendar files",
    "groups:history": "look for a reminder likewise in private channels it was invited to",
    "groups:read": "see likewise that a channel is private, before a review goes beyond it",
    "im:history": "hear what it is told directly",
    "im:write": "remind directly",
    "users:read": "members' names, and who runs the workspace",
}
"""Permissions of the app, each with its purpose."""

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_deleted",
    "group_deleted",
    "message.im",
    "tokens_revoked",
)

EVENTS_OF_ORGANISATIONS = ("team_access_revoked",)

WRITE_REVIEW = "write_review"
SAVE_REVIEW = "save_review"

LONGEST = 2_000
"""Characters of a command's description and of its hint."""


def manifest(prefix: str = "", url: str = "", redirect: str = "") -> str:
    """Return the manifest as JSON: for HTTP, if Slack reaches Matinee at `url`; else Socket Mode.

    `redirect`: where Slack sends those who install it, if many workspaces may; organisations, too.
    """
    events = [*EVENTS, *(EVENTS_OF_ORGANISATIONS if redirect else ())]
    settings = {
        "interactivity": {"is_enabled": True, **_at("request_url", url)},
        "event_subscriptions": {"bot_events": events, **_at("request_url", url)},
        "org_deploy_enabled": bool(redirect),
        "socket_mode_enabled": not url,
        "token_rotation_enabled": False,
    }
    if url:
        settings["interactivity"]["message_menu_options_url"] = url  # type: ignore[index]  # just made
    whole = {
        "display_information": {
            "name": "Matinee",
            "description": "A film club's memory and taste",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Matinee", "always_online": True},
            "shortcuts": _shortcuts(),
            "slash_commands": _commands(prefix, url),
        },
        "oauth_config": {
            **({"redirect_urls": [redirect]} if redirect else {}),
            "scopes": {"bot": sorted(SCOPES)},
        },
        "settings": settings,
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _commands(prefix: str, url: str) -> list[dict[str, Any]]:
    own = [
        _command(name, COMMANDS[name].help(), _hint(COMMANDS[name]), prefix, url)
        for name in OWN_COMMANDS
    ]
    names = "|".join(each.name for each in TYPED)
    return [*own, _command(APP, f"Everything else: /{prefix}{APP} help", f"[{names}]", prefix, url)]


def _command(name: str, help_: str, hint: str, prefix: str, url: str) -> dict[str, Any]:
    return {
        "command": f"/{prefix}{name}",
        "description": help_[:LONGEST],
        "usage_hint": hint[:LONGEST],
        "should_escape": True,
        **_at("url", url),
    }


def _hint(spec: type[Command]) -> str:
    """Return two examples of arguments."""
    words = (each.usage()[1] for each in spec.examples())
    return "  or  ".join([each for each in words if each][:2])


def _shortcuts() -> Sequence[dict[str, str]]:
    return [
        {
            "name": "Write a review",
            "type": "global",
            "callback_id": WRITE_REVIEW,
            "description": "Say what you thought of a film",
        },
        {
            "name": "Save as review",
            "type": "message",
            "callback_id": SAVE_REVIEW,
            "description": "Keep this message as a review",
        },
    ]


def _at(name: str, url: str) -> dict[str, str]:
    return {name: url} if url else {}
