"""Forms, files, saved messages and App Home, through the real client, on both transports."""

import json
import sqlite3
import time
from contextlib import closing
from datetime import time as time_of_day
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.slack.host.manifest import WRITE_REVIEW
from adapters.slack.incoming.request_flow import RequestFlow
from tests.adapters.slack.answers import Post
from tests.adapters.slack.driver import Workspace
from tests.adapters.slack.test_path import LONG
from tests.support import Room, text

CRITIC = Path(__file__).parents[2] / "bot" / "critics" / "samples" / "her.txt"


async def test_a_form_is_a_modal_and_its_answer_comes_to_the_channel(club: Workspace) -> None:
    card = await club.say("ana", "/review Her")
    view = await club.open("ana", card, "Write a review…")
    before = len(club.slack.posts)

    assert await club.send("ana", view, rating="4.5/5", text="Warm.", spoiler="no") == {}

    await club.slack.until(lambda: len(club.slack.posts) > before)
    receipt = club.slack.posts[before]
    assert (receipt.user, receipt.channel) == ("UANA", "C1")
    assert receipt.text.startswith("Saved your review of Her (2013): ★★★★½")


async def test_what_was_written_stands_in_the_form_again(club: Workspace) -> None:
    receipt = await club.say("ana", "/review Her 4/5 " + "Warm, " * 60)
    view = await club.open("ana", receipt, "Edit…")

    fields = {block["block_id"]: block["element"] for block in view["blocks"]}
    assert fields["text"]["initial_value"].count("Warm,") == 60
    assert fields["rating"]["initial_option"]["value"] == "4/5"
    await club.send("ana", view, text="Cold.")
    await club.slack.until(lambda: "Changed your review" in club.slack.posts[-1].text)
    assert "Cold." in club.slack.posts[-1].words
    assert "★★★★" in club.slack.posts[-1].text


async def test_a_review_too_long_to_edit_stays_as_it_is(club: Workspace) -> None:
    club.slack.files["f1"] = LONG.encode()
    file = {"name": "her.txt", "url_private_download": f"{club.slack.url}/files/f1"}
    body = club.directly("ana", "review Her", files=[file], subtype="file_share")
    receipt = await club.answered("events_api", body)

    view = await club.open("ana", receipt, "Edit…")

    assert "text" not in {block.get("block_id") for block in view["blocks"]}
    assert "characters are kept as they are" in str(view["blocks"])
    await club.send("ana", view, rating="2/5")
    await club.slack.until(lambda: "Changed your review" in club.slack.posts[-1].text)
    assert club.slack.posts[-1].words.count("Ana wrote this") >= 50


async def test_a_form_says_below_the_field_what_is_wrong(club: Workspace) -> None:
    settings = await club.say("ana", "/matinee settings")
    view = await club.open("ana", settings, "Change…")
    posts = len(club.slack.posts)
    [region] = [each["element"] for each in view["blocks"] if each["block_id"] == "region"]
    assert "initial_value" not in region
    assert region["placeholder"]["text"].startswith("as the club's: ")

    wrong = await club.send("ana", view, region="Narnia", zone="Moon/Base")

    assert wrong["response_action"] == "errors"
    assert set(wrong["errors"]) == {"region", "zone"}
    assert len(club.slack.posts) == posts
    assert await club.send("ana", view, region="US", zone="Europe/London") == {}
    await club.slack.until(lambda: len(club.slack.posts) > posts)
    assert "Region: US" in club.slack.posts[-1].text


@pytest.mark.parametrize("hour", ["25", "soon", "99:99"])
async def test_a_wrong_hour_is_shown_in_its_field_and_the_rest_is_kept(
    club: Workspace, settled: Room, hour: str
) -> None:
    panel = await club.say("ana", "/matinee setup")
    view = await club.open("ana", panel, "Change…")
    posts = len(club.slack.posts)

    wrong = await club.send("ana", view, hour=hour, zone="Paris", region="France")

    said = f"I can't read the time “{hour}”. It looks like 09:00, or 8pm."
    assert wrong == {"response_action": "errors", "errors": {"hour": said}}
    assert len(club.slack.posts) == posts  # the modal stays open as it was filled
    assert await club.send("ana", view, hour="8pm", zone="Paris", region="France") == {}
    await club.slack.until(lambda: len(club.slack.posts) > posts)
    async with settled.store.reading(settled.caller("x").club_id) as work:
        kept = await work.clubs.get()
    assert (kept.hour, kept.zone, kept.region) == (time_of_day(20), "Europe/Paris", "FR")


