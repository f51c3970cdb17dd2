"""Many Slack workspaces beside each other: apart, gone and back, with keys and tokens that change."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.runtime.settings.environment import SettingsError
from adapters.runtime.settings.sealing import Sealer
from adapters.slack.installing import renewal, workspaces
from adapters.slack.installing.seals import forget_shut
from bot.domain.errors import Delayed, StoreError
from bot.domain.ids import ClubId, DeliveryId, MemberId, PlaceId
from bot.domain.installations import Installation
from bot.messages.replies import Paragraph, Reply
from bot.messages.spans import Plain
from tests.adapters.slack.answers import refusing
from tests.adapters.slack.conftest import connected
from tests.adapters.slack.double import FakeSlack
from tests.adapters.slack.installing import KEY, NEWER, Town, installed, many, town
from tests.adapters.slack.installs import Grant
from tests.support import Room

HELLO = Reply((Paragraph((Plain("Today: Her"),)),), "Today: Her")


def one() -> Grant:
    return Grant("T1", "Film Club")


def two() -> Grant:
    return Grant("T2", "Late Show", organisation="E1")


async def left(room: Room, team: str) -> bool:
    async with room.store.reading(ClubId(f"slack:{team}")) as work:
        return (await work.clubs.get()).left_at is not None


def accessed(slack: FakeSlack) -> list[str | None]:
    """Return the kinds of grant for which tokens were asked."""
    return [each.get("grant_type") for method, each in slack.calls if method == "oauth.v2.access"]


async def told(around: Town, team: str, name: str = "d1") -> None:
    """Say something unasked in a workspace's channel and to its member."""
    for place in (PlaceId(f"slack:{team}#C{team}"), PlaceId(f"slack:{team}@U{team}")):
        delivery = DeliveryId(f"{name}{place}")
        await around.messenger.send(place, HELLO, delivery_id=delivery)


async def test_two_workspaces_never_see_one_anothers_words(slack: FakeSlack, room: Room) -> None:
    async with town(slack, room, many(slack)) as around:
        await around.install(one())
        await around.install(two())
        here, there = around.members("T1"), around.members("T2")
        await here.say("t1", "/review Her 4/5 Warm.", "CT1")
        await there.say("t2", "/review Her 2/5 Cold.", "CT2")
        assert sorted(around.messenger.reach) == ["slack:T1", "slack:T2"]
        for team, club, own, foreign in (
            ("T1", here, "Warm.", "Cold."),
            ("T2", there, "Cold.", "Warm."),
        ):
            for asked in (
                await club.say(team.lower(), "/matinee reviews Her", f"C{team}"),
                await club.answered("events_api", club.directly(team.lower(), "reviews Her")),
            ):
                assert own in asked.words
                assert foreign not in asked.words
            await told(around, team)
        directory = room.bot.directories
        assert await directory.belongs(ClubId("slack:T1"), MemberId("slack:UT1"))
        assert not await directory.belongs(ClubId("slack:T9"), MemberId("slack:UT1"))
    assert {p.channel for p in slack.posts if p.text == "Today: Her"} == {
        "CT1", "CT2", "DUT1", "DUT2",
    }  # fmt: skip


async def test_a_channel_of_one_workspace_is_a_club_of_its_own(
    slack: FakeSlack, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspaces, "REMEMBERED", 0.02)
    async with town(slack, room, many(slack)) as around:
        await around.install(one())
        await around.install(two())
        here, there = around.members("T1"), around.members("T2")
        slack.users["UT1"]["is_admin"] = True
        slack.teams["COWN"] = "T1"
        slack.channels["COWN"] = "horror"
        slack.members |= {"COWN": ["UT1"], "COTHER": []}
        card = await here.say("t1", "/matinee setup", "COWN")
        asked = await here.press("t1", card, "Make this channel its own club")
        await here.press("t1", asked, "Make it a club")
        await slack.until(lambda: "slack:T1.COWN" in around.messenger.reach)
        await here.say("t1", "/review Her 4/5 | Warm.", "COWN")
        await there.say("t2", "/review Her 2/5 | Cold.", "CT2")
        assert "Warm." in (await here.say("t1", "/matinee reviews Her", "COWN")).words
        for club, name, channel in ((here, "t1", "CT1"), (there, "t2", "CT2")):
            assert "Warm." not in (await club.say(name, "/matinee reviews Her", channel)).words
        directory = room.bot.directories
        own = ClubId("slack:T1.COWN")
        assert await directory.belongs(own, MemberId("slack:UT1"))
        assert not await directory.belongs(ClubId("slack:T1.COTHER"), MemberId("slack:UT1"))
    assert slack.complaints == []


