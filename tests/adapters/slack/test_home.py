"""At home in Slack: App Home, look-ups, first minutes, and what is kept of files and words."""

import json
from typing import Any

import pytest

from adapters.slack.outgoing.charts import CHART, without_charts
from adapters.slack.outgoing.render import render
from bot.messages.replies import Histogram, Reply
from tests.adapters.slack.block_kit import refused
from tests.adapters.slack.driver import Workspace
from tests.adapters.words import texts_of
from tests.support import Room, text

Json = dict[str, Any]


def told(home: Json) -> str:
    """Return all that App Home says."""
    return "\n".join(texts_of(home["blocks"]))


async def at_home(club: Workspace, name: str) -> Json:
    """Open App Home, and return what it shows."""
    user = f"U{name.upper()}"
    before = club.slack.homes.get(user)
    await club.way.send("events_api", club.event(type="app_home_opened", user=user, tab="home"))
    await club.slack.until(lambda: club.slack.homes.get(user) is not before)
    return club.slack.homes[user]


async def pressed(club: Workspace, name: str, label: str, place: int = 0) -> Json:
    """Press a button of App Home; return what it shows then."""
    user = f"U{name.upper()}"
    before = club.slack.homes[user]
    rows = (each["elements"] for each in before["blocks"] if each["type"] == "actions")
    found = [e for row in rows for e in row if e.get("text", {}).get("text") == label]
    await club.way.send("interactive", club.pressing(name, None, found[place]))
    await club.slack.until(lambda: club.slack.homes[user] is not before)
    return club.slack.homes[user]


@pytest.mark.parametrize("club", ["socket"], indirect=True)
async def test_what_is_pressed_at_home_is_answered_at_home(club: Workspace) -> None:
    for film in ("Her", "Carol", "Weekend", "Aftersun", "Moonlight", "Heat"):
        await club.say("ana", f"/review {film} 4/5 Words on {film}.")
    await club.say("ana", "/releases remind All of Us Strangers")
    said = len(club.slack.posts)
    first = told(await at_home(club, "ana"))
    for words in ("Words on Heat.", "Snooze a day", "The club's settings"):
        assert words in first
    assert "Words on Her." not in first

    assert "Words on Her." in told(await pressed(club, "ana", "Older"))
    assert "For you" in told(await pressed(club, "ana", "Pick for me"))
    assert "For you" not in told(await pressed(club, "ana", "Close"))
    assert "Snoozed" in told(await pressed(club, "ana", "Snooze a day"))
    assert "Delete your review of Heat (1995)" in told(await pressed(club, "ana", "Delete…"))
    assert "Deleted your review of Heat (1995)" in told(await pressed(club, "ana", "Delete"))
    assert len(club.slack.posts) == said


@pytest.mark.parametrize("club", ["socket"], indirect=True)
async def test_a_form_of_home_is_answered_at_home_and_shows_what_is_set(club: Workspace) -> None:
    home = await at_home(club, "ben")
    rows = (each["elements"] for each in home["blocks"] if each["type"] == "actions")
    change = next(e for row in rows for e in row if e.get("text", {}).get("text") == "Change…")
    view = await club.opened(club.pressing("ben", None, change))
    fields = {each["block_id"]: each for each in view["blocks"]}

    assert view["title"]["text"] == "Your settings"
    assert fields["direct"]["label"]["text"] == "Reminders by direct message"
    assert fields["direct"]["element"]["initial_option"]["value"] == "yes"
    assert await club.send("ben", view, direct="no") == {}
    await club.slack.until(lambda: "in the channel" in json.dumps(club.slack.homes["UBEN"]))
    assert club.slack.posts == []


