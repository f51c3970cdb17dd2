"""What Matinee calls, it calls with the arguments that Slack's public description asks for."""

import re
from pathlib import Path

import pytest

from tests.adapters.slack.conftest import workspace
from tests.adapters.slack.double import FakeSlack
from tests.adapters.slack.spec import SPEC, described, missing_arguments
from tests.support import Room

SOURCES = Path(__file__).parents[3] / "adapters" / "slack"
NEWER = {"files.upload.v2", "auth.teams.list"}
"""Of 2021 is the description; what came later it does not know."""

pytestmark = pytest.mark.skipif(
    not SPEC.exists(), reason="the description of Slack's Web API is not beside the project"
)


def test_every_method_that_is_called_is_described() -> None:
    code = "\n".join(each.read_text("utf-8") for each in SOURCES.rglob("*.py"))
    called = re.findall(r"\.((?:chat|conversations|files|users|views|apps|auth)_\w+)\(", code)
    known = {each.lower() for each in described()}

    assert called
    names = {
        "apps.connections.open" if n.startswith("apps") else n.replace("_", ".").lower()
        for n in called
    }
    assert names - known <= NEWER | {"apps.connections.open"}


async def test_calls_hold_what_is_required(slack: FakeSlack, room: Room) -> None:
    async with workspace(slack, room, "socket") as club:
        card = await club.say("ana", "/review Her")
        await club.open("ana", card, "Write a review…")
        await club.answered("events_api", club.mention("ana", "recommend like Carol"))
        await club.way.send("events_api", club.event(type="app_home_opened", user="UANA"))
        await slack.until(lambda: slack.homes)

    looked_at = {method for method, _ in slack.calls} & set(described())
    assert {"chat.postEphemeral", "views.open", "views.publish", "users.info"} <= looked_at
    assert slack.complaints == []


def test_a_lack_would_be_seen() -> None:
    assert missing_arguments("views.open", {"view": "{}"}) == ["trigger_id"]
    assert missing_arguments("chat.postEphemeral", {"channel": "C1", "user": ""}) == ["user"]