async def test_a_time_that_cannot_be_read_is_shown_in_its_field(club: Workspace) -> None:
    picks = await club.say("ana", "/recommend like Carol")
    menu = next(each for each in picks.elements if each["type"] == "static_select")
    first = menu["options"][0]["text"]["text"]
    film = await club.answered("interactive", club.pressing("ana", picks, menu, first))
    view = await club.open("ana", film, "Remind me…")
    for typed, said in (
        ("the blue moon", "I can't read the time “the blue moon”"),
        ("yesterday", "“yesterday” has passed already"),
        ("6pm EST", "I can't tell which zone “EST” is"),
    ):
        wrong = await club.send("ana", view, on=typed)
        assert wrong["errors"]["on"].startswith(said)
    posts = len(club.slack.posts)
    assert await club.send("ana", view, on="8pm") == {}
    await club.slack.until(lambda: len(club.slack.posts) > posts)
    assert "20:00" in club.slack.posts[posts].words


async def test_an_empty_form_shows_what_lacks_in_its_field(club: Workspace) -> None:
    view = await club.opened(club.shortcut("ana", WRITE_REVIEW))
    for given in ({}, {"film": "id:her-2013"}, {"film": "id:her-2013", "spoiler": "yes"}):
        wrong = await club.send("ana", view, **given)
        assert wrong["errors"] == {"rating": "Give a rating, or write what you thought."}
    assert club.slack.posts == []


async def test_the_shortcut_opens_a_form_that_finds_films(club: Workspace) -> None:
    view = await club.opened(club.shortcut("ana", WRITE_REVIEW))
    asked = {
        "type": "block_suggestion",
        "block_id": "film",
        "action_id": "film",
        "value": "all of us",
        **{name: club.shortcut("ana", "")[name] for name in ("team", "user")},
    }

    found = (await club.way.send("interactive", asked))["options"]

    assert found[0]["value"] == "id:all-of-us-strangers-2023"
    assert found[-1]["value"] == "all of us"
    await club.send("ana", view, film=found[0]["value"], rating="4/5", text="It stayed.")
    await club.slack.until(lambda: club.slack.posts)
    assert club.slack.posts[0].channel == "DUANA"
    assert club.slack.posts[0].text.startswith("Saved your review of All of Us Strangers")


async def test_a_long_review_comes_as_a_file_in_the_form(club: Workspace) -> None:
    view = await club.opened(club.shortcut("ana", WRITE_REVIEW))
    club.slack.files["f1"] = LONG.encode("utf-16")
    file = {"name": "her.txt", "url_private_download": f"{club.slack.url}/files/f1"}

    await club.send("ana", view, film="id:her-2013", file=[file])

    await club.slack.until(lambda: club.slack.posts)
    assert club.slack.posts[0].text.startswith("Saved your review of Her (2013)")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xd8\xff\xe0" * 9, "not plain text"),
        (b" ", "is empty"),
        (b"x" * 300_000, "larger than"),
    ],
)
async def test_a_file_that_is_no_text_costs_nothing_typed(
    club: Workspace, data: bytes, said: str
) -> None:
    view = await club.opened(club.shortcut("ana", WRITE_REVIEW))
    club.slack.files["f1"] = data
    file = {"name": "her.doc", "url_private_download": f"{club.slack.url}/files/f1"}

    await club.send("ana", view, film="id:her-2013", text="What I typed.", file=[file])

    await club.slack.until(lambda: club.slack.posts)
    assert said in club.slack.posts[0].text
    assert "What I typed." in club.slack.posts[0].words


async def test_the_token_is_shown_to_nobody_else(club: Workspace) -> None:
    file = {"name": "her.txt", "url_private_download": "http://127.0.0.1:1/files/f1"}
    body = club.directly("ana", "review Her", files=[file], subtype="file_share")

    post = await club.answered("events_api", body)

    assert "couldn't fetch her.txt" in post.text


