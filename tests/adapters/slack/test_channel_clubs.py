"""Channels that are clubs of their own, and members named to run a club: over the wire, as they are used."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from adapters.slack import workspaces
from adapters.slack.host import channels
from adapters.slack.host.platform import SlackPlatform
from bot.delivery.worker import Worker
from bot.domain.ids import ClubId
from bot.registry import compose
from tests.adapters.slack.answers import Post, refusing
from tests.adapters.slack.conftest import connected, settings_for
from tests.adapters.slack.double import FakeSlack
from tests.adapters.slack.driver import Socket, Workspace
from tests.adapters.slack.test_home import at_home, told
from tests.adapters.slack.test_settled import labels
from tests.support import Room

HORROR = "C3"
OWN = ClubId("slack:T1.C3")
SETUP = "/matinee setup"


@dataclass
class Floor:
    """A workspace, in which one channel may be a club of its own."""

    club: Workspace
    platform: SlackPlatform
    room: Room

    async def deliver(self) -> list[Post]:
        """Let what is due be said; return it."""
        reach = self.platform.messenger
        await self.club.slack.until(lambda: (OWN in reach.reach) == self.is_own)
        before = len(self.club.slack.posts)
        worker = Worker(self.room.store, reach, self.room.clock, compose, "tester")
        await worker.drain()
        return self.club.slack.posts[before:]

    is_own: bool = False

    async def begin(self) -> Post:
        """Make the channel a club of its own."""
        card = await self.club.say("ana", SETUP, channel=HORROR)
        asked = await self.club.press("ana", card, "Make this channel its own club")
        self.is_own = True
        return await self.club.press("ana", asked, "Make it a club")

    async def end(self) -> Post:
        card = await self.club.say("ana", SETUP, channel=HORROR)
        asked = await self.club.press("ana", card, "End this club")
        assert "in 30 days all of it is deleted" in asked.words
        self.is_own = False
        return await self.club.press("ana", asked, "End it")

    async def directly(self, name: str, text: str) -> Post:
        return await self.club.answered("events_api", self.club.directly(name, text))


@pytest.fixture
async def floor(
    slack: FakeSlack, room: Room, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Floor]:
    monkeypatch.setattr(workspaces, "COUNTED", 0.02)
    monkeypatch.setattr(channels, "REMEMBERED", 0.0)
    slack.channels |= {"C1": "films", HORROR: "horror"}
    slack.members[HORROR] = ["UANA", "UBEN"]
    async with connected(slack, room, settings_for(slack, "socket")) as platform:
        yield Floor(Workspace(slack, Socket(slack)), platform, room)


async def test_it_is_asked_about_begun_and_told_in_the_channel(floor: Floor) -> None:
    club = floor.club
    card = await club.say("ana", SETUP, channel=HORROR)
    asked = await club.press("ana", card, "Make this channel its own club")
    assert asked.user == "UANA"
    assert "Make #horror a club of its own?" in asked.words
    assert "It begins empty" in asked.words
    assert labels(asked) == ["Make it a club", "Leave it as it is"]
    left = await club.press("ana", asked, "Leave it as it is")
    assert left.replaces
    assert "Make this channel" in str((await club.say("ana", SETUP, channel=HORROR)).elements)

    begun = await floor.begin()
    assert begun.replaces
    assert "#horror is a club of its own now" in begun.text
    [greeting] = [each for each in await floor.deliver() if each.channel == HORROR]
    assert greeting.channel == HORROR
    assert "This channel is a film club of its own now" in greeting.words


async def test_only_who_runs_the_workspace_makes_or_ends_one(floor: Floor) -> None:
    club = floor.club
    card = await club.say("ana", SETUP, channel=HORROR)
    asked = await club.press("ana", card, "Make this channel its own club")
    refused = await club.press("ben", asked, "Make it a club")
    assert "for those who run the workspace" in refused.text
    await floor.begin()
    card = await club.say("ana", SETUP, channel=HORROR)
    view = await club.open("ana", card, "Who runs the club…")
    assert await club.send("ana", view, members=["UBEN"]) == {}
    await club.slack.until(lambda: "Ben runs this club now" in club.slack.posts[-1].text)
    theirs = await club.say("ben", SETUP, channel=HORROR)
    assert "The settings of #horror" in theirs.words
    assert "End this club" not in labels(theirs)
    assert "Who runs the club…" not in labels(theirs)


async def test_no_club_reads_anothers_words(floor: Floor) -> None:
    club = floor.club
    await club.say("cleo", "/review Hereditary 5/5 | Written for all.")
    await floor.begin()
    await club.say("ben", "/review Hereditary 4/5 | The ceiling.", channel=HORROR)

    there = await club.say("ana", "/matinee reviews Hereditary", channel=HORROR)
    assert "The ceiling." in there.words
    assert "Written for all." not in there.words
    elsewhere = await club.say("ana", "/matinee reviews Hereditary")
    assert "Written for all." in elsewhere.words
    assert "The ceiling." not in elsewhere.words
    for line in ("/review Hereditary", "/recommend", "/matinee reviews @ben", "/matinee stats"):
        assert "ceiling" not in json.dumps((await club.say("cleo", line)).blocks)
    posts = await floor.deliver()
    assert {each.channel for each in posts if "Hereditary" in each.words} == {"C1", HORROR}
    assert all("Cleo" in each.words for each in posts if each.channel == "C1")


async def test_in_private_it_is_asked_once_which_club_is_meant(floor: Floor) -> None:
    club = floor.club
    await floor.begin()
    await club.say("ben", "/review Hereditary 4/5 | The ceiling.", channel=HORROR)
    assert "The ceiling." in (await floor.directly("ben", "reviews Hereditary")).words

    await club.say("ben", "/review Her 4/5 | Warm.")
    asked = await floor.directly("ben", "my reviews")
    assert set(labels(asked)) == {"#horror", "Film Club"}
    assert set(labels_of(await at_home(club, "ben"))) >= {"#horror", "Film Club"}
    # What was asked is answered in the club that is chosen.
    assert "The ceiling." in (await club.press("ben", asked, "#horror")).words
    assert "The ceiling." in (await floor.directly("ben", "my reviews")).words
    assert "The ceiling." in told(await at_home(club, "ben"))

    floor.room.clock.forward(minutes=1)
    settings = await floor.directly("ben", "settings")
    await club.press("ben", settings, "The club in private", "Film Club")
    assert "Warm." in (await floor.directly("ben", "my reviews")).words
    home = await at_home(club, "ben")
    assert "Warm." in told(home)
    assert "The ceiling." not in told(home)


async def test_who_leaves_the_channel_neither_reads_nor_writes_it_in_private(floor: Floor) -> None:
    club = floor.club
    await floor.begin()
    await club.say("ben", "/review Hereditary 4/5 | The ceiling.", channel=HORROR)
    assert "The ceiling." in (await floor.directly("ben", "my reviews")).words
    club.slack.members[HORROR].remove("UBEN")
    assert "The ceiling." not in (await floor.directly("ben", "my reviews")).words
    assert "The ceiling." not in told(await at_home(club, "ben"))
    assert "The ceiling." not in (await floor.directly("cleo", "reviews Hereditary")).words


async def test_what_was_announced_in_the_channel_before_can_still_be_read(floor: Floor) -> None:
    club = floor.club
    await club.say("cleo", "/review Hereditary 5/5 | Written for all.", channel=HORROR)
    [line] = await floor.deliver()
    await floor.begin()
    read = await club.press("ben", line, "Read it")
    assert "Written for all." in read.words
    await club.say("ben", "/review Hereditary 4/5 | The ceiling.", channel=HORROR)
    [*_, line] = await floor.deliver()
    assert "The ceiling." in (await club.press("ana", line, "Read it")).words


async def test_while_slack_does_not_say_who_is_there_nothing_is_shown(floor: Floor) -> None:
    club = floor.club
    await floor.begin()
    await club.say("ben", "/review Hereditary 4/5 | The ceiling.", channel=HORROR)
    club.slack.troubles["users.conversations"] = [refusing("internal_error")] * 8
    refused = await floor.directly("ben", "my reviews")
    assert "couldn't find out whether you are still in your club" in refused.text


async def test_everyone_is_who_takes_part_in_the_channel(floor: Floor) -> None:
    club = floor.club
    await floor.begin()
    for name in ("ana", "ben"):
        await club.say(name, "/review Her 4/5 | Warm.", channel=HORROR)
    await club.say("cleo", "/review Her 5/5 | Warm.")
    picks = await club.say("ana", "/recommend with everyone", channel=HORROR)
    assert "For Ana and Ben" in picks.words


async def test_reminders_and_releases_come_to_the_right_channel(floor: Floor) -> None:
    club = floor.club
    await floor.begin()
    await club.say("ana", "/matinee setup weekly yes", channel=HORROR)
    await club.say("ben", "/matinee remind All of Us Strangers here", channel=HORROR)
    await floor.deliver()
    floor.room.clock.forward(days=7)
    posts = await floor.deliver()
    assert {each.channel for each in posts} == {HORROR}
    assert any("All of Us Strangers" in each.words for each in posts)


async def test_the_channel_of_such_a_club_cannot_be_another_one(floor: Floor) -> None:
    club = floor.club
    await floor.begin()
    card = await club.say("ana", SETUP, channel=HORROR)
    view = await club.open("ana", card, "Change…")
    assert "channel" not in {each["block_id"] for each in view["blocks"]}
    refused = await club.say("ana", "/matinee setup here no", channel=HORROR)
    assert "speaks there alone" in refused.text


async def test_one_that_ends_comes_back_as_it_was(floor: Floor) -> None:
    club = floor.club
    await floor.begin()
    await club.say("ben", "/review Hereditary 4/5 | The ceiling.", channel=HORROR)
    await floor.deliver()
    await club.say("ben", "/matinee remind All of Us Strangers here", channel=HORROR)
    ended = await floor.end()
    assert "The club of #horror has ended" in ended.text
    assert (
        "The ceiling."
        not in (await club.say("ben", "/matinee reviews Hereditary", channel=HORROR)).words
    )
    assert "The ceiling." not in (await floor.directly("ben", "my reviews")).words
    floor.room.clock.forward(days=7)
    assert await floor.deliver() == []  # nothing is said for a club that has ended

    await floor.begin()
    listed = await club.say("ben", "/matinee reviews Hereditary", channel=HORROR)
    assert "The ceiling." in listed.words
    await floor.end()
    await floor.room.store.purge_clubs(floor.room.clock.now() + timedelta(days=31))
    await floor.begin()
    listed = await club.say("ben", "/matinee reviews Hereditary", channel=HORROR)
    assert "The ceiling." not in listed.words


async def test_a_deleted_channels_club_ends_and_an_archived_ones_sleeps(floor: Floor) -> None:
    club = floor.club
    await floor.begin()
    await club.say("ben", "/review Hereditary 4/5 | The ceiling.", channel=HORROR)
    club.slack.closed[HORROR] = "is_archived"
    assert "The ceiling." not in (await floor.directly("ben", "my reviews")).words
    del club.slack.closed[HORROR]
    assert "#horror" in labels(await floor.directly("ben", "my reviews"))

    await club.way.send("events_api", club.event(type="channel_deleted", channel=HORROR))
    await club.way.send("events_api", club.event(type="channel_deleted", channel="C1"))
    floor.is_own = False
    await floor.deliver()
    async with floor.room.store.reading(OWN) as work:
        assert (await work.clubs.get()).left_at == floor.room.clock.now()
    async with floor.room.store.reading(ClubId("slack:T1")) as work:
        assert (await work.clubs.get()).left_at is None


async def test_an_uninstall_ends_the_clubs_of_channels_and_a_return_brings_them_back(
    floor: Floor,
) -> None:
    await floor.begin()
    membership = floor.room.bot.membership
    await membership.left(ClubId("slack:T1"))
    assert await membership.channels_of(ClubId("slack:T1")) == []
    await membership.joined(ClubId("slack:T1"), "Film Club", None, "slack:B1")
    assert await membership.channels_of(ClubId("slack:T1")) == [OWN]
    await floor.end()
    floor.room.clock.forward(minutes=1)
    await membership.left(ClubId("slack:T1"))
    await membership.joined(ClubId("slack:T1"), "Film Club", None, "slack:B1")
    assert OWN not in await membership.channels_of(ClubId("slack:T1"))


async def test_a_renamed_channels_club_is_called_as_it_is_now(floor: Floor) -> None:
    club = floor.club
    await floor.begin()
    club.slack.channels[HORROR] = "scares"
    assert "The settings of #scares" in (await club.say("ana", SETUP, channel=HORROR)).words


async def test_who_was_named_runs_the_workspaces_club(floor: Floor) -> None:
    club = floor.club
    card = await club.say("ana", SETUP)
    view = await club.open("ana", card, "Who runs the club…")
    await club.send("ana", view, members=["UBEN", "UCLEO"])
    await club.slack.until(lambda: "Ben and Cleo run this club now" in club.slack.posts[-1].text)
    assert "The club's settings" in (await club.say("ben", SETUP)).words
    assert "The club's settings" in told(await at_home(club, "cleo"))
    await club.say("ana", "/review Her 4/5 | Warm.")
    assert "still sees it" in (await club.say("ben", "/matinee moderate hide Her @ana")).text

    card = await club.say("ana", SETUP)
    assert "Ben and Cleo" in card.words
    view = await club.open("ana", card, "Who runs the club…")
    (members,) = [each["element"] for each in view["blocks"]]
    assert members["initial_users"] == ["UBEN", "UCLEO"]
    await club.send("ana", view, members=["UCLEO"])
    await club.slack.until(lambda: "Cleo runs this club now" in club.slack.posts[-1].text)
    assert "for those who run this club" in (await club.say("ben", SETUP)).text


def labels_of(home: dict[str, Any]) -> list[str]:
    """Return the labels of App Home's buttons."""
    rows = (each["elements"] for each in home["blocks"] if each["type"] == "actions")
    return [each["text"]["text"] for row in rows for each in row if "text" in each]