@pytest.mark.parametrize("club", ["socket"], indirect=True)
async def test_a_channel_is_picked_and_tried(club: Workspace, settled: Room) -> None:
    panel = await club.say("ana", "/matinee setup")
    view = await club.open("ana", panel, "Change…")
    assert "errors" in json.dumps(await club.send("ana", view, hour="noonish"))
    assert await club.send("ana", view, channel="C7", hour="8pm") == {}
    await club.slack.until(lambda: len(club.slack.posts) == 2)
    assert "20:00" in club.slack.posts[1].words

    [(place, line)] = await settled.deliver()
    assert (place, line.summary[:32]) == ("slack:T1#C7", "This is the club's channel now. ")

    club.slack.closed["C8"] = "channel_not_found"
    view = await club.open("ana", panel, "Change…")
    await club.send("ana", view, channel="C8")
    await club.slack.until(lambda: len(club.slack.posts) == 3)
    assert "/invite @Matinee" in club.slack.posts[2].text


@pytest.mark.parametrize("club", ["socket"], indirect=True)
async def test_the_first_picks_ask_for_loved_films(club: Workspace, settled: Room) -> None:
    asked = await club.say("ben", "/recommend")
    view = await club.open("ben", asked, "Name films you love…")
    assert len(view["blocks"]) == 5
    await club.send("ben", view, first="Heat", second="Carol", third="Zqx Qqq")
    await club.slack.until(lambda: len(club.slack.posts) == 2)
    assert "I can't tell which film is meant by “Zqx Qqq”" in club.slack.posts[1].text
    view = await club.open("ben", club.slack.posts[1], "Correct it…")
    await club.send("ben", view, third="Her")
    await club.slack.until(lambda: len(club.slack.posts) == 3)
    assert "as in" in club.slack.posts[2].words
    assert await settled.deliver() == []  # nothing of that is announced


@pytest.mark.parametrize("club", ["socket"], indirect=True)
async def test_ratings_without_words_are_one_line(club: Workspace, settled: Room) -> None:
    for film in ("Her", "Carol", "Weekend", "Aftersun", "Heat"):
        await club.say("ana", f"/review {film} 4/5")
    await club.say("ana", "/review Moonlight 5/5 Blue.")
    _, reviewed = await settled.deliver()  # the first of them is the welcome
    assert reviewed[1].summary == "Ana reviewed Moonlight (2016): ★★★★★"
    settled.clock.forward(minutes=11)
    [(_, line)] = await settled.deliver()
    assert line.summary == "Ana rated 5 films: Her, Carol, Weekend and 2 more."


@pytest.mark.parametrize("club", ["socket"], indirect=True)
async def test_words_and_file_are_both_kept_and_a_file_needs_no_words(club: Workspace) -> None:
    club.slack.files["f1"] = b"The rest is about the sea."
    file = {"name": "rest.txt", "url_private_download": f"{club.slack.url}/files/f1"}
    body = club.directly(
        "ana", "review Her 4/5 :sob: First words.", subtype="file_share", files=[file]
    )
    both = await club.answered("events_api", body)
    assert "😭 First words.\n\nThe rest is about the sea." in both.words
    alone = club.directly("ana", "", subtype="file_share", files=[file])
    assert "Which film is it about?" in (await club.answered("events_api", alone)).text


@pytest.mark.parametrize("club", ["socket"], indirect=True)
async def test_everyone_is_who_is_in_the_channel(club: Workspace) -> None:
    for name in ("ana", "ben", "cleo"):
        await club.say(name, "/review Her 4/5 Warm.")
    club.slack.members["C1"] = ["UANA", "UCLEO"]
    assert "For Ana and Cleo" in (await club.say("ana", "/recommend with everyone")).words


@pytest.mark.parametrize("club", ["socket"], indirect=True)
async def test_an_answer_takes_the_place_of_its_question(club: Workspace) -> None:
    question = await club.say("ana", "/review Carol loved it")
    saved = await club.press("ana", question, "Save")
    assert saved.replaces
    club.slack.posts.clear()
    asked = await club.answered("events_api", club.directly("ana", "delete my review of Carol"))
    await club.way.send("interactive", club.pressing("ana", asked, asked.element("Delete")))
    await club.slack.until(lambda: "Deleted" in asked.text)
    assert len(club.slack.posts) == 1


