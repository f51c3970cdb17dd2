"""Every way of speaking to Matinee in Slack, through the real client, on both transports."""

import pytest

from adapters.slack.outgoing.actions import SHOW
from bot.registry import TYPED
from tests.adapters.slack.driver import Workspace

LONG = "Ana wrote this long ago and meant every word of it. " * 100


async def test_a_look_up_is_for_the_member_until_it_is_shared(club: Workspace) -> None:
    post = await club.say("ana", "/review All of Us Strangers")
    shared = await club.press("ana", post, "Share")

    assert (post.channel, post.user, post.by_url) == ("C1", "UANA", True)
    assert (shared.channel, shared.user) == ("C1", "")
    assert "Shared by " in shared.words
    assert "Andrew Haigh" in post.words
    assert post.text.startswith("All of Us Strangers (2023)")


async def test_a_review_is_saved_with_a_private_receipt(club: Workspace) -> None:
    receipt = await club.say("ana", "/review Her 4/5 Warm &amp; &lt;sad&gt;. ||She leaves.||")

    assert receipt.user == "UANA"
    assert "Warm & <sad>." in receipt.words
    card = await club.say("ben", "/review Her")
    assert "Warm & <sad>." in card.words
    assert "She leaves." not in card.words


@pytest.mark.parametrize(
    "typed",
    [
        "/review Her :star::star::star::star: Warm.",
        "/review “Her” 4/5 Warm.",
        "/matinee review Her 4/5 Warm.",
        "/matinee /review Her ★★★★ Warm.",
        "/review Her 80 % Warm. —private",
    ],
)
async def test_what_a_phone_makes_of_it_is_understood(club: Workspace, typed: str) -> None:
    receipt = await club.say("ana", typed)

    assert receipt.text.startswith("Saved your review of Her (2013): ★★★★")


_LINES = {
    "reviews": "<@UBEN|ben>",
    "recommend": "like Carol with <@UBEN|ben>",
    "watchlist": "overlap <@UBEN|ben>",
    "moderate": "hide Her <@UBEN|ben>",
}
"""What is said of members, as Slack has it; of all else the catalogue's own examples will do."""


async def test_every_command_is_answered(club: Workspace) -> None:
    """Each that can be typed, as `/matinee ...`: none is unknown, none breaks."""
    await club.say("ben", "/review Her 4/5 Warm.")

    for spec in TYPED:
        words = _LINES.get(spec.name) or spec.examples()[0].usage()[1]
        post = await club.say("ana", f"/matinee {spec.name} {words.strip()}")
        assert "I don't know what to do" not in post.text, post.text
        assert "went wrong" not in post.text, post.text
        assert spec.name in _LINES or "I don't know" not in post.text, post.text


async def test_members_are_known_by_their_mentions(club: Workspace) -> None:
    await club.say("ben", "/review Her 4/5 Warm.")

    post = await club.say("ana", "/matinee reviews <@UBEN|ben>")

    assert "Reviews by Ben" in post.words


async def test_a_mention_in_a_review_keeps_the_name(club: Workspace) -> None:
    receipt = await club.say("ana", "/review Her 4/5 Seen with <@UBEN|ben>, twice.")

    assert "Seen with @ben, twice." in receipt.words


async def test_releases_remind_stands_for_the_command_that_slack_keeps(club: Workspace) -> None:
    post = await club.say("ana", "/releases remind All of Us Strangers")

    assert post.text.startswith("I'll remind you of All of Us Strangers")


async def test_buttons_and_choices_answer_whoever_presses(club: Workspace) -> None:
    card = await club.say("ana", "/review All of Us Strangers")
    marked = await club.press("ben", card, "Seen it")
    settings = await club.say("ben", "/matinee settings")
    changed = await club.press("ben", settings, "Ratings", "9/10")

    assert (marked.user, marked.channel) == ("UBEN", "C1")
    assert marked.text.startswith("Marked All of Us Strangers (2023) as seen")
    assert "Ratings: 9/10" in changed.text