async def test_a_late_press_can_be_pressed_again(club: Workspace) -> None:
    card = await club.say("ana", "/review Her")
    body = club.pressing("ana", card, card.element("Write a review…"))
    club.slack.dead_triggers.add(body["trigger_id"])

    told = await club.answered("interactive", body)

    assert told.user == "UANA"
    view = await club.open("ana", told, "Open the form…")
    assert view["title"]["text"] == "Review: Her"


async def test_a_button_of_another_version_says_what_to_do(club: Workspace) -> None:
    card = await club.say("ana", "/review Her")
    element = {**card.elements[0], "action_id": "9.dance?with=me"}

    told = await club.answered("interactive", club.pressing("ana", card, element))

    assert "the word help" in told.text


# Saving messages ------------------------------------------------------------------------------


async def test_ones_own_message_is_saved_as_a_review(club: Workspace) -> None:
    body = club.on_message("ana", "UANA", "Her, 4/5. Warm &amp; sad, and it stayed with me.")
    view = await club.opened(body)
    fields = {each["block_id"]: each["element"] for each in view["blocks"]}

    assert view["title"]["text"] == "Review: Her"
    assert fields["film"]["initial_option"]["text"]["text"] == "Her (2013)"
    assert fields["rating"]["initial_option"]["value"] == "4/5"
    assert await club.send("ana", view) == {}
    await club.slack.until(lambda: club.slack.posts)
    saved = club.slack.posts[0]
    assert (saved.user, saved.channel) == ("UANA", "C1")
    assert saved.text.startswith("Saved your review of Her (2013)")
    assert "Warm & sad, and it stayed with me." in saved.words


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("So moving, I cried all the way home.", "Which film is it about? What you wrote is kept."),
        ("Dune. So moving, I cried all the way home.", "Several films are called Dune."),
    ],
)
async def test_ones_own_short_message_about_an_unclear_film_asks_which_and_keeps_the_words(
    club: Workspace, words: str, question: str
) -> None:
    view = await club.opened(club.on_message("ana", "UANA", words))
    assert await club.send("ana", view, rating="4/5") == {}
    await club.slack.until(lambda: club.slack.posts)
    asked = club.slack.posts[0]
    assert (asked.user, asked.text.startswith(question)) == ("UANA", True)
    assert words not in (await club.say("ben", "/matinee reviews Dune")).words

    which = await club.open(
        "ana", asked, next(name for name in labels(asked) if name.endswith("…"))
    )
    posts = len(club.slack.posts)
    assert await club.send("ana", which, film="id:dune-2021") == {}
    await club.slack.until(lambda: len(club.slack.posts) > posts)
    saved = club.slack.posts[posts]
    assert saved.text.startswith("Saved your review of Dune (2021): ★★★★")
    assert words in saved.words
    assert words in (await club.say("ben", "/matinee reviews Dune")).words


def labels(post: Post) -> list[str]:
    return [each["text"]["text"] for each in post.elements if "text" in each]


async def test_a_critics_review_is_saved_whoever_pasted_it(club: Workspace) -> None:
    body = club.on_message("ana", "UBEN", CRITIC.read_text("utf-8"))
    post = await club.answered("interactive", body)

    assert "Winifred Achebe" in post.words
    assert "Her (2013)" in post.words


async def test_somebody_elses_message_is_not(club: Workspace) -> None:
    body = club.on_message("ana", "UBEN", "Her, 4/5. Warm and sad, and it stayed with me.")
    post = await club.answered("interactive", body)

    assert post.text.startswith("Only whoever wrote that message")


# App Home -------------------------------------------------------------------------------------


async def test_app_home_shows_reviews_reminders_picks_and_settings(club: Workspace) -> None:
    await club.say("ana", "/review Her 4/5 Warm.")
    await club.say("ana", "/releases remind All of Us Strangers")
    await club.way.send("events_api", club.event(type="app_home_opened", user="UANA", tab="home"))
    await club.slack.until(lambda: club.slack.homes)

    home = json.dumps(club.slack.homes["UANA"])
    for words in ("Your reviews", "Your reminders", "Your settings", "The club's settings"):
        assert words in home
    for words in (
        "Write a review",
        "Pick for me",
        "Watchlist",
        "Edit",
        "Snooze a day",
        "First steps",
    ):
        assert words in home

    rows = (each["elements"] for each in club.slack.homes["UANA"]["blocks"] if "elements" in each)
    buttons = [e for row in rows for e in row if e.get("type") == "button"]
    cancel = next(each for each in buttons if each["text"]["text"] == "Cancel")
    said = len(club.slack.posts)
    await club.way.send("interactive", club.pressing("ana", None, cancel))
    await club.slack.until(lambda: "Your reminders" not in json.dumps(club.slack.homes["UANA"]))
    assert "Cancelled: no reminder of " in json.dumps(club.slack.homes["UANA"])
    assert len(club.slack.posts) == said  # nothing is said in direct messages