async def test_whose_token_is_used_would_be_seen(slack: FakeSlack, room: Room) -> None:
    async with town(slack, room, many(slack)) as around:
        for grant in (one(), two()):
            await around.install(grant)
        around.members("T1")
        foreign = PlaceId("slack:T2#CT1")
        await around.messenger.send(foreign, HELLO, delivery_id=DeliveryId("d"))
    assert slack.complaints.pop() == "chat.postMessage of T1 with the token of frozenset({'T2'})"


async def test_after_a_restart_everything_is_as_it_was(slack: FakeSlack, room: Room) -> None:
    await installed(slack, room, one(), two())
    async with town(slack, room, many(slack)) as around:
        assert sorted(around.messenger.reach) == ["slack:T1", "slack:T2"]
        around.members("T1")
        around.members("T2")
        await told(around, "T2")
        await told(around, "T1")


@pytest.mark.parametrize(
    "event",
    [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["UBOTT2"]}}],
)
async def test_who_uninstalls_is_gone_and_the_others_stay(
    slack: FakeSlack, room: Room, event: dict[str, object]
) -> None:
    async with town(slack, room, many(slack)) as around:
        await around.install(one())
        await around.install(two())
        here, there = around.members("T1"), around.members("T2")
        await there.say("t2", "/review Her 4/5 Warm.", "CT2")
        slack.installs.grants.pop()
        await there.way.send("events_api", there.event(**event))
        await slack.until(lambda: tuple(around.messenger.reach) == ("slack:T1",))
        assert await left(room, "T2")
        assert not await left(room, "T1")
        assert [each.holder for each in await room.store.installations.all()] == ["T1"]
        with pytest.raises(Delayed, match="not installed in T2"):
            await told(around, "T2")
        refused = await there.say("t2", "/review Her", "CT2")
        assert "not installed" in refused.text
        assert "Her (2013)" in (await here.say("t1", "/review Her", "CT1")).text


async def test_late_news_of_an_uninstall_does_no_harm_to_who_is_back(
    slack: FakeSlack, room: Room
) -> None:
    async with town(slack, room, many(slack)) as around:
        await around.install(one())
        news = around.members("T1").event(type="app_uninstalled")
        await around.install(one())
        await around.members("T1").way.send("events_api", news)
        await slack.until(lambda: [m for m, _ in slack.calls].count("auth.test") >= 3)
        await asyncio.sleep(0.1)
        assert tuple(around.messenger.reach) == ("slack:T1",)
        assert not await left(room, "T1")


async def test_what_one_process_installs_another_learns(
    slack: FakeSlack, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspaces, "REMEMBERED", 0.05)
    async with town(slack, room, many(slack)) as around, town(slack, room, many(slack)) as other:
        await around.install(one())
        await slack.until(lambda: other.messenger.reach)
        club = other.members("T1")
        await club.say("t1", "/review Her", "CT1")
        await around.install(again := one())
        await asyncio.sleep(0.1)
        await told(other, "T1")
        used = [slack.installs.of(again.token)]
        assert used == [again]


