"""A club's weeks in Slack, played line by line: `play.txt` is what its members see, `slips.txt` where they slip."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.slack import workspaces
from tests.adapters.plays import check
from tests.adapters.slack.conftest import connected, settings_for
from tests.adapters.slack.double import FakeSlack
from tests.adapters.slack.driver import Socket, Workspace
from tests.adapters.slack.player import SlackPlayer
from tests.adapters.words import PREFIX
from tests.support import Room

SCRIPTS = [
    (Path(__file__).parent / name, least) for name, least in (("play.txt", 150), ("slips.txt", 55))
]


@pytest.mark.parametrize(("script", "least"), SCRIPTS, ids=lambda each: getattr(each, "stem", ""))
async def test_a_club_in_slack(
    script: Path, least: int, slack: FakeSlack, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspaces, "COUNTED", 0.02)
    slack.channels |= {"C1": "films", "C2": "late", "C3": "horror"}
    settings = replace(settings_for(slack, "socket"), slack_command_prefix=PREFIX)
    async with connected(slack, room, settings) as platform:
        club = Workspace(slack, Socket(slack))
        await check(script, SlackPlayer(club, platform.messenger, room), least)