async def test_the_clubs_settings_are_for_those_who_run_it(club: Workspace) -> None:
    await club.way.send("events_api", club.event(type="app_home_opened", user="UBEN", tab="home"))
    await club.slack.until(lambda: club.slack.homes)
    refused = await club.say("ben", "/matinee setup hour 10:00")

    assert "The club's settings" not in json.dumps(club.slack.homes["UBEN"])
    assert "for those who run this club" in refused.text


# Files ----------------------------------------------------------------------------------------


async def test_a_calendar_comes_as_a_file_in_private(club: Workspace, settled: Room) -> None:
    settled.clock.forward(days=-7)
    releases = await club.say("ana", "/releases")
    label = next(e["text"]["text"] for e in releases.elements if "alendar" in e["text"]["text"])
    await club.press("ana", releases, label)
    await club.slack.until(lambda: club.slack.uploads)

    channel, name, content = club.slack.uploads[0]
    assert (channel, name.rpartition(".")[2]) == ("DUANA", "ics")
    assert content.startswith(b"BEGIN:VCALENDAR")


async def test_what_is_kept_is_the_clubs(club: Workspace, settled: Room) -> None:
    await club.say("ana", "/review Her 4/5 Warm.")

    async with settled.store.reading(settled.caller("x").club_id) as work:
        members = [member.name for member in await work.members.all()]
        club_row = await work.clubs.get()
    assert members == ["Ana"]
    assert club_row.name == "Film Club"
    assert club_row.joined_at is not None
    assert "Warm." in text(await settled.say("ben", "/reviews Her"))
    assert settled.clock.now() - club_row.joined_at == timedelta()


async def test_a_form_that_is_no_more_keeps_what_was_typed(club: Workspace) -> None:
    """A form of another version stays open and says so: nothing typed is lost with it."""
    view = await club.opened(club.shortcut("ana", WRITE_REVIEW))
    other = {**view, "private_metadata": '{"action": "9.dance!1"}'}

    refused = await club.send("ana", other, text="What I typed.")

    assert refused["response_action"] == "errors"
    assert "another version" in refused["errors"]["film"]


async def test_a_form_stays_open_with_its_words_while_the_database_is_locked(
    club: Workspace, tmp_path: Path
) -> None:
    """Slack is told only once the words are stored: else they were lost with the process."""
    card = await club.say("ana", "/review Her")
    view = await club.open("ana", card, "Write a review…")
    posts = len(club.slack.posts)
    with closing(sqlite3.connect(tmp_path / "matinee.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        refused = await club.send("ana", view, rating="4.5/5", text="Warm.", spoiler="no")
        assert time.monotonic() - began < 1
        other.rollback()
    assert refused["response_action"] == "errors"
    assert "your words are still here" in str(refused["errors"])

    assert await club.send("ana", view, rating="4.5/5", text="Warm!", spoiler="no") == {}
    await club.slack.until(lambda: len(club.slack.posts) > posts)
    assert club.slack.posts[posts].text.startswith("Saved your review of Her (2013): ★★★★½")


async def test_the_words_of_a_form_are_stored_before_slack_is_told(
    club: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await club.say("ana", "/review Her")
    view = await club.open("ana", card, "Write a review…")

    async def ended(*_: object) -> None:
        """The process ends right after the acknowledgement."""

    with monkeypatch.context() as patched:
        patched.setattr(RequestFlow, "handle", ended)
        assert await club.send("ana", view, rating="4.5/5", text="Warm.", spoiler="no") == {}
        assert await club.send("ana", view, rating="4.5/5", text="Warm.", spoiler="no") == {}
    unfinished = await club.say("ana", "/matinee reviews")
    assert "You have not finished this one" in unfinished.words
    assert "Warm." in unfinished.words