async def test_what_is_said_in_private_belongs_to_the_club_that_says_it(floor: Floor) -> None:
    club = floor.club
    await floor.begin()
    await club.say("ben", "/matinee remind All of Us Strangers", channel=HORROR)
    await club.say("ben", "/review Her 4/5 | Warm.")
    asked = await floor.directly("ben", "my reviews")
    await club.press("ben", asked, "Film Club")
    floor.room.clock.forward(days=7)
    [reminder] = [each for each in await floor.deliver() if each.channel == "DUBEN"]
    snoozed = await club.press("ben", reminder, "Snooze a day")
    assert "Snoozed: I'll remind you of All of Us Strangers" in snoozed.text


async def test_a_member_takes_their_own_reviews_along(floor: Floor) -> None:
    club = floor.club
    await club.say("ben", "/review Her 4/5 | Warm.")
    await club.say("cleo", "/review Her 2/5 | Cold.")
    await floor.begin()
    await club.say("ben", "/matinee export")
    await club.slack.until(lambda: any(name == "matinee.json" for _, name, _ in club.slack.uploads))
    [data] = [data for _, name, data in club.slack.uploads if name == "matinee.json"]
    await club.say("ben", "/review Hereditary 4/5 | The ceiling.", channel=HORROR)
    asked = await floor.directly("ben", "my reviews")
    await club.press("ben", asked, "#horror")

    club.slack.files["f1"] = data
    file = {"name": "matinee.json", "url_private_download": f"{club.slack.url}/files/f1"}
    body = club.directly("ben", "", subtype="file_share", files=[file])
    preview = await club.answered("events_api", body)
    import_ = next(each for each in labels(preview) if each.startswith("Import"))
    await club.way.send("interactive", club.pressing("ben", preview, preview.element(import_)))
    await club.slack.until(lambda: import_ not in labels(preview))
    listed = await club.say("ben", "/matinee reviews Her", channel=HORROR)
    assert "Warm." in listed.words
    assert "Cold." not in listed.words