async def test_picks_are_private_until_they_are_shared(club: Workspace) -> None:
    picks = await club.say("ana", "/recommend like Carol")
    shared = await club.press("ana", picks, "Share")

    assert picks.user == "UANA"
    assert shared.user == ""
    assert "Shared by" in shared.words


async def test_a_spoiler_is_shown_to_whoever_asks_alone(club: Workspace) -> None:
    await club.say("ana", "/review Her 4/5 Warm. ||She leaves.||")
    listed = await club.say("ben", "/matinee reviews Her")

    assert "She leaves." not in listed.text
    shown = next(each for each in listed.elements if each["action_id"].startswith(SHOW))
    answer = await club.answered("interactive", club.pressing("ben", listed, shown))
    assert (answer.user, answer.words) == ("UBEN", "She leaves.")
    assert "She leaves." not in answer.text


async def test_pages_turn_in_place(club: Workspace) -> None:
    for film in ("Her", "Carol", "Weekend", "Aftersun", "Moonlight", "Tokyo Story"):
        await club.say("ana", f"/review {film} 4/5 Words on {film}.")
    first = await club.say("ana", "/matinee reviews")
    second = await club.press("ana", first, "Older")
    card = await club.say("ana", "/review Her")
    listed = await club.press("ana", card, "Read reviews (1)")

    assert (second.replaces, second.user) == (True, "UANA")
    assert "Page 2 of 2" in second.words
    assert not listed.replaces  # the card stays


# Threads, mentions, direct messages -----------------------------------------------------------


async def test_a_mention_is_answered_in_its_thread(club: Workspace) -> None:
    body = club.mention("ana", "review Her", thread_ts="111.222")
    post = await club.answered("events_api", body)

    assert (post.channel, post.thread, post.user) == ("C1", "111.222", "")
    assert "Spike Jonze" in post.words
    pressed = await club.press("ana", post, "Watchlist")
    assert (pressed.thread, pressed.user, pressed.by_url) == ("111.222", "UANA", False)


async def test_a_mention_begins_a_thread_and_keeps_private_what_is(club: Workspace) -> None:
    body = club.mention("ana", "recommend like Carol")
    post = await club.answered("events_api", body)

    assert (post.thread, post.user) == (
        "",
        "UANA",
    )  # a thread that is not there yet is read by nobody
    asked = club.mention("ana", "review Her")
    card = await club.answered("events_api", asked)
    assert (card.thread, card.user) == (asked["event"]["ts"], "")


async def test_a_direct_message_is_a_command_too(club: Workspace) -> None:
    post = await club.answered("events_api", club.directly("ana", "review Her 4/5 Warm."))

    assert post.channel == "DUANA"
    assert post.text.startswith("Saved your review of Her (2013)")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("hello", "Shall I pick something to watch?"),
        ("three korean thrillers", "Three Korean thrillers"),
        ("danish or swedish comedies", "Danish or Swedish comedies"),
        ("her", "Spike Jonze"),
    ],
)
async def test_plain_talk_is_understood_where_text_arrives(
    line: str, words: str, club: Workspace
) -> None:
    directly = await club.answered("events_api", club.directly("ana", line))
    mentioned = await club.answered("events_api", club.mention("ana", line))

    assert words in directly.words
    assert words in mentioned.words


async def test_a_file_in_a_direct_message_is_the_review(club: Workspace) -> None:
    club.slack.files["f1"] = LONG.encode()
    file = {"name": "her.txt", "url_private_download": f"{club.slack.url}/files/f1"}
    body = club.directly("ana", "review Her", subtype="file_share", files=[file])

    post = await club.answered("events_api", body)

    assert post.text.startswith("Saved your review of Her (2013)")


async def test_other_peoples_talk_and_bots_are_not_answered(club: Workspace) -> None:
    talk = club.event(type="message", channel_type="channel", user="UANA", text="hi", channel="C1")
    own = club.directly("ana", "review Her", bot_id="B2")
    edited = club.directly("ana", "review Her", subtype="message_changed")
    for body in (talk, own, edited, club.event(type="reaction_added", user="UANA")):
        await club.way.send("events_api", body)

    post = await club.say("ana", "/review Her")
    assert club.slack.posts == [post]
