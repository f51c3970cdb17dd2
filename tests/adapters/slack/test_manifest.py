"""The manifest says what the code does: commands, scopes, events, shortcuts."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from adapters.runtime.settings.sealing import Sealer
from adapters.runtime.settings.settings import read_settings
from adapters.slack.commands import OWN_COMMANDS
from adapters.slack.host.manifest import EVENTS, SCOPES, manifest
from bot.registry import COMMANDS, TYPED
from tests.adapters.conftest import run

SOURCES = Path(__file__).parents[3] / "adapters" / "slack"

_NEEDED = {
    "chat_postMessage": "chat:write",
    "chat_postEphemeral": "chat:write",
    "chat_update": "chat:write",
    "chat_delete": "chat:write",
    "conversations_open": "im:write",
    "conversations_info": "channels:read groups:read",
    "conversations_members": "channels:read groups:read",
    "users_conversations": "channels:read groups:read",
    "conversations_history": "channels:history groups:history im:history",
    "conversations_replies": "channels:history groups:history im:history",
    "files_upload_v2": "files:write",
    "url_private_download": "files:read",
    "users_info": "users:read",
    "app_mention": "app_mentions:read",
    "slash_commands": "commands",
}
"""What in the code asks for which scopes. Posting to public channels unasked is `.public`."""


def made(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(manifest(*arguments))
    return found


def test_scopes_are_those_that_the_code_needs_and_no_more() -> None:
    code = "\n".join(each.read_text("utf-8") for each in SOURCES.rglob("*.py"))
    needed = {scope for name, scopes in _NEEDED.items() if name in code for scope in scopes.split()}

    assert set(made()["oauth_config"]["scopes"]["bot"]) == set(SCOPES)
    assert needed | {"chat:write.public"} == set(SCOPES)


def test_every_method_that_is_called_is_accounted_for() -> None:
    code = "\n".join(each.read_text("utf-8") for each in SOURCES.rglob("*.py"))
    called = set(re.findall(r"\.((?:chat|conversations|files|users|views|apps|auth)_\w+)\(", code))

    free = {"auth_teams_list", "views_open", "views_publish", "auth_test", "apps_connections_open"}
    assert called - free <= set(_NEEDED)


def test_commands_come_from_the_catalogue_and_slacks_own_is_left_alone() -> None:
    commands = {each["command"]: each for each in made()["features"]["slash_commands"]}

    assert set(commands) == {"/review", "/recommend", "/releases", "/matinee"}
    assert all(each["should_escape"] for each in commands.values())
    assert all(each.name in commands["/matinee"]["usage_hint"] for each in TYPED)
    assert set(OWN_COMMANDS) <= {each.name for each in COMMANDS.values()}


def test_names_take_the_prefix_that_is_set() -> None:
    commands = {each["command"] for each in made("club-")["features"]["slash_commands"]}

    assert commands == {"/club-review", "/club-recommend", "/club-releases", "/club-matinee"}


def test_without_an_address_it_is_socket_mode() -> None:
    assert made()["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in made()["settings"]["event_subscriptions"]


def test_with_an_address_everything_goes_there() -> None:
    url = "https://club.example/slack/events"
    whole = made("", url)

    assert whole["settings"]["socket_mode_enabled"] is False
    assert whole["settings"]["event_subscriptions"] == {
        "bot_events": list(EVENTS),
        "request_url": url,
    }
    assert whole["settings"]["interactivity"]["message_menu_options_url"] == url
    assert all(each["url"] == url for each in whole["features"]["slash_commands"])


def test_many_workspaces_are_sent_back_to_the_address_that_is_set() -> None:
    url, back = "https://club.example/slack/events", "https://club.example/slack/oauth_redirect"
    whole = made("", url, back)

    assert whole["oauth_config"]["redirect_urls"] == [back]
    assert whole["settings"]["org_deploy_enabled"] is True
    assert "team_access_revoked" in whole["settings"]["event_subscriptions"]["bot_events"]
    assert "redirect_urls" not in made("", url)["oauth_config"]
    assert made()["settings"]["org_deploy_enabled"] is False


@pytest.mark.parametrize(("name", "most"), [("description", 2_000), ("usage_hint", 1_000)])
def test_texts_are_as_short_as_slack_wants_them(name: str, most: int) -> None:
    texts = [each[name] for each in made()["features"]["slash_commands"]]
    assert all(1 <= len(each) <= most for each in texts)
    assert len(made()["display_information"]["name"]) <= 35
    for each in made()["features"]["shortcuts"]:
        assert len(each["name"]) <= 24
        assert len(each["description"]) <= 150


def test_the_command_prints_it() -> None:
    done = run("slack", "manifest", SLACK_COMMAND_PREFIX="x-")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == made("x-")


def test_the_command_prints_the_redirect_that_is_set() -> None:
    back = "https://club.example/slack/oauth_redirect"
    done = run("slack", "manifest", SLACK_REDIRECT_URI=back)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == made("", "", back)


def test_installations_are_forgotten_by_a_key_alone(tmp_path: Path) -> None:
    data = {"MATINEE_DATA_DIR": str(tmp_path)}
    refused = run("slack", "forget", **data)
    assert (refused.returncode, "set MATINEE_SECRET_KEY first" in refused.stderr) == (1, True)
    done = run("slack", "forget", MATINEE_SECRET_KEY="a" * 43 + "=", **data)
    assert done.stdout == "0 installations forgotten; let them install again\n"


def test_a_key_is_printed_that_settings_take() -> None:
    done = run("slack", "key")

    assert done.returncode == 0, done.stderr
    [key] = read_settings({"MATINEE_SECRET_KEY": done.stdout}).secret_key
    assert Sealer([key.value]).open(Sealer([key.value]).seal("word")) == "word"