@pytest.mark.parametrize("club", ["socket"], indirect=True)
async def test_the_zone_is_the_members_own(club: Workspace) -> None:
    club.slack.users["UBEN"] = {**club.slack.users["UBEN"], "tz": "America/New_York"}
    assert "America/New_York" in (await club.say("ben", "/matinee settings")).words


@pytest.mark.parametrize("club", ["socket"], indirect=True)
async def test_what_is_changed_at_home_stands_there_once(club: Workspace) -> None:
    home = await at_home(club, "ana")
    rows = (each["elements"] for each in home["blocks"] if each["type"] == "actions")
    changes = [e for row in rows for e in row if e.get("text", {}).get("text") == "Change…"]
    view = await club.opened(club.pressing("ana", None, changes[-1]))
    before = club.slack.homes["UANA"]
    await club.send("ana", view, hour="8pm")
    await club.slack.until(lambda: club.slack.homes["UANA"] is not before)
    assert told(club.slack.homes["UANA"]).count("The club's settings") == 1
    assert "20:00" in told(club.slack.homes["UANA"])


@pytest.mark.parametrize("club", ["socket"], indirect=True)
async def test_other_picks_take_the_place_of_the_former_ones(club: Workspace) -> None:
    await club.say("ana", "/review Carol 5/5")
    picks = await club.say("ana", "/recommend")
    others = await club.press("ana", picks, "Other picks")
    assert others.replaces
    menu = next(each for each in others.elements if each["type"] == "static_select")
    first = menu["options"][0]["text"]["text"]
    opened = await club.answered("interactive", club.pressing("ana", others, menu, first))
    assert not opened.replaces  # the list stays, to choose another one from


@pytest.mark.parametrize("club", ["socket"], indirect=True)
async def test_a_new_workspace_starts_where_its_first_member_is(club: Workspace) -> None:
    for name, zone in (("ANA", "America/New_York"), ("BEN", "Europe/Paris")):
        club.slack.users[f"U{name}"] = {**club.slack.users[f"U{name}"], "tz": zone}
    first = (await club.say("ana", "/matinee setup")).words
    assert "America/New_York" in first
    await club.say("ben", "/review Her 4/5")
    assert "America/New_York" in (await club.say("ana", "/matinee setup")).words
    await club.say("ana", "/matinee setup region UK zone London")
    assert "Europe/London" in (await club.say("ana", "/matinee setup")).words


def test_a_histogram_is_a_chart_with_a_text_to_fall_back_on() -> None:
    blocks = list(render(Reply((Histogram((("★★★", 2), ("★★★★", 5))),), "x")).blocks)
    assert [each["type"] for each in blocks] == [CHART]
    assert refused(blocks) == []
    plainer = without_charts(blocks)
    assert "★★★★  █████ 5" in json.dumps(plainer, ensure_ascii=False)
    assert refused(plainer) == []


async def test_the_first_who_runs_the_workspace_is_welcomed_once(
    club: Workspace, settled: Room
) -> None:
    await club.say("ben", "/matinee help")
    assert await settled.deliver() == []
    await club.say("ana", "/matinee help")
    [(place, welcome)] = await settled.deliver()
    assert place == "slack:T1@UANA"
    assert "Hello, I'm Matinee" in text(welcome)
    await club.say("ana", "/matinee help")
    assert await settled.deliver() == []


async def test_a_club_that_has_begun_is_not_welcomed(club: Workspace, settled: Room) -> None:
    await club.say("ben", "/review Her 4/5 Warm.")
    await club.say("ana", "/matinee help")
    assert all("Hello" not in text(reply) for _, reply in await settled.deliver())


async def test_a_workspace_starts_where_the_language_of_its_first_member_is_spoken(
    club: Workspace, settled: Room
) -> None:
    club.slack.users["UBEN"] = {**club.slack.users["UBEN"], "locale": "de-DE"}
    await club.say("ben", "/matinee help")
    async with settled.store.reading(settled.caller("x").club_id) as work:
        kept = await work.clubs.get()
    assert (kept.region, kept.zone) == ("DE", "Europe/Berlin")