async def test_a_process_of_deliveries_speaks_in_all_and_takes_no_installs(
    slack: FakeSlack, room: Room
) -> None:
    await installed(slack, room, one(), two())
    alone = replace(many(slack), only="worker", slack_signing_secret=None)
    async with connected(slack, room, alone, ready=False) as platform:
        await slack.until(lambda: len(platform.messenger.reach) == 2)
        assert await platform.silence() == 0.0
        assert platform.port == 0
        place = PlaceId("slack:T2#C1")
        await platform.messenger.send(place, HELLO, delivery_id=DeliveryId("d"))
    assert slack.posts[-1].text == "Today: Her"


# Organisations ---------------------------------------------------------------------------------


async def test_an_organisation_installs_in_all_its_workspaces(slack: FakeSlack, room: Room) -> None:
    async with town(slack, room, many(slack)) as around:
        whole = Grant("", "Big Org", organisation="E5", covers={"T5": "Five", "T6": "Six"})
        await around.install(whole)
        of_org: dict[str, object] = {"enterprise_id": "E5", "is_enterprise_install": True}
        five, six = (around.members(each, **of_org) for each in ("T5", "T6"))
        await five.say("t5", "/review Her 4/5 Warm.", "CT5")
        asked = await six.say("t6", "/matinee reviews Her", "CT6")
        assert "Warm." not in asked.words
        assert sorted(around.messenger.reach) == ["slack:T5", "slack:T6"]
        async with room.store.reading(ClubId("slack:T5")) as work:
            assert (await work.clubs.get()).name == "Five"

    async with town(slack, room, many(slack)) as around:
        await told(around, "T5")  # nobody says of which organisation it is
        five = around.members("T5", **of_org)
        revoked = five.event(type="team_access_revoked", team_ids=["T6", "T9"])
        await five.way.send("events_api", {**revoked, "team_id": None})
        await slack.until(lambda: tuple(around.messenger.reach) == ("slack:T5",))
        assert await left(room, "T6")
        tests = [method for method, _ in slack.calls].count("auth.test")
        await five.way.send("events_api", five.event(type="app_uninstalled"))
        await slack.until(lambda: [m for m, _ in slack.calls].count("auth.test") > tests)
        assert tuple(around.messenger.reach) == ("slack:T5",), "of one workspace, not of all"
        slack.installs.grants.clear()
        gone = {**five.event(type="app_uninstalled"), "team_id": None}
        await five.way.send("events_api", gone)
        await slack.until(lambda: not around.messenger.reach)
    assert await room.store.installations.all() == []
    assert await left(room, "T5")


async def test_a_workspace_of_an_organisation_may_have_an_installation_of_its_own(
    slack: FakeSlack, room: Room
) -> None:
    async with town(slack, room, many(slack)) as around:
        await around.install(Grant("", "Big Org", organisation="E1", covers={"T3": "Three"}))
        own = two()
        await around.install(own)
        club = around.members("T2", enterprise_id="E1")
        await club.say("t2", "/review Her 4/5 Warm.", "CT2")
        await told(around, "T2")
    assert sorted(e.holder for e in await room.store.installations.all()) == ["E1", "T2"]


# Keys ------------------------------------------------------------------------------------------


async def test_a_key_is_replaced_by_a_newer_one_before_it(slack: FakeSlack, room: Room) -> None:
    await installed(slack, room, one(), two())
    async with town(slack, room, many(slack, NEWER, KEY)) as around:
        around.members("T1")
        await told(around, "T1")
    newer = Sealer([NEWER])
    assert all(newer.open(each.sealed) for each in await room.store.installations.all())
    async with town(slack, room, many(slack, NEWER)) as around:
        around.members("T2")
        await told(around, "T2", "d2")


async def test_a_wrong_key_says_what_to_do_and_loses_nothing(slack: FakeSlack, room: Room) -> None:
    await installed(slack, room, one(), two())
    before = await room.store.installations.all()
    with pytest.raises(SettingsError, match=r"opens none of the 2 tokens.*NEW_KEY,OLD_KEY"):
        async with connected(slack, room, many(slack, NEWER)):
            await asyncio.sleep(1)
    assert await room.store.installations.all() == before
    async with town(slack, room, many(slack)) as around:
        around.members("T1")
        await told(around, "T1")


