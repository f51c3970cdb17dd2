"""Installing Matinee in many Slack workspaces: who may, once each, and what is kept of it."""

import logging
import re
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_bolt.error import BoltError
from slack_sdk.oauth.installation_store import Bot, Installation

from adapters.runtime.settings.sealing import Sealer
from adapters.slack.installing import states
from adapters.slack.installing.store import InstallationStore
from bot.delivery.worker import Worker
from bot.domain.clubs.web_keys import digest_of
from bot.domain.errors import StoreError
from bot.domain.ids import ClubId
from bot.registry import compose
from tests.adapters.slack.answers import broken
from tests.adapters.slack.conftest import connected, settings_for
from tests.adapters.slack.double import FakeSlack
from tests.adapters.slack.installing import KEY, many, town
from tests.adapters.slack.installs import CLIENT_ID, Grant
from tests.support import Room

ONE = Grant("T1", "Film Club")
TWO = Grant("T2", "Late Show")


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_a_workspace_installs_and_is_answered(
    slack: FakeSlack, room: Room, transport: str
) -> None:
    async with town(slack, room, many(slack, transport=transport)) as around:
        assert tuple(around.messenger.reach) == ()
        page = await around.install(TWO)
        assert "slack://app?team=T2" in page
        assert tuple(around.messenger.reach) == ("slack:T2",)
        club = around.members("T2")
        receipt = await club.say("t2", "/review Her 4/5 Warm.", "CT2")
        assert receipt.text.startswith("Saved your review of Her (2013)")
        asked = await club.answered("events_api", club.directly("t2", "reviews Her"))
        assert "Warm." in asked.words

    async with room.store.reading(ClubId("slack:T2")) as work:
        noted = await work.clubs.get()
    assert (noted.name, noted.application, noted.left_at) == ("Late Show", "slack:BT2", None)


async def test_no_token_and_no_installer_is_stored_as_it_is(slack: FakeSlack, room: Room) -> None:
    async with town(slack, room, many(slack)) as around:
        await around.install(TWO)

    [row] = await room.store.installations.all()
    assert row.holder == "T2"
    for secret in (TWO.token, "UADMIN", "xoxb"):
        assert secret not in str(row)


async def test_who_installs_is_welcomed_and_the_club_starts_where_they_are(
    slack: FakeSlack, room: Room
) -> None:
    slack.users["UADMIN"] = {"name": "ada", "tz": "America/New_York", "team_id": "T2"}
    async with town(slack, room, many(slack)) as around:
        await around.install(TWO)
        worker = Worker(room.store, around.messenger, room.clock, compose, "tester")
        await worker.drain()
        [welcome] = slack.posts
        assert welcome.channel == "DUADMIN"
        assert "Hello, I'm Matinee" in welcome.words
        assert welcome.element("Set up the club")
        await around.install(TWO)
        await worker.drain()
        assert len(slack.posts) == 1
    async with room.store.reading(ClubId("slack:T2")) as work:
        club = await work.clubs.get()
    assert (club.region, club.zone) == ("US", "America/New_York")


async def test_the_consent_asks_for_the_scopes_of_the_manifest(
    slack: FakeSlack, room: Room
) -> None:
    async with town(slack, room, many(slack)) as around:
        _, _, begun = await around.get(f"{around.base}/slack/install?team=T2")
    asked = begun.headers["Location"]
    assert f"client_id={CLIENT_ID}" in asked
    assert "chat:write," in asked
    assert "team=T2" in asked
    assert begun.headers["Cache-Control"] == "no-store"


async def test_a_state_is_taken_once_and_kept_as_a_digest(slack: FakeSlack, room: Room) -> None:
    async with town(slack, room, many(slack)) as around:
        back, cookie = await around.consent(TWO)
        [state] = re.findall(r"state=([\w-]+)", back)
        assert cookie.endswith(state)
        assert (await around.get(back, cookie))[0] == 200
        token = TWO.token
        again, page, _ = await around.get(back, cookie)

    assert (again, TWO.token) == (401, token)
    assert "invalid_state" in page
    assert not await room.store.installations.finish(digest_of(state), room.clock.now())


