"""`matinee doctor` looks at each step of setting Slack up, and says what to do."""

import re
from dataclasses import replace

import pytest

from adapters.runtime.health_report import ClubChannel, Verdict
from adapters.runtime.platforms import platform_findings
from adapters.runtime.settings import sealing
from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.settings import Secret, Settings
from adapters.slack.host.checks import findings
from adapters.slack.host.platform import SlackPlatform
from bot.domain.ids import ClubId, PlaceId
from tests.adapters.slack.conftest import connected, settings_for
from tests.adapters.slack.double import FakeSlack
from tests.adapters.slack.installing import many, town
from tests.support import Room


async def looked(settings: Settings) -> dict[str, tuple[Verdict, str]]:
    return {each.name: (each.verdict, each.text) for each in await findings(settings)}


async def test_all_is_well(slack: FakeSlack, room: Room) -> None:
    settings = settings_for(slack, "both")
    async with connected(slack, room, settings) as platform:
        found = await looked(replace(settings, slack_http_port=platform.port))

    assert {verdict for verdict, _ in found.values()} == {Verdict.OK}
    assert "Film Club" in found["slack bot token"][1]
    assert len(found) == 5


@pytest.mark.parametrize("why", ["is_archived", "channel_not_found"])
async def test_each_clubs_channel_is_looked_at(slack: FakeSlack, why: str) -> None:
    settings = settings_for(slack, "socket")
    channels = [ClubChannel(ClubId("slack:T1"), "Film Club", PlaceId("slack:T1#C1"))]
    [place] = [e for e in await findings(settings, channels) if e.name == "slack places"]
    assert place.verdict is Verdict.OK
    slack.closed["C1"] = why
    [place] = [e for e in await findings(settings, channels) if e.name == "slack places"]
    assert place.verdict is Verdict.NOTE
    assert "cannot write in the channel of Film Club" in place.text


async def test_channels_of_another_workspace_are_not_looked_at(slack: FakeSlack) -> None:
    theirs = ClubChannel(ClubId("slack:T2"), "Theirs", PlaceId("slack:T2#C9"))
    slack.closed["C9"] = "channel_not_found"
    found = await findings(settings_for(slack, "socket"), [theirs])
    assert [each for each in found if each.name == "slack places"] == []


async def test_nobody_listens_yet(slack: FakeSlack) -> None:
    found = await looked(replace(settings_for(slack, "http"), slack_http_port=1))

    assert found["slack http"][0] is Verdict.NOTE
    assert "matinee run" in found["slack http"][1]


async def test_tokens_that_are_not_taken(slack: FakeSlack) -> None:
    settings = replace(
        settings_for(slack, "both"),
        slack_bot_token=Secret("xoxb-wrong"),
        slack_app_token=Secret("xapp-wrong"),
        slack_signing_secret=Secret("not a secret"),
    )
    found = await looked(settings)

    for name, says in {
        "slack bot token": "OAuth & Permissions",
        "slack app token": "connections:write",
        "slack secret": "Basic Information",
    }.items():
        assert found[name][0] is Verdict.BAD
        assert says in found[name][1]


async def test_a_scope_that_is_lacking_is_named(slack: FakeSlack) -> None:
    slack.scopes.remove("files:read")

    verdict, text = (await looked(settings_for(slack, "socket")))["slack scopes"]

    assert verdict is Verdict.BAD
    assert "files:read" in text
    assert "matinee slack manifest" in text


async def test_many_workspaces_are_told_where_to_begin(slack: FakeSlack, room: Room) -> None:
    async with town(slack, room, many(slack, transport="both")) as around:
        port = around.port
        found = await looked(replace(many(slack, transport="both"), slack_http_port=port))

    assert {verdict for verdict, _ in found.values()} == {Verdict.OK}
    assert "https://club.example/slack/install" in found["slack installs"][1]
    assert len(found) == 4


async def test_without_the_package_many_workspaces_are_told_what_to_install(
    slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "find_spec", lambda _: None)
    verdict, text = (await looked(many(slack)))["slack installs"]
    assert verdict is Verdict.BAD
    assert re.search(r"folder with Matinee's source, .* install .*'\.\[.*slack-oauth\]'", text)
    with pytest.raises(SettingsError, match="slack-oauth"):
        SlackPlatform(many(slack))


async def test_no_way_in(slack: FakeSlack) -> None:
    settings = settings_for(slack, "none")

    assert (await looked(settings))["slack way in"][0] is Verdict.BAD
    with pytest.raises(SettingsError, match="SLACK_APP_TOKEN for Socket Mode"):
        SlackPlatform(settings)


async def test_slack_is_out_of_reach() -> None:
    settings = Settings(
        slack_bot_token=Secret("xoxb-1"),
        slack_app_token=Secret("xapp-1"),
        slack_api_url="http://127.0.0.1:1/api/",
    )
    found = await looked(settings)

    assert "SLACK_API_URL" in found["slack bot token"][1]
    assert (
        await platform_findings(replace(settings, slack_bot_token=None, slack_app_token=None)) == []
    )