async def test_what_a_lost_key_had_sealed_may_be_forgotten(slack: FakeSlack, room: Room) -> None:
    await installed(slack, room, one(), two())
    there = room.store.installations
    assert await forget_shut(there, Sealer([NEWER, KEY])) == 0
    assert await forget_shut(there, Sealer([NEWER])) == 2
    async with town(slack, room, many(slack, NEWER)) as around:
        await around.install(one())
        around.members("T1")
        await told(around, "T1")


async def test_what_no_key_opens_does_not_keep_the_others_waiting(
    slack: FakeSlack, room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    await installed(slack, room, one(), two())
    rows = {each.holder: each for each in await room.store.installations.all()}
    swapped = replace(rows["T2"], sealed=rows["T1"].sealed)  # as who writes to the database might
    assert await room.store.installations.replace(rows["T2"], swapped)
    async with town(slack, room, many(slack)) as around:
        here, there = around.members("T1"), around.members("T2")
        assert "not installed" in (await there.say("t2", "/review Her", "CT2")).text
        with pytest.raises(Delayed, match="MATINEE_SECRET_KEY"):
            await told(around, "T2")
        assert "Her (2013)" in (await here.say("t1", "/review Her", "CT1")).text
    assert "does not open the token of T2" in caplog.text


# Tokens that end -------------------------------------------------------------------------------


async def test_a_busy_database_loses_no_renewed_token(
    slack: FakeSlack, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack.installs.lasts = 3_600
    await installed(slack, room, grant := one())
    there = room.store.installations
    tries, replaced = list[Installation](), there.replace

    async def busy_twice(former: Installation, present: Installation) -> bool:
        tries.append(present)
        if len(tries) < 3:
            raise StoreError("The database is very busy.", retry=True)
        return await replaced(former, present)

    monkeypatch.setattr(there, "replace", busy_twice)
    monkeypatch.setattr(renewal, "_WAITS", (0.01, 0.01))
    async with town(slack, room, many(slack)):
        await slack.until(lambda: len(tries) == 3)
    [row] = await there.all()
    assert grant.token in Sealer([KEY]).open(row.sealed)


async def test_a_token_that_ends_is_renewed_before_it_does(
    slack: FakeSlack, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack.installs.lasts = 3_600
    monkeypatch.setattr(workspaces, "REMEMBERED", 0.05)
    async with town(slack, room, many(slack)) as around:
        await around.install(one())
        around.members("T1")
        await slack.until(lambda: len(accessed(slack)) == 2)
        await asyncio.sleep(0.2)
        await told(around, "T1")
        await asyncio.sleep(0.2)
    assert accessed(slack) == [None, "refresh_token"], "what was renewed just now is left alone"


async def test_of_two_processes_one_renews(slack: FakeSlack, room: Room) -> None:
    slack.installs.lasts = 3_600
    await installed(slack, room, one())
    slack.installs.lasts = 43_200
    async with town(slack, room, many(slack)), town(slack, room, many(slack)):
        await asyncio.sleep(0.5)
    assert accessed(slack) == [None, "refresh_token"]


async def test_a_token_that_cannot_be_renewed_is_told_and_kept(
    slack: FakeSlack, room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    slack.installs.lasts = 3_600
    await installed(slack, room, grant := one())
    slack.troubles["oauth.v2.access"] += [refusing("invalid_refresh_token")]
    async with town(slack, room, many(slack)) as around:
        with caplog.at_level(logging.ERROR):
            await slack.until(lambda: "invalid_refresh_token" in caplog.text)
        around.members("T1")
        await told(around, "T1")
    assert grant.token not in caplog.text
    assert timedelta(minutes=5) == renewal.LEASE