async def test_a_state_is_over_after_its_time(
    slack: FakeSlack, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert timedelta(minutes=10) == states.VALID
    monkeypatch.setattr(states, "VALID", timedelta(0))
    async with town(slack, room, many(slack)) as around:
        status, page, _ = await around.get(*await around.consent(TWO))
    assert status == 401
    assert "invalid_state" in page
    assert await room.store.installations.all() == []


async def test_another_browser_cannot_finish_an_install(slack: FakeSlack, room: Room) -> None:
    async with town(slack, room, many(slack)) as around:
        back, cookie = await around.consent(TWO)
        _, other = await around.consent(ONE)
        for stranger in ("", other):
            status, page, _ = await around.get(back, stranger)
            assert status == 400
            assert "invalid_browser" in page
        assert await room.store.installations.all() == []
        assert (await around.get(back, cookie))[0] == 200


async def test_slack_sends_nobody_to_a_foreign_address(slack: FakeSlack, room: Room) -> None:
    async with town(slack, room, many(slack)) as around:
        _, _, begun = await around.get(f"{around.base}/slack/install?redirect_uri=https://evil")
        asked = begun.headers["Location"]
        assert "evil" not in asked
        slack.installs.consenting = TWO
        changed = asked.replace("club.example", "evil.example")
        assert (await around.get(changed))[:2] == (400, "bad_redirect_uri")


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [("error=access_denied", 200, "access_denied"), ("code=1&state=<b>", 400, "invalid_browser")],
)
async def test_who_does_not_consent_installs_nothing(
    slack: FakeSlack, room: Room, query: str, status: int, says: str
) -> None:
    async with town(slack, room, many(slack)) as around:
        found, page, _ = await around.get(f"{around.base}/slack/oauth_redirect?{query}")
    assert (found, says in page, "<b>" in page) == (status, True, False)
    assert await room.store.installations.all() == []


async def test_a_code_that_slack_does_not_take_installs_nothing(
    slack: FakeSlack, room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    async with town(slack, room, many(slack)) as around:
        slack.troubles["oauth.v2.access"] += [broken(503)]
        with caplog.at_level(logging.DEBUG, "adapters"):
            status, page, _ = await around.get(*await around.consent(TWO))
    assert status == 401
    assert "invalid_code" in page
    assert "code-" not in caplog.text
    assert await room.store.installations.all() == []


async def test_what_cannot_be_stored_is_said(
    slack: FakeSlack, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken_put(_: object) -> None:
        raise StoreError("The database is very busy.", retry=True)

    async with town(slack, room, many(slack)) as around:
        back, cookie = await around.consent(TWO)
        monkeypatch.setattr(room.store.installations, "put", broken_put)
        status, page, _ = await around.get(back, cookie)
    assert status == 500
    assert "storage_error" in page


async def test_installs_begin_no_faster_than_is_sensible(slack: FakeSlack, room: Room) -> None:
    async with town(slack, room, many(slack)) as around:
        found = [(await around.get(f"{around.base}/slack/install"))[0] for _ in range(65)]
    assert found == [302] * states.MOST + [429] * 5


async def test_with_socket_mode_the_port_has_the_installs_alone(
    slack: FakeSlack, room: Room
) -> None:
    async with town(slack, room, many(slack, transport="socket")) as around:
        await around.install(TWO)
        async with around.session.post(f"{around.base}/slack/events") as response:
            assert response.status == 404
        status, text, _ = await around.get(f"{around.base}/health")
    assert (status, text) == (200, "database: ok\nslack: ok\n")


async def test_one_workspace_still_takes_a_bot_token_alone(slack: FakeSlack, room: Room) -> None:
    async with connected(slack, room, settings_for(slack, "http")) as platform:
        await slack.until(lambda: platform.messenger.reach)
        assert tuple(platform.messenger.reach) == ("slack:T1",)
        async with aiohttp.ClientSession() as session:
            for path in ("/slack/install", "/slack/oauth_redirect"):
                async with session.get(f"http://127.0.0.1:{platform.port}{path}") as response:
                    assert response.status == 404


async def test_bolts_own_listeners_find_the_store_that_they_expect(room: Room) -> None:
    async def saved(_: Bot, __: str) -> None: ...

    store = InstallationStore(room.store.installations, Sealer([KEY]), saved)
    tokens: dict[str, Any] = {"bot_token": "xoxb-2", "user_token": "xoxp-1"}
    bot: dict[str, Any] = {"bot_id": "B2", "bot_user_id": "U2", "bot_scopes": "chat:write"}
    made = Installation(team_id="T2", enterprise_id="E1", user_id="UADMIN", **bot, **tokens)
    await store.async_save(made)
    for organisation in ("E1", None):
        found = await store.async_find_bot(enterprise_id=organisation, team_id="T2")
        assert found is not None
        assert found.to_dict() == made.to_bot().to_dict()
    for team, whole in (("T3", False), ("T2", True)):
        found = await store.async_find_bot(
            enterprise_id="E1", team_id=team, is_enterprise_install=whole
        )
        assert found is None
    await store.async_delete_all(enterprise_id="E1", team_id="T2")
    assert await room.store.installations.all() == []
    with pytest.raises(BoltError, match="no token of a bot"):
        await store.async_save(Installation(team_id="T2", user_id="UADMIN"))
